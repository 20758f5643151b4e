"""Durations as rules write them: "45 working days", "3 months", "4 office hours", "1 month (ICO)".

A duration of days ends with the last microsecond of its last day in London; one of hours ends at the instant.
The day on which something happens is day 0; a rule that says "beginning with the day" makes it day 1.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from rightplace.domain.practice.calendars import Calendar, add_months, add_months_ico
from rightplace.domain.practice.londontime import HOUR, MINUTE, day_of, end_of_day, start_of_day
from rightplace.domain.practice.officehours import OfficeHours


class Unit(StrEnum):
    """What a duration is counted in."""

    WORKING_DAY = "working day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"
    MINUTE = "minute"
    OFFICE_HOUR = "office hour"
    OFFICE_MINUTE = "office minute"


_BY_THE_CLOCK: Final = frozenset({Unit.HOUR, Unit.MINUTE, Unit.OFFICE_HOUR, Unit.OFFICE_MINUTE})
_ICO: Final = " (ICO)"
_BEGINNING: Final = " beginning with the day"
_UNITS: Final = "|".join(Unit)
_FORM: Final = re.compile(rf"([0-9]{{1,5}}) ({_UNITS})(s?)( \(ICO\))?( beginning with the day)?")


@dataclass(frozen=True)
class Duration:
    """So many of a unit, and the two ways in which a rule may count them otherwise."""

    number: int
    unit: Unit
    ico: bool = False
    beginning_with: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a duration in words; anything else is refused with the form that is wanted."""
        form = _FORM.fullmatch(" ".join(text.split()))
        if form is None:
            raise ValueError(f"“{text}” is not a duration such as “45 working days” or “4 office hours”.")
        number, unit = int(form[1]), Unit(form[2])
        if (number == 1) == bool(form[3]):
            raise ValueError(f"“{text}” is not a duration: one is singular, any other number plural.")
        ico, beginning_with = bool(form[4]), bool(form[5])
        if ico and unit is not Unit.MONTH:
            raise ValueError(f"“{text}” is not a duration: the ICO's rule is about months.")
        if beginning_with and (unit in _BY_THE_CLOCK or unit is Unit.WORKING_DAY or not number):
            raise ValueError(f"“{text}” is not a duration: only days, weeks, months and years begin so.")
        return cls(number, unit, ico, beginning_with)

    def __str__(self) -> str:
        plural = "" if self.number == 1 else "s"
        return f"{self.number} {self.unit}{plural}{_ICO * self.ico}{_BEGINNING * self.beginning_with}"

    @property
    def by_the_clock(self) -> bool:
        """Counted in hours or minutes, so that it ends at an instant and not with a day."""
        return self.unit in _BY_THE_CLOCK

    def last_day(self, day: int, calendar: Calendar) -> int:
        """The day with which a duration of days ends when it starts from this one."""
        if self.by_the_clock:
            raise ValueError(f"{self} does not end with a day.")
        return self._days_on(day, self.number, calendar) - self.beginning_with

    def _days_on(self, day: int, number: int, calendar: Calendar) -> int:
        match self.unit:
            case Unit.WORKING_DAY:
                return calendar.add_working_days(day, number)
            case Unit.DAY:
                return day + number
            case Unit.WEEK:
                return day + 7 * number
            case Unit.YEAR:
                return add_months(day, 12 * number)
        return add_months_ico(day, number, calendar) if self.ico else add_months(day, number)

    def _clock_on(self, at: int, number: int, hours: OfficeHours) -> int:
        match self.unit:
            case Unit.HOUR:
                return at + number * HOUR
            case Unit.MINUTE:
                return at + number * MINUTE
            case Unit.OFFICE_HOUR:
                return hours.add_office_minutes(at, 60 * number)
        return hours.add_office_minutes(at, number)


def due(duration: Duration, at: int, calendar: Calendar, hours: OfficeHours) -> int:
    """The last instant at which a thing is in time, counted from the instant that started it."""
    if duration.by_the_clock:
        return duration._clock_on(at, duration.number, hours)
    return end_of_day(duration.last_day(day_of(at), calendar))


def due_from_day(duration: Duration, day: int, calendar: Calendar, hours: OfficeHours) -> int:
    """The same, counted from a day of which nobody knows the hour: hours then run from its end.

    Nothing is called late that may have been in time (promise 4).
    """
    if duration.by_the_clock:
        return duration._clock_on(end_of_day(day), duration.number, hours)
    return end_of_day(duration.last_day(day, calendar))


def not_before(duration: Duration, at: int, calendar: Calendar, hours: OfficeHours) -> int:
    """The first instant after a duration has passed, for rules that say *not before*."""
    return due(duration, at, calendar, hours) + (0 if duration.by_the_clock else 1)


def lead(duration: Duration, at: int, calendar: Calendar, hours: OfficeHours) -> int:
    """The instant from which a thing due at `at` is *due soon*: so long before it."""
    if duration.by_the_clock:
        return duration._clock_on(at, -duration.number, hours)
    day = day_of(at)
    number = -duration.number
    return start_of_day(Duration(number, duration.unit)._days_on(day, number, calendar))
