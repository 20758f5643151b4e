"""Days, times, ages and counts in the words that pages use. Nothing here asks what time it is."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from rightplace.domain.practice import workdays

Day = date | datetime | int
"""A day of London: a date, an instant on it, or the domain's day number."""


def london(moment: datetime | int) -> datetime:
    """An instant by London's clock."""
    at = moment if isinstance(moment, int) else workdays.from_datetime(moment)
    return workdays.to_london(at)


def day_number(day: Day) -> int:
    """The domain's number of a day."""
    if isinstance(day, datetime):
        return workdays.day_of(workdays.from_datetime(day))
    return day if isinstance(day, int) else workdays.from_date(day)


def plain_day(day: Day, *, year: bool = True) -> str:
    """A day as “Tue 3 Mar 2026”."""
    shown = workdays.to_date(day_number(day))
    return f"{shown:%a} {shown.day} {shown:%b}" + (f" {shown.year}" if year else "")


def is_end_of_day(moment: datetime) -> bool:
    """Whether an instant is the last of a day in London: then it stands for the day, not for a time of it."""
    at = workdays.from_datetime(moment)
    return at == workdays.end_of_day(workdays.day_of(at))


def clock_time(moment: datetime | int) -> str:
    """A time as “10:20”."""
    return f"{london(moment):%H:%M}"


def when(moment: datetime | int) -> str:
    """An instant as “Tue 3 Mar 2026, 10:20”."""
    return f"{plain_day(day_number(london(moment)))}, {clock_time(moment)}"


def distance(day: Day, now: datetime) -> str:
    """How far a day is from now: “in 3 working days”, “tomorrow”, “2 working days ago”."""
    there, here = day_number(day), day_number(now)
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if there - here in near:
        return near[there - here]
    working = workdays.calendar().working_days_between(here, there)
    if working > 0:
        return f"in {count_words(working, 'working day')}"
    if working < 0:
        return f"{count_words(-working, 'working day')} ago"
    days = count_words(abs(there - here), "day")
    return f"in {days}" if there > here else f"{days} ago"


def day_words(day: Day, now: datetime) -> str:
    """A day and how far it is: “Tue 3 Mar 2026, in 3 working days”."""
    return f"{plain_day(day)}, {distance(day, now)}"


def age(born: Day | None, now: Day) -> str:
    """A child's age: weeks for a baby, months until two, then years; says when it is not known."""
    if born is None:
        return "age not known"
    start, here = day_number(born), day_number(now)
    if start > here:
        return f"unborn, expected {plain_day(start)}"
    if here - start < 84:
        return count_words((here - start) // 7, "week", none="under a week")
    years = workdays.age_on(start, here)
    if years >= 2:
        return count_words(years, "year")
    months = 0
    while workdays.add_months(start, months + 1) <= here:
        months += 1
    return count_words(months, "month")


def length(lasted: timedelta) -> str:
    """How long something took or is late: minutes under an hour, hours under two days, then days."""
    minutes = int(abs(lasted).total_seconds() // 60)
    if minutes < 1:
        return "under a minute"
    if minutes < 60:
        return count_words(minutes, "minute")
    if minutes < 48 * 60:
        return count_words(minutes // 60, "hour")
    return count_words(minutes // (24 * 60), "day")


def count_words(number: int, one: str, many: str = "", *, none: str = "") -> str:
    """A count with its noun: “1 child”, “1,204 children”, “no children”."""
    several = many or f"{one}s"
    if number == 0:
        return none or f"no {several}"
    return f"{number:,} {one if number == 1 else several}"


def listed(names: Iterable[str], none: str = "") -> str:
    """Names in a sentence: “Ayla, Joe and Sam”."""
    *first, last = list(names) or [none]
    return f"{', '.join(first)} and {last}" if first else last


def capitalised(text: str) -> str:
    """The same with a capital first letter, and nothing else changed."""
    return text[:1].upper() + text[1:]


def initials(name: str) -> str:
    """Initials, the only part of a name that a page title may carry."""
    letters = [word[0].upper() for word in name.replace("-", " ").split() if word[0].isalpha()]
    return ".".join(letters) + "." if letters else "Name not known"
