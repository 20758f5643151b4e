"""States: always a word, a shape and a colour, never one of them alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from rightplace.common.web import words
from rightplace.domain.practice import workdays


@dataclass(frozen=True)
class Tag:
    """One state as a page shows it. The shape says it in black and white, the word to everybody."""

    word: str
    shape: str
    css: str
    shown_as: ClassVar[str] = "tag"


def late(word: str = "late") -> Tag:
    """Late or harm: the only red."""
    return Tag(word, "square", "late")


def due_soon(word: str = "due soon") -> Tag:
    return Tag(word, "triangle", "soon")


def still_open(word: str = "open") -> Tag:
    return Tag(word, "circle", "open")


def met(word: str = "met") -> Tag:
    return Tag(word, "tick", "met")


def not_known(word: str = "not known") -> Tag:
    """Unknown is shown as unknown: a dashed border and no fill."""
    return Tag(word, "dashes", "unknown")


def sealed(word: str = "sealed") -> Tag:
    return Tag(word, "lock", "sealed")


def plain(word: str) -> Tag:
    """A word in a box that is no state, such as the name of a concern."""
    return Tag(word, "", "plain")


def due_tag(
    due: datetime | date | None,
    now: datetime,
    *,
    met_at: datetime | date | None = None,
    soon: timedelta | datetime | date | None = None,
) -> Tag:
    """What is due, as one tag: met, late by so much, due soon, or due on a day; not known without a day.

    A thing due on a day is late when that day has passed in London; a thing due at an instant, after it. The last
    instant of a day is the day: nobody says "by 23:59".
    """
    if isinstance(due, datetime) and words.is_end_of_day(due):
        due = workdays.to_date(words.day_number(due))
    if met_at is not None:
        return _met_tag(due, met_at)
    if due is None:
        return not_known()
    if isinstance(due, datetime):
        return _instant_tag(due, now, soon)
    return _day_tag(due, now, soon)


def is_late(due: datetime | date | None, now: datetime) -> bool:
    if due is None:
        return False
    return due < now if isinstance(due, datetime) else words.day_number(due) < words.day_number(now)


def _met_tag(due: datetime | date | None, met_at: datetime | date) -> Tag:
    if due is None:
        return met()
    if isinstance(due, datetime) and isinstance(met_at, datetime):
        over = met_at - due
    else:
        over = timedelta(days=words.day_number(met_at) - words.day_number(due))
    return met(f"met {words.length(over)} late") if over > timedelta() else met()


def _instant_tag(due: datetime, now: datetime, soon: timedelta | datetime | date | None) -> Tag:
    left = due - now
    if left < timedelta():
        return late(f"late by {words.length(left)}")
    same_day = words.day_number(due) == words.day_number(now)
    if _within(due, now, soon):
        return due_soon(f"{words.length(left)} left")
    shown = "today" if same_day else words.plain_day(due, year=False)
    return still_open(f"due {shown}, {words.clock_time(due)}")


def _day_tag(due: date, now: datetime, soon: timedelta | datetime | date | None) -> Tag:
    days = words.day_number(due) - words.day_number(now)
    if days < 0:
        return late(f"late by {words.count_words(-days, 'day')}")
    shown = {0: "due today", 1: "due tomorrow"}.get(days, f"due {words.plain_day(due, year=False)}")
    return due_soon(shown) if days == 0 or _within(due, now, soon) else still_open(shown)


def _within(due: datetime | date, now: datetime, soon: timedelta | datetime | date | None) -> bool:
    if isinstance(soon, datetime):
        return now >= soon
    if isinstance(soon, date):
        return words.day_number(now) >= words.day_number(soon)
    span = timedelta(days=1) if soon is None else soon
    if isinstance(due, datetime):
        return due - now <= span
    return words.day_number(due) - words.day_number(now) <= span.days
