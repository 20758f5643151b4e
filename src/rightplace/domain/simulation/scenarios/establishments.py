"""The people whom a search may make more or fewer: workers by kind of team, managers by what they decide for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rightplace.domain.simulation.changes import MANAGERS, POSTS
from rightplace.domain.simulation.changes import Change as EngineChange
from rightplace.domain.simulation.packing import Room, room_for
from rightplace.domain.simulation.parameters import Parameters
from rightplace.domain.simulation.scenarios.finding import BOTH, MANAGING, OF_MANAGERS, WHO, WORKING
from rightplace.domain.simulation.scenarios.places import nearest, shared_out
from rightplace.domain.simulation.scenarios.scenario import CannotBe
from rightplace.domain.simulation.teams import KIND_NAMES, MOST_MANAGERS, MOST_WORKERS

FURTHEST: Final = 500
"""No search asks for more than so many people beyond those of now."""
Teams = list[int]


@dataclass(frozen=True)
class Group:
    """People of whom so many are looked for: they are shared out over places by size, and none has fewer than its least."""

    name: str
    what: str
    places: tuple[tuple[str, ...], ...]
    """Teams that sit together: one of workers, all of a pool of managers."""
    sizes: tuple[int, ...]
    leasts: tuple[int, ...]
    free: tuple[int, ...]
    """Seats that there are beyond those of now."""

    @property
    def now(self) -> int:
        return sum(self.sizes)

    @property
    def least(self) -> int:
        return sum(self.leasts)

    @property
    def most(self) -> int:
        """As many as can sit there when they are shared out, and no more than about twice those of now."""
        more = 0
        while more < FURTHEST and all(a <= b for a, b in zip(self.shares(more + 1), self.free, strict=True)):
            more += 1
        return min(2 * self.now + 4, self.now + more)

    def shares(self, more: int) -> list[int]:
        """So many more or fewer by size; each place keeps its least."""
        after = [size + each for size, each in zip(self.sizes, shared_out(more, self.sizes), strict=True)]
        while any(has < least for has, least in zip(after, self.leasts, strict=True)):
            spare = [has - least for has, least in zip(after, self.leasts, strict=True)]
            after[spare.index(max(spare))] -= 1
            after[spare.index(min(spare))] += 1
        return [new - old for new, old in zip(after, self.sizes, strict=True)]

    def changes(self, begins: date, wanted: int, has: dict[str, int]) -> list[EngineChange]:
        """What the engine is told. Within a pool those teams give managers that have most, and get those that have fewest."""
        found = []
        for teams, many in zip(self.places, self.shares(wanted - self.now), strict=True):
            left = {team: has[team] for team in teams}
            for _ in range(abs(many)):
                if many > 0:
                    left[min(left, key=lambda team: left[team])] += 1
                else:
                    left[max(left, key=lambda team: left[team])] -= 1
            found += [
                EngineChange(begins, self.what, team, float(left[team] - has[team]))
                for team in teams
                if left[team] != has[team]
            ]
        return found


def groups_of(given: Parameters, changes: Sequence[EngineChange], meant: Teams, who: str) -> list[Group]:
    """Of the teams that are meant: their workers, their managers, or both."""
    if who not in WHO:
        raise CannotBe(("who",), f"it must be one of {', '.join(WHO)}{nearest(who, WHO)}")
    opened = room_for((given, changes))
    found = _workers(given, opened, meant) if who in (WORKING, BOTH) else []
    return found + (_managers(given, opened, meant) if who in (MANAGING, BOTH) else [])


def _workers(given: Parameters, room: Room, meant: Teams) -> list[Group]:
    teams = given.structure.teams
    kinds = dict.fromkeys(teams[n].kind or teams[n].name for n in meant)
    found = []
    for kind in kinds:
        mine = [n for n in meant if (teams[n].kind or teams[n].name) == kind]
        found.append(
            Group(
                kind,
                POSTS,
                tuple((teams[n].name,) for n in mine),
                tuple(teams[n].workers for n in mine),
                (1,) * len(mine),
                tuple(MOST_WORKERS - teams[n].workers - room[teams[n].name][0] for n in mine),
            )
        )
    return found


def _managers(given: Parameters, room: Room, meant: Teams) -> list[Group]:
    """Pools that decide for the same kinds of team are one group. A pool keeps one who decides."""
    teams = given.structure.teams
    groups: dict[tuple[str, ...], list[str]] = {}
    for pool in dict.fromkeys(teams[n].pool for n in meant):
        kinds = dict.fromkeys(KIND_NAMES.get(t.kind, t.kind or t.name) for t in teams if t.pool == pool)
        groups.setdefault(tuple(kinds), []).append(pool)
    found = [_desks(given, room, meant, kinds, pools) for kinds, pools in groups.items()]
    return [group for group in found if group.now]


def _desks(given: Parameters, room: Room, meant: Teams, kinds: tuple[str, ...], pools: list[str]) -> Group:
    teams = given.structure.teams
    mine = [[teams[n] for n in meant if teams[n].pool == pool] for pool in pools]
    whole = [sum(team.managers for team in teams if team.pool == pool) for pool in pools]
    opened = [sum(room[team.name][1] for team in teams if team.pool == pool) for pool in pools]
    sizes = [sum(team.managers for team in desk) for desk in mine]
    return Group(
        f"{OF_MANAGERS}{_listed(kinds)}",
        MANAGERS,
        tuple(tuple(team.name for team in desk) for desk in mine),
        tuple(sizes),
        tuple(int(0 < size == all_of_it) for size, all_of_it in zip(sizes, whole, strict=True)),
        tuple(MOST_MANAGERS - has - more for has, more in zip(whole, opened, strict=True)),
    )


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
