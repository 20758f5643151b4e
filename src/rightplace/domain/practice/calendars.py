"""Working days of England and Wales, counted from dated bank holidays, and months by the corresponding date.

A calendar is a value with a version made from its own data, so that whatever was counted with it can say so.
Counting is exact for any day: the weekends by arithmetic, the holidays by search in a short sorted list.
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from rightplace.domain.practice.packfiles import PackRefused, Table, read_pack

BANK_HOLIDAYS: Final = Path(__file__).with_name("bankholidays.toml")
DEFAULT_DEFINITION: Final = "england_bank_holidays"
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class CountedDay:
    """One line of the page that counts days one by one; `reason` says why a day does not count."""

    day: int
    number: int
    working: bool
    reason: str


@dataclass(frozen=True)
class Calendar:
    """What one rule means by a working day."""

    id: str
    title: str
    source: str
    first_day: int
    last_day: int
    by_rule_from: int
    holidays: Mapping[int, str] = field(hash=False, repr=False)
    version: str = field(init=False)
    _on_weekdays: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _working_before: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        shut = tuple(sorted(day for day in self.holidays if 0 < day % 7 < 6))
        facts = f"{self.id} {self.first_day} {self.last_day} {sorted(self.holidays.items())}"
        digest = hashlib.sha256(facts.encode()).hexdigest()[:12]
        object.__setattr__(self, "version", f"{self.id}/{digest}")
        object.__setattr__(self, "_on_weekdays", shut)
        before = tuple(_weekdays_through(day) - 1 - place for place, day in enumerate(shut))
        object.__setattr__(self, "_working_before", before)

    def covers(self, day: int) -> bool:
        """Whether the holidays of this day's year are written down. Outside, only weekends are left out."""
        return self.first_day <= day <= self.last_day

    def is_working(self, day: int) -> bool:
        return 0 < day % 7 < 6 and day not in self.holidays

    def why_not_working(self, day: int) -> str:
        """The reason that a day does not count, or nothing when it does."""
        weekday = (day - 1) % 7
        return WEEKDAYS[weekday] if weekday > 4 else self.holidays.get(day, "")

    def add_working_days(self, day: int, number: int) -> int:
        """The nth working day after a day, which is day 0 and need not count; before it, when negative."""
        if number == 0:
            return day
        if number > 0:
            return self._nth(self._working_through(day) + number)
        return self._nth(self._working_through(day - 1) + 1 + number)

    def next_working(self, day: int) -> int:
        """This day when it counts, else the first one after it that does."""
        return self.add_working_days(day - 1, 1)

    def working_days_between(self, start: int, end: int) -> int:
        """Working days after the start, up to and with the end; negative when the end comes first."""
        return self._working_through(end) - self._working_through(start)

    def working_days_listed(self, start: int, end: int) -> Iterator[CountedDay]:
        """Every day from the start (day 0) to the end, with its number or why it has none of its own."""
        yield CountedDay(start, 0, self.is_working(start), "The day it starts from")
        number = 0
        for day in range(start + 1, end + 1):
            working = self.is_working(day)
            number += working
            yield CountedDay(day, number, working, self.why_not_working(day))

    def _working_through(self, day: int) -> int:
        return _weekdays_through(day) - bisect_right(self._on_weekdays, day)

    def _nth(self, number: int) -> int:
        weeks, rest = divmod(number + bisect_left(self._working_before, number) - 1, 5)
        return weeks * 7 + rest + 1


def _weekdays_through(day: int) -> int:
    """Mondays to Fridays from day 1, which was a Monday, to this day."""
    weeks, rest = divmod(day, 7)
    return weeks * 5 + min(rest, 5)


@cache
def calendar(definition: str = DEFAULT_DEFINITION) -> Calendar:
    """The calendar of a named definition: each rule names the one that its own law gives."""
    return load_calendars(BANK_HOLIDAYS)[definition]


def load_calendars(file: Path) -> dict[str, Calendar]:
    """Every definition of a file of bank holidays."""
    pack = Table(file, "", read_pack(file))
    first, last = pack.number("first_year"), pack.number("last_year")
    by_rule_from = pack.day("by_rule_from").toordinal()
    pack.text("source")
    holidays = _holidays(pack.table("holidays"), first, last)
    definitions = pack.raw("definitions")
    if not isinstance(definitions, dict) or not definitions:
        raise pack.refuse("definitions must be a table with at least one definition")
    pack.finish()
    span = (date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal(), by_rule_from)
    return {
        name: _calendar(Table(file, f"definitions {name}", fields), name, span, holidays)
        for name, fields in definitions.items()
    }


def _calendar(table: Table, name: str, span: tuple[int, int, int], holidays: dict[int, str]) -> Calendar:
    title, source = table.text("title"), table.text("source")
    if table.texts("weekend") != ("Saturday", "Sunday"):
        raise table.refuse("weekend must be Saturday and Sunday: the counting is written for these")
    named = _named_days(table, table.texts("always"), span)
    table.finish()
    return Calendar(name, title, source, *span, holidays=named | holidays)


def _named_days(table: Table, named: tuple[str, ...], span: tuple[int, int, int]) -> dict[int, str]:
    years = range(date.fromordinal(span[0]).year, date.fromordinal(span[1]).year + 1)
    days = (_day(table, f"{year}-{each}") for year in years for each in named)
    return dict.fromkeys(days, "Named in the definition")


def _holidays(table: Table, first: int, last: int) -> dict[int, str]:
    found = {}
    for written, name in table.all():
        day = _day(table, written)
        if not isinstance(name, str) or not name:
            raise PackRefused(table.file, f"holidays {written}", "a holiday has a name")
        if not first <= date.fromordinal(day).year <= last:
            raise PackRefused(table.file, f"holidays {written}", f"it is outside {first} to {last}")
        found[day] = name
    return found


def _day(table: Table, written: str) -> int:
    try:
        return date.fromisoformat(written).toordinal()
    except ValueError:
        raise table.refuse(f"{written} is not a date") from None


def add_months(day: int, number: int) -> int:
    """The corresponding date so many months on; where that month has no such date, its last day.

    Corresponding date rule; a month is a calendar month: Interpretation Act 1978, schedule 1 (from memory).
    Dates past the end of the calendar stay at its end, as open ends written 9999 do.
    """
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    if year > 9999:
        return date.max.toordinal()
    if year < 1:
        return date.min.toordinal()
    return date(year, month + 1, min(start.day, _days_in(year, month + 1))).toordinal()


def add_months_ico(day: int, number: int, working: Calendar) -> int:
    """Months for subject access requests: from the day of receipt, and on to the next working day if need be.

    Source: Information Commissioner's Office, time limits for subject access requests, as changed in 2019.
    """
    return working.next_working(add_months(day, number))


def birthday(born: int, age: int) -> int:
    """The day on which a person reaches an age; one born on 29 February reaches it on 1 March in other years.

    A person reaches an age at the beginning of the day: Family Law Reform Act 1969, section 9 (not checked).
    """
    start = date.fromordinal(born)
    year = start.year + age
    if not 1 <= year <= 9999:
        return date.max.toordinal() if age > 0 else date.min.toordinal()
    if start.month == 2 and start.day == 29 and _days_in(year, 2) == 28:
        return date(year, 3, 1).toordinal()
    return start.replace(year=year).toordinal()


def age_on(born: int, day: int) -> int:
    """Age in whole years on a day; negative before birth."""
    years = date.fromordinal(day).year - date.fromordinal(born).year
    return years if birthday(born, years) <= day else years - 1


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
