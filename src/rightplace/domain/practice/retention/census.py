"""Turnover, agency, vacancy and absence as the national workforce census counts them; and how England stands.

Each figure is defined here and nowhere else. The words of the definitions are ours, after the methodology of the
Department for Education's *Children's social work workforce*; whether each was read is said with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from rightplace.domain.practice.packfiles import Table, read_pack
from rightplace.domain.practice.retention.staying import Employment, Sat

FULL_WEEK: Final = 37.0
DAYS_A_YEAR: Final = 365
WORKING_DAYS: Final = 253
ENGLAND: Final = Path(__file__).with_name("england.toml")
FIGURES: Final = ("turnover", "agency", "vacancy", "absence")


@dataclass(frozen=True, slots=True)
class CountedShare:
    """One figure: a part of a whole, in whole-time posts (or days), and whom the part is made of."""

    key: str
    part: float
    whole: float
    workers: tuple[int, ...] = ()

    @property
    def percent(self) -> float | None:
        """None where there is nobody to count (promise 4)."""
        return 100 * self.part / self.whole if self.whole > 0 else None


@dataclass(frozen=True, slots=True)
class Census:
    """The four figures on a day, for the year before it."""

    on: int
    in_post: float
    people: tuple[int, ...]
    shares: Mapping[str, CountedShare]


def census_of(
    *,
    stays: Iterable[Employment],
    sat: Iterable[Sat],
    on: int,
    vacant_hours: float,
    days_away: Mapping[int, float],
    professions: frozenset[str] | None = None,
) -> Census:
    """Count on a day: who is in post, who left in the year until it, agency, vacant posts, days away."""

    def counts(each: Sat) -> bool:
        return professions is None or each.profession in professions

    sitting = [each for each in sat if each.holds(on) and counts(each)]
    own = [each for each in sitting if not each.agency]
    agency = [each for each in sitting if each.agency]
    post, temp = _whole_time(own), _whole_time(agency)
    gone = [
        (stay.worker, stay.sat[-1]) for stay in stays
        if stay.left and stay.ends is not None and on - DAYS_A_YEAR < stay.ends <= on and counts(stay.sat[-1])
    ]  # fmt: skip
    people = tuple(sorted({each.worker for each in own}))
    away = {worker: days_away[worker] for worker in people if days_away.get(worker)}
    vacant = vacant_hours / FULL_WEEK
    shares = (
        CountedShare(
            "turnover", _whole_time(last for _, last in gone), post, tuple(worker for worker, _ in gone)
        ),
        CountedShare("agency", temp, temp + post, tuple(sorted({each.worker for each in agency}))),
        CountedShare("vacancy", vacant, vacant + post),
        CountedShare("absence", sum(away.values()), post * WORKING_DAYS, tuple(sorted(away))),
    )
    return Census(on, post, people, {each.key: each for each in shares})


def _whole_time(sat: Iterable[Sat]) -> float:
    return sum(each.hours for each in sat) / FULL_WEEK


@dataclass(frozen=True)
class England:
    """How the authorities of England stood in one census: the whole country, and the spread over authorities."""

    key: str
    year: int
    country: float
    spread: tuple[float, float, float, float, float]
    """The 5th, 25th, 50th, 75th and 95th of a hundred authorities, from the lowest."""
    before: tuple[tuple[int, float], ...]
    source: str


@cache
def _england() -> tuple[tuple[date, England], ...]:
    book = Table(ENGLAND, "", read_pack(ENGLAND))
    begins, source, year = book.day("begins"), book.text("source"), book.number("year")
    return tuple((begins, _figure(each, year, source)) for each in book.tables("figure"))


def _figure(table: Table, year: int, source: str) -> England:
    spread = table.raw("spread")
    before = table.raw("before")
    country = table.raw("country")
    if not isinstance(spread, list) or len(spread) != 5 or not isinstance(before, list):
        raise table.refuse("spread has five figures, before a list of year and figure")
    if not isinstance(country, (int, float)):
        raise table.refuse("country is a figure")
    low, quarter, half, more, high = (float(each) for each in spread)
    years = tuple((int(when), float(value)) for when, value in before)
    return England(table.text("id"), year, float(country), (low, quarter, half, more, high), years, source)


def england_on(day: date) -> dict[str, England]:
    """What was published of England when a day was counted; nothing before the first publication that we hold."""
    return {found.key: found for begins, found in _england() if begins <= day}
