"""Durations are read from the words of rules and end where naive counting ends them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rightplace.domain.practice.tests import slow_days as slow
from rightplace.domain.practice.workdays import (
    HOUR,
    Duration,
    Unit,
    calendar,
    due,
    due_from_day,
    lead,
    not_before,
    to_london,
    weekday_hours,
)

ENGLAND = calendar()
OFFICE = weekday_hours(ENGLAND)
instants = st.datetimes(datetime(2010, 1, 1), datetime(2040, 6, 1)).map(
    lambda naive: slow.instant(naive.replace(tzinfo=UTC))
)
numbers = st.integers(0, 99)


def at(text: str) -> int:
    return slow.instant(datetime.fromisoformat(text).replace(tzinfo=slow.LONDON).astimezone(UTC))


def end_of(day: date) -> int:
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=slow.LONDON)
    return slow.instant(midnight.astimezone(UTC)) - 1


def in_words(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


@given(instants, numbers)
@example(at("2026-03-06T23:59"), 1)
@example(at("2026-03-28T23:30"), 1)
@settings(max_examples=200)
def test_days_end_with_the_last_moment_of_their_last_day_in_london(start: int, number: int) -> None:
    began = slow.london(start).date()
    expected = {
        "working day": slow.count_on(began, number),
        "day": began + timedelta(days=number),
        "week": began + timedelta(weeks=number),
        "month": slow.corresponding(began, number),
        "year": slow.corresponding(began, 12 * number),
    }
    for unit, last in expected.items():
        assert due(Duration.parse(in_words(number, unit)), start, ENGLAND, OFFICE) == end_of(last), unit


@given(instants, numbers)
@example(at("2026-03-28T20:00"), 24)
@settings(max_examples=100)
def test_hours_end_at_the_instant_whatever_the_clocks_did(start: int, number: int) -> None:
    assert due(Duration.parse(in_words(number, "hour")), start, ENGLAND, OFFICE) == start + number * HOUR
    assert (
        due(Duration.parse(in_words(number, "minute")), start, ENGLAND, OFFICE) == start + number * HOUR // 60
    )


@given(instants, st.integers(1, 9))
@settings(max_examples=20, deadline=None)
def test_office_hours_run_while_the_office_is_open(start: int, number: int) -> None:
    start -= start % 60_000_000
    end = due(Duration.parse(in_words(number, "office hour")), start, ENGLAND, OFFICE)
    assert end == slow.office_minutes_on(start, 60 * number)
    assert end == due(Duration.parse(in_words(60 * number, "office minute")), start, ENGLAND, OFFICE)


@given(instants, st.integers(1, 60), st.sampled_from(["day", "week", "month", "year"]))
@settings(max_examples=100)
def test_beginning_with_the_day_ends_a_day_sooner(start: int, number: int, unit: str) -> None:
    plain = Duration.parse(in_words(number, unit))
    first = Duration.parse(in_words(number, unit) + " beginning with the day")
    last = to_london(due(plain, start, ENGLAND, OFFICE)).date()
    assert to_london(due(first, start, ENGLAND, OFFICE)).date() == last - timedelta(days=1)


def test_care_proceedings_issued_on_a_monday_end_on_a_sunday() -> None:
    weeks = Duration.parse("26 weeks beginning with the day")
    assert due(weeks, at("2026-01-05T11:00"), ENGLAND, OFFICE) == end_of(date(2026, 7, 5))


def test_one_working_day_from_a_friday_night_is_the_end_of_monday() -> None:
    assert due(Duration.parse("1 working day"), at("2026-03-06T23:59"), ENGLAND, OFFICE) == end_of(
        date(2026, 3, 9)
    )


def test_a_month_for_a_subject_access_request_ends_on_a_working_day() -> None:
    month = Duration.parse("1 month (ICO)")
    assert due(month, at("2026-01-31T10:00"), ENGLAND, OFFICE) == end_of(date(2026, 3, 2))
    assert due(Duration.parse("1 month"), at("2026-01-31T10:00"), ENGLAND, OFFICE) == end_of(
        date(2026, 2, 28)
    )


@given(instants, numbers.filter(bool), st.sampled_from(list(Unit)))
@settings(max_examples=200)
def test_from_a_day_without_its_hour_nothing_is_due_sooner_than_from_any_hour_of_it(
    start: int, number: int, unit: Unit
) -> None:
    duration = Duration(number, unit)
    day = slow.london(start).date().toordinal()
    assert due_from_day(duration, day, ENGLAND, OFFICE) >= due(duration, start, ENGLAND, OFFICE)
    if not duration.by_the_clock:
        assert due_from_day(duration, day, ENGLAND, OFFICE) == due(duration, start, ENGLAND, OFFICE)


def test_not_before_twenty_eight_days_opens_with_the_day_after_the_last_one() -> None:
    start = at("2026-03-02T15:00")
    assert not_before(Duration.parse("28 days"), start, ENGLAND, OFFICE) == at("2026-03-31T00:00")
    assert not_before(Duration.parse("3 hours"), start, ENGLAND, OFFICE) == start + 3 * HOUR


def test_a_lead_is_counted_back_from_what_is_due() -> None:
    falls_due = at("2026-03-09T23:59")
    assert lead(Duration.parse("1 working day"), falls_due, ENGLAND, OFFICE) == at("2026-03-06T00:00")
    assert lead(Duration.parse("4 office hours"), falls_due, ENGLAND, OFFICE) == at("2026-03-09T13:15")
    assert lead(Duration.parse("2 hours"), falls_due, ENGLAND, OFFICE) == at("2026-03-09T21:59")


@given(st.sampled_from(list(Unit)), numbers, st.booleans(), st.booleans())
@settings(max_examples=200)
def test_a_duration_reads_back_what_it_says(unit: Unit, number: int, ico: bool, beginning: bool) -> None:
    daily = unit in (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR) and number > 0
    duration = Duration(number, unit, ico and unit is Unit.MONTH, beginning and daily)
    assert Duration.parse(str(duration)) == duration


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "45",
        "working days",
        "-1 days",
        "1 days",
        "2 day",
        "1.5 hours",
        "2 weeks (ICO)",
        "3 hours beginning with the day",
        "0 days beginning with the day",
        "4 fortnights",
        "١٠ days",
    ],
)
def test_what_is_not_a_duration_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration"):
        Duration.parse(text)


def test_a_duration_of_hours_has_no_last_day() -> None:
    with pytest.raises(ValueError, match="72 hours does not end with a day"):
        Duration.parse("72 hours").last_day(740_000, ENGLAND)
