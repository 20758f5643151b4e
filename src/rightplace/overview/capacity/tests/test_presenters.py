"""What an answer's page says where there is little to say: of a team that does not do everything, and of few futures."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, date, datetime

import msgspec
import pytest

from rightplace.domain.simulation.drift import Count, Direction, Ratio
from rightplace.domain.simulation.scenarios.answer import Answer
from rightplace.domain.simulation.scenarios.saying import luck_said
from rightplace.overview.capacity.drifting import Thresholds, Watched
from rightplace.overview.capacity.plandays import name_of
from rightplace.overview.capacity.presenters import (
    headlines,
    pictures,
    promises,
    recovering,
    sizes,
    surely,
)
from rightplace.overview.capacity.presenters.thresholds import ThresholdsPage
from rightplace.overview.capacity.recorded import ASKED, recorded

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
    told = promises.promises(of_one_team)
    each_told = [*told.shown, *told.more, *told.same]
    headings = " ".join(each.heading for each in each_told)
    assert "Review conferences" in headings
    assert not any(
        each in headings for each in ("Contacts decided", "Assessments", "Child protection conferences")
    )
    shown = [each.picture for each in each_told] + pictures.beside(of_one_team)
    assert len(shown) == len(surely.in_all(of_one_team, "South")) + 3
    assert all(each.chart.svg(340) for each in shown)
    assert headlines.short(of_one_team)


def test_a_limit_says_whose_it_is():
    answer = Answer.from_builtins(recorded("leaving")["answer"])
    told = promises.promises(answer)
    said = [each.limit for each in (*told.shown, *told.more, *told.same)]
    assert "Limit: at most 14.3 in 100, in every quarter. This is England’s share." in said
    assert "Limit: at most 2 in 100, in every quarter. This limit is assumed." in said


@pytest.mark.parametrize("futures", [2, 8, 19, 20, 60])
def test_few_futures_are_called_a_first_hint(futures):
    told = recorded("leaving")["answer"] | {"replicates": futures}
    first = headlines.short(Answer.from_builtins(told))[0]
    assert (first == headlines.FIRST_HINT) == (futures < 20)


def test_a_day_with_a_name_stands_in_the_middle_of_a_sentence():
    today = date(2026, 2, 2)
    assert name_of(date(2026, 4, 1), today) == "the new financial year, Wed 1 Apr 2026"
    assert name_of(date(2026, 4, 5), today).startswith("Easter")


@pytest.mark.parametrize(
    ("ratio", "said"), [(17.0, "as sure as 17 times"), (15_000.0, "as sure as more than a hundred times")]
)
def test_what_shared_luck_saved_is_never_boasted_of(ratio, said):
    assert said in luck_said(ratio, 200)


def leaving(**more) -> Answer:
    return Answer.from_builtins(deepcopy(recorded("leaving")["answer"]) | more)


def test_the_promises_that_change_come_first_and_those_that_stay_are_counted():
    told = promises.promises(leaving())
    assert told.heading == "Promises that change"
    assert [each.code for each in told.shown] == ["review", "unallocated", "workload"]
    assert told.more_said.startswith("3 more promises change: ")
    assert told.same_said == "2 promises stay as they are: supervision and conferences"


def test_dots_and_sentences_have_one_scale():
    answer = leaving()
    for each in promises.promises(answer).shown:
        chances, place = {chance.name: chance for chance in each.chances}, surely.focus(answer)
        told = surely.promised(answer.scenarios[-1], place)[each.code]
        assert f"in {chances['with the change'].words} simulated futures" in told.sentence
        assert chances["with the change"].dots().count('r="7.5"') == 10
    assert "breaks in 9 of 10 futures, against 5 of 10 as things are" in headlines.headline(answer)


@pytest.mark.parametrize(
    ("futures", "says"), [(4, "too early to tell"), (60, "no promise breaks clearly more often")]
)
def test_no_direction_is_said_while_the_ranges_hold_none(futures, says):
    """Each promise as unsure as four futures are: 3 of 4 against 2 of 4."""
    told = deepcopy(recorded("leaving")["answer"]) | {"replicates": futures}
    for nth, scenario in enumerate(told["scenarios"]):
        for picture in scenario["pictures"]:
            if picture.get("limit") is not None:
                picture |= {
                    "chance": 0.5 + 0.25 * nth,
                    "chance_low": 0.15 + 0.15 * nth,
                    "chance_high": 0.85 + 0.1 * nth,
                }
    assert says in headlines.headline(Answer.from_builtins(told))


def test_a_direction_needs_the_chance_and_the_weeks_to_say_the_same():
    answer = leaving()
    assert surely.surely(answer, "review", "South")
    told = answer.to_builtins()
    for each in told["pairs"][-1]["differences"]:
        each["told_apart"] = False
    assert not surely.surely(Answer.from_builtins(told), "review", "South")


def worsening(weekly, code="review", **more):
    """The recorded answer's difference with weeks of our own."""
    answer = leaving(**more)
    told = surely.difference(answer, code, "South")
    band = msgspec.structs.replace(told.weekly, mean=weekly)
    return recovering.recovery(answer, msgspec.structs.replace(told, weekly=band))


WORST = "It is worst from April to June, about 10 in 100 more"
OVER = f"{WORST}; from July on it is nearly as without the change."


@pytest.mark.parametrize(
    ("weekly", "said"),
    [
        ([0.0] * 4 + [0.1] * 13 + [0.0] * 35, OVER),
        ([None] * 4 + [0.1] * 13 + [0.0] * 10 + [None] * 25, OVER),
        ([0.0] * 4 + [0.1] * 13 + [0.05] * 35, f"{WORST}, and not back within the year."),
        (
            [0.002 * week for week in range(52)],
            "It is still growing at the end of the year, about 9 in 100 more by then.",
        ),
        (
            [0.0] * 2 + [0.1] * 12 + [0.0] * 38,
            "It is worst from March to June, about 9 in 100 more; from July on it is nearly as without the change.",
        ),
        ([0.0] * 4 + [0.1] * 13 + [0.015] * 35, f"{WORST}; from July on less than a fifth of that is left."),
        (
            [0.0] * 4 + [0.2] * 13 + [0.08] * 12 + [0.13] * 23,
            "It lasts: about 13 in 100 more still at the end of the year.",
        ),
        ([0.0] * 4 + [0.1, 0.11] * 24, "It lasts: about 11 in 100 more still at the end of the year."),
        ([0.0] * 52, ""),
    ],
)
def test_it_is_said_when_it_is_worst_and_when_it_is_over(weekly, said):
    assert worsening(weekly) == said


def test_of_few_futures_no_end_is_said():
    assert worsening([0.0] * 4 + [0.1] * 13 + [0.0] * 35, replicates=8) == ""


def test_a_change_is_held_against_what_is_there():
    asked = {each.key: each.scenarios[-1] for each in ASKED}
    assert sizes.size(leaving(), asked["leaving"]) == "Eight of the 36 workers in post in South leave."
    rising = Answer.from_builtins(recorded("rising")["answer"])
    assert sizes.size(rising, asked["rising"]) == "About 240 children a week are told of, in place of 210."


def test_an_answer_says_on_what_it_rests_and_when_nobody_has_looked():
    most = leaving().hangs_on[0]
    assert most.moves >= max(each.moves for each in leaving().hangs_on)
    assert "assumed" in most.source
    assert headlines.rests(leaving()).startswith(f"This rests most on {most.words}, which we assumed")
    assert "not looked into yet" in headlines.rests(leaving(hangs_on=[]))


def watched(low, usual, high) -> Watched:
    counts = tuple(Count(24_300 + month, 30.0, 7.0) for month in range(20))
    return Watched(
        Ratio("again", "Families who come again", Direction.RISING, counts), (low, usual, high), None, ""
    )


@pytest.mark.parametrize(("limits", "drawn"), [((0.05, 0.17, 0.4), True), ((0.0, 0.17, 0.84), False)])
def test_lines_between_which_almost_anything_lies_are_said_and_not_drawn(limits, drawn):
    page = ThresholdsPage(
        Thresholds((watched(*limits),), date(2024, 1, 1), 26, 13), datetime(2026, 3, 3, tzinfo=UTC)
    )
    share = page.shares[0]
    assert (share.chart.limits is not None) is drawn
    assert any("a single month says nothing" in each for each in share.more) is not drawn
    assert page.lede == "No. The one share that is watched is as usual."
    assert page.false_calls.endswith("over six shares at once. Here 1 is watched.")


def test_on_a_phone_the_ends_of_a_range_stand_below_it_and_loads_begin_above_nought():
    answer = leaving()
    chart = pictures.differences(answer)[0].chart
    low, _, high = chart.lines[0].said
    assert f"{low} to {high}" in chart.svg(340) and f"{low} to {high}" not in chart.svg(640)
    load = pictures.week_by_week(answer, "workload", "South").chart
    assert load.base == 80 and load.caption.words.endswith("The scale begins at 80.")
    assert pictures.week_by_week(answer, "visit", "South").chart.base == 0
