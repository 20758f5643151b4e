"""What an answer says is read as it is meant: when a limit is passed, why less is spent, where there is nothing to count."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import msgspec
import pytest
from django.test import Client
from django.urls import reverse

from rightplace.domain.simulation.scenarios import Scenario
from rightplace.domain.simulation.scenarios.answer import Answer
from rightplace.domain.simulation.scenarios.scenario import Merge, Move
from rightplace.overview.capacity import engine
from rightplace.overview.capacity.looking import ASK_FOR_LESS, MOST_TRIALS, TRIALS
from rightplace.overview.capacity.models import Run
from rightplace.overview.capacity.presenters import headlines, promises, recovering, sizes, surely, worst
from rightplace.overview.capacity.presenters.answer import AnswerPage
from rightplace.overview.capacity.recorded import recorded
from rightplace.overview.capacity.tests.conftest import answered
from rightplace.overview.capacity.tests.test_found import searched
from rightplace.overview.capacity.tests.test_presenters import QUIET, moved
from rightplace.overview.capacity.tests.test_said_once import run, said
from rightplace.testing.organisation import sign_in

BEGINS = date(2026, 4, 5)
AHEAD, NOTHING, OF_ALL = "Over the year ahead", "there is nothing to count", "in 9 of 10 futures"


def told(key: str = "leaving"):
    return deepcopy(recorded(key)["answer"])


# what changes and what does not -------------------------------------------------------------------------------------


def test_a_limit_that_is_surely_passed_more_often_is_a_change_however_little_the_mean_moves():
    answer = moved(**QUIET | {"visit": (0.196, 0.2, 0.3, 0.7), "conference": (0.3, 0.3, 0.8, 0.8)})
    short = " ".join(headlines.short(answer))
    assert "Worst for children in South: on average 20.0 in 100 visits are missed, in place of 19.6." in short
    assert "In 7 of 10 futures at least one quarter passes the limit of 20 in 100, against 3 of 10" in short
    assert "no promise changes" not in short


def test_of_several_scenarios_too_what_breaks_surely_more_often_is_no_nothing():
    found = told("either")
    for each in found["pairs"][0]["differences"]:
        is_visit = (each["code"], each["place"]) == ("visit", "all")
        each |= (
            {"before": 0.196, "after": 0.2, "mean": 0.004, "told_apart": True}
            if is_visit
            else {"told_apart": False}
        )
    for nth, scenario in enumerate(found["scenarios"]):
        for each in scenario["pictures"]:
            if (each["code"], each["place"]) == ("visit", "all"):
                chance = (0.3, 0.7, 0.3)[nth]
                each |= {"chance": chance, "chance_low": chance - 0.02, "chance_high": chance + 0.02}
    of_first = next(
        each for each in headlines.short(Answer.from_builtins(found)) if each.startswith("Ten more in family")
    )
    assert "visits" in of_first and "othing differs" not in of_first and "o promise differs" not in of_first


def test_where_no_promise_changes_no_weeks_are_said_to_be_its_worst():
    answer = moved(**QUIET | {"visit": (0.3, 0.302, 0.8, 0.8)})
    short = " ".join(headlines.short(answer))
    assert "no promise changes by more than chance" in short and "At its worst" not in short


# over which time a limit is held --------------------------------------------------------------------------------------


def test_a_limit_that_one_quarter_passes_is_never_taken_for_one_that_every_quarter_passes(city):
    address = reverse("capacity:answer", args=[answered(city).pk])
    page = sign_in(Client(), city.head_of_service).get(address).content.decode()
    quarter, dots = (
        "At least one quarter passes it (full dots) in:",
        '<div class="cap-chances__rows">',
    )
    assert page.count(quarter) == page.count(dots) > 1
    assert all(each.rstrip().endswith(f"{quarter}</p>") for each in page.split(dots)[:-1])
    assert "in 100 in each quarter." in page and "every quarter" not in page


@pytest.mark.parametrize(
    ("before", "after", "passed"),
    [
        (0.5, 1.0, "In every future at least one quarter passes the limit of 14.3 in 100, against 5 of 10 as things are."),
        (0.5, 0.0, "No quarter passes the limit of 14.3 in 100 in any future, and in 5 of 10 futures as things are."),
        (0.0, 0.0, "No quarter passes the limit of 14.3 in 100 in any future, with the change and without it."),
    ],
)  # fmt: skip
def test_a_mean_below_its_limit_is_said_with_the_quarter_that_passes_it(before, after, passed):
    answer = moved(**QUIET | {"assessment": (0.08, 0.12, before, after)})
    first = headlines.headline(answer)
    assert first.endswith("on average 12 in 100 assessments are finished late, in place of 8.")
    assert headlines.opening(answer) == f"{first} {passed}"


def test_the_worst_four_weeks_never_reach_back_before_the_first_day():
    """Nothing is known of the weeks before it: of one week it said four, of which three had not been."""
    answer = Answer.from_builtins(told())
    change = surely.difference(answer, "decision", "South")
    weekly = [0.4, 0.3, 0.2, 0.15, *[0.1] * 48]
    band = msgspec.structs.replace(change.weekly, mean=weekly)
    change = msgspec.structs.replace(change, weekly=band, before_weekly=[0.05] * 52)
    first = recovering.recovery(answer, change)
    assert first.startswith(
        "At its worst, in the four weeks to 5 April, it is about 20 in 100, in place of 5."
    )
    load = recovering.recovery(answer, msgspec.structs.replace(change, unit="percent of a full load"))
    assert load.startswith("At its worst, in the week to 15 March,")


# money ----------------------------------------------------------------------------------------------------------------


def saving(cost: float, people: float, children: float = 0.0) -> str:
    """The sentence on what is spent less, with so many people in post and children in care fewer."""
    found, sizes_of = told(), {"cost": cost, "in_post": people, "in_care": children}
    for each in found["pairs"][-1]["differences"]:
        size = sizes_of.get(each["code"]) if each["place"] == "all" else None
        if size is not None:
            each |= {"mean": size, "low": 1.1 * size, "high": 0.9 * size, "told_apart": size != 0}
    return headlines.short(Answer.from_builtins(found))[-1]


@pytest.mark.parametrize(
    ("cost", "people", "children", "because"),
    [
        (-50_000.0, -1.0, -25.0, "It costs about"),  # one post fewer, and far fewer families
        (-50_000.0, -1.0, 0.0, "It costs about"),  # one post fewer, and pay is cut
        (-2_500.0, -3.0, -1.0, "It costs about"),  # most of it is for children in care
        (-2_500.0, -3.0, -0.4, "Mostly because fewer people are in post"),
        (-2_500.0, -3.0, 0.0, "Only because fewer people are in post"),
        (-2_500.0, -3.0, 0.5, "Only because fewer people are in post"),
        (-2_500.0, 0.0, 0.0, "It costs about"),
        (-2_500.0, 2.0, 0.0, "It costs about"),
    ],
)  # fmt: skip
def test_less_is_spent_because_people_are_missing_only_where_their_pay_explains_it(
    cost, people, children, because
):
    found = saving(cost, people, children)
    assert found.startswith(because)
    assert "a week less" in found


@pytest.mark.parametrize(
    ("weeks", "pace"), [(22, ", at the pace of the 22 weeks from 5 April 2026."), (52, ".")]
)  # fmt: skip
def test_money_of_less_than_a_year_is_said_to_be_at_its_pace(weeks, pace):
    found = told()
    year = {
        "begins": "2026-04-05",
        "weeks": weeks,
        "pounds": {"low": 0.0, "middle": 1e5, "high": 2e5},
        "chance": 0.3,
    }
    found["pairs"][-1] |= {"savings": 200_000.0, "chance_saved": 0.3, "years": [year]}
    assert headlines.money(Answer.from_builtins(found)) == [
        f"The £200,000 a year to be saved are saved in 3 of 10 futures{pace}"
    ]
    found["pairs"][-1] |= {"savings": None}
    found["scenarios"][-1]["cost"] |= {"budget": 2e7, "chance_over": 0.3, "years": [year]}
    assert headlines.money(Answer.from_builtins(found)) == [
        f"The budget of £20 million a year is overspent in 3 of 10 futures{pace}"
    ]


# of what nothing is told ----------------------------------------------------------------------------------------------


def test_a_promise_of_a_team_that_is_closed_at_the_change_is_neither_kept_nor_broken():
    """It has weeks before the change, and nothing to count after it."""
    found = told()
    for each in found["scenarios"][-1]["pictures"]:
        if (each["code"], each["place"]) == ("decision", "South"):
            each |= {"chance": None, "chance_low": None, "chance_high": None, "last_year": None}
    found["pairs"][-1]["differences"] = [
        each
        for each in found["pairs"][-1]["differences"]
        if (each["code"], each["place"]) != ("decision", "South")
    ]
    answer = Answer.from_builtins(found)
    assert "decision" not in surely.in_all(answer, "South")
    page = promises.promises(answer)
    assert "decision" not in {each.code for each in (*page.shown, *page.more, *page.same)}
    assert "contacts" not in " ".join([*headlines.short(answer), worst.broken_now(answer)])


def ranges(key: str, *empty: int) -> str:
    """What is said of between what the first promise lies, with nothing to count in the last year of some scenarios."""
    found = told(key)
    for nth, scenario in enumerate(found["scenarios"]):
        for picture in scenario["pictures"]:
            picture["last_year"] = (
                None if nth in empty else {"low": 0.1, "middle": 0.15, "high": 0.1 * (nth + 2)}
            )
    return promises.promises(Answer.from_builtins(found)).shown[0].said[-1]


@pytest.mark.parametrize(
    ("key", "empty", "said"),
    [
        ("leaving", (0, 1), f"{AHEAD} {NOTHING}."),
        ("leaving", (1,), f"{AHEAD} {NOTHING} with the change; as things are, it is between 10 and 20 in 100 {OF_ALL}."),
        ("leaving", (0,), f"{AHEAD} it is between 10 and 30 in 100 {OF_ALL}; as things are, {NOTHING}."),
        ("either", (0, 1, 2), f"{AHEAD} {NOTHING}."),
        ("either", (0, 2), f"{AHEAD}, {OF_ALL}: A, between 10 and 30 in 100. T{NOTHING[1:]} as things are and with B."),
    ],
)  # fmt: skip
def test_where_there_is_nothing_to_count_no_chance_is_told(key, empty, said):
    assert ranges(key, *empty) == said


# lists ----------------------------------------------------------------------------------------------------------------


def test_a_list_never_cuts_a_sentence_within_a_name():
    found = told()
    renamed = msgspec.json.decode(msgspec.json.encode(found).replace(b'"South"', b'"St. Helens"'))
    first = headlines.headline(Answer.from_builtins(renamed))
    assert first.startswith("Worst for children in St. Helens: on average") and first.endswith(".")
    assert said(run(headline=first)) == first
    older = f"{first} The limit of 5 is passed in every future."
    assert said(run(headline=older)) == first
    early = "In St. Helens it is too early to tell what the change does."
    assert (
        said(run(headline=f"{early} Worst for children with the change or without it: on average 3."))
        == early
    )


# the end of a search, and what is told of the whole -------------------------------------------------------------------


@pytest.mark.parametrize(("total", "further"), [(MOST_TRIALS - TRIALS, True), (MOST_TRIALS, False)])
def test_to_look_further_is_offered_only_where_it_would_not_be_refused(total, further):
    answer = {"found": msgspec.to_builtins(searched(ended_early=True))}
    one = run(what=Run.What.SMALLEST, answer=answer, total=total, done=total, version=engine.version())
    one.can_go_on = True
    page = AnswerPage(one, own=True, may_ask=True, there=True)
    assert page.may_further is further
    assert (ASK_FOR_LESS in page.no_further) is not further


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"moves": (Move("South", "Hope and Glory", "North assessment"),)}, sizes.MOVES_WHOLE),
        ({"merges": (Merge(("East", "South"), "Both"),)}, sizes.WHOLE),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_told_as_one_says_that_it_is_of_the_whole(more, words):
    asked = Scenario("X", BEGINS, 364, **more)
    assert sizes.size(Answer.from_builtins(told("rising")), asked) == words
    assert sizes.size(Answer.from_builtins(told("leaving")), asked) == ""
