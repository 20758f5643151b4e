"""From ticks of the model to instants in London. Ticks before the first day are counted back over working days."""

from __future__ import annotations

from functools import lru_cache

from rightplace.domain.practice.calendars import calendar
from rightplace.domain.practice.londontime import HOUR, MINUTE, SECOND, at_from_local
from rightplace.domain.simulation.days import Days
from rightplace.domain.simulation.names import DAY

NINE: int = 9 * HOUR


class Moments:
    """The clock of one simulated span."""

    def __init__(self, days: Days) -> None:
        self.days = days
        self._morning = lru_cache(maxsize=8192)(self._at_nine)

    def day(self, tick: int) -> int:
        """The calendar's day of a tick."""
        number = tick // DAY
        on = self.days.on
        if 0 <= number < len(on):
            return on[number]
        if number < 0:
            return calendar().add_working_days(on[0], number)
        return calendar().add_working_days(on[-1], number - len(on) + 1)

    def _at_nine(self, number: int) -> int:
        return at_from_local(self.day(number * DAY), NINE)

    def at(self, tick: int, nth: int = 0) -> int:
        """The instant of a tick; what happens to one family in the same minute is a second apart, in its order."""
        return self._morning(tick // DAY) + tick % DAY * MINUTE + nth * SECOND

    def week_ends(self, week: int) -> int:
        """The instant just before the next week's first working day begins: when the model writes a week down."""
        return self.at(self.next_week(week)) - SECOND

    def next_week(self, week: int) -> int:
        """The tick with which the week after it begins."""
        return self.days.number(self.days.on_first + 7 * (week + 1)) * DAY

    def week_of(self, tick: int) -> int:
        """The week in which the model counts what happens at a tick."""
        return (self.day(tick) - self.days.on_first) // 7
