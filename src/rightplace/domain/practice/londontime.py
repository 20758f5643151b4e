"""London's clock and UTC, kept apart: instants are microseconds in UTC, days are days of London.

British Summer Time is written out here as dated rules, not asked of the machine's time zone files: a
projection must come out the same on every machine, and these are called millions of times in a rebuild.
Sources: Summer Time Act 1972 and its orders; Summer Time Order 2002 (last Sundays of March and October).
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final, Literal

MICROSECOND: Final = 1
SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SUMMER_TIME: Final = timezone(timedelta(hours=1), "BST")
_WINTER_TIME: Final = timezone(timedelta(0), "GMT")

Unclear = Literal["earlier", "later", "refuse"]


class UnclearTime(ValueError):
    """The clock showed this time twice, or not at all, on the day that the clocks changed."""


def _sunday_from(year: int, month: int, day: int) -> int:
    first = date(year, month, day).toordinal()
    return first + (-first) % 7


def _summer(year: int) -> tuple[int, int, int, int]:
    """First and last day of summer time in a year, and the UTC hours of the changes; four noughts: none."""
    if year < 1968:
        return 0, 0, 0, 0  # not written out: nothing with an hour to it is recorded of those years
    new_year = date(year, 1, 1).toordinal()
    if year <= 1971:  # British Standard Time: one hour ahead from 18 February 1968 to 31 October 1971
        first = date(1968, 2, 18).toordinal() if year == 1968 else new_year - 1
        last = date(1971, 10, 31).toordinal() if year == 1971 else date(year + 1, 1, 1).toordinal()
        return first, last, 2, 2
    if year <= 1980:
        return _sunday_from(year, 3, 16), _sunday_from(year, 10, 23), 2, 2
    first = _sunday_from(year, 3, 25)
    if year <= 1989:
        return first, _sunday_from(year, 10, 23), 1, 1
    return first, _sunday_from(year, 10, 22 if year <= 1995 else 25), 1, 1


def _ends_in_summer(day: int) -> int:
    """1 when London's clock is an hour ahead at the end of this UTC day, else 0."""
    if not 1 <= day <= _LAST_DAY:
        return 0
    first, last, _, _ = _summer(date.fromordinal(day).year)
    return int(first <= day < last)


_LAST_DAY: Final = date.max.toordinal()
_TABLE_FIRST: Final = date(1967, 12, 31).toordinal()
_TABLE_LAST: Final = date(2199, 12, 31).toordinal()


def _table() -> bytes:
    table = bytearray(_TABLE_LAST - _TABLE_FIRST + 1)
    for year in range(1968, 2200):
        first, last, _, _ = _summer(year)
        start = max(first, date(year, 1, 1).toordinal()) - _TABLE_FIRST
        end = min(last, date(year, 12, 31).toordinal() + 1) - _TABLE_FIRST
        table[start:end] = b"\x01" * (end - start)
    return bytes(table)


_SUMMER_AT_END: Final = _table()


def _summer_at_end(day: int) -> int:
    place = day - _TABLE_FIRST
    return _SUMMER_AT_END[place] if 0 <= place < len(_SUMMER_AT_END) else _ends_in_summer(day)


def day_of(at: int) -> int:
    """The day in London at this instant. (Every change falls where neither side crosses midnight.)"""
    utc_day, rest = divmod(at, DAY)
    day = utc_day + EPOCH_DAY
    return day + 1 if rest >= 82_800_000_000 and _summer_at_end(day) else day


def start_of_day(day: int) -> int:
    """The first microsecond of a day in London."""
    return (day - EPOCH_DAY) * DAY - HOUR * _summer_at_end(day - 1)


def end_of_day(day: int) -> int:
    """The last microsecond of a day in London: a thing due on a day is late after it."""
    return (day + 1 - EPOCH_DAY) * DAY - HOUR * _summer_at_end(day) - 1


def offset_at(at: int) -> int:
    """How far London's clock is ahead of UTC at this instant, in microseconds."""
    utc_day, rest = divmod(at, DAY)
    day = utc_day + EPOCH_DAY
    before, after = _summer_at_end(day - 1), _summer_at_end(day)
    if before != after:
        return HOUR * (after if rest >= _change_hour(day) * HOUR else before)
    return HOUR * after


def _change_hour(day: int) -> int:
    first, _, forward, back = _summer(date.fromordinal(day).year)
    return forward if day == first else back


def at_from_local(day: int | date, clock: int | time, *, unclear: Unclear = "earlier") -> int:
    """The instant at which London's clocks showed this time (a `time`, or microseconds after midnight).

    In autumn an hour comes twice: `unclear` says which is meant, or that it must be asked. In spring an hour
    is missing: a time inside it is read as a clock put forward would show it, an hour on, unless refused.
    """
    number = day.toordinal() if isinstance(day, date) else day
    shown = _microseconds(clock) if isinstance(clock, time) else clock
    wall = (number - EPOCH_DAY) * DAY + shown
    candidates = [at for at in (wall - HOUR, wall) if at + offset_at(at) == wall]
    if len(candidates) != 1 and unclear == "refuse":
        times = "twice" if candidates else "not at all"
        raise UnclearTime(f"London's clocks showed this time {times} on that day: the clocks changed.")
    if not candidates:
        return wall
    return candidates[0] if unclear != "later" else candidates[-1]


def _microseconds(clock: time) -> int:
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * SECOND + clock.microsecond


def local_clock(at: int) -> tuple[int, int]:
    """What a calendar and a clock in London show: the day, and microseconds after midnight by the clock."""
    wall_day, clock = divmod(at + offset_at(at), DAY)
    return wall_day + EPOCH_DAY, clock


def to_datetime(at: int) -> datetime:
    """The instant as an aware datetime in UTC."""
    return _EPOCH + timedelta(microseconds=at)


def to_london(at: int) -> datetime:
    """The instant as an aware datetime by London's clock, named GMT or BST."""
    return to_datetime(at).astimezone(_SUMMER_TIME if offset_at(at) else _WINTER_TIME)


def from_datetime(moment: datetime) -> int:
    """The instant of an aware datetime; one without a zone is refused, for nobody knows when it was."""
    if moment.tzinfo is None:
        raise ValueError("A datetime without a time zone does not say when it was.")
    elapsed = moment - _EPOCH
    return (elapsed.days * 86_400 + elapsed.seconds) * SECOND + elapsed.microseconds


def to_date(day: int) -> date:
    return date.fromordinal(day)


def from_date(day: date) -> int:
    return day.toordinal()
