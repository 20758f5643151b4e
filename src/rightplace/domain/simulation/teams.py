"""The teams of a service: what each does, where, with how many people, and which managers decide for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rightplace.domain.simulation.names import (
    ASSESSMENT,
    CARE,
    DOOR,
    ENQUIRY,
    NEED,
    PROTECTION,
    STAGES,
    SUPPORT,
)

EVERYWHERE: Final = "all"
MOST_WORKERS: Final = 64
MOST_MANAGERS: Final = 64
SPARE: Final = 8


@dataclass(frozen=True, slots=True)
class Team:
    """One team. `managers` sit in the pool that its name gives; teams with the same pool share theirs."""

    name: str
    areas: tuple[str, ...]
    stages: tuple[int, ...]
    workers: int
    managers: int
    pool: str
    kind: str = ""


@dataclass(frozen=True)
class Structure:
    """Areas with their children, and teams. Each stage of each area has one team."""

    children: tuple[tuple[str, int], ...]
    teams: tuple[Team, ...]

    @property
    def areas(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.children)

    @property
    def pools(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(team.pool for team in self.teams))

    @property
    def covers(self) -> tuple[int, ...]:
        """For each pool the one that decides for it while it has nobody there: the largest that shares an area; -1 where none
        does."""
        number = {pool: n for n, pool in enumerate(self.pools)}
        has, serves = [0] * len(number), [set[str]() for _ in number]
        there: dict[str, set[int]] = {area: set() for area in self.areas}
        for team in self.teams:
            at = number[team.pool]
            has[at] += team.managers
            serves[at].update(team.areas)
            for area in team.areas:
                there.setdefault(area, set()).add(at)
        found = []
        for mine, areas in enumerate(serves):
            others = {n for area in areas for n in there[area]} - {mine}
            found.append(max(others, key=lambda n: (has[n], -n), default=-1))
        return tuple(found)

    def problems(self) -> list[str]:
        """Why this cannot be simulated, in words; nothing when it can."""
        found = []
        for area in self.areas:
            for stage, words in enumerate(STAGES):
                many = sum(area in team.areas and stage in team.stages for team in self.teams)
                if many != 1:
                    found.append(f"{area} has {many or 'no'} teams for {words}; it must have one")
        for team in self.teams:
            if not 1 <= team.workers <= MOST_WORKERS - SPARE:
                found.append(
                    f"{team.name} has {team.workers} workers; a team has 1 to {MOST_WORKERS - SPARE}"
                )
        has = [sum(team.managers for team in self.teams if team.pool == pool) for pool in self.pools]
        for pool, many, cover in zip(self.pools, has, self.covers, strict=True):
            if many > MOST_MANAGERS - SPARE:
                found.append(f"{pool} has too many managers for one pool")
            if many == 0 and (cover < 0 or has[cover] == 0):
                found.append(f"{pool} has no manager, and no managers of the same area could decide for it")
        return found


KINDS: Final = {
    "door": (DOOR,),
    "support": (SUPPORT,),
    "assessment": (ASSESSMENT, ENQUIRY),
    "long-term": (NEED, PROTECTION),
    "care": (CARE,),
}
KIND_NAMES: Final = {
    "door": "front door",
    "support": "family support",
    "assessment": "assessment",
    "long-term": "safeguarding",
    "care": "children in care",
}
PER_10K: Final = {"door": 1.8, "support": 9.0, "assessment": 6.8, "long-term": 11.4, "care": 4.4}
"""Posts for each 10,000 children that keep teams at about nine tenths of a full load with the strengths and the sample weights
that come with the program: a start for trying out; a council brings its own establishment and weights."""
SPAN: Final = 6.0
"""Workers for each team manager: assumed."""


def areas_meant(structure: Structure, where: str) -> list[str]:
    """The areas of a name: itself, or the parts that it was cut into."""
    if where == EVERYWHERE:
        return list(structure.areas)
    if where in structure.areas:
        return [where]
    part = re.compile(rf"{re.escape(where)} \d+")
    return [area for area in structure.areas if part.fullmatch(area)]


def teams_meant(structure: Structure, where: str) -> list[int]:
    """The numbers of the teams of a name: all, a team, a kind of team, an area, or a kind within an area; none where nobody has
    it. Whoever serves some areas belongs to each of them; whoever serves the whole city, such as one front door, to none."""
    teams = structure.teams
    if where == EVERYWHERE:
        return list(range(len(teams)))
    found = [n for n, team in enumerate(teams) if where in (team.name, team.kind)]
    if found:
        return found
    areas, city = set(areas_meant(structure, where)), set(structure.areas)
    if areas:
        there = [n for n, team in enumerate(teams) if areas & set(team.areas)]
        own = [n for n in there if areas == city or set(teams[n].areas) < city]
        return own or there
    for kind, words in KIND_NAMES.items():
        for said in (words, kind):
            if where.endswith(f" {said}"):
                areas = set(areas_meant(structure, where.removesuffix(f" {said}")))
                return [n for n, team in enumerate(teams) if team.kind == kind and areas & set(team.areas)]
    return []


def structure_of(areas: Sequence[tuple[str, int]], posts: float = 1.0) -> Structure:
    """A service of the usual shape for these areas: five teams each, with their own managers."""
    teams = []
    for area, children in areas:
        for kind, stages in KINDS.items():
            workers = max(1, round(PER_10K[kind] * children / 10_000 * posts))
            managers = max(1, round(workers / SPAN))
            name = f"{area} {KIND_NAMES[kind]}"
            teams.append(Team(name, (area,), stages, workers, managers, f"{area} {_pool(kind)}", kind))
    return Structure(tuple(areas), tuple(teams))


def _pool(kind: str) -> str:
    """Front door and family support have managers of their own; the social work teams of an area share theirs."""
    return KIND_NAMES[kind] if kind in ("door", "support") else "social work"
