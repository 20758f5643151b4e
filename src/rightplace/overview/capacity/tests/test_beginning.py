"""What a question takes along from where it begins: what our own record says and does not say, and what is told alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from rightplace.domain.simulation.parameters import ImpossibleScenario, parameters
from rightplace.domain.simulation.scenarios import Change, Scenario, write
from rightplace.domain.simulation.scenarios.scenario import Merge, Move
from rightplace.domain.simulation.teams import structure_of
from rightplace.overview.capacity import engine, ownstrengths, reading, starting
from rightplace.overview.capacity.models import Run

TODAY, BEGINS = date(2026, 3, 3), date(2026, 3, 9)
OURS = structure_of([("North", 12_000), ("South", 12_000)])
BASE = Scenario("As things are", BEGINS, 182)
MOVES = (Move("South", "South assessment", "North assessment", day=date(2026, 4, 5)),)
MOVED = replace(BASE, name="Moved", moves=MOVES)
MERGED = replace(BASE, name="Merged", merges=(Merge(("North", "South"), "Both", date(2026, 4, 5)),))


@pytest.fixture(autouse=True)
def with_the_model():
    pytest.importorskip("numpy", reason="the capacity model is not installed")


def begun(*others, own=True):
    texts = [write(each) for each in (BASE, *others)]
    return Run(asked={"scenarios": texts, "day": TODAY.isoformat(), "own": own}, seed=7, total=4)


@pytest.fixture
def of_our_own(monkeypatch):
    """Our own service with its cases, of which the record says two things and does not say one."""
    from rightplace.domain.simulation.census import synthetic_census

    given = parameters(OURS, TODAY)
    began = starting.Began(given, synthetic_census(given), ("Where is not known.",), ("It held.", "Learnt."))
    asked = []
    monkeypatch.setattr(starting, "as_asked", lambda *how: asked.append(how) or began)
    return asked


def test_a_question_about_ours_writes_down_what_is_learnt_and_what_the_record_does_not_say(of_our_own):
    run = begun()
    question = engine._question(run)
    assert run.asked["ours"] == ["It held.", "Learnt."]
    assert run.asked["unknown"] == ["Where is not known."]
    assert of_our_own == [(TODAY, True)]
    assert question.given.begins == BEGINS and question.seed == 7


def test_gone_on_with_it_is_as_it_was_begun_and_nothing_is_read_again(of_our_own):
    run = begun()
    run.question = engine._question(run).to_bytes()
    run.asked["ours"] = ["As it was written down."]
    engine._question(run)
    assert len(of_our_own) == 1 and run.asked["ours"] == ["As it was written down."]


def test_of_an_invented_service_nothing_is_called_ours():
    run = begun(own=False)
    question = engine._question(run)
    assert "ours" not in run.asked and "unknown" not in run.asked
    assert question.given.structure.areas == tuple(name for name, _ in starting.INVENTED)


class Fit:
    """What was learnt, as `OwnFit` gives it."""

    def given_to(self, given):
        return replace(given, local=(("South", "absence", 2.0),))

    def sentences(self):
        return ("One strength is learnt from our own record.",)


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (SimpleNamespace(sentence="Tried on ourselves."), ("Tried on ourselves.", *Fit().sentences())),
        (None, Fit().sentences()),
    ],
)
def test_how_it_would_have_held_stands_before_what_is_learnt(monkeypatch, back, said):
    whole = SimpleNamespace(structure=OURS, census="cases", unknown=("Not known.",))
    monkeypatch.setattr(reading, "whole", lambda day: whole)
    monkeypatch.setattr(
        ownstrengths, "kept", lambda day, read: ownstrengths.Kept(Fit(), back) if read() else None
    )
    began = starting.as_asked(TODAY, True)
    assert (began.census, began.unknown, began.ours) == ("cases", ("Not known.",), said)
    assert began.given.local == (("South", "absence", 2.0),) and began.given.structure == OURS


def test_a_service_that_misses_a_kind_of_team_by_now_is_refused_and_nothing_is_learnt(monkeypatch):
    some = replace(OURS, teams=OURS.teams[1:])
    monkeypatch.setattr(
        reading, "whole", lambda day: SimpleNamespace(structure=some, census=None, unknown=())
    )
    monkeypatch.setattr(ownstrengths, "kept", lambda *how: pytest.fail("learnt from half a service"))
    with pytest.raises(ImpossibleScenario, match="some stage of some area has no team"):
        starting.as_asked(TODAY, True)


@pytest.mark.parametrize(("own", "already"), [(False, None), (True, "kept")])
def test_nothing_is_learnt_beforehand_of_an_invented_service_or_twice(monkeypatch, own, already):
    monkeypatch.setattr(ownstrengths, "found", lambda on: already)
    monkeypatch.setattr(starting, "start", lambda on: starting.Start(on, OURS, own))
    monkeypatch.setattr(ownstrengths, "kept", lambda *how: pytest.fail("learnt"))
    starting.learn()


def test_our_own_record_is_learnt_beforehand_where_nobody_has(monkeypatch):
    learnt = []
    monkeypatch.setattr(ownstrengths, "found", lambda on: None)
    monkeypatch.setattr(starting, "start", lambda on: starting.Start(on, OURS, True))
    monkeypatch.setattr(reading, "whole", lambda on: f"read {on}")
    monkeypatch.setattr(ownstrengths, "kept", lambda on, read: learnt.append((on, read())))
    starting.learn()
    ((on, read),) = learnt
    assert read == f"read {on}"


def test_work_that_goes_to_another_team_is_told_of_both_teams(of_our_own):
    assert engine._question(begun(MOVED)).places == ("South assessment and North assessment",)


def test_areas_that_merge_are_told_as_one(of_our_own, monkeypatch):
    assert engine._question(begun(MERGED)).places == ()  # all there are: that is everywhere
    three = structure_of([("North", 12_000), ("East", 12_000), ("South", 12_000)])
    assert engine.told_alone([MERGED], three) == ("North and South",)


@pytest.mark.parametrize(
    "others",
    [
        [replace(MOVED, changes=(Change(BEGINS, "leave", "South", 2.0),))],
        [replace(MERGED, merges=(Merge(("Both", "West"), "All", date(2026, 4, 5)),))],
        [BASE],
    ],
    ids=["a change names a place", "an area that is not there yet", "nothing moves"],
)
def test_what_else_is_asked_is_told_of_the_places_that_it_names(others):
    assert engine.told_alone(others, OURS) == ()


def test_a_name_with_an_and_in_it_is_not_taken_apart():
    twin = structure_of([("Hope and Glory", 12_000), ("North", 12_000), ("Hope", 9_000)])
    merged = replace(MERGED, merges=(Merge(("Hope and Glory", "North"), "Both", date(2026, 4, 5)),))
    assert engine.told_alone([merged], twin) == ()


def test_what_moves_is_told_together_with_what_changes_everywhere():
    both = replace(MOVED, changes=(Change(BEGINS, "demand", "all", 1.1),))
    assert engine.told_alone([both], OURS) == ("South assessment and North assessment",)
