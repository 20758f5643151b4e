"""Areas that become one, and work that moves, on a day of the run: who answers to which name by then, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from rightplace.domain.simulation.changes import WORK
from rightplace.domain.simulation.changes import Change as EngineChange
from rightplace.domain.simulation.parameters import Parameters
from rightplace.domain.simulation.scenarios.leavers import Left, gone_at_most, missing
from rightplace.domain.simulation.scenarios.places import names_of, nearest, teams_meant
from rightplace.domain.simulation.scenarios.reshaping import became, merged, moved
from rightplace.domain.simulation.scenarios.scenario import CannotBe, Merge, Move
from rightplace.domain.simulation.teams import MOST_WORKERS, Structure, Team

Path = tuple[str | int, ...]


@dataclass
class Arrangement:
    """The teams as they are called on a day, and which team of the engine, which knows those of the first day, each is."""

    first: Structure
    now: Structure
    number: dict[str, int]
    posts: list[int]
    """Of each team of the engine, as the days go by; nought for one that has nothing to do any more."""
    managers: list[int]
    seats: list[int]
    """Places that a team has needed so far. One that became free is not counted on: seats that open later have theirs from the
    first day."""
    there: list[int]
    """At most so many people can be there, counted those who have left and are not replaced, and posts empty at first."""
    left: list[Left]
    """Who has left so far, and the posts that are empty at first."""

    @classmethod
    def of(cls, structure: Structure, filled: Mapping[str, int], begins: date) -> Arrangement:
        teams = structure.teams
        workers = [team.workers for team in teams]
        number = {team.name: nth for nth, team in enumerate(teams)}
        managers = [team.managers for team in teams]
        empty = [max(0, team.workers - filled.get(team.name, team.workers)) for team in teams]
        left = [Left(begins, {nth}, many, at_first=True) for nth, many in enumerate(empty) if many]
        return cls(structure, structure, number, workers, managers, list(workers), list(workers), left)

    def meant(self, where: str) -> list[int]:
        """The engine's teams of a name."""
        return [self.number[self.now.teams[nth].name] for nth in teams_meant(self.now, where)]

    def asked(self, where: str, path: Path) -> list[int]:
        """The same; refused where there are none by then."""
        found = self.meant(where)
        if self.now.teams and not found:
            gone = " by then" if teams_meant(self.first, where) else ""
            known = nearest(where, [name for name in names_of(self.now) if name != where])
            because = f"there is no team, area or kind of team {where}{gone}{known}"
            raise CannotBe((*path, "where"), because)
        return found

    def can_be_there(self, meant: list[int], day: date, given: Parameters) -> int:
        """How many people can be in some teams at most on a day, in each of them and in all, those not replaced taken off."""
        return min(sum(self._in_all([team], day, given) for team in meant), self._in_all(meant, day, given))

    def _in_all(self, meant: list[int], day: date, given: Parameters) -> int:
        whole = sum(self.there[team] for team in meant)
        gone = missing(self.left, meant, self.there, day, given)
        return max(0, min(whole - gone, sum(self.posts[team] for team in meant)))

    def change_posts(self, team: int, many: int, day: date, given: Parameters) -> None:
        """So many posts more, which may be filled at once, or fewer: those that stand empty go first."""
        surely = self.there[team] - gone_at_most(self.left, team, day, given)
        self.posts[team] += many
        self.there[team] += many if many > 0 else -max(0, surely - max(0, self.posts[team]))
        self.seats[team] += max(0, many)

    def is_said(self, where: str, meant: list[int]) -> bool:
        """Whether the engine means the same teams by the name."""
        return set(teams_meant(self.first, where)) == set(meant)

    def rearrange(self, told: Merge | Move, day: date, path: Path) -> list[EngineChange]:
        """What the engine is told, and from now on the names and posts are those after it."""
        before = self._as_it_stands()
        if not before.teams:
            return []
        if isinstance(told, Merge):
            after, found = self._merged(before, told, day, path)
        else:
            after, found = moved(before, told, path), self._moved(told, day)
        problems = after.problems()
        if problems:
            raise CannotBe(path, problems[0])
        self._stands(after, path)
        self._left_from(found)
        return found

    def _as_it_stands(self) -> Structure:
        teams = [
            replace(
                team,
                workers=self.posts[self.number[team.name]],
                managers=self.managers[self.number[team.name]],
            )
            for team in self.now.teams
        ]
        return Structure(self.now.children, tuple(teams))

    def _merged(
        self, before: Structure, merge: Merge, day: date, path: Path
    ) -> tuple[Structure, list[EngineChange]]:
        """Of each kind the first team takes the others' work, and keeps its managers' pool."""
        after = merged(before, merge, path)
        gone = [team for team in before.teams if team not in after.teams]
        teams, found = list(after.teams), []
        for place, new in enumerate(after.teams):
            if new in before.teams:
                continue
            first, *others = became(gone, new)
            self.number[new.name] = self.number[first.name]
            teams[place] = replace(new, pool=first.pool)
            found += [self._goes(day, other, first.name) for other in others]
        return Structure(after.children, tuple(teams)), found

    def _goes(self, day: date, other: Team, to: str) -> EngineChange:
        old, new = (self.first.teams[self.number[name]].name for name in (other.name, to))
        return EngineChange(day, WORK, old, to=new)

    def _moved(self, move: Move, day: date) -> list[EngineChange]:
        old, new = (self.first.teams[self.number[name]].name for name in (move.team, move.to))
        return [EngineChange(day, WORK, old, float(move.posts), to=new, area=move.area)]

    def _stands(self, after: Structure, path: Path) -> None:
        self.now = after
        posts, managers = [0] * len(self.posts), [0] * len(self.managers)
        for team in after.teams:
            at = self.number[team.name]
            posts[at], managers[at] = team.workers, team.managers
        for at, (was, many) in enumerate(zip(self.posts, posts, strict=True)):
            self.there[at] = max(0, self.there[at] + many - was) if many else 0
            self.seats[at] += max(0, many - was)
            if self.seats[at] > MOST_WORKERS:
                name = self.first.teams[at].name
                raise CannotBe(path, f"{name} would need more than {MOST_WORKERS} seats; split it")
        self.posts[:], self.managers[:] = posts, managers

    def _left_from(self, found: list[EngineChange]) -> None:
        """Who left before counts where their team's posts are by now."""
        at = {team.name: nth for nth, team in enumerate(self.first.teams)}
        for each in found:
            old, new = at[each.where], at[each.to]
            for left in self.left:
                if old in left.teams:
                    left.teams.add(new)
                    if not self.posts[old]:
                        left.teams.discard(old)
