"""Days that people plan by: at once, Easter, the new financial year, the start of term, Christmas."""

from __future__ import annotations

from datetime import date, timedelta

from rightplace.common.web import words

AT_ONCE = "soon"
ANOTHER = "another"


def easter(year: int) -> date:
    """Easter Sunday. Source: the anonymous Gregorian rule (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def planned_days(today: date) -> list[tuple[str, str, date]]:
    """What a person may choose, the nearest first: a code, words, and the day."""
    found = []
    for year in (today.year, today.year + 1):
        found += [
            ("the new financial year", date(year, 4, 1)),
            ("Easter", easter(year)),
            ("the summer holidays", date(year, 7, 22)),
            ("the new school year", date(year, 9, 1)),
            ("Christmas", date(year, 12, 25)),
        ]
    coming = [(name, day) for name, day in found if today + timedelta(days=14) <= day]
    lines = [(day.isoformat(), f"{_upper(name)}, {words.plain_day(day)}", day) for name, day in coming]
    return sorted(lines, key=lambda line: line[2])[:6]


def soon(today: date) -> date:
    """The Monday after next: the first on which anything that is decided now can begin."""
    return today + timedelta(days=14 - today.weekday())


def name_of(day: date, today: date) -> str:
    """A day as people speak of it: “Easter, Sun 5 Apr 2026” for one that has a name."""
    found = next((said for _, said, each in planned_days(today) if each == day), words.plain_day(day))
    return found[:1].lower() + found[1:] if found.startswith("The ") else found


def winters(today: date) -> list[tuple[str, str]]:
    """The next two winters, by the first of December that each begins on."""
    first = today.year if today < date(today.year, 12, 1) else today.year + 1
    return [(str(year), f"December {year} to February {year + 1}") for year in (first, first + 1)]


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]
