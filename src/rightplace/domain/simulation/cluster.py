"""Replicates on many machines: the same seed, the same bytes as on one. Needs `rightplace[cluster]`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from typing import Any, Final

import numpy as np

from rightplace.domain.simulation.census import Census
from rightplace.domain.simulation.changes import Change
from rightplace.domain.simulation.edition import edition
from rightplace.domain.simulation.parameters import ImpossibleScenario, Parameters
from rightplace.domain.simulation.runs import Keep, run
from rightplace.domain.simulation.weeks import Weeks

A_TASK: Final = 8
"""Replicates of one task: about a second of a city, so that sending it costs nothing beside it."""

SECONDS_TO_CONNECT: Final = 10


def run_on(
    cluster: Any,
    parameters: Parameters,
    census: Census,
    changes: Sequence[Change] = (),
    days: int = 1096,
    replicates: int = 20,
    seed: int = 1,
    keep: Keep | None = None,
    threads: int = 1,
) -> Weeks:
    """Simulate a scenario on the machines of a Dask client. Each task has its own replicates, and luck knows no machine.

    Raises ImpossibleScenario where there is no machine, or one has another edition of the model.
    """
    require_machines(cluster)
    kept = keep or Keep()
    asked = [
        cluster.submit(
            _there,
            edition(),
            parameters,
            census,
            tuple(changes),
            days,
            min(A_TASK, replicates - first),
            seed,
            threads,
            replace(kept, logged=max(0, min(A_TASK, kept.logged - first))),
            first,
            pure=False,
        )
        for first in range(0, replicates, A_TASK)
    ]
    return together(cluster.gather(asked))


def _there(wanted: str, *asked: Any) -> Weeks:
    """On one of the machines."""
    require_edition(wanted)
    return run(*asked)


def require_machines(cluster: Any) -> None:
    """A scheduler to which no machine has come would be waited for without end."""
    try:
        cluster.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
    except TimeoutError as why:
        because = (
            f"no machine has come to its scheduler in {SECONDS_TO_CONNECT:g} seconds; start workers there"
        )
        raise ImpossibleScenario("cluster", because) from why


def require_edition(wanted: str) -> None:
    """Replicates of two editions of the model are no answer."""
    if edition() != wanted:
        raise ImpossibleScenario(
            "cluster", "one of the machines has another edition of the model; install the same on all"
        )


def together(parts: Sequence[Weeks]) -> Weeks:
    """Parts of one run, in the order of their replicates, as one."""
    return replace(
        parts[0],
        numbers=np.concatenate([part.numbers for part in parts]),
        logs=tuple(log for part in parts for log in part.logs),
        events=sum(part.events for part in parts),
        bytes_each=max(part.bytes_each for part in parts),
    )


@contextmanager
def cluster_at(address: str) -> Iterator[Any]:
    """The cluster whose scheduler listens at an address such as `tcp://10.0.0.1:8786`; it is left running afterwards."""
    _require_dask()
    from distributed import Client

    try:
        client = Client(address, timeout=SECONDS_TO_CONNECT)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as why:
        raise ImpossibleScenario(
            "cluster", f"no scheduler answers at {address}; nothing was simulated"
        ) from why
    with client:
        yield client


def _require_dask() -> None:
    if not find_spec("distributed"):
        raise ImpossibleScenario("cluster", "it needs rightplace[cluster], which brings dask and distributed")


@contextmanager
def local_cluster(workers: int = 2) -> Iterator[Any]:
    """A cluster of processes on this machine, closed afterwards: for tests and for trying out."""
    _require_dask()
    from distributed import Client, LocalCluster

    options = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
    with LocalCluster(**options) as machines, Client(machines) as client:  # type: ignore[no-untyped-call]
        yield client
