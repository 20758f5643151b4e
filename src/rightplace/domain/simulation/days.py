"""The simulated days: only working days pass, and the calendar says which they are, which week, and when school is out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rightplace.domain.practice.calendars import add_months, calendar
from rightplace.domain.simulation.names import DAY
from rightplace.domain.simulation.parameters import Demand


@dataclass(frozen=True)
class Days:
    """Working days from a first day on, as numbers from 0; `on` gives the calendar's day of each."""

    begins: date
    on: tuple[int, ...]
    weeks: int

    @classmethod
    def from_day(cls, begins: date, days: int) -> Days:
        first = begins.toordinal()
        working = calendar().is_working
        on = tuple(day for day in range(first, first + days) if working(day))
        return cls(begins, on, (on[-1] - first) // 7 + 1)

    @property
    def many(self) -> int:
        return len(self.on)

    def week_of(self) -> list[int]:
        return [(day - self.on_first) // 7 for day in self.on]

    @property
    def on_first(self) -> int:
        return self.begins.toordinal()

    def week_ticks(self) -> list[int]:
        """The tick at which each week begins: its first working day."""
        return [self.number(self.on_first + 7 * week) * DAY for week in range(self.weeks)]

    def number(self, day: int) -> int:
        """The first working day on or after a day of the calendar, as a number; the end when there is none."""
        return bisect_left(self.on, day)

    def later(self, months: int) -> list[int]:
        """For each working day, the last working day within so many months of it; after the end, counted on."""
        return [self.last_by(add_months(day, months)) for day in self.on]

    def last_by(self, day: int) -> int:
        """The last working day on or before a day, as a number; before the first day and after the last, counted on."""
        cal = calendar()
        if day <= self.on[-1]:
            if day < self.on[0]:
                return -cal.working_days_between(day, self.on[0])
            return bisect_right(self.on, day) - 1
        return self.many - 1 + cal.working_days_between(self.on[-1], day)


def easter(year: int) -> date:
    """Easter Sunday, by the rule that has held since 1583."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    m = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    k = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * k + 114, 31)
    return date(year, month, day + 1)


def is_term(day: date, demand: Demand) -> bool:
    """Whether schools are open in this time of the year."""
    return _in_term(day, demand.holidays)


@lru_cache(maxsize=8_192)
def _in_term(day: date, holidays: tuple[tuple[int, int, int, int], ...]) -> bool:
    """Kept, since a study of what an answer hangs on asks it for every day, source and run."""
    if abs((day - easter(day.year)).days) <= 8:
        return False
    at = (day.month, day.day)
    return not any((a, b) <= at <= (c, d) for a, b, c, d in holidays)


def tides(demand: Demand, source: str, day: date) -> float:
    """How many come on a day, against an even year."""
    term = 1.0 if is_term(day, demand) else demand.out_of_term[source]
    return demand.weekdays[source][day.weekday()] * demand.months[day.month - 1] * term
