"""Office hours: local clocks that run only while an office is open.

Minutes are minutes that pass, so an office that is open while the clocks change is open an hour less or more.
"""

from dataclasses import dataclass, field
from datetime import time

from rightplace.domain.practice.calendars import WEEKDAYS, Calendar
from rightplace.domain.practice.londontime import MINUTE, at_from_local, day_of, end_of_day

Span = tuple[time, time | None]
"""When an office opens and closes; it closes at midnight when no time is given."""


@dataclass(frozen=True)
class OfficeHours:
    """When one office is open: a span for each weekday; holidays shut it unless it says otherwise."""

    title: str
    spans: tuple[Span | None, ...]
    calendar: Calendar
    open_on_holidays: bool = False
    _known: dict[int, tuple[int, int]] = field(
        default_factory=dict, init=False, repr=False, compare=False, hash=False
    )

    def __post_init__(self) -> None:
        if len(self.spans) != 7:
            raise ValueError("Office hours need one span, or none, for each of seven weekdays.")
        if not any(self.spans):
            raise ValueError("An office that never opens cannot count hours.")
        if not self.open_on_holidays and not any(self.spans[:5]):
            raise ValueError("An office open at weekends only must say that it is open on holidays.")
        for name, span in zip(WEEKDAYS, self.spans, strict=True):
            if span and span[1] is not None and span[0] >= span[1]:
                raise ValueError(f"On {name} the office closes before it opens.")

    @property
    def version(self) -> str:
        """What the counting rested on: the hours themselves and the calendar."""
        hours = ",".join("-" if span is None else _written(span) for span in self.spans)
        return f"{hours}{'+holidays' if self.open_on_holidays else ''};{self.calendar.version}"

    def open_on(self, day: int) -> tuple[int, int]:
        """When the office opens and closes on a day; the same instant twice when it stays shut."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = self._span_on(day)
        return known

    def is_open(self, at: int) -> bool:
        opens, closes = self.open_on(day_of(at))
        return opens <= at < closes

    def add_office_minutes(self, at: int, minutes: int) -> int:
        """The instant by which so many office minutes have passed; counted backwards when negative."""
        if minutes == 0:
            return at
        return self._forward(at, minutes * MINUTE) if minutes > 0 else self._back(at, -minutes * MINUTE)

    def office_minutes_between(self, start: int, end: int) -> int:
        """Whole office minutes from one instant to another; negative when the end is before the start."""
        if end < start:
            return -self.office_minutes_between(end, start)
        open_time = 0
        for day in range(day_of(start), day_of(end) + 1):
            opens, closes = self.open_on(day)
            open_time += max(0, min(closes, end) - max(opens, start))
        return open_time // MINUTE

    def _forward(self, at: int, left: int) -> int:
        day = day_of(at)
        while True:
            opens, closes = self.open_on(day)
            begins = max(opens, at)
            if left <= closes - begins:
                return begins + left
            left -= max(0, closes - begins)
            day += 1

    def _back(self, at: int, left: int) -> int:
        day = day_of(at)
        while True:
            opens, closes = self.open_on(day)
            ends = min(closes, at)
            if left <= ends - opens:
                return ends - left
            left -= max(0, ends - opens)
            day -= 1

    def _span_on(self, day: int) -> tuple[int, int]:
        span = self.spans[(day - 1) % 7]
        if span is None or (not self.open_on_holidays and not self.calendar.is_working(day)):
            noon = at_from_local(day, time(12))
            return noon, noon
        closes = end_of_day(day) + 1 if span[1] is None else at_from_local(day, span[1])
        return at_from_local(day, span[0]), closes


def _written(span: Span) -> str:
    closes = "24:00" if span[1] is None else f"{span[1]:%H:%M}"
    return f"{span[0]:%H:%M}-{closes}"


def weekday_hours(
    calendar: Calendar,
    *,
    opens: time = time(8, 45),
    closes: time = time(17, 15),
    friday_closes: time = time(16, 15),
    title: str = "Office hours",
) -> OfficeHours:
    """The usual hours of a council office: Monday to Thursday alike, shorter on Friday."""
    long, short = (opens, closes), (opens, friday_closes)
    return OfficeHours(title, (long, long, long, long, short, None, None), calendar)
