"""Who does what with how many people as the days go by: work goes from team to team, posts come and go.

Without the engine: nothing here needs an array.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rightplace.domain.simulation.names import STAGES
from rightplace.domain.simulation.parameters import ImpossibleScenario
from rightplace.domain.simulation.teams import Structure, Team


@dataclass(frozen=True, slots=True)
class Handed:
    """A hand-over in numbers: of which area (-1 is all), from which team, to which, with how many workers and managers; and
    which pools are decided for by another from then on."""

    area: int
    old: int
    new: int
    posts: int
    managers: int
    covers: tuple[tuple[int, int], ...]


@dataclass
class Standing:
    """The teams of the first day, and what each has to do and whom it has by now. One without work has no areas."""

    structure: Structure
    teams: list[Team]
    covers: list[int]
    """For each pool of the first day, the one that decides for it while it has nobody there."""

    @classmethod
    def of(cls, structure: Structure) -> Standing:
        return cls(structure, list(structure.teams), list(structure.covers))

    def people(self, meant: Sequence[int], workers: bool, many: float) -> None:
        """So many seats more, or fewer, in each of these teams."""
        for number in meant:
            team = self.teams[number]
            has = team.workers if workers else team.managers
            if not team.areas:
                raise ImpossibleScenario(
                    "", f"{team.name} has nothing to do any more; name the team that has its work"
                )
            if has + many < 0:
                raise ImpossibleScenario("", f"{team.name} has {has}, so {-many:g} cannot go")
            after = has + int(many)
            self.teams[number] = replace(team, workers=after) if workers else replace(team, managers=after)
        self._refuse_nobody()

    def hand_over(self, where: str, to: str, area: str, posts: float) -> Handed:
        """Work goes from one team to another, and things stand otherwise. What cannot be is refused."""
        old, new = self._number(where), self._number(to)
        giving, taking = self.teams[old], self.teams[new]
        self._refuse_work(giving, taking, area)
        left = tuple(each for each in giving.areas if area and each != area)
        if posts != int(posts) or not 0 <= posts <= giving.workers:
            raise ImpossibleScenario("", f"{where} has {giving.workers} posts, so {posts:g} cannot go")
        many, managers = (int(posts), 0) if left else (giving.workers, giving.managers)
        self.teams[old] = replace(
            giving, areas=left, workers=giving.workers - many, managers=giving.managers - managers
        )
        self.teams[new] = replace(
            taking,
            areas=tuple(dict.fromkeys((*taking.areas, *(each for each in giving.areas if each not in left)))),
            workers=taking.workers + many,
            managers=taking.managers + managers,
        )
        before = self.covers
        self.covers = self._covers(giving.pool, taking.pool)
        self._refuse_nobody()
        changed = tuple(
            (n, to) for n, (was, to) in enumerate(zip(before, self.covers, strict=True)) if was != to
        )
        return Handed(self.structure.areas.index(area) if area else -1, old, new, many, managers, changed)

    @staticmethod
    def _refuse_work(giving: Team, taking: Team, area: str) -> None:
        for team in (giving, taking):
            if not team.areas:
                raise ImpossibleScenario("", f"{team.name} has nothing to do any more")
        if area and area not in giving.areas:
            raise ImpossibleScenario("", f"{giving.name} does not work for {area}")
        lacks = [STAGES[stage] for stage in giving.stages if stage not in taking.stages]
        if giving.name == taking.name or lacks:
            raise ImpossibleScenario(
                "", f"{taking.name} cannot take this over: {', '.join(lacks) or 'itself'}"
            )

    def _number(self, name: str) -> int:
        for number, team in enumerate(self.teams):
            if team.name == name:
                return number
        raise ImpossibleScenario("", f"there is no team {name}")

    def _working(self) -> Structure:
        return Structure(self.structure.children, tuple(team for team in self.teams if team.areas))

    def _covers(self, gone: str, taking: str) -> list[int]:
        """Who decides for whom as things stand. For a pool that has no team left, the one that took its work over decides: also
        of what lies before a pool whose work it had itself taken over."""
        pools, working = self.structure.pools, self._working()
        found = list(self.covers)
        for pool, cover in zip(working.pools, working.covers, strict=True):
            found[pools.index(pool)] = pools.index(working.pools[cover]) if cover >= 0 else -1
        if gone not in working.pools:
            empty, decides = pools.index(gone), pools.index(taking)
            found[empty] = empty
            found = [decides if cover == empty else cover for cover in found]
        return found

    def _refuse_nobody(self) -> None:
        working, pools = self._working(), self.structure.pools
        for team in working.teams:
            if team.workers == 0:
                raise ImpossibleScenario(
                    "", f"{team.name} would have no worker, and what comes to it would wait for ever"
                )
        has = {pool: sum(team.managers for team in working.teams if team.pool == pool) for pool in pools}
        for pool in working.pools:
            cover = self.covers[pools.index(pool)]
            if has[pool] == 0 and (cover < 0 or has[pools[cover]] == 0):
                raise ImpossibleScenario(
                    "",
                    f"{pool} would have no manager, and no managers of the same area are left to decide for it",
                )
