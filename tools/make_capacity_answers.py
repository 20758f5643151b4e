"""Records the demonstration's answers of the capacity model anew: `python tools/make_capacity_answers.py`.

Needs the extra `capacity`. Run it after a change of the engine; a test says when.
"""

from __future__ import annotations

import gzip

import msgspec

from rightplace import __version__
from rightplace.domain.simulation.compiled import DIGEST
from rightplace.domain.simulation.scenarios import Gathered, Question, answering, sensitivity, steps
from rightplace.domain.simulation.scenarios.finding import Hanging
from rightplace.overview.capacity.care import LOOKED_INTO, trajectories
from rightplace.overview.capacity.presenters.headlines import hangs_on_code
from rightplace.overview.capacity.presenters.surely import focus
from rightplace.overview.capacity.recorded import ASKED, HERE, SEED, Asked


def answered(asked: Asked) -> object:
    """The answer, with what it hangs on, as the pages' own engine works it out."""
    base, *others = asked.scenarios
    question = Question.of(base, others, SEED)
    gathered = Gathered.of(question)
    for batch in steps(question, asked.replicates, 20, 2):
        gathered.add(batch)
    found = answering.answer(gathered)
    if asked.replicates >= LOOKED_INTO:
        looked = trajectories(asked.replicates)
        for told in sensitivity(question, hangs_on_code(found), focus(found), looked, threads=2):
            if isinstance(told, Hanging):
                found = found.with_hanging(told.hangs_on, told.sentence)
    return found.to_builtins()


def main() -> None:
    """Write each answer."""
    for asked in ASKED:
        kept = {"version": f"{__version__} {DIGEST[:12]}", "answer": answered(asked)}
        (HERE / f"{asked.key}.json.gz").write_bytes(gzip.compress(msgspec.json.encode(kept), mtime=0))


if __name__ == "__main__":
    main()
