"""Every rule and strength of the model as data: its value, its range, and its source or the word *assumed*."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from math import inf
from pathlib import Path
from typing import Any, Final

from rightplace.domain.practice.durations import Unit
from rightplace.domain.practice.packfiles import PackRefused, read_pack
from rightplace.domain.practice.timescales.loading import rulebook
from rightplace.domain.practice.workload import weights_on
from rightplace.domain.simulation.names import SOURCES
from rightplace.domain.simulation.order import GIVEN, TABLES, VALUES
from rightplace.domain.simulation.teams import Structure, Team, teams_meant

ENGLAND: Final = Path(__file__).with_name("england.toml")
ASSUMED: Final = "assumed"


class ImpossibleScenario(ValueError):
    """What was asked for cannot be simulated: where it says so, and why."""

    def __init__(self, where: str, because: str) -> None:
        self.where, self.because = where, because
        super().__init__(f"{where}: {because}")


@dataclass(frozen=True, slots=True)
class Strength:
    """One named value with the range that is held possible. `source` may say that it is assumed."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    source: str
    least: float = -inf
    most: float = inf
    """How far a scenario may go."""
    whole: bool = False
    """Whether the engine counts it in whole weeks, days or months."""

    @property
    def is_assumed(self) -> bool:
        return ASSUMED in self.source


@dataclass(frozen=True, slots=True)
class Quantiles:
    """How long something takes: for each share of cases, at most so many days (weeks, for experience)."""

    name: str
    knots: tuple[tuple[float, float], ...]
    source: str

    def at(self, share: float) -> float:
        """How long the share that is quickest takes at most."""
        for (low, short), (high, long) in zip(self.knots, self.knots[1:], strict=False):
            if share <= high:
                return short + (long - short) * (share - low) / (high - low)
        return self.knots[-1][1]

    def share_within(self, days: float) -> float:
        """Which share has finished after so many days."""
        for (low, short), (high, long) in zip(self.knots, self.knots[1:], strict=False):
            if days < long:
                return max(low, low + (high - low) * (days - short) / max(long - short, 1e-9))
        return 1.0

    @property
    def mean(self) -> float:
        pairs = zip(self.knots, self.knots[1:], strict=False)
        return sum((high - low) * (short + long) / 2 for (low, short), (high, long) in pairs)


@dataclass(frozen=True)
class Demand:
    """How many contacts come, from whom, and with which tides."""

    contacts_per_10k: float
    first: float
    shares: Mapping[str, float]
    children: tuple[float, ...]
    weekdays: Mapping[str, tuple[float, ...]]
    months: tuple[float, ...]
    out_of_term: Mapping[str, float]
    holidays: tuple[tuple[int, int, int, int], ...]
    source: str
    known_before: float = 0.0
    """For each contact about a family that is new, so many about families who were closed in the year before the first day."""

    @property
    def going_on(self) -> Demand:
        """The same where the service has been there for years: who was closed in the last year comes back."""
        return replace(self, known_before=(1.0 - self.first) / self.first)


@dataclass(frozen=True)
class Parameters:
    """What the service is and how it behaves: strengths, durations, demand, teams, and the first simulated day."""

    structure: Structure
    begins: date
    strengths: Mapping[str, Strength] = field(default_factory=dict)
    tables: Mapping[str, Quantiles] = field(default_factory=dict)
    demand: Demand | None = None
    local: tuple[tuple[str, str, float], ...] = ()
    """Strengths that are otherwise in one place: where (an area, a team or a kind of team), the name, the value."""

    def value(self, name: str) -> float:
        return self.strengths[name].value

    def at_team(self, name: str, team: Team) -> float:
        """A strength as it is for a team on the first day; of several places that it belongs to, the last that was told."""
        found = self.value(name)
        for names, told, value in self._by_team:
            if told == name and team.name in names:
                found = value
        return found

    @cached_property
    def _by_team(self) -> tuple[tuple[frozenset[str], str, float], ...]:
        """What is otherwise in one place, with the names of its teams."""
        teams = self.structure.teams
        return tuple(
            (frozenset(teams[n].name for n in teams_meant(self.structure, where)), name, value)
            for where, name, value in self.local
        )

    def in_place(self, where: str, values: Mapping[str, float]) -> Parameters:
        """The same with other values in one place: of the team that does the work, so thresholds are of a front door."""
        for name in values:
            if name not in VALUES:
                raise ImpossibleScenario(name, "there is no strength of this name that can be of one place")
        if not teams_meant(self.structure, where):
            raise ImpossibleScenario(where, "there is no area, team or kind of team of this name")
        more = tuple((where, name, float(value)) for name, value in values.items())
        return replace(self, local=(*self.local, *more))

    def with_values(self, **named: float) -> Parameters:
        """The same with other values; a dot in a name is written as two underscores."""
        return self.having({name.replace("__", "."): value for name, value in named.items()})

    def having(self, values: Mapping[str, float]) -> Parameters:
        """The same with other values, by name."""
        unknown = sorted(set(values) - set(self.strengths))
        if unknown:
            raise ImpossibleScenario(unknown[0], "there is no strength of this name")
        changed = {name: replace(self.strengths[name], value=float(value)) for name, value in values.items()}
        return replace(self, strengths={**self.strengths, **changed})


def parameters(structure: Structure, begins: date, file: Path = ENGLAND) -> Parameters:
    """The rules and strengths that come with the program, for these teams from this day on."""
    strengths, tables, demand = _read(file)
    read = dict(strengths)
    for name, value in {**_intervals(begins), **_hours(begins)}.items():
        read[name] = replace(read[name], value=value)
    return Parameters(structure, begins, read, tables, demand)


@cache
def _read(file: Path) -> tuple[Mapping[str, Strength], Mapping[str, Quantiles], Demand]:
    pack = read_pack(file)
    strengths = {name: _strength(file, name, told) for name, told in pack["values"].items()}
    tables = {name: _quantiles(file, name, told) for name, told in pack["tables"].items()}
    for wanted, found in (((*VALUES, *GIVEN), strengths), (TABLES, tables)):
        odd = sorted(set(wanted) ^ set(found))
        if odd:
            raise PackRefused(file, odd[0], "it is missing, or nothing uses it")
    return strengths, tables, _demand(pack["demand"], pack["tides"])


def _strength(file: Path, name: str, told: Mapping[str, Any]) -> Strength:
    value, low, high = float(told["value"]), float(told["low"]), float(told["high"])
    if not low <= value <= high:
        raise PackRefused(file, name, f"{value:g} is not between {low:g} and {high:g}")
    if not told.get("source", "").strip():
        raise PackRefused(file, name, "it has no source; write assumed where there is none")
    unit = told.get("unit", "share")
    if "possible" not in told and (unit != "share" or high > 1):
        raise PackRefused(file, name, "it does not say between what it is possible")
    least, most = map(float, told.get("possible", (0.0, 1.0)))
    if not least <= low <= high <= most:
        raise PackRefused(file, name, f"its range is not within what is possible, {least:g} to {most:g}")
    return Strength(name, value, low, high, unit, told["source"], least, most, bool(told.get("whole", False)))


def _quantiles(file: Path, name: str, told: Mapping[str, Any]) -> Quantiles:
    knots = tuple((float(share), float(days)) for share, days in told["knots"])
    rising = all(a[0] < b[0] and a[1] <= b[1] for a, b in itertools.pairwise(knots))
    if not rising or knots[0][0] != 0.0 or knots[-1][0] != 1.0:
        raise PackRefused(file, name, "its knots must rise from a share of 0 to a share of 1")
    return Quantiles(name, knots, told["source"])


def _demand(told: Mapping[str, Any], tides: Mapping[str, Any]) -> Demand:
    return Demand(
        contacts_per_10k=float(told["contacts_per_10k"]),
        first=float(told["first"]),
        shares={source: float(told["shares"][source]) for source in SOURCES},
        children=tuple(told["children"]),
        weekdays={source: tuple(tides["weekdays"][source]) for source in SOURCES},
        months=tuple(tides["months"]),
        out_of_term={source: float(tides["out_of_term"][source]) for source in SOURCES},
        holidays=tuple((a, b, c, d) for a, b, c, d in tides["holidays"]),
        source=told["source"],
    )


PROMISES: Final = {
    "promise.decision": "REF-1",
    "promise.assessment": "ASM-1",
    "promise.conference": "ICPC-1",
    "promise.care_review": "CLA-R1",
}
REVIEWS: Final = {
    "review.months.first": "RCPC-1",
    "review.months.later": "RCPC-n",
    "review.months.care_second": "CLA-R2",
    "review.months.care_later": "CLA-R3",
}
VISITS: Final = {"visit.weeks.protection": "CP-VISIT", "visit.weeks.care": "CLA-V2"}
IN_WEEKS: Final = {
    Unit.WORKING_DAY: 0.2,
    Unit.DAY: 1 / 7,
    Unit.WEEK: 1.0,
    Unit.MONTH: 365.25 / 84,
    Unit.YEAR: 365.25 / 7,
}
PARTS: Final = {
    "hours.support": "family_support",
    "hours.assessment": "assessment",
    "hours.need": "child_in_need",
    "hours.protection": "child_protection",
    "hours.care": "in_care",
}


def _intervals(begins: date) -> dict[str, float]:
    """The clocks of the packs in force on the first day: promises in working days, reviews in months, visits in weeks."""
    found = {}
    for rules, wanted in ((PROMISES, Unit.WORKING_DAY), (REVIEWS, Unit.MONTH), (VISITS, Unit.WEEK)):
        for name, rule in rules.items():
            within = getattr(rulebook().in_force(rule, begins.toordinal()), "within", None)
            if within is not None and within.unit in IN_WEEKS:
                found[name] = round(within.number * IN_WEEKS[within.unit] / IN_WEEKS[wanted], 6)
    return found


def _hours(begins: date) -> dict[str, float]:
    """The weights of families in force on the first day, with the way there."""
    table = weights_on(begins)
    if table is None:
        return {}
    hours = {name: table.hours[part] + table.travel.get(part, 0.0) for name, part in PARTS.items()}
    newly = {} if table.newly_qualified is None else {"newly.share": table.newly_qualified.share}
    return {**hours, **newly, "hours.child": table.each_more_child, "worker.share": table.for_families}
