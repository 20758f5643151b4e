"""The layer of the child's own plan: it may ask for more than the other layers, never for less."""

from __future__ import annotations

import pytest

from rightplace.domain.practice.londontime import end_of_day
from rightplace.domain.practice.timescales import Timescale, rulebook
from rightplace.domain.practice.timescales.explain import Explanation, explain
from rightplace.domain.practice.timescales.tests.histories import History, day_number, instant

BOOK = rulebook()


def planned(kind: str, opening: str, interval: str, rule: str) -> Timescale | None:
    history = History()
    begun = history.begins(kind, opening, instant("2026-03-02"))
    history.journey.processes[begun].visit_every = interval
    return next((scale for scale in history.read(BOOK) if scale.rule == rule), None)


@pytest.mark.parametrize(
    ("interval", "last"),
    [("", "2026-03-16"), ("1 week", "2026-03-09"), ("4 weeks", "2026-03-16"), ("often", "2026-03-16")],
)
def test_a_protection_plan_may_shorten_the_local_interval_and_never_lengthen_it(
    interval: str, last: str
) -> None:
    scale = planned("protection_plan", "protectionplan.began", interval, "CP-VISIT")
    assert scale is not None
    assert scale.due == end_of_day(day_number(last))


def test_a_child_in_need_is_visited_as_often_as_the_plan_says() -> None:
    scale = planned("cin_plan", "needplan.began", "4 weeks", "CIN-VISIT")
    assert scale is not None
    assert scale.due == end_of_day(day_number("2026-03-30"))


def test_a_plan_that_says_nothing_makes_nothing_due_and_one_that_cannot_be_counted_is_not_known() -> None:
    assert planned("cin_plan", "needplan.began", "", "CIN-VISIT") is None
    unread = planned("cin_plan", "needplan.began", "as often as needed", "CIN-VISIT")
    assert unread is not None
    assert unread.due is None
    assert unread.standing(instant("2026-12-01")) == "not known"
    assert "cannot be counted" in explain(BOOK.versions("CIN-VISIT")[0], unread, BOOK).unknown


def told(interval: str) -> Explanation:
    scale = planned("protection_plan", "protectionplan.began", interval, "CP-VISIT")
    return explain(BOOK.versions("CP-VISIT")[0], scale, BOOK, interval=interval)


def test_the_page_counts_by_the_plan_and_shows_its_layer_beside_the_others() -> None:
    shortened = told("1 week")
    assert [(line.layer, line.words, line.counts) for line in shortened.layers] == [
        ("local policy", "10 working days", False),
        ("plan", "1 week", True),
    ]
    assert len(shortened.days) == 8
    assert [line.counts for line in told("4 weeks").layers] == [True]
