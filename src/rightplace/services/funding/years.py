"""The financial year, its terms, and money in words. Nothing here asks what day it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from rightplace.services.funding.models import WHOLE, Contribution

TERM_DUE = {
    Contribution.Term.SUMMER: (6, 30),
    Contribution.Term.AUTUMN: (10, 31),
    Contribution.Term.SPRING: (2, 28),
}


TERM_ENDS = {
    Contribution.Term.SUMMER: (8, 31),
    Contribution.Term.AUTUMN: (12, 31),
    Contribution.Term.SPRING: (3, 31),
}
WRITTEN_UP = timedelta(days=10)
"""So long after a term its work is written down, and it is counted."""


def year_of(day: date) -> int:
    """The financial year that a day lies in, by the calendar year in which it begins."""
    return day.year if day >= date(day.year, 4, 1) else day.year - 1


def first_day(year: int) -> date:
    return date(year, 4, 1)


def last_day(year: int) -> date:
    return date(year + 1, 3, 31)


def term_ends(year: int) -> dict[Contribution.Term, date]:
    """The last day of each term of a financial year, in their order."""
    return {term: date(year + (month < 4), month, day) for term, (month, day) in TERM_ENDS.items()}


def terms_over(since: date, today: date) -> Iterator[date]:
    """The last day of each term that ends after `since` and is ready to be counted today."""
    for year in range(year_of(since), year_of(today) + 1):
        for ends in term_ends(year).values():
            if ends >= since and ends + WRITTEN_UP <= today:
                yield ends


def year_words(year: int) -> str:
    """A financial year as “2025-26”."""
    return f"{year}-{(year + 1) % 100:02d}"


def due_day(year: int, term: int) -> date:
    """The day by which a term's contribution is due."""
    month, day = TERM_DUE[Contribution.Term(term)]
    return date(year + (month < 4), month, day)


def pounds(pence: int) -> str:
    """Money as “£1,204.50”; what is owed back has its sign before the pound."""
    return f"{'-' if pence < 0 else ''}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def percent(hundredths: int) -> str:
    """A share as “50%” or “33.33%”."""
    return f"{hundredths / 100:g}%"


def share_of(pence: int, hundredths: int) -> int:
    """The part of a sum that a share is, to the nearest penny; half a penny goes up."""
    return (pence * hundredths * 2 + WHOLE) // (2 * WHOLE)
