"""On a real local cluster of processes: the same seed, the same bytes."""

from datetime import date

import pytest

pytest.importorskip("distributed")

from rightplace.domain.simulation import Change, Keep, parameters, run, structure_of, synthetic_census
from rightplace.domain.simulation.cluster import _there, local_cluster, run_on
from rightplace.domain.simulation.names import ENTRIES
from rightplace.domain.simulation.parameters import ImpossibleScenario


def test_two_processes_give_the_bytes_of_one_thread():
    given = parameters(structure_of([("North", 3000), ("South", 2000)]), date(2026, 4, 6))
    census = synthetic_census(given)
    changes = [
        Change(date(2026, 5, 4), "demand", "all", 1.2),
        Change(date(2026, 5, 18), "work", "South safeguarding", to="North safeguarding"),
        Change(date(2026, 6, 1), "leave", "all", 2),
        Change(date(2026, 6, 1), "work", "North front door", 1, to="South front door", area="North"),
    ]
    keep = Keep(logged=9, lines=50_000)
    alone = run(given, census, changes, days=90, replicates=18, seed=5, keep=keep)
    with local_cluster(2) as cluster:
        spread = run_on(cluster, given, census, changes, days=90, replicates=18, seed=5, keep=keep)
    assert spread.same_bytes(alone)
    assert spread.events == alone.events
    assert [log.tobytes() for log in spread.logs] == [log.tobytes() for log in alone.logs]
    assert len(spread.logs) == 9
    kinds = {ENTRIES[kind] for log in spread.logs for kind in set(log["kind"].tolist())}
    assert {"team.took_over", "worker.moved"} <= kinds, "work did go to another team"


def test_a_machine_with_another_edition_of_the_model_is_refused():
    with pytest.raises(ImpossibleScenario, match="another edition"):
        _there("older")
