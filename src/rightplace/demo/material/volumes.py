"""The rates behind the demonstration city, typed: how many, from whom, how long, on which days.

Read from volumes.toml, where every block names its source and says whether it was measured or invented.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
TOTAL_WITHIN = 0.0051  # published shares are rounded to a tenth of a per cent


@dataclass(frozen=True)
class Source:
    """Where a block's figures come from; not measured means invented to be plausible."""

    block: str
    text: str
    measured: bool


@dataclass(frozen=True)
class Shares:
    """What falls to each of several kinds; of 1 unless they overlap."""

    of: Mapping[str, float]

    def draw(self, rng: Random) -> str:
        """One kind, as often as its share says."""
        return rng.choices(list(self.of), weights=list(self.of.values()))[0]


@dataclass(frozen=True)
class Bands:
    """Lengths in bands: from, to and share."""

    bands: tuple[tuple[int, int, float], ...]

    def draw(self, rng: Random) -> int:
        """One length: a band by its share, then any whole number in it."""
        low, high, _ = rng.choices(self.bands, weights=[band[2] for band in self.bands])[0]
        return rng.randint(low, high)

    def share_up_to(self, length: int) -> float:
        """The share of whole bands that end by this length."""
        return sum(share for _, high, share in self.bands if high <= length)


@dataclass(frozen=True)
class Contacts:
    """Contacts at the front door in a year, per 10,000 children."""

    a_year_per_10k: float
    outcomes: Shares
    sources: Shares


@dataclass(frozen=True)
class Referrals:
    """Contacts accepted as a request for services."""

    a_year_per_10k: float
    repeated_within_12_months: float
    no_further_action: float
    assessed_not_in_need: float
    sources: Shares


@dataclass(frozen=True)
class Season:
    """Which days and hours contacts come on, by who sends them."""

    months: tuple[float, ...]
    schools_when_closed: float
    bank_holiday: float
    weekdays: Mapping[str, tuple[float, ...]]
    hours: Mapping[str, tuple[int, ...]]
    keeps: Mapping[str, str]
    school_holidays: tuple[tuple[date, date], ...]

    def schools_open(self, day: date) -> bool:
        """Say whether it is a school day; bank holidays are the caller's calendar."""
        return day.weekday() < 5 and not any(first <= day <= last for first, last in self.school_holidays)

    def weight(self, source: str, day: date, *, bank_holiday: bool = False) -> float:
        """How heavy a day is for a source, against other days of that source."""
        week = self.keeps.get(source, "offices")
        weight = self.weekdays[week][day.weekday()] * self.months[day.month - 1]
        if week == "schools" and (bank_holiday or not self.schools_open(day)):
            return weight * self.schools_when_closed
        return weight * (self.bank_holiday if bank_holiday else 1.0)

    def spread(
        self, source: str, days: Iterable[date], bank_holidays: frozenset[date] = frozenset()
    ) -> dict[date, float]:
        """What share of a source's contacts in these days comes on each of them."""
        weights = {day: self.weight(source, day, bank_holiday=day in bank_holidays) for day in days}
        whole = sum(weights.values())
        return {day: weight / whole for day, weight in weights.items()} if whole else weights

    def hour(self, source: str, rng: Random) -> int:
        """An hour of the day at which such a source tells."""
        return rng.choices(range(24), weights=self.hours[self.keeps.get(source, "offices")])[0]


@dataclass(frozen=True)
class Expected:
    """A count that the published rates make one expect; the demo prints its own beside it."""

    title: str
    count: float
    source: str


@dataclass(frozen=True)
class Volumes:
    """Everything that the city is drawn from."""

    children: int
    sizes: Mapping[str, int]
    contacts: Contacts
    codes: Mapping[str, Shares]
    referrals: Referrals
    flows: Mapping[str, float]
    ratios: Mapping[str, float]
    stocks: Mapping[str, float]
    staffing: Mapping[str, float]
    family_support: Mapping[str, float]
    family_support_outcomes: Shares
    lengths: Mapping[str, Bands]
    ages: Bands
    children_in_a_contact: Bands
    factors: Shares
    primary_needs: Shares
    plan_categories: Shares
    communities: Shares
    mixed_share: float
    season: Season
    sources: tuple[Source, ...]

    def expected(self, population: int) -> tuple[Expected, ...]:
        """What a year brings and what is open at its end, in a city of so many children."""
        origin = {source.block: source.text for source in self.sources}
        each_year = {"contacts": self.contacts.a_year_per_10k, "referrals": self.referrals.a_year_per_10k}
        rates = [(f"{name} a year", rate, origin[name]) for name, rate in each_year.items()]
        rates += [
            (words(name), rate, origin["flows"]) for name, rate in self.flows.items() if "per_10k" in name
        ]
        rates += [(words(name), rate, origin["stocks"]) for name, rate in self.stocks.items()]
        return tuple(Expected(title, rate * population / 10_000, source) for title, rate, source in rates)


def words(name: str) -> str:
    """A rate's name as people read it."""
    return name.removesuffix("_per_10k").replace("_", " ")


def numbers(block: Mapping[str, Any]) -> dict[str, float]:
    """The plain numbers of a block."""
    return {
        name: float(value)
        for name, value in block.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def shares(block: Mapping[str, Any]) -> Shares:
    """Shares that make a whole."""
    if abs(sum(block.values()) - 1) > TOTAL_WITHIN:
        raise ValueError(f"These shares make {sum(block.values())}, not 1: {', '.join(block)}.")
    return Shares(dict(block))


def bands(rows: list[list[float]]) -> Bands:
    """Bands that make a whole, in order and without overlap."""
    found = tuple((int(low), int(high), float(share)) for low, high, share in rows)
    if abs(sum(share for _, _, share in found) - 1) > TOTAL_WITHIN:
        raise ValueError(f"These bands make {sum(share for _, _, share in found)}, not 1.")
    if any(later[0] <= earlier[1] for earlier, later in pairwise(found)):
        raise ValueError("These bands overlap.")
    return Bands(found)


def season_of(raw: Mapping[str, Any]) -> Season:
    """The days and hours."""
    block = raw["season"]
    return Season(
        months=tuple(block["months"]),
        schools_when_closed=block["schools_when_closed"],
        bank_holiday=block["bank_holiday"],
        weekdays={name: tuple(weights) for name, weights in block["weekdays"].items()},
        hours={name: tuple(weights) for name, weights in block["hours"].items()},
        keeps=dict(block["keeps"]),
        school_holidays=tuple((first, last) for first, last in raw["school_holidays"]["days"]),
    )


def contacts_of(raw: Mapping[str, Any]) -> Contacts:
    """The contacts of a year."""
    block = raw["contacts"]
    return Contacts(block["a_year_per_10k"], shares(block["outcomes"]), shares(block["sources"]))


def referrals_of(raw: Mapping[str, Any]) -> Referrals:
    """The referrals of a year."""
    block = raw["referrals"]
    return Referrals(**numbers(block), sources=shares(block["sources"]))


@cache
def volumes() -> Volumes:
    """Read volumes.toml."""
    raw = tomllib.loads((HERE / "volumes.toml").read_text(encoding="utf-8"))
    lengths = {name: bands(rows) for name, rows in raw["bands"].items() if isinstance(rows, list)}
    return Volumes(
        children=raw["population"]["children"],
        sizes=dict(raw["population"]["sizes"]),
        contacts=contacts_of(raw),
        codes={name: shares(block) for name, block in raw["codes"].items() if isinstance(block, dict)},
        referrals=referrals_of(raw),
        flows=numbers(raw["flows"]),
        ratios=numbers(raw["ratios"]),
        stocks=numbers(raw["stocks"]),
        staffing=numbers(raw["staffing"]),
        family_support=numbers(raw["family_support"]),
        family_support_outcomes=shares(raw["family_support"]["outcomes"]),
        lengths=lengths,
        ages=bands(raw["ages"]["at_contact"]),
        children_in_a_contact=bands(raw["siblings"]["children_in_a_contact"]),
        factors=Shares(dict(raw["factors"]["shares"])),
        primary_needs=shares(raw["primary_needs"]["shares"]),
        plan_categories=shares(raw["plan_categories"]["shares"]),
        communities=shares(raw["communities"]["shares"]),
        mixed_share=raw["communities"]["mixed"]["share"],
        season=season_of(raw),
        sources=tuple(Source(name, block["source"], block["measured"]) for name, block in raw.items()),
    )
