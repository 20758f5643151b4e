"""When concerns are told: so many a year, on the days and hours that each kind of source keeps, some families again."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from random import Random

from rightplace.demo.city import outlines
from rightplace.demo.city.outlines import Outline
from rightplace.demo.city.times import WORKING, on
from rightplace.demo.material.volumes import volumes
from rightplace.domain.practice.workdays import from_datetime

STARTS = date(2026, 3, 3).toordinal()
WINDOW = date(2024, 3, 4).toordinal()
FIRST = date(2015, 3, 2).toordinal()
AGAIN = 0.40
"""Share of families of whom something is told again."""
GAP_DAYS = 145.0
CHILDREN_IN_ONE = 1.73
ALSO_SOON = 0.98
"""Referrals that are told of again soon come on top; see life.once_more."""


@dataclass(slots=True)
class Arrival:
    """One telling of a concern: when, by what kind of source, and where it will lead."""

    at: int
    day: int
    source: str
    outline: Outline


class Tides:
    """The days on which a source tells, for the whole span."""

    def __init__(self) -> None:
        season = volumes().season
        days = [date.fromordinal(day) for day in range(FIRST, STARTS + 1)]
        closed = frozenset(day for day in days if WORKING.holidays.get(day.toordinal()))
        self.cumulative: dict[str, list[float]] = {}
        weeks: dict[str, list[float]] = {}
        for source in volumes().contacts.sources.of:
            week = season.keeps.get(source, "offices")
            if week not in weeks:
                weeks[week] = list(
                    accumulate(season.weight(source, day, bank_holiday=day in closed) for day in days)
                )
            self.cumulative[source] = weeks[week]

    def day(self, rng: Random, source: str) -> int:
        """One day of the whole span."""
        return FIRST + bisect_right(self.cumulative[source], rng.random() * self.cumulative[source][-1])

    def day_from(self, rng: Random, source: str, day: int) -> int:
        """A day in the week from this day on, as the source keeps its weeks."""
        weights = self.cumulative[source]
        low = max(0, day - FIRST)
        high = min(len(weights) - 1, low + 7)
        if low >= high:
            return day
        mark = weights[low] + rng.random() * (weights[high] - weights[low])
        return FIRST + bisect_right(weights, mark)


def how_many(population: int) -> int:
    """How many families anything is told of over the whole span, for a city of so many children."""
    contacts = volumes().contacts.a_year_per_10k * population / 10_000
    years = (STARTS - FIRST) / 365.25
    return round(contacts * years / CHILDREN_IN_ONE * (1 - AGAIN) * ALSO_SOON)


def of_family(rng: Random, tides: Tides) -> list[Arrival]:
    """Everything that is told of one family; empty where all of it lies before the history."""
    sources = volumes().contacts.sources
    source = sources.draw(rng)
    day = tides.day(rng, source)
    found = [_arrival(rng, day, source)]
    while rng.random() < AGAIN:
        source = sources.draw(rng)
        day = tides.day_from(rng, source, found[-1].day + 5 + int(rng.expovariate(1 / GAP_DAYS)))
        if day > STARTS:
            break
        found.append(_arrival(rng, day, source))
    if found[-1].day < WINDOW and all(each.day + each.outline.days + 10 < WINDOW for each in found):
        return []
    return [each for each in found if _counts(each, found)]


def _arrival(rng: Random, day: int, source: str) -> Arrival:
    hour = volumes().season.hour(source, rng)
    at = on(day, hour * 60 + rng.randrange(60), rng.random() * 60)
    return Arrival(at, day, source, outlines.draw(rng))


def _counts(each: Arrival, all_of_them: list[Arrival]) -> bool:
    """Long ago is kept only where it still matters in the history."""
    return each.day >= WINDOW - 366 or each.day + each.outline.days >= WINDOW


def starts_at() -> int:
    """The present, as an instant."""
    from rightplace.demo.material.strip import strip

    return from_datetime(strip().starts)
