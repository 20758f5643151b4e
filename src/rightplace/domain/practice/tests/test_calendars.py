"""Working days, months and birthdays agree with counting day by day, from 2010 to 2040, given the holiday list."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rightplace.domain.practice.calendars import BANK_HOLIDAYS, load_calendars
from rightplace.domain.practice.packfiles import PackRefused
from rightplace.domain.practice.tests import slow_days as slow
from rightplace.domain.practice.workdays import (
    add_months,
    add_months_ico,
    age_on,
    birthday,
    calendar,
)

DEFINITIONS = ("england_bank_holidays", "complaints_2006", "residential_visits_2011")
ENGLAND = calendar()
days = st.dates(date(2010, 1, 1), date(2040, 12, 31))


def d(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@given(days, st.integers(-70, 70))
@example(date(2010, 12, 24), 1)
@example(date(2022, 9, 16), 1)
@settings(max_examples=400)
def test_working_days_on_and_back_are_those_counted_one_by_one(day: date, number: int) -> None:
    assert date.fromordinal(ENGLAND.add_working_days(day.toordinal(), number)) == slow.count_on(day, number)


@given(days, st.integers(0, 400))
@settings(max_examples=200)
def test_working_days_between_are_those_counted_one_by_one(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    assert ENGLAND.working_days_between(start.toordinal(), end.toordinal()) == slow.between(start, end)
    assert ENGLAND.working_days_between(end.toordinal(), start.toordinal()) == -slow.between(start, end)


def test_every_day_of_thirty_one_years_is_told_rightly_by_every_definition() -> None:
    calendars = [calendar(name) for name in DEFINITIONS]
    for day in range(d("2010-01-01"), d("2040-12-31") + 1):
        expected = slow.works(date.fromordinal(day))
        assert [each.is_working(day) for each in calendars] == [expected] * 3
        assert [not each.why_not_working(day) for each in calendars] == [expected] * 3


@given(days, st.integers(0, 90))
@settings(max_examples=100)
def test_the_list_of_days_numbers_the_working_ones_and_gives_a_reason_for_the_others(
    start: date, length: int
) -> None:
    end = start.toordinal() + length
    listed = list(ENGLAND.working_days_listed(start.toordinal(), end))
    assert [each.day for each in listed] == list(range(start.toordinal(), end + 1))
    assert listed[-1].number == slow.between(start, date.fromordinal(end))
    assert all(bool(each.reason) != slow.works(date.fromordinal(each.day)) for each in listed[1:])


def test_the_days_over_easter_are_named_one_by_one() -> None:
    listed = ENGLAND.working_days_listed(d("2026-04-02"), d("2026-04-07"))
    assert [(each.number, each.reason) for each in listed] == [
        (0, "The day it starts from"),
        (0, "Good Friday"),
        (0, "Saturday"),
        (0, "Sunday"),
        (0, "Easter Monday"),
        (1, ""),
    ]


@pytest.mark.parametrize(
    "single",
    [
        "2011-04-29",
        "2012-06-04",
        "2012-06-05",
        "2020-05-08",
        "2022-06-02",
        "2022-06-03",
        "2022-09-19",
        "2023-05-08",
    ],
)
def test_the_single_and_moved_days_were_holidays(single: str) -> None:
    assert not ENGLAND.is_working(d(single))


@pytest.mark.parametrize("moved", ["2012-05-28", "2020-05-04", "2022-05-30"])
def test_the_days_they_were_moved_from_were_working_days(moved: str) -> None:
    assert ENGLAND.is_working(d(moved))


def easter(year: int) -> date:
    """Easter Sunday by golden number and epact: another road than the formula that wrote the list."""
    golden = year % 19 + 1
    century = year // 100 + 1
    solar, lunar = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5
    sunday = 5 * year // 4 - solar - 10
    epact = (11 * golden + 20 + lunar - solar) % 30
    epact += (epact == 25 and golden > 11) or epact == 24
    full_moon = 44 - epact if 44 - epact >= 21 else 74 - epact
    day = full_moon + 7 - (sunday + full_moon) % 7
    return date(year, 3, 1) + timedelta(days=day - 1)


@pytest.mark.parametrize("year", range(2009, 2042))
def test_good_friday_and_easter_monday_are_where_the_moon_puts_them(year: int) -> None:
    sunday = easter(year).toordinal()
    assert ENGLAND.holidays[sunday - 2] == "Good Friday"
    assert ENGLAND.holidays[sunday + 1] == "Easter Monday"


@pytest.mark.parametrize("year", range(2009, 2042))
def test_a_year_has_eight_holidays_on_weekdays_and_the_single_ones_besides(year: int) -> None:
    extra = {2011: 1, 2012: 1, 2022: 2, 2023: 1}.get(year, 0)
    kept = [day for day in ENGLAND.holidays if date.fromordinal(day).year == year]
    assert len(kept) == 8 + extra
    assert all(date.fromordinal(day).weekday() < 5 for day in kept)


def test_outside_the_written_years_only_weekends_are_left_out_and_the_calendar_says_so() -> None:
    new_year = d("2043-01-01")  # a Thursday
    assert not ENGLAND.covers(new_year)
    assert ENGLAND.is_working(new_year)
    assert ENGLAND.add_working_days(d("2042-12-31"), 1) == new_year
    assert ENGLAND.covers(d("2041-12-31"))


def test_versions_follow_the_data(tmp_path: Path) -> None:
    assert len({calendar(name).version for name in DEFINITIONS}) == 3
    changed = tmp_path / "bankholidays.toml"
    changed.write_text(BANK_HOLIDAYS.read_text() + '2041-06-03 = "A day nobody has announced"\n')
    again = load_calendars(changed)["england_bank_holidays"]
    assert load_calendars(BANK_HOLIDAYS)["england_bank_holidays"].version == ENGLAND.version
    assert again.version != ENGLAND.version
    assert not again.is_working(d("2041-06-03"))


@pytest.mark.parametrize(
    ("line", "because"),
    [
        ('2051-01-02 = "Too late"', "holidays 2051-01-02: it is outside 2009 to 2041"),
        ("2040-06-06 = 3", "holidays 2040-06-06: a holiday has a name"),
        ('2040-02-30 = "No such day"', "2040-02-30 is not a date"),
        ("2040-06-06 =", "not well-formed TOML"),
    ],
)
def test_a_bad_list_of_holidays_is_refused_with_the_entry_and_the_reason(
    tmp_path: Path, line: str, because: str
) -> None:
    bad = tmp_path / "bankholidays.toml"
    bad.write_text(BANK_HOLIDAYS.read_text() + line + "\n")
    with pytest.raises(PackRefused, match=because):
        load_calendars(bad)


@given(days, st.integers(0, 48))
@example(date(2012, 1, 31), 1)
@example(date(2012, 2, 29), 12)
@example(date(2024, 8, 31), 6)
@settings(max_examples=200)
def test_months_lead_to_the_corresponding_date_or_the_last_of_the_month(day: date, number: int) -> None:
    assert date.fromordinal(add_months(day.toordinal(), number)) == slow.corresponding(day, number)


@given(days, st.integers(0, 48))
@settings(max_examples=100)
def test_months_back_never_pass_the_date_that_leads_forward_again(day: date, number: int) -> None:
    back = add_months(day.toordinal(), -number)
    assert add_months(back, number) <= day.toordinal() < add_months(back + 1, number) + 1
    assert date.fromordinal(back).day <= day.day


def test_months_stay_within_the_calendar() -> None:
    assert add_months(d("9999-12-31"), 6) == d("9999-12-31")
    assert add_months(d("0001-01-31"), -6) == d("0001-01-01")


@given(days, st.integers(1, 3))
@example(date(2026, 1, 31), 1)
@settings(max_examples=200)
def test_a_month_of_the_information_commissioner_ends_on_a_working_day(day: date, number: int) -> None:
    expected = slow.corresponding(day, number)
    while not slow.works(expected):
        expected += slow.ONE
    assert date.fromordinal(add_months_ico(day.toordinal(), number, ENGLAND)) == expected


@given(days, st.integers(0, 25), st.integers(0, 366))
@example(date(2012, 2, 29), 18, 0)
@settings(max_examples=200)
def test_age_changes_on_the_birthday_and_on_no_other_day(born: date, age: int, later: int) -> None:
    reached = birthday(born.toordinal(), age)
    assert age_on(born.toordinal(), reached) == age
    assert age_on(born.toordinal(), reached - 1) == age - 1
    assert age_on(born.toordinal(), reached + later) == age + (
        later >= birthday(born.toordinal(), age + 1) - reached
    )


def test_a_birthday_past_the_end_of_the_calendar_stays_at_its_end() -> None:
    assert birthday(d("9990-05-05"), 18) == d("9999-12-31")


def test_a_child_born_on_29_february_is_eighteen_on_1_march() -> None:
    assert date.fromordinal(birthday(d("2008-02-29"), 18)) == date(2026, 3, 1)
    assert date.fromordinal(birthday(d("2008-02-29"), 16)) == date(2024, 2, 29)
