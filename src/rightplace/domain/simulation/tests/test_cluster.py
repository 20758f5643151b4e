"""On a real local cluster of processes: the same seed, the same bytes."""

from datetime import date

import pytest

pytest.importorskip("distributed")

from rightplace.domain.simulation import Change, Keep, parameters, run, structure_of, synthetic_census
from rightplace.domain.simulation.cluster import local_cluster, run_on


def test_two_processes_give_the_bytes_of_one_thread():
    given = parameters(structure_of([("North", 3000)]), date(2026, 4, 6))
    census = synthetic_census(given)
    changes = [Change(date(2026, 5, 4), "demand", "all", 1.2), Change(date(2026, 6, 1), "leave", "all", 2)]
    keep = Keep(logged=9, lines=50_000)
    alone = run(given, census, changes, days=90, replicates=18, seed=5, keep=keep)
    with local_cluster(2) as cluster:
        spread = run_on(cluster, given, census, changes, days=90, replicates=18, seed=5, keep=keep)
    assert spread.same_bytes(alone)
    assert spread.events == alone.events
    assert [log.tobytes() for log in spread.logs] == [log.tobytes() for log in alone.logs]
    assert len(spread.logs) == 9
