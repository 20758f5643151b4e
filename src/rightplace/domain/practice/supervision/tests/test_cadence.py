"""How often, when it is due, and that what nobody knows is not called late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightplace.domain.practice.packfiles import PackRefused
from rightplace.domain.practice.supervision import State, cadence_on, due_on, load_cadence
from rightplace.domain.practice.supervision.cadence import TABLES, back_from

ON = date(2026, 3, 3)
TABLE = cadence_on(ON)
assert TABLE is not None
LONG_AGO = date(2020, 1, 1)


def due(*, role="SOCIAL_WORKER", qualified=date(2015, 1, 1), since=LONG_AGO, held=(), away=(), on=ON):
    return due_on(TABLE, on=on, role=role, qualified=qualified, since=since, held=held, away=away)


def test_a_social_worker_is_due_four_weeks_after_the_last_session():
    found = due(held=[date(2026, 1, 5), date(2026, 2, 10)])
    assert (found.state, found.day, found.late(ON)) == (State.DUE, date(2026, 3, 10), 0)
    assert due(held=[date(2026, 1, 30)]).late(ON) == 4


@pytest.mark.parametrize(("weeks", "days"), [(0, 7), (5, 7), (6, 14), (25, 14), (26, 28), (60, 28)])
def test_whoever_is_newly_qualified_is_supervised_weekly_then_fortnightly_then_monthly(weeks, days):
    last = date(2026, 2, 2)
    assert due(qualified=last - timedelta(weeks=weeks), held=[last]).days == days


def test_a_session_of_the_future_was_not_held():
    assert due(held=[date(2026, 2, 10), date(2026, 4, 1)]).last == date(2026, 2, 10)


def test_who_came_after_sessions_were_written_down_is_due_from_the_first_day():
    assert due(since=date(2026, 2, 20)).day == date(2026, 3, 20)


def test_whether_one_was_held_before_they_were_written_down_is_not_known_and_then_it_is_surely_late():
    first = TABLE.recorded_from + timedelta(days=28)
    early = due(on=first)
    assert (early.state, early.day, early.late(first)) == (State.UNKNOWN, None, 0)
    assert due(on=first + timedelta(days=3)).late(first + timedelta(days=3)) == 3


def test_who_is_away_is_not_late_and_is_due_on_the_first_day_back():
    assert due(held=[date(2026, 1, 2)], away=[(date(2026, 2, 1), None)]).state is State.AWAY
    back = due(held=[date(2026, 1, 30)], away=[(date(2026, 2, 20), date(2026, 3, 9))])
    assert back.day == date(2026, 3, 9)


def test_of_a_role_that_the_table_does_not_name_nothing_is_due():
    assert due(role="ANALYST").state is State.NO_CADENCE


def test_before_the_first_table_nobody_knows():
    assert cadence_on(date(1999, 12, 31)) is None


@given(
    st.dates(date(2026, 1, 1), date(2026, 6, 1)),
    st.lists(
        st.tuples(st.dates(date(2025, 12, 1), date(2026, 6, 1)), st.none() | st.integers(1, 60)), max_size=5
    ),
)
def test_the_day_back_is_never_in_an_absence(day, spells):
    away = [(begins, None if n is None else begins + timedelta(days=n)) for begins, n in spells]
    back = back_from(day, away)
    if back is None:
        assert any(ends is None for _, ends in away)
    else:
        assert back >= day
        assert not any(begins <= back and (ends is None or back < ends) for begins, ends in away)


def test_a_bad_table_is_refused_whole(tmp_path):
    wrong = (TABLES / "local-sample.toml").read_text(encoding="utf-8").replace("days = 42", "days = 0")
    file = tmp_path / "wrong.toml"
    file.write_text(wrong, encoding="utf-8")
    with pytest.raises(PackRefused):
        load_cadence(file)
