"""A state is a word, a shape and a colour, and unknown is never late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rightplace.common.web import pieces, tags

NOW = datetime(2026, 3, 3, 10, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "word", "css"),
    [
        (None, "not known", "unknown"),
        (NOW - timedelta(hours=2), "late by 2 hours", "late"),
        (NOW, "under a minute left", "soon"),
        (NOW + timedelta(minutes=40), "40 minutes left", "soon"),
        (NOW + timedelta(days=3), "due Fri 6 Mar, 10:20", "open"),
        (date(2026, 3, 2), "late by 1 day", "late"),
        (date(2026, 3, 3), "due today", "soon"),
        (date(2026, 3, 6), "due Fri 6 Mar", "open"),
        (datetime(2026, 3, 4, 23, 59, 59, 999999, tzinfo=UTC), "due tomorrow", "soon"),
    ],
)
def test_what_is_due_is_told_as_one_tag(due, word, css):
    tag = tags.due_tag(due, NOW)
    assert (tag.word, tag.css) == (word, css)


def test_a_day_is_late_only_when_it_has_passed_in_london():
    just_before_midnight = datetime(2026, 7, 1, 22, 59, tzinfo=UTC)
    assert tags.due_tag(date(2026, 7, 1), just_before_midnight).css == "soon"
    assert tags.due_tag(date(2026, 7, 1), just_before_midnight + timedelta(minutes=1)).css == "late"


def test_what_was_done_in_time_is_met_and_what_was_done_later_says_so():
    assert tags.due_tag(NOW, NOW, met_at=NOW).word == "met"
    assert tags.due_tag(NOW, NOW, met_at=NOW + timedelta(days=3)).word == "met 3 days late"
    assert tags.due_tag(date(2026, 3, 1), NOW, met_at=date(2026, 3, 1)).css == "met"


def test_a_rule_may_say_from_when_it_is_due_soon():
    due = NOW + timedelta(days=10)
    assert tags.due_tag(due, NOW, soon=NOW).css == "soon"
    assert tags.due_tag(due, NOW, soon=timedelta(days=9)).css == "open"
    assert tags.due_tag(date(2026, 3, 9), NOW, soon=date(2026, 3, 3)).css == "soon"


def test_every_state_has_a_shape_of_its_own():
    made = [tags.late(), tags.due_soon(), tags.still_open(), tags.met(), tags.not_known(), tags.sealed()]
    assert len({tag.shape for tag in made}) == len({tag.css for tag in made}) == 6
    assert all(tag.word for tag in made)


def test_a_list_is_grouped_as_late_today_this_week_and_later_in_the_order_of_what_is_due():
    due = {
        "c": NOW + timedelta(days=30), "b": date(2026, 3, 8), "z": NOW - timedelta(days=1), "d": None,
        "a": date(2026, 3, 3), "y": NOW - timedelta(days=2), "x": date(2026, 3, 9),
    }  # fmt: skip
    groups = pieces.by_due(due, due=due.__getitem__, row=lambda name: pieces.Row([name]), now=NOW)
    found = {group.heading: [row.cells[0] for row in group.rows] for group in groups}
    assert found == {
        "Late": ["y", "z"],
        "Today": ["a"],
        "This week": ["b"],
        "Later": ["x", "c"],
        "Due day not known": ["d"],
    }
