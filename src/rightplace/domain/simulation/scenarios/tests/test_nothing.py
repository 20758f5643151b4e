"""Where there is nothing to count nothing is told: no chance, no year, no difference, and a sentence that says so."""

import json
from dataclasses import replace
from datetime import date

import pytest

pytest.importorskip("numba")

from rightplace.domain.simulation.scenarios import Answer, Change, Gathered, Question, Scenario, steps
from rightplace.domain.simulation.scenarios.answering import answer

BASE = Scenario("As now", date(2026, 4, 6), 182, areas=(("North", 4_000), ("South", 4_000)))
MORE = replace(BASE, name="More", changes=(Change(date(2026, 6, 1), "demand", "police", 1.3),))
DOOR = "South front door"


@pytest.fixture(scope="module")
def found() -> Answer:
    question = Question.of(BASE, [MORE], where=(DOOR,))
    gathered = Gathered.of(question)
    for batch in steps(question, 4, 4):
        gathered.add(batch)
    return answer(gathered)


def test_a_front_door_finishes_no_assessments_and_is_not_told_to_finish_them_in_time(found):
    for scenario in found.scenarios:
        told = found.picture(scenario.name, "assessment", DOOR)
        assert (told.chance, told.chance_low, told.chance_high, told.last_year) == (None,) * 4
        assert told.limit == 0.143
        assert set(told.quarters) == {None}
        assert told.sentence == "Assessments finished late in South front door: nothing to count here."


def test_what_it_does_is_told_and_so_is_everywhere(found):
    for code, place in (("decision", DOOR), ("assessment", "all")):
        told = found.picture("More", code, place)
        assert told.chance is not None and told.last_year is not None
        assert None not in told.quarters
        assert "nothing to count" not in told.sentence


def test_no_difference_is_told_where_there_is_nothing_to_compare(found):
    told = {(each.code, each.place) for each in found.pairs[0].differences}
    assert ("assessment", DOOR) not in told and ("conference", DOOR) not in told
    assert {("decision", DOOR), ("assessment", "all"), ("cost", DOOR)} <= told


def test_it_is_null_in_json_and_read_back_the_same(found):
    kept = json.loads(found.to_json())
    picture = next(p for p in kept["scenarios"][0]["pictures"] if (p["code"], p["place"]) == ("review", DOOR))
    assert picture["chance"] is None and picture["last_year"] is None
    assert Answer.from_json(found.to_json()) == found
