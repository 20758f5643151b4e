"""What an answer's page says where there is little to say: of a team that does not do everything, and of few futures."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import UTC, date, datetime

import msgspec
import pytest

from rightplace.common.web.axes import label_width
from rightplace.domain.simulation.drift import Count, Direction, Ratio
from rightplace.domain.simulation.scenarios.answer import Answer
from rightplace.domain.simulation.scenarios.saying import luck_said, pounds_said
from rightplace.overview.capacity import charts
from rightplace.overview.capacity.drifting import Thresholds, Watched
from rightplace.overview.capacity.plandays import name_of
from rightplace.overview.capacity.presenters import (
    headlines,
    pictures,
    promises,
    recovering,
    sizes,
    surely,
    worst,
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
    assert "Limit: at most 14.3 in 100 in each quarter. This is England’s share." in said
    assert "Limit: at most 2 in 100 in each quarter. This limit is assumed." in said


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
    ("ratio", "said"), [(17.0, "take 17 times as many"), (15_000.0, "take more than a hundred times as many")]
)
def test_what_shared_luck_saved_is_never_boasted_of(ratio, said):
    assert said in luck_said(ratio, 200)


def leaving(**more) -> Answer:
    return Answer.from_builtins(deepcopy(recorded("leaving")["answer"]) | more)


def test_the_promises_that_change_come_first_and_those_that_stay_are_counted():
    told = promises.promises(leaving())
    assert told.heading == "Promises that change"
    assert [each.code for each in told.shown] == ["decision"]
    assert [each.code for each in told.more] == ["assessment", "unallocated", "review", "workload", "visit"]
    assert told.same_said == "2 promises stay as they are: conferences and supervision"


def test_dots_and_sentences_have_one_scale():
    answer = leaving()
    told = promises.promises(answer)
    for each in (*told.shown, *told.more):
        chances, place = {chance.name: chance for chance in each.chances}, surely.focus(answer)
        said = surely.promised(answer.scenarios[-1], place)[each.code].sentence
        with_it = chances["with the change"].words
        assert f"in {with_it} futures" in said or (with_it, "in every future" in said) == ("all of 10", True)
        assert chances["with the change"].dots().count('r="7.5"') == 10


# what an answer leads with --------------------------------------------------------------------------------------------


def moved(**by_code):
    """The recorded answer with other means in South, and as often beyond the limit as is said."""
    told = deepcopy(recorded("leaving")["answer"])
    for each in told["pairs"][-1]["differences"]:
        if each["place"] == "South" and each["code"] in by_code:
            before, after, *_ = by_code[each["code"]]
            each |= {"before": before, "after": after, "mean": after - before, "told_apart": before != after}
    for nth, scenario in enumerate(told["scenarios"]):
        for each in scenario["pictures"]:
            if each["place"] == "South" and each["code"] in by_code:
                chance = by_code[each["code"]][2 + nth]
                each |= {"chance": chance, "chance_low": chance - 0.02, "chance_high": chance + 0.02}
                each["last_year"] = dict.fromkeys(("low", "middle", "high"), by_code[each["code"]][nth])
    return Answer.from_builtins(told)


QUIET = {
    "decision": (0.02, 0.02, 0.1, 0.1), "assessment": (0.1, 0.1, 0.1, 0.1), "conference": (0.1, 0.1, 0.1, 0.1),
    "review": (0.01, 0.01, 0.0, 0.0), "visit": (0.1, 0.1, 0.0, 0.0), "supervision": (0.02, 0.02, 0.0, 0.0),
    "unallocated": (0.01, 0.01, 0.1, 0.1), "workload": (100.0, 100.0, 0.1, 0.1),
}  # fmt: skip


def test_an_answer_leads_with_what_is_broken_worst_and_not_with_what_moves_most():
    """Supervision moves most; visits are broken, and worse with the change."""
    answer = moved(**QUIET | {"supervision": (0.02, 0.12, 0.0, 0.3), "visit": (0.30, 0.34, 0.9, 0.92)})
    assert headlines.opening(answer) == (
        "Worst for children in South: on average 34 in 100 visits are missed, in place of 30. "
        "In 9 of 10 futures at least one quarter passes the limit of 20 in 100, with the change and without it."
    )


def test_promises_to_children_come_before_those_to_workers():
    answer = moved(**QUIET | {"workload": (110.0, 150.0, 0.6, 1.0), "review": (0.05, 0.06, 0.4, 0.6)})
    assert headlines.opening(answer) == (
        "Worst for children in South: on average 6 in 100 reviews are held late, in place of 5. "
        "In 6 of 10 futures at least one quarter passes the limit of 5 in 100, against 4 of 10 as things are."
    )
    assert worst.others(answer) == [
        "Limits also passed more often: workloads in every future (6 of 10 as things are)."
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (0.001, 0.004, ("0.4", "0.1")),
        (0.0002, 0.0004, ("0.04", "0.02")),
        (0.0002, 0.003, ("0.3", "fewer than 0.1")),
        (0.004, 0.006, ("0.6", "0.4")),
        (0.004, 0.05, ("5", "fewer than 1")),
    ],
)
def test_two_figures_that_differ_are_never_said_alike(before, after, said):
    answer = moved(**QUIET | {"visit": (before, after, 0.1, 0.6)})
    assert worst.figures(surely.difference(answer, "visit", "South")) == said


def test_what_changes_and_is_not_broken_is_not_called_worst():
    answer = moved(**QUIET | {"visit": (0.05, 0.09, 0.0, 0.0)})
    assert headlines.opening(answer) == (
        "Most changed in South: on average 9 in 100 visits are missed, in place of 5. No quarter passes the limit of 20 in 100 "
        "in any future, with the change and without it."
    )


def test_where_nothing_changes_what_is_worst_anyhow_is_still_said():
    answer = moved(**QUIET | {"conference": (0.3, 0.3, 0.8, 0.8)})
    assert headlines.opening(answer) == (
        "In South no promise changes by more than chance. Worst for children with the change or without it: on average "
        "30 in 100 conferences are held late; in 8 of 10 futures at least one quarter passes the limit of 18.6 in 100."
    )


def test_a_chance_that_is_not_surely_otherwise_is_set_beside_and_not_against():
    told = headlines.opening(moved(**QUIET | {"decision": (0.08, 0.13, 0.93, 0.96)}))
    passed = "In more than 9 of 10 futures at least one quarter passes the limit of 5 in 100"
    assert f"{passed}, and in 9 of 10 futures as things are." in told


@pytest.mark.parametrize(("futures", "early"), [(4, True), (60, False)])
def test_of_few_futures_it_is_too_early_to_tell(futures, early):
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
    said = headlines.opening(Answer.from_builtins(told))
    assert ("too early to tell" in said) is early and "against" not in said


def test_what_is_saved_because_people_are_missing_is_a_consequence_and_stands_last():
    told = headlines.short(leaving())
    less = surely.difference(leaving(), "cost", "all")
    assert less.told_apart and less.mean < 0
    assert told[-1].startswith(
        f"Mostly because fewer people are in post, about {pounds_said(-less.mean)} a week less is spent"
    )
    assert not any("It costs" in each for each in told)
    dearer = leaving().to_builtins()
    for each in dearer["pairs"][-1]["differences"]:
        if (each["code"], each["place"]) == ("cost", "all"):
            each |= {"mean": 2_482.0, "low": 1_335.0, "high": 3_630.0}
    assert headlines.short(Answer.from_builtins(dearer))[-1].startswith("It costs about £2,500 a week more")


def test_what_an_assumption_moves_is_said_in_the_unit_of_what_was_asked():
    answer = leaving()
    code, told = headlines.rested_on(answer)
    assert (code, told.place) == ("decision", "South")
    older = leaving(
        hangs_sentence=answer.hangs_sentence.replace(
            "contacts decided late", "visits not made in the week when they fell due"
        )
    )
    assert headlines.rested_on(older)[0] == "visit"


def test_a_direction_needs_the_chance_and_the_weeks_to_say_the_same():
    answer = leaving()
    assert surely.surely(answer, "review", "South")
    told = answer.to_builtins()
    for each in told["pairs"][-1]["differences"]:
        each["told_apart"] = False
    assert not surely.surely(Answer.from_builtins(told), "review", "South")


def worsening(weekly, code="review", before=None, **more):
    """The recorded answer's difference with weeks of our own, on two in 100 without the change."""
    answer = leaving(**more)
    told = surely.difference(answer, code, "South")
    band = msgspec.structs.replace(told.weekly, mean=weekly)
    before = [0.02] * len(weekly) if before is None else before
    return recovering.recovery(answer, msgspec.structs.replace(told, weekly=band, before_weekly=before))


PEAK = "At its worst, in the four weeks to 12 April, it is about 12 in 100, in place of 2."
GROWS = (
    "At its worst, in the four weeks to 7 March 2027, it is about 12 in 100, in place of 2. "
    "The difference is still growing at the end of the year, about 9 in 100 more by then."
)
LASTS = (
    "At its worst, in the four weeks to 12 April, it is about 22 in 100, in place of 2. "
    "It lasts: about 13 in 100 more still at the end of the year."
)
OVER = f"{PEAK} From July on it is nearly as without the change."


@pytest.mark.parametrize(
    ("weekly", "said"),
    [
        ([0.0] * 4 + [0.1] * 13 + [0.0] * 35, OVER),
        ([None] * 4 + [0.1] * 13 + [0.0] * 10 + [None] * 25, OVER),
        ([0.0] * 4 + [0.1] * 13 + [0.05] * 35, f"{PEAK} It is not back within the year."),
        (
            [0.002 * week for week in range(52)],
            GROWS,
        ),
        (
            [0.0] * 4 + [0.1] * 13 + [0.015] * 35,
            f"{PEAK} From July on less than a fifth of the difference is left.",
        ),
        (
            [0.0] * 4 + [0.2] * 13 + [0.08] * 12 + [0.13] * 23,
            LASTS,
        ),
        ([0.0] * 52, ""),
    ],
)
def test_it_is_said_when_it_is_worst_and_when_it_is_over(weekly, said):
    assert worsening(weekly) == said


def test_the_worst_weeks_are_those_in_which_the_change_does_much_of_what_it_does():
    """The highest weeks of all are at the end, where the change does nothing any more."""
    weekly = [0.0] * 4 + [0.1] * 13 + [0.0] * 35
    before = [0.02] * 10 + [0.06] + [0.02] * 29 + [0.4] * 12
    assert worsening(weekly, before=before).startswith(
        "At its worst, in the four weeks to 24 May, it is about 16 in 100, in place of 6."
    )


def test_an_older_answer_without_its_levels_says_the_quarter():
    found = worsening([0.0] * 4 + [0.1] * 13 + [0.0] * 35, before=[])
    assert found.startswith("It is worst from April to June, about 10 in 100 more.")


def test_of_few_futures_no_end_is_said():
    assert worsening([0.0] * 4 + [0.1] * 13 + [0.0] * 35, replicates=8) == ""


def test_a_change_is_held_against_what_is_there():
    asked = {each.key: each.scenarios[-1] for each in ASKED}
    assert sizes.size(leaving(), asked["leaving"]) == "Eight of the 36 workers in post in South leave."
    rising = Answer.from_builtins(recorded("rising")["answer"])
    told = surely.difference(rising, "contacts", "all")
    assert told.after > 1.1 * told.before
    said = f"About {told.after:,.0f} children a week are told of, in place of {told.before:,.0f}."
    assert sizes.size(rising, asked["rising"]) == said


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
    assert page.lede == "No. The one share that we watch is as usual."
    assert page.false_calls.endswith("after two; here 1 is watched.")


LONG = "Eight experienced people leave, ten others come, and the front door lets through a tenth more than before"


@pytest.mark.parametrize("width", [520, 640])
@pytest.mark.parametrize("ends", [(2.0, 14.5), (-14.5, -2.0), (-14.5, 14.5), (14.4, 14.5)])
def test_no_words_lie_on_their_own_bar_or_outside_the_drawing(width, ends):
    low, high = ends
    said = (f"+{1e6 + low:,.1f} in 100", "0", f"+{1e6 + high:,.1f} in 100")
    line = charts.Between("Contacts", low, (low + high) / 2, high, said, "")
    told = charts.Differences(name="d", finding="f", lines=[line], caption=charts.Below("b")).svg(width)
    bar = re.search(r'x1="([\d.]+)" y1="36" x2="([\d.]+)" y2="36" stroke="#[0-9a-f]+" stroke-width="8"', told)
    first, last = float(bar[1]), float(bar[2])
    left = float(re.search(r'<text x="([\d.]+)"[^>]*text-anchor="end"', told)[1])
    right = float(re.search(r'<text x="([\d.]+)" y="41"[^>]*text-anchor="start"', told)[1])
    assert left < first and last < right
    assert label_width(said[0]) <= left and right + label_width(said[2]) <= width


def test_money_is_written_as_its_sentence_writes_it_and_a_long_name_is_cut():
    told = leaving()
    shown = pictures.costs(told)
    for each, reach in zip(told.scenarios, shown.chart.reaches, strict=True):
        assert reach.said[1] == pounds_said(each.cost.year.middle)
        assert reach.said[0] in each.cost.sentence and reach.said[2] in each.cost.sentence
        assert reach.said[1] in shown.chart.svg(640) and reach.said[1] in shown.heading
    long = charts.Reaches(
        name="r", finding="f", reaches=[charts.Reach(LONG, 1, 2, 3)], figure="n", caption=charts.Below("b")
    )
    assert f">{LONG}<" not in long.svg(340) and "…<" in long.svg(340) and long.rows[0].cells[0] == LONG


def test_on_a_phone_the_ends_of_a_range_stand_below_it_and_loads_begin_above_nought():
    answer = leaving()
    chart = pictures.differences(answer)[0].chart
    low, _, high = chart.lines[0].said
    assert f"{low} to {high}" in chart.svg(340) and f"{low} to {high}" not in chart.svg(640)
    load = pictures.week_by_week(answer, "workload", "South").chart
    assert load.base == 80 and load.caption.words.endswith("The scale begins at 80.")
    assert pictures.week_by_week(answer, "visit", "South").chart.base == 0
