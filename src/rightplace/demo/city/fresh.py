"""What lies in the front door's inbox when the demonstration begins: told since yesterday morning, and not yet decided."""

from __future__ import annotations

from datetime import date
from random import Random

from rightplace.demo.city.arrivals import Arrival
from rightplace.demo.city.times import on
from rightplace.domain.practice.entries.contact import Route

MONDAY, TUESDAY = date(2026, 3, 2).toordinal(), date(2026, 3, 3).toordinal()
TOLD = (
    (MONDAY, 9, 5, "police", Route.ASSESSMENT, True, False),
    (MONDAY, 11, 20, "health", Route.ASSESSMENT, True, True),
    (MONDAY, 15, 10, "school", Route.ADVICE, True, True),
    (MONDAY, 16, 30, "housing", Route.NO_FURTHER_ACTION, False, False),
    (MONDAY, 22, 40, "police", Route.ADVICE, False, False),
    (TUESDAY, 7, 55, "police", Route.STRATEGY, True, False),
    (TUESDAY, 8, 50, "school", Route.ASSESSMENT, False, False),
    (TUESDAY, 9, 15, "family", Route.FAMILY_SUPPORT, True, True),
    (TUESDAY, 9, 58, "health", Route.FAMILY_SUPPORT, False, False),
    (TUESDAY, 10, 9, "public", Route.ADVICE, False, False),
)
"""Day, hour and minute, source, where it would lead, whether the family is known, and under another spelling."""


def families(rng: Random) -> list[tuple[list[Arrival], bool]]:
    """The arrivals of each family, and whether the last is under another spelling."""
    found = []
    for day, hour, minute, source, route, known, alias in TOLD:
        arrivals = [Arrival(on(day, hour * 60 + minute, rng.random() * 50), day, source, route)]
        if known:
            before = day - rng.randint(60, 320)
            arrivals.insert(0, Arrival(on(before, 11 * 60), before, "police", Route.ADVICE))
        found.append((arrivals, alias))
    return found
