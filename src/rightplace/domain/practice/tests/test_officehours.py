"""Office hours agree with watching the clock minute by minute, over weekends, holidays and changed clocks."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rightplace.domain.practice.tests import slow_days as slow
from rightplace.domain.practice.workdays import (
    HOUR,
    MINUTE,
    OfficeHours,
    calendar,
    start_of_day,
    to_london,
    weekday_hours,
)

OFFICE = weekday_hours(calendar())
whole_minutes = st.datetimes(datetime(2010, 1, 1), datetime(2040, 12, 20)).map(
    lambda naive: slow.instant(naive.replace(second=0, microsecond=0, tzinfo=UTC))
)


def at(text: str) -> int:
    return slow.instant(datetime.fromisoformat(text).replace(tzinfo=slow.LONDON).astimezone(UTC))


@given(whole_minutes, st.integers(1, 600))
@example(at("2026-03-27T23:59"), 240)
@example(at("2026-10-23T16:14"), 2)
@example(at("2026-04-02T17:15"), 1)
@settings(max_examples=40, deadline=None)
def test_office_minutes_are_those_in_which_the_office_is_seen_open(start: int, minutes: int) -> None:
    end = OFFICE.add_office_minutes(start, minutes)
    assert end == slow.office_minutes_on(start, minutes)
    assert OFFICE.office_minutes_between(start, end) == minutes
    assert OFFICE.office_minutes_between(end, start) == -minutes


@given(whole_minutes, st.integers(1, 3000), st.integers(0, 59_999_999))
@settings(max_examples=200)
def test_counting_back_lands_where_counting_on_began_in_open_time(
    start: int, minutes: int, part: int
) -> None:
    end = OFFICE.add_office_minutes(start + part, minutes)
    began = OFFICE.add_office_minutes(end, -minutes)
    assert OFFICE.office_minutes_between(began, end) == minutes
    assert began >= start + part
    assert OFFICE.office_minutes_between(start + part, began) == 0


def test_a_friday_one_minute_before_midnight_runs_from_monday_morning() -> None:
    end = OFFICE.add_office_minutes(at("2026-03-06T23:59"), 240)
    assert end == at("2026-03-09T12:45")


def test_time_that_runs_out_at_closing_is_due_at_closing_and_not_the_next_morning() -> None:
    assert OFFICE.add_office_minutes(at("2026-03-06T15:15"), 60) == at("2026-03-06T16:15")
    assert OFFICE.add_office_minutes(at("2026-03-06T15:15"), 61) == at("2026-03-09T08:46")


def test_a_holiday_is_shut_and_the_hours_wait_over_it() -> None:
    assert OFFICE.add_office_minutes(at("2026-05-01T16:00"), 30) == at("2026-05-05T09:00")
    assert not OFFICE.is_open(at("2026-05-04T10:00"))
    assert OFFICE.is_open(at("2026-05-05T08:45"))
    assert not OFFICE.is_open(at("2026-05-05T17:15"))


def test_no_minutes_end_where_they_begin_even_at_night() -> None:
    assert OFFICE.add_office_minutes(at("2026-03-06T23:59"), 0) == at("2026-03-06T23:59")


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_an_office_that_never_closes_is_open_an_hour_less_or_more_when_the_clocks_change(
    day: date, hours: int
) -> None:
    always = OfficeHours("Out of hours", (((time(0), None)),) * 7, calendar(), open_on_holidays=True)
    start = start_of_day(day.toordinal())
    assert always.office_minutes_between(start, start_of_day(day.toordinal() + 1)) == hours * 60
    assert always.add_office_minutes(start, hours * 60) == start + hours * HOUR


def test_the_office_opens_by_londons_clock_in_summer_and_in_winter() -> None:
    for day in (date(2026, 3, 27), date(2026, 3, 30)):
        opens, closes = OFFICE.open_on(day.toordinal())
        assert to_london(opens).time() == time(8, 45)
        assert timedelta(microseconds=closes - opens) in (
            timedelta(hours=7, minutes=30),
            timedelta(hours=8, minutes=30),
        )


def test_a_part_of_a_minute_is_kept() -> None:
    start = at("2026-03-03T10:00") + 17
    assert OFFICE.add_office_minutes(start, 5) == start + 5 * MINUTE
    assert OFFICE.office_minutes_between(start, start + 5 * MINUTE - 1) == 4


@pytest.mark.parametrize(
    ("spans", "because"),
    [
        ((None,) * 7, "never opens"),
        (((time(9), time(17)),) * 5, "each of seven"),
        (((time(17), time(9)),) + (None,) * 6, "On Monday the office closes before it opens"),
        ((None,) * 5 + ((time(9), time(17)),) * 2, "weekends only"),
    ],
)
def test_hours_that_cannot_be_counted_are_refused(spans: tuple, because: str) -> None:
    with pytest.raises(ValueError, match=because):
        OfficeHours("Wrong", spans, calendar())


def test_the_version_tells_hours_and_calendar() -> None:
    longer = weekday_hours(calendar(), closes=time(18))
    assert OFFICE.version.startswith("08:45-17:15,") and calendar().version in OFFICE.version
    assert longer.version != OFFICE.version
