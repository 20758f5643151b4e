"""The one place that says what time it is.

In production it is the time of the machine. In the demonstration it starts on a fixed Tuesday at 10:20 and runs from
there, for every process alike, since they all read the same row. A test sets its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import connection

from rightplace.domain.practice.workdays import day_of, from_datetime, to_date

DEMO_STARTS = datetime(2026, 3, 3, 10, 20, tzinfo=UTC)
"""A Tuesday, in winter time: 10:20 in London as well."""

_set: Callable[[], datetime] | None = None
_ahead: timedelta | None = None


def now() -> datetime:
    """This instant, in UTC."""
    if _set is not None:
        return _set()
    real = datetime.now(UTC)
    return real + _demo_ahead() if settings.DEMO else real


def today() -> date:
    """This day in London."""
    return london_day(now())


def london_day(instant: datetime) -> date:
    """The day in London of an instant."""
    return to_date(day_of(from_datetime(instant)))


def set_clock(clock: Callable[[], datetime] | None) -> None:
    """Let another clock say the time in this process; None goes back to the usual one."""
    global _set
    _set = clock


@contextmanager
def clock_at(instant: datetime) -> Iterator[None]:
    """Hold the clock still at an instant, as tests and bulk writing need it."""
    before = _set
    set_clock(lambda: instant)
    try:
        yield
    finally:
        set_clock(before)


def start_demo_clock(at: datetime = DEMO_STARTS) -> None:
    """Start the demonstration's clock at an instant. Other processes must be started after this."""
    from rightplace.foundation.organisation.models import DemoClock

    _only_in_the_demo()
    DemoClock.objects.update_or_create(id=1, defaults={"started_real": datetime.now(UTC), "started_demo": at})
    forget_demo_clock()


def resume_demo_clock(after: datetime | None) -> datetime:
    """Go on where a stopped demonstration left off: just after the last thing recorded, or at the start.

    Recorded times only grow, so the clock of a restarted demonstration may not go back before the last of them.
    """
    start = DEMO_STARTS if after is None else max(DEMO_STARTS, after + timedelta(seconds=1))
    start_demo_clock(start)
    return start


def forget_demo_clock() -> None:
    """Read the row again at the next question."""
    global _ahead
    _ahead = None


def _demo_ahead() -> timedelta:
    """How far the demonstration's clock is from the real one. Without a row it is the real time."""
    global _ahead
    if _ahead is None:
        from rightplace.foundation.organisation.models import DemoClock

        row = DemoClock.objects.filter(id=1).first() if _has_tables() else None
        if row is None:
            return timedelta(0)
        _ahead = row.started_demo - row.started_real
    return _ahead


def _has_tables() -> bool:
    """Whether the row could be there: Django's own checks ask for the time before the first migration."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('organisation_demo_clock') IS NOT NULL")
        row = cursor.fetchone()
    return bool(row and row[0])


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise RuntimeError("Only the demonstration has a clock of its own.")
