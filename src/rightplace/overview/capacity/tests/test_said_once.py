"""Each thing is said once: lists by their first sentence, pictures of what their sentences are of, days told together."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from rightplace.domain.simulation.scenarios import Change, Scenario
from rightplace.domain.simulation.scenarios.answer import Answer
from rightplace.domain.simulation.scenarios.saying import change_said
from rightplace.domain.simulation.scenarios.scenario import Merge
from rightplace.overview.capacity.models import Run
from rightplace.overview.capacity.presenters import (
    asides,
    headlines,
    lists,
    pictures,
    promises,
    sizes,
    surely,
)
from rightplace.overview.capacity.presenters.answer import AnswerPage
from rightplace.overview.capacity.recorded import ASKED, recorded

DAYS = (date(2026, 3, 17), date(2026, 3, 23), date(2026, 4, 5))
LEAVE = tuple(Change(day, "leave", "South", 3.0) for day in DAYS)
OTHER = Change(date(2026, 5, 1), "demand", "all", 1.15)


def leaving(**more) -> Answer:
    return Answer.from_builtins(deepcopy(recorded("leaving")["answer"]) | more)


def kept(*changes):
    return [change_said(each.day, each.what, each.where, each.amount) for each in changes]


def lines(*changes):
    """As they are told: a day and the number after it kept apart."""
    return [re.sub(r"(20\d\d) (?=\d)", r"\1, ", each) for each in kept(*changes)]


def scenario(*changes, **more):
    return Scenario("X", date(2026, 3, 9), 364, changes=changes, **more)


# what was asked ------------------------------------------------------------------------------------------------------


def test_people_who_leave_one_after_another_are_told_in_one_line():
    told = asides.changed(["First.", *kept(*LEAVE, OTHER)], scenario(*LEAVE, OTHER))
    together = "Nine of the most experienced workers leave in South, one after another from 17 March 2026 to 5 April 2026."
    assert told == ["First.", together, *lines(OTHER)]


def test_who_leaves_at_once_or_elsewhere_keeps_a_line_of_their_own():
    east = replace(LEAVE[1], where="East")
    told = asides.changed(kept(LEAVE[0], east), scenario(LEAVE[0], east))
    assert told == lines(LEAVE[0], east)


def test_an_older_answer_keeps_its_own_words():
    assert asides.changed(["As it was told."], scenario(*LEAVE)) == ["As it was told."]
    assert asides.changed(kept(*LEAVE), None) == lines(*LEAVE)


# pictures and their sentences ----------------------------------------------------------------------------------------


def test_how_full_people_are_is_drawn_and_said_of_the_same_year():
    answer = leaving()
    shown = pictures.how_full(answer)
    assert shown.heading == "How full people are in South over the year ahead"
    assert shown.chart.finding == "Over the year ahead one worker in ten in South carries more than this"
    for reach, sentence, each in zip(shown.chart.reaches, shown.said, answer.scenarios, strict=True):
        year = surely.promised(each, "South")["workload"].last_year
        assert (reach.low, reach.middle, reach.high) == (year.low, year.middle, year.high)
        low, _, high = reach.said
        assert sentence.startswith(f"{reach.name}: over the year ahead half of the workers in South")
        assert f"between {low} and {high} per cent" in sentence


@pytest.mark.parametrize(
    ("weeks", "span"),
    [(26, "Over these 26 weeks"), (52, "Over the year ahead"), (104, "Over the last year looked at")],
)
def test_the_last_year_of_a_run_is_never_taken_for_the_one_behind_us(weeks, span):
    answer = leaving(weeks=(leaving().to_builtins()["weeks"] * 2)[:weeks])
    assert pictures.span_ahead(answer) == span
    was = "Over these 26 weeks" if weeks == 26 else "Over the last year"
    kept = f"{was} it is 3. Cost: {was[:1].lower()}{was[1:]} 4."
    assert pictures.ahead(kept, answer) == f"{span} it is 3. Cost: {span[:1].lower()}{span[1:]} 4."


def test_of_the_promise_that_leads_only_its_ranges_are_said_again():
    told = promises.promises(leaving())
    lead, other = told.shown[0], next(each for each in told.more if each.code == "review")
    ranges = r"Over the year ahead it is (about|between) .* in 9 of 10 futures; as things are, (about|between) .*\."
    assert len(lead.said) == 1 and re.fullmatch(ranges, lead.said[0])
    assert other.said[0].startswith("At its worst") and re.fullmatch(ranges, other.said[-1])


def test_a_range_that_stays_is_said_once():
    told = leaving().to_builtins()
    for each in told["scenarios"]:
        for picture in each["pictures"]:
            picture["last_year"] = {"low": 0.1, "middle": 0.15, "high": 0.2}
    found = promises.promises(Answer.from_builtins(told)).shown[0].said[0]
    assert found == "Over the year ahead it is between 10 and 20 in 100 in 9 of 10 futures."


def test_of_areas_that_become_one_it_is_said_that_the_answer_is_of_the_whole():
    merge = scenario(merges=(Merge(("East", "South"), "Both"),))
    rising = Answer.from_builtins(recorded("rising")["answer"])
    assert sizes.size(rising, merge) == sizes.WHOLE
    asked = {each.key: each.scenarios[-1] for each in ASKED}
    assert sizes.WHOLE not in sizes.size(rising, asked["rising"])


# lists ---------------------------------------------------------------------------------------------------------------

ACTOR = SimpleNamespace(worker=5)
TWO = "Worst in South: 3.5 in 100, in place of 1. The limit of 2 is passed in every future."


def run(**more) -> Run:
    made: dict[str, object] = {
        "pk": 1, "title": "What happens?", "what": Run.What.WHAT_IF, "state": Run.State.DONE, "start": "our own",
        "headline": TWO, "example": True, "done": 60, "total": 60,
    }  # fmt: skip
    return Run(**(made | more))


def said(one: Run) -> str:
    return lists.asked([one], ACTOR).rows[0].cells[0].more


def test_a_list_says_the_first_sentence_of_an_answer():
    assert said(run()) == "Worst in South: 3.5 in 100, in place of 1."
    invented = "An invented service, not ours: "
    assert said(run(start="an invented service")) == f"{invented}Worst in South: 3.5 in 100, in place of 1."
    assert said(run(headline="", start="an invented service")) == "No answer yet."


def test_of_a_search_a_list_says_what_it_makes_worse_too():
    assert said(run(what=Run.What.SMALLEST)) == TWO


def test_how_questions_stand_has_a_column_only_while_one_is_not_finished():
    finished = lists.asked([run(), run(pk=2)], ACTOR)
    assert len(finished.columns) == 2 and all(len(row.cells) == 2 for row in finished.rows)
    going = lists.asked([run(), run(pk=2, state=Run.State.RUNNING, done=3, total=60)], ACTOR)
    assert [row.cells[2].word for row in going.rows] == ["finished", "working, 3 of 60"]
    assert len(going.columns) == 3


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (
            60,
            "60 of 60 possible futures are worked out. Only what the answer hangs on is not looked into yet.",
        ),
        (24, "24 of 60 possible futures are worked out. What you read below is from these."),
    ],
)
def test_what_was_stopped_says_what_is_missing(done, said):
    page = AnswerPage(run(state=Run.State.STOPPED, done=done), own=True, may_ask=True, there=True)
    assert page.going_words == said


# several beside each other -------------------------------------------------------------------------------------------


def test_several_scenarios_stand_in_one_sentence_of_ranges():
    either = Answer.from_builtins(recorded("either")["answer"])
    (said_once,) = promises.promises(either).shown[0].said
    assert re.fullmatch(
        r"Over the year ahead, in 9 of 10 futures: as things are, .*; A, .*; B, .*\.", said_once
    )


def costing(*, broken: bool) -> Answer:
    """Two scenarios of which the last only costs less, or makes reviews later as well."""
    told = deepcopy(recorded("either")["answer"])
    for each in told["pairs"][-1]["differences"]:
        moved = each["code"] == "cost" or (broken and each["code"] == "review")
        size = -7_200.0 if each["code"] == "cost" else 0.1
        sure = {"mean": size, "low": size * 1.01, "high": size * 0.99, "before": 0.1, "after": 0.1 + size}
        each |= {"told_apart": moved, **(sure if moved else {})}
    return Answer.from_builtins(told)


def of_the_last(answer):
    return next(each for each in headlines.short(answer) if each.startswith("Ten more social workers: "))


def test_what_only_costs_less_is_said_to_change_no_promise_and_what_is_worse_for_children_comes_first():
    cost = "It costs about £7,200 a week less, between £7,100 and £7,300."
    only = of_the_last(costing(broken=False))
    assert only == (
        f"Ten more social workers: no promise differs by more than chance and enough to matter. {cost}"
    )
    worse = of_the_last(costing(broken=True))
    assert worse == f"Ten more social workers: 20 in 100 reviews are held late, in place of 10. {cost}"


def test_differences_stand_in_the_order_of_the_promises():
    answer = leaving()
    drawn = [line.what for line in pictures.differences(answer)[0].chart.lines if line.is_clear]
    assert (
        drawn[0]
        == "Contacts decided late"
        == surely.promised(answer.scenarios[-1], "South")[
            surely.ranked(answer, "South")[0]
        ].title.capitalize()
    )
    assert drawn.index("Reviews held late") < drawn.index("The load that one worker in ten is above")


def test_what_never_happens_is_not_said_with_digits():
    told = leaving().to_builtins()
    for each in told["scenarios"]:
        for picture in each["pictures"]:
            picture["last_year"] = {"low": 0.0, "middle": 0.0, "high": 0.0}
    found = promises.promises(Answer.from_builtins(told)).shown[0].said[0]
    assert found == "Over the year ahead it is about 0 in 100 in 9 of 10 futures."
