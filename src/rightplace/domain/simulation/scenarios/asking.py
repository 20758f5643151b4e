"""A question: one service on its first day, a scenario and others that are held against it, and the luck that all share."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import msgspec
import numpy as np

from rightplace.domain.simulation.census import FAMILY, PERSON, Census, synthetic_census, team_of
from rightplace.domain.simulation.changes import Change as EngineChange
from rightplace.domain.simulation.changes import hand_overs
from rightplace.domain.simulation.days import Days
from rightplace.domain.simulation.edition import edition
from rightplace.domain.simulation.layout import Records
from rightplace.domain.simulation.packing import Room, room_for
from rightplace.domain.simulation.parameters import Demand, Parameters, Quantiles, Strength, parameters
from rightplace.domain.simulation.scenarios.checking import check
from rightplace.domain.simulation.scenarios.places import areas_meant, parts, teams_meant
from rightplace.domain.simulation.scenarios.reading import read
from rightplace.domain.simulation.scenarios.reshaping import became, merged, moved
from rightplace.domain.simulation.scenarios.scenario import ELSEWHERE, EVERYWHERE, CannotBe, Scenario
from rightplace.domain.simulation.scenarios.writing import write
from rightplace.domain.simulation.teams import Structure, Team

MOST_PLACES: Final = 4
MOST_SCENARIOS: Final = 12
EDITION: Final = 3
"""Of the form in which questions, batches and gathered batches are kept; others are refused. What is in them hangs on the whole
model: see `Question.digest`."""


@dataclass(frozen=True)
class Told:
    """What the engine is given for one scenario."""

    given: Parameters
    census: Census
    changes: tuple[EngineChange, ...]


@dataclass(frozen=True)
class Question:
    """What is asked. `where` names places that get numbers of their own; those of the changes are always among them."""

    given: Parameters
    census: Census
    base: Scenario
    others: tuple[Scenario, ...] = ()
    seed: int = 1
    where: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, base: Scenario, others: Sequence[Scenario] = (), seed: int = 1, where: Sequence[str] = ()
    ) -> Question:
        """About the invented service of a scenario that brings its own areas."""
        given, census = brought(base)
        return cls(given, census, base, tuple(others), seed, tuple(where))

    def __post_init__(self) -> None:
        if len(self.others) >= MOST_SCENARIOS:
            raise CannotBe(("others",), f"at most {MOST_SCENARIOS} scenarios are compared at once")
        for scenario in self.others:
            for field in ("begins", "days"):
                if getattr(scenario, field) != getattr(self.base, field):
                    because = f"{scenario.name} and {self.base.name} must say the same, to be held against each other"
                    raise CannotBe((field,), because)
        limits: dict[str, float] = {}
        for scenario in self.scenarios:
            for code, limit in scenario.promises:
                if limits.setdefault(code, limit) != limit:
                    raise CannotBe(
                        ("promises", code),
                        "two scenarios set different limits; they are held against the same",
                    )
        if len({scenario.name for scenario in self.scenarios}) <= len(self.others):
            raise CannotBe(("name",), "two scenarios have the same name")
        if self.base.begins != self.given.begins:
            because = f"the service is known as on {self.given.begins}; the scenario must begin then"
            raise CannotBe(("begins",), because)
        for scenario in self.scenarios:
            self._told(scenario)
        for place in self.where:
            if place != EVERYWHERE and not self._meant(place):
                raise CannotBe(("where",), f"there is no team, area or kind of team {place}")

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        return (self.base, *self.others)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places that get numbers of their own: none lies within another, and everywhere is always told, too."""
        return tuple(place for place in self._named if place not in self.untold)

    @cached_property
    def untold(self) -> tuple[str, ...]:
        """Places whose teams do other work in one scenario than in another: their numbers cannot be held against each other."""
        return tuple(
            place
            for place in self._named
            if len({self._covered(place, nth) for nth in range(len(self.scenarios))}) > 1
        )

    @cached_property
    def _named(self) -> tuple[str, ...]:
        named = [*self.where, *(change.where for each in self.scenarios for change in each.changes)]
        found: list[str] = []
        taken: set[int] = set()
        for place in dict.fromkeys(named):
            meant = self._meant(place)
            if place == EVERYWHERE or not meant or meant & taken or len(found) == MOST_PLACES:
                continue
            if len(meant) == len(self.given.structure.teams):
                continue
            found.append(place)
            taken |= meant
        return tuple(found)

    def _meant(self, place: str) -> set[int]:
        """The teams of the first day that a place means, or several that are told together."""
        structure = self.given.structure
        return {team for each in parts(structure, place) for team in teams_meant(structure, each)}

    def _teams_of(self, place: str, nth: int) -> list[int]:
        """The teams of a scenario that a place of the question means."""
        old, structure = self.given.structure, self.told[nth].given.structure
        names = {old.teams[team].name for team in self._meant(place)}
        areas = {area for each in parts(old, place) for area in areas_meant(old, each)}
        return [
            number
            for number, team in enumerate(structure.teams)
            if team.name in names or (areas and set(team.areas) <= areas) or place in (team.kind, team.name)
        ]

    def _covered(self, place: str, nth: int) -> frozenset[frozenset[tuple[int, int]]]:
        """The work, by area and stage, that the teams of a place have one time or another."""
        told, mine = self.told[nth], self._teams_of(place, nth)
        areas = told.given.structure.areas
        does = {
            (areas.index(area), stage): number
            for number, team in enumerate(told.given.structure.teams)
            for area in team.areas
            for stage in team.stages
        }
        found = [frozenset(work for work, team in does.items() if team in mine)]
        for _, handed in hand_overs(told.given, sorted(told.changes, key=lambda each: each.day)):
            for work, team in does.items():
                if team == handed.old and handed.area in (-1, work[0]):
                    does[work] = handed.new
            found.append(frozenset(work for work, team in does.items() if team in mine))
        return frozenset(found)

    @cached_property
    def room(self) -> Room:
        """Seats that any of the scenarios opens: kept free in all, so that everybody else keeps seat and luck."""
        return room_for(*((told.given, told.changes) for told in self.told))

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """What the engine is given for each scenario."""
        return tuple(self._told(scenario) for scenario in self.scenarios)

    def _told(self, scenario: Scenario) -> Told:
        found = check(scenario, self.given)
        census = reseated(self.census, self.given.structure, scenario, found.given)
        if any(change.what == "leave" for change in scenario.changes):
            check(scenario, self.given, filled(census, found.given.structure))
        return Told(found.given, census, found.changes)

    def columns(self, nth: int) -> tuple[str, ...]:
        """For each team of a scenario, the column in which it is counted."""
        columns = [ELSEWHERE] * len(self.told[nth].given.structure.teams)
        for place in self.places:
            for number in self._teams_of(place, nth):
                columns[number] = place
        return tuple(columns)

    @cached_property
    def digest(self) -> str:
        """Which question to which model this is: batches of another are not taken for its own, nor gone on with."""
        days = Days.from_day(self.given.begins, self.base.days).on
        return hashlib.sha256(self._bytes(level=0) + f"{edition()} {days}".encode()).hexdigest()

    def to_bytes(self) -> bytes:
        """For a worker that goes on later, or elsewhere."""
        return self._bytes(level=6)

    def _bytes(self, level: int) -> bytes:
        given = self.given
        told = {
            "edition": EDITION,
            "areas": given.structure.children,
            "teams": [_team_told(team) for team in given.structure.teams],
            "begins": given.begins,
            "local": given.local,
            "strengths": [_plain(given.strengths[name]) for name in sorted(given.strengths)],
            "tables": [_plain(given.tables[name]) for name in sorted(given.tables)],
            "demand": _plain(given.demand),
            "families": _kept(self.census.families, level),
            "people": _kept(self.census.people, level),
            "scenarios": [write(scenario) for scenario in self.scenarios],
            "seed": self.seed,
            "where": self.where,
        }
        return msgspec.msgpack.encode(told)

    @classmethod
    def from_bytes(cls, kept: bytes) -> Question:
        """The question as it was asked, with the strengths, lengths and tides that it was asked with."""
        told = msgspec.msgpack.decode(kept)
        if told.get("edition") != EDITION:
            raise CannotBe((), "it was kept by another edition of the program; ask again")
        begins = told["begins"] if not isinstance(told["begins"], str) else _day(told["begins"])
        teams = tuple(_team_of(each) for each in told["teams"])
        structure = Structure(tuple((name, many) for name, many in told["areas"]), teams)
        given = _given_of(structure, begins, told)
        census = Census(_records(told["families"], FAMILY), _records(told["people"], PERSON))
        base, *others = [read(text) for text in told["scenarios"]]
        return cls(given, census, base, tuple(others), told["seed"], tuple(told["where"]))


def _day(words: str) -> Any:
    from datetime import date

    return date.fromisoformat(words)


def brought(base: Scenario) -> tuple[Parameters, Census]:
    """The invented service of a scenario that brings its own areas, and who is open there on its first day.

    The only way to it: so a text gives the same answer wherever it is asked."""
    structure = base.structure()
    if structure is None:
        raise CannotBe(("areas",), "it brings no service of its own: name areas with their children")
    given = goes_on(parameters(structure, base.begins))
    return given, synthetic_census(given)


def goes_on(given: Parameters) -> Parameters:
    """A service that has been there for years: who was closed in the last year comes back."""
    return given if given.demand is None else replace(given, demand=given.demand.going_on)


def _plain(told: object) -> Any:
    return msgspec.to_builtins(told)


def _given_of(structure: Structure, begins: Any, told: dict[str, Any]) -> Parameters:
    strengths = {each["name"]: msgspec.convert(each, Strength) for each in told["strengths"]}
    tables = {each["name"]: msgspec.convert(each, Quantiles) for each in told["tables"]}
    demand = msgspec.convert(told["demand"], Demand | None)
    local = tuple((where, name, value) for where, name, value in told["local"])
    return Parameters(structure, begins, strengths, tables, demand, local)


def _team_told(team: Team) -> list[Any]:
    return [team.name, team.areas, team.stages, team.workers, team.managers, team.pool, team.kind]


def _team_of(told: list[Any]) -> Team:
    name, areas, stages, workers, managers, pool, kind = told
    return Team(name, tuple(areas), tuple(stages), workers, managers, pool, kind)


def _kept(records: Records, level: int) -> dict[str, Any]:
    """Field by field: what lies between the fields of a record is anybody's guess."""
    names = records.dtype.names or ()
    return {
        name: zlib.compress(np.ascontiguousarray(records[name], "<i4").tobytes(), level) for name in names
    }


def _records(kept: dict[str, bytes], held: np.dtype[Any]) -> Records:
    columns = {name: np.frombuffer(zlib.decompress(each), "<i4") for name, each in kept.items()}
    found = np.zeros(len(next(iter(columns.values()))), held)
    for name, column in columns.items():
        found[name] = column
    return found


def filled(census: Census, structure: Structure) -> dict[str, int]:
    """How many posts for workers have somebody in them on the first day, by team."""
    people = census.people
    there = people["team"][(people["managing"] == 0) & (people["state"] != 0)]
    sit = np.bincount(there, minlength=len(structure.teams))
    return {team.name: int(many) for team, many in zip(structure.teams, sit, strict=True)}


def reseated(census: Census, old: Structure, scenario: Scenario, given: Parameters) -> Census:
    """The same people and families in the teams of a scenario. A family whose worker went elsewhere waits for another."""
    scenario = scenario.at_first
    if not scenario.merges and not scenario.moves:
        return census
    seats = _seats(census, old, scenario)
    rows: list[tuple[int, int]] = []
    place: dict[int, tuple[int, int]] = {}
    for number, team in enumerate(given.structure.teams):
        for managing in (0, 1):
            for nth, row in enumerate(seats[managing][team.name]):
                place[row] = (number, nth)
                rows.append((row, number))
    people = census.people[[row for row, _ in rows]].copy()
    people["team"] = [number for _, number in rows]
    families = census.families.copy()
    first = _first_seats(census, len(old.teams))
    before = replace(given, structure=old)
    for family in families:
        if family["worker"] < 0:
            continue
        area, stage = int(family["area"]), int(family["stage"])
        at, nth = place[first[team_of(before, area, stage)] + int(family["worker"])]
        family["worker"] = nth if at == team_of(given, area, stage) else -1
    return Census(families, people)


def _first_seats(census: Census, teams: int) -> list[int]:
    """The row of the first seat of each team."""
    found = []
    for team in range(teams):
        rows = np.flatnonzero(census.people["team"] == team)
        found.append(int(rows[0]) if len(rows) else 0)
    return found


def _seats(
    census: Census, old: Structure, scenario: Scenario
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """The rows of the census by team name, for workers and for managers, after every merging and moving."""
    found: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
    for managing in (0, 1):
        for number, team in enumerate(old.teams):
            mine = (census.people["team"] == number) & (census.people["managing"] == managing)
            found[managing][team.name] = [int(row) for row in np.flatnonzero(mine)]
    structure = old
    for merge in scenario.merges:
        after = merged(structure, merge, ("merge",))
        gone = [team for team in structure.teams if team not in after.teams]
        for new in (team for team in after.teams if team not in structure.teams):
            before = [team.name for team in became(gone, new)]
            for seats in found:
                seats[new.name] = [row for name in before for row in seats.pop(name)]
        structure = after
    for move in scenario.moves:
        after = moved(structure, move, ("move",))
        left = next((team for team in after.teams if team.name == move.team), None)
        for seats, keeps in zip(
            found, (left.workers if left else 0, left.managers if left else 0), strict=True
        ):
            rows = seats[move.team]
            seats[move.to] = [*seats[move.to], *rows[keeps:]]
            seats[move.team] = rows[:keeps]
        structure = after
    return found
