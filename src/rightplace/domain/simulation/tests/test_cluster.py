"""On a real local cluster of processes: the same seed, the same bytes."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

pytest.importorskip("distributed")

from rightplace.domain.simulation import Change, Keep, parameters, run, structure_of, synthetic_census
from rightplace.domain.simulation import cluster as cluster_module
from rightplace.domain.simulation.cluster import _there, cluster_at, local_cluster, run_on
from rightplace.domain.simulation.names import ENTRIES
from rightplace.domain.simulation.parameters import ImpossibleScenario
from rightplace.domain.simulation.scenarios import Gathered, Question, Scenario, steps
from rightplace.domain.simulation.scenarios.scenario import Change as ScenarioChange
from rightplace.domain.simulation.scenarios.spreading import steps_on


@pytest.fixture(scope="module")
def machines() -> Iterator[Any]:
    # It says good-bye after pytest has closed the stream that it was given.
    logging.getLogger("distributed.scheduler").setLevel(logging.WARNING)
    with local_cluster(2) as cluster:
        yield cluster


def test_two_processes_give_the_bytes_of_one_thread(machines):
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
    spread = run_on(machines, given, census, changes, days=90, replicates=18, seed=5, keep=keep)
    assert spread.same_bytes(alone)
    assert spread.events == alone.events
    assert [log.tobytes() for log in spread.logs] == [log.tobytes() for log in alone.logs]
    assert len(spread.logs) == 9
    kinds = {ENTRIES[kind] for log in spread.logs for kind in set(log["kind"].tolist())}
    assert {"team.took_over", "worker.moved"} <= kinds, "work did go to another team"


@pytest.mark.parametrize("futures", [2, 13])
def test_a_question_spread_over_machines_has_the_same_answer(machines, futures):
    base = Scenario("South", date(2026, 4, 6), 90, areas=(("South", 2_000),))
    more = replace(base, name="More", changes=(ScenarioChange(date(2026, 5, 4), "demand", amount=1.2),))
    question = Question.of(base, [more])
    alone, spread, told = Gathered.of(question), Gathered.of(question), []
    for batch in steps(question, futures):
        alone.add(batch)
    with cluster_at(machines.scheduler.address) as same:
        for batch in steps_on(same, question, futures, lambda done, of: told.append((done, of))):
            spread.add(batch)
    assert spread.to_bytes() == alone.to_bytes()
    assert told[-1] == (2 * futures, 2 * futures)


def test_where_no_machine_comes_to_the_scheduler_it_is_said(monkeypatch):
    monkeypatch.setattr(cluster_module, "SECONDS_TO_CONNECT", 0.2)
    question = Question.of(Scenario("South", date(2026, 4, 6), 28, areas=(("South", 2_000),)))
    with (
        local_cluster(0) as empty,
        pytest.raises(ImpossibleScenario, match=r"no machine has come to its scheduler in 0\.2 seconds"),
    ):
        next(steps_on(empty, question, 2))


def test_where_no_scheduler_answers_it_is_said(monkeypatch):
    monkeypatch.setattr(cluster_module, "SECONDS_TO_CONNECT", 0.2)
    with pytest.raises(ImpossibleScenario, match="no scheduler answers"), cluster_at("tcp://127.0.0.1:9"):
        pass


def test_a_machine_with_another_edition_of_the_model_is_refused():
    with pytest.raises(ImpossibleScenario, match="another edition"):
        _there("older")
