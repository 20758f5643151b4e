"""A question on many machines: batches of futures in whatever order they come, the same answer as on one.

What leaves this machine is what `Question.to_bytes` keeps: areas, teams and strengths; the scenarios with every word written in
them; of each open family stage, area, who told of it, how many children, the seat of its worker, days and reviews; of each seat
hours and experience. No child, family or worker by name, and no number of a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from rightplace.domain.simulation.cluster import A_TASK, require_edition, require_machines
from rightplace.domain.simulation.edition import edition
from rightplace.domain.simulation.scenarios.asking import Question
from rightplace.domain.simulation.scenarios.batches import FIRST, Batch, batch_of


def steps_on(
    cluster: Any, question: Question, replicates: int, each: Callable[[int, int], None] | None = None
) -> Iterator[Batch]:
    """The work on the machines of a Dask client; a small batch is asked for first. `each` is told how many are done, of how
    many. Raises ImpossibleScenario where there is no machine, or one has another edition of the model."""
    from distributed import as_completed

    require_machines(cluster)
    kept, many, done = question.to_bytes(), len(question.scenarios), 0
    starts = [0, *range(FIRST, replicates, A_TASK)]
    ends = [*starts[1:], replicates]
    asked = [
        cluster.submit(_there, edition(), kept, first, past - first, pure=False)
        for first, past in zip(starts, ends, strict=True)
    ]
    for task in as_completed(asked):  # type: ignore[no-untyped-call]
        batch = Batch.from_bytes(task.result())
        done += batch.many * many
        if each is not None:
            each(done, replicates * many)
        yield batch


def _there(wanted: str, kept: bytes, first: int, many: int) -> bytes:
    """On one of the machines."""
    require_edition(wanted)
    return batch_of(_question(kept), first, many).to_bytes()


@lru_cache(maxsize=1)
def _question(kept: bytes) -> Question:
    """Read once on each machine, not once a task."""
    return Question.from_bytes(kept)
