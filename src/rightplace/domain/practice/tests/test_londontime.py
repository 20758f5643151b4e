"""London's days and instants agree with the machine's own time zone files, above all when clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rightplace.domain.practice.tests import slow_days as slow
from rightplace.domain.practice.workdays import (
    HOUR,
    UnclearTime,
    at_from_local,
    day_of,
    end_of_day,
    from_datetime,
    local_clock,
    offset_at,
    start_of_day,
    to_datetime,
    to_london,
)

SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)


def around(year: int, month: int) -> int:
    return slow.instant(datetime(year, month, 25, tzinfo=UTC))


instants = st.integers(around(1972, 1), around(2037, 12)) | st.builds(
    lambda year, month, step: around(year, month) + step,
    st.integers(1972, 2037),
    st.sampled_from([3, 10]),
    st.integers(-10 * 24 * HOUR, 10 * 24 * HOUR),
)
days = st.dates(date(1972, 1, 1), date(2037, 12, 31))


@given(instants)
@settings(max_examples=400)
def test_the_day_and_the_clock_of_an_instant_are_those_of_london(at: int) -> None:
    here = slow.london(at)
    assert day_of(at) == here.date().toordinal()
    assert timedelta(microseconds=offset_at(at)) == here.utcoffset()
    assert to_london(at).replace(tzinfo=None) == here.replace(tzinfo=None)
    assert to_london(at).tzname() == here.tzname()
    day, clock = local_clock(at)
    shown = datetime.combine(date.fromordinal(day), time()) + timedelta(microseconds=clock)
    assert shown == here.replace(tzinfo=None, fold=0)


@given(days)
@example(SPRING)
@example(AUTUMN)
@settings(max_examples=200)
def test_a_day_is_all_its_instants_and_no_others(day: date) -> None:
    number = day.toordinal()
    start, end = start_of_day(number), end_of_day(number)
    assert start == slow.instant(datetime.combine(day, time(), tzinfo=slow.LONDON).astimezone(UTC))
    assert (day_of(start - 1), day_of(start), day_of(end), day_of(end + 1)) == (
        number - 1,
        number,
        number,
        number + 1,
    )


def test_the_days_of_change_are_an_hour_short_and_an_hour_long() -> None:
    lengths = [end_of_day(each.toordinal()) + 1 - start_of_day(each.toordinal()) for each in (SPRING, AUTUMN)]
    assert lengths == [23 * HOUR, 25 * HOUR]


@given(days, st.times())
@example(AUTUMN, time(1, 30))
@example(AUTUMN, time(1, 0))
@example(AUTUMN, time(2, 0))
@example(SPRING, time(2, 0))
@settings(max_examples=400)
def test_a_local_time_is_found_again_both_times_it_was_shown(day: date, clock: time) -> None:
    wall = datetime.combine(day, clock, tzinfo=slow.LONDON)
    first, second = (slow.instant(wall.replace(fold=fold).astimezone(UTC)) for fold in (0, 1))
    if first <= second:
        assert at_from_local(day, clock) == first
        assert at_from_local(day.toordinal(), clock, unclear="later") == second
    else:  # the clocks were put forward over this time
        assert at_from_local(day, clock) == first
        assert to_london(first).hour == clock.hour + 1


def test_a_time_that_was_skipped_is_read_as_the_clock_put_forward_would_show_it() -> None:
    assert to_london(at_from_local(SPRING, time(1, 30))).replace(tzinfo=None) == datetime(2026, 3, 29, 2, 30)


def test_a_time_shown_twice_or_never_can_be_refused() -> None:
    with pytest.raises(UnclearTime, match="twice"):
        at_from_local(AUTUMN, time(1, 30), unclear="refuse")
    with pytest.raises(UnclearTime, match="not at all"):
        at_from_local(SPRING, time(1, 30), unclear="refuse")
    assert at_from_local(AUTUMN, time(2), unclear="refuse") == slow.instant(
        datetime(2026, 10, 25, 2, tzinfo=UTC)
    )


@given(st.dates(date(1968, 3, 1), date(1971, 12, 31)))
@settings(max_examples=50)
def test_british_standard_time_is_known(day: date) -> None:
    number = day.toordinal()
    assert start_of_day(number) == slow.instant(
        datetime.combine(day, time(), tzinfo=slow.LONDON).astimezone(UTC)
    )


@given(st.dates(date(1900, 1, 1), date(1967, 12, 31)) | st.dates(date(2200, 1, 1), date(9998, 12, 31)))
@settings(max_examples=100)
def test_days_far_away_still_hold_their_own_instants(day: date) -> None:
    number = day.toordinal()
    assert day_of(start_of_day(number)) == day_of(end_of_day(number)) == number
    assert end_of_day(number) + 1 == start_of_day(number + 1)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)), st.integers(-12, 12))
@settings(max_examples=100)
def test_datetimes_come_back_as_they_went_whatever_their_zone(naive: datetime, hours: int) -> None:
    aware = naive.replace(tzinfo=UTC).astimezone(to_london(0).tzinfo) + timedelta(hours=hours)
    assert to_datetime(from_datetime(aware)) == aware


def test_a_datetime_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        from_datetime(datetime(2026, 3, 3, 10, 20))
