"""When each school of the demonstration joined: some at once, some two years later, some not yet.

Those who have not joined are what those who have can be compared with.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from rightplace.demo.material.strip import strip
from rightplace.foundation.organisation.models import Area, School

FIRST, LATER = date(2023, 4, 1), date(2025, 4, 1)
AT_ONCE, NOT_YET = 0.45, 0.72


def joins(schools: Sequence[School]) -> dict[int, date]:
    """The day on which each school's agreement began; a school that has none is left out.

    The schools of the story's area were the first. Each school has dice of its own, so that all who ask hear the same.
    """
    story = Area.objects.get(key=strip().area).pk
    found: dict[int, date] = {}
    for school in schools:
        fate = Random(f"{school.urn}:joins").random()  # noqa: S311  (a demonstration, not a secret)
        if school.area_id == story or fate < AT_ONCE:
            found[school.pk] = FIRST
        elif fate > NOT_YET:
            found[school.pk] = LATER
    return found


def first_year(begins: date) -> int:
    """The first whole school year of an agreement, by the year in which it ends."""
    return begins.year + (1 if (begins.month, begins.day) <= (9, 1) else 2)
