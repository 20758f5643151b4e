"""The simulated days: only working days pass, and the calendar says which they are, which week, and when school is out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from rightplace.domain.practice.calendars import add_months, calendar
from rightplace.domain.simulation.names import DAY, SOURCES
from rightplace.domain.simulation.parameters import Demand

Whole = npt.NDArray[np.int32]


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

    def week_of(self) -> Whole:
        return np.array([(day - self.on_first) // 7 for day in self.on], np.int32)

    @property
    def on_first(self) -> int:
        return self.begins.toordinal()

    def week_ticks(self) -> Whole:
        """The tick at which each week begins: its first working day."""
        return np.array([self.number(self.on_first + 7 * week) * DAY for week in range(self.weeks)], np.int32)

    def number(self, day: int) -> int:
        """The first working day on or after a day of the calendar, as a number; the end when there is none."""
        return int(np.searchsorted(np.array(self.on), day))

    def later(self, months: int) -> Whole:
        """For each working day, the last working day within so many months of it; after the end, counted on."""
        return np.array([self.last_by(add_months(day, months)) for day in self.on], np.int32)

    def last_by(self, day: int) -> int:
        """The last working day on or before a day, as a number; before the first day and after the last, counted on."""
        cal = calendar()
        if day <= self.on[-1]:
            if day < self.on[0]:
                return -cal.working_days_between(day, self.on[0])
            return int(np.searchsorted(np.array(self.on), day, side="right")) - 1
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
    if abs((day - easter(day.year)).days) <= 8:
        return False
    at = (day.month, day.day)
    return not any((a, b) <= at <= (c, d) for a, b, c, d in demand.holidays)


def tides(demand: Demand, source: str, day: date) -> float:
    """How many come on a day, against an even year."""
    term = 1.0 if is_term(day, demand) else demand.out_of_term[source]
    return demand.weekdays[source][day.weekday()] * demand.months[day.month - 1] * term


def expected(demand: Demand, days: Days, areas: tuple[tuple[str, int], ...]) -> npt.NDArray[np.float64]:
    """Families expected on each working day, by source and area; those of days off come on the next working day."""
    first, last = days.on_first, days.on[-1]
    mean_children = sum(1.0 - share for share in demand.children[:-1]) + 1.0
    found = np.zeros((days.many, len(SOURCES) * len(areas)))
    for place, source in enumerate(SOURCES):
        level = _level(demand, source, days.begins)
        by_day = np.zeros(days.many)
        for day in range(first, last + 1):
            by_day[days.number(day)] += tides(demand, source, date.fromordinal(day)) / level
        for nth, (_, children) in enumerate(areas):
            a_year = demand.contacts_per_10k * children / 10_000 * demand.first * demand.shares[source]
            found[:, place * len(areas) + nth] = by_day * (a_year / mean_children / 365.25)
    return found


def _level(demand: Demand, source: str, begins: date) -> float:
    """The mean of the tides over the year that begins on the first day."""
    return sum(tides(demand, source, begins + timedelta(days=day)) for day in range(365)) / 365.0
