"""Slow, naive counting, written without looking at the fast one: day by day, and by the machine's own time zones.

Nothing here imports `rightplace`: these are the oracles of the properties.
"""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE = timedelta(days=1)
_FILE = Path(__file__).parents[1] / "bankholidays.toml"
HOLIDAYS = {date.fromisoformat(day) for day in tomllib.loads(_FILE.read_text())["holidays"]}


def works(day: date) -> bool:
    return day.strftime("%a") not in ("Sat", "Sun") and day not in HOLIDAYS


def count_on(day: date, number: int) -> date:
    step = ONE if number > 0 else -ONE
    for _ in range(abs(number)):
        day += step
        while not works(day):
            day += step
    return day


def between(start: date, end: date) -> int:
    return sum(works(start + n * ONE) for n in range(1, (end - start).days + 1))


def months_on(day: date, number: int) -> date:
    for _ in range(number):
        first = day.replace(day=1)
        day = (first + timedelta(days=32)).replace(day=1)
    return day


def corresponding(day: date, number: int) -> date:
    """Walk to the month, then to the same date in it, stopping at the month's last day."""
    found = months_on(day.replace(day=1), number)
    while found.day < day.day and (found + ONE).month == found.month:
        found += ONE
    return found


def instant(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


def moment(at: int) -> datetime:
    return EPOCH + timedelta(microseconds=at)


def london(at: int) -> datetime:
    return moment(at).astimezone(LONDON)


def office_open(at: int) -> bool:
    """Monday to Thursday 8:45 to 17:15, Friday to 16:15."""
    here = london(at)
    closes = time(16, 15) if here.strftime("%a") == "Fri" else time(17, 15)
    return works(here.date()) and time(8, 45) <= here.time() < closes


def office_minutes_on(at: int, minutes: int) -> int:
    """Watch the clock a minute at a time from a whole minute, and count those in which the office is open."""
    while minutes:
        minutes -= office_open(at)
        at += 60_000_000
    return at
