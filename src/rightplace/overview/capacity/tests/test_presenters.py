"""What an answer's page says where there is little to say: of a team that does not do everything, and of few futures."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import pytest

from rightplace.domain.simulation.scenarios.answer import Answer
from rightplace.domain.simulation.scenarios.saying import luck_said
from rightplace.overview.capacity.plandays import name_of
from rightplace.overview.capacity.presenters import found, headlines, pictures
from rightplace.overview.capacity.recorded import recorded

NEVER_THERE = ("decision", "assessment", "conference")
NOTHING = ("p5", "p25", "p50", "p75", "p95")


@pytest.fixture
def of_one_team() -> Answer:
    """The recorded answer as it would be of a team that decides, assesses and confers nothing."""
    told = deepcopy(recorded("leaving")["answer"])
    for scenario in told["scenarios"]:
        for picture in scenario["pictures"]:
            if picture["code"] in NEVER_THERE and picture["place"] == "South":
                picture["fan"] = {line: [None] * len(told["weeks"]) for line in NOTHING}
                picture["chance"] = 0.0
    return Answer.from_builtins(told)


def test_of_what_a_team_never_does_there_is_no_promise_and_no_picture(of_one_team):
    promises = " ".join(each.promise for each in pictures.chances(of_one_team))
    assert "Review conferences" in promises
    assert not any(
        each in promises for each in ("Contacts decided", "Assessments", "Child protection conferences")
    )
    shown = [each for fans in pictures.fans(of_one_team) for each in fans]
    assert len(shown) == len(headlines.in_all(of_one_team, "South")) + 3
    assert all(each.chart.svg(340) for each in shown)
    assert headlines.short(of_one_team)


def test_a_limit_says_whose_it_is():
    answer = Answer.from_builtins(recorded("leaving")["answer"])
    said = [each.sentence for each in pictures.chances(answer)]
    assert "Limit: at most 14.3 in 100, in every quarter. This is England’s share." in said
    assert "Limit: at most 2 in 100, in every quarter. This limit is assumed." in said


@pytest.mark.parametrize("futures", [2, 8, 19, 20, 60])
def test_few_futures_are_called_a_first_hint(futures):
    told = recorded("leaving")["answer"] | {"replicates": futures}
    first = headlines.short(Answer.from_builtins(told))[0]
    assert (first == headlines.FIRST_HINT) == (futures < 20)


@pytest.mark.parametrize(
    ("said", "heading"),
    [
        ("No establishment of those that were tried keeps it.", "Largest tried"),
        ("The smallest has 12.", "Fewest"),
    ],
)
def test_where_nothing_keeps_what_was_asked_the_table_does_not_speak_of_the_fewest(said, heading):
    assert found.columns({"short": [said]})[-1].heading == heading


def test_a_day_with_a_name_stands_in_the_middle_of_a_sentence():
    today = date(2026, 2, 2)
    assert name_of(date(2026, 4, 1), today) == "the new financial year, Wed 1 Apr 2026"
    assert name_of(date(2026, 4, 5), today).startswith("Easter")


@pytest.mark.parametrize(
    ("ratio", "said"), [(17.0, "as sure as 17 times"), (15_000.0, "as sure as more than a hundred times")]
)
def test_what_shared_luck_saved_is_never_boasted_of(ratio, said):
    assert said in luck_said(ratio, 200)
