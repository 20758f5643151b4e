"""Trained and gone: of those who took a course in a year, who is still here after 6, 12 and 24 months.

Only whose time has passed is counted. Small numbers are left out, and what is shown has its uncertainty (Wilson).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from rightplace.domain.evidence import THRESHOLD, Z_80, wilson
from rightplace.domain.practice.calendars import add_months
from rightplace.domain.practice.workdays import to_date

AFTER: Final = (6, 12, 24)
"""An 80% range, as figures elsewhere have."""


@dataclass(frozen=True, slots=True)
class Stayed:
    """So many months after: who can be counted, who is still here, and between which shares the truth may lie.

    `counted` None: too few to say without telling who.
    """

    months: int
    counted: int | None
    here: int | None = None
    low: float | None = None
    high: float | None = None


def stayed(spells: Sequence[tuple[date, date | None]], today: date) -> list[Stayed]:
    """Each spell is the day of the course and the day on which the worker left the authority, if ever."""
    found = [_after(months, spells, today) for months in AFTER]
    # nor may the few be told who left between one day and the next
    for place, (before, now) in enumerate(pairwise(found), 1):
        if before.here is not None and now.here is not None and 0 < abs(before.here - now.here) < THRESHOLD:
            found[place] = Stayed(now.months, None)
    return found


def _after(months: int, spells: Sequence[tuple[date, date | None]], today: date) -> Stayed:
    found = [(to_date(add_months(on.toordinal(), months)), left) for on, left in spells]
    passed = [(then, left) for then, left in found if then <= today]
    here = sum(1 for then, left in passed if left is None or left > then)
    counted = len(passed)
    # nor may it be told who left: a small number on either side is as telling as a small whole
    if any(0 < each < THRESHOLD for each in (counted, here, counted - here)):
        return Stayed(months, None)
    if not counted:
        return Stayed(months, 0)
    return Stayed(months, counted, here, *wilson(here, counted, Z_80))
