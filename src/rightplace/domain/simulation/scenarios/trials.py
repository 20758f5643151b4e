"""One establishment played through: which promises break in each future. Every trial meets the same luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from rightplace.domain.evidence import wilson
from rightplace.domain.simulation.changes import POSTS
from rightplace.domain.simulation.changes import Change as EngineChange
from rightplace.domain.simulation.names import DAY
from rightplace.domain.simulation.packing import room_for
from rightplace.domain.simulation.parameters import ImpossibleScenario, Parameters
from rightplace.domain.simulation.runs import Keep, run
from rightplace.domain.simulation.scenarios.asking import Question
from rightplace.domain.simulation.scenarios.batches import KEPT
from rightplace.domain.simulation.scenarios.establishments import Group, groups_of
from rightplace.domain.simulation.scenarios.factors import within_ranges
from rightplace.domain.simulation.scenarios.finding import WORKING, Future
from rightplace.domain.simulation.scenarios.measuring import BY_CODE, YEAR, Futures, Real
from rightplace.domain.simulation.scenarios.places import names_of, nearest, teams_meant
from rightplace.domain.simulation.scenarios.promises import PROMISES
from rightplace.domain.simulation.scenarios.scenario import ELSEWHERE, EVERYWHERE, CannotBe
from rightplace.domain.simulation.weeks import Weeks

A_LOOK: Final = 8
"""Futures between two looks at whether it is settled."""
CODES: Final = tuple(each.code for each in PROMISES)
EVERY: Final = (1 << len(CODES)) - 1
WAITING: Final = ("manager_tasks", "manager_wait_ticks")
Posts = tuple[int, ...]


def bits(codes: Sequence[str]) -> int:
    """Promises as one number, a bit each."""
    return sum(1 << CODES.index(code) for code in codes)


@dataclass(frozen=True)
class Verdict:
    """Whether an establishment keeps what is asked as often as asked, and from how many futures that is known."""

    kept: int
    futures: int
    holds: bool


@dataclass
class Trials:
    """The establishments that can be looked at in one place, and what is known of those that were."""

    question: Question
    where: str = EVERYWHERE
    who: str = WORKING
    replicates: int = 40
    threads: int = 1
    known: dict[Posts, list[int]] = field(default_factory=dict)
    """By future, which promises broke."""
    kept: dict[Posts, list[int]] = field(default_factory=dict)
    """The same of a search that was stopped: read in place of simulating, and known only once this search comes to it."""

    def __post_init__(self) -> None:
        self.told, base = self.question.told[0], self.question.base
        meant = teams_meant(self.told.given.structure, self.where)
        if not meant:
            known = nearest(self.where, names_of(self.told.given.structure))
            raise CannotBe(("where",), f"there is no team, area or kind of team {self.where}{known}")
        self.groups: list[Group] = groups_of(self.told.given, self.told.changes, meant, self.who)
        if not self.groups:
            raise CannotBe(("who",), f"there are no managers in {self.where}")
        self.counted = frozenset(meant)
        self.kinds = tuple(group.name for group in self.groups)
        self.least = tuple(group.least for group in self.groups)
        self.now = tuple(group.now for group in self.groups)
        self.most = tuple(group.most for group in self.groups)
        self.room = room_for((self.told.given, [*self._changes(self.most), *self.told.changes]))
        own = dict(base.promises)
        self.limits = [own.get(each.code, each.limit) for each in PROMISES]

    def named(self, posts: Posts) -> dict[str, int]:
        return dict(zip(self.kinds, posts, strict=True))

    def verdict(self, posts: Posts, keep: int, bar: float) -> Verdict | None:
        """As many futures as it takes to be sure on which side of what was asked it lies, and no more than were allowed;
        nothing while too few are known."""
        broken, futures = self.known.get(posts, []), 0
        while True:
            futures = min(futures + A_LOOK, self.replicates)
            if futures > len(broken):
                return None
            kept = sum(not each & keep for each in broken[:futures])
            low, high = wilson(kept, futures)
            if futures == self.replicates or low >= bar or high < bar:
                return Verdict(kept, futures, kept / futures >= bar)

    def look(self, posts: Posts) -> bool:
        """A few futures more; whether they had to be simulated. What a change of the scenario makes impossible, since it takes
        away people who are not there, keeps nothing."""
        known = self.known.setdefault(posts, [])
        many = min(A_LOOK, self.replicates - len(known))
        before = self.kept.get(posts, [])[len(known) : len(known) + many]
        if len(before) == many:
            known += before
            return False
        try:
            found = self.futures(posts, self.question.seed, len(known), many)
            known += [self.broken(each) for each in found]
        except ImpossibleScenario:
            known += [EVERY] * many
        return True

    @property
    def remembered(self) -> dict[Posts, list[int]]:
        """Everything to go on from: what this search has looked at, and what it has not come to yet."""
        longest = {
            posts: max(self.kept.get(posts, []), known, key=len) for posts, known in self.known.items()
        }
        return self.kept | longest

    def broken(self, future: Future) -> int:
        """The promises with a quarter beyond the limit."""
        return sum(
            1 << place
            for place, (worst, limit) in enumerate(zip(future.worst, self.limits, strict=True))
            if worst is not None and worst > limit
        )

    def futures(self, posts: Posts, seed: int, first: int, many: int) -> list[Future]:
        """So many futures of an establishment, whole."""
        weeks = self._weeks(self.told.given, posts, seed, first, many)
        found = _meant(weeks)
        start = found.weeks - YEAR
        worst = [_most(found.quarters(BY_CODE[code], "meant", start)) for code in CODES]
        year = [found.span(BY_CODE[code], "meant", start, found.weeks) for code in CODES]
        cost = found.of("cost", EVERYWHERE)[:, start:].sum(axis=1)
        tasks, ticks = (weeks.of(name, "meant")[:, start:].sum(axis=1) for name in WAITING)
        return [
            Future(
                [_number(each[nth]) for each in worst], [_number(each[nth]) for each in year], float(cost[nth]),
                float(ticks[nth] / tasks[nth] / DAY) if tasks[nth] else None,
            )
            for nth in range(many)
        ]  # fmt: skip

    def year_where(self, posts: Posts, code: str, shares: Mapping[str, float]) -> float:
        """A promise's measure over the last year, where strengths lie elsewhere within their ranges: one future, always of the
        same luck. What was set by the question stays."""
        told = self.told
        set_ = {change.what for change in told.changes} | {name for name, _ in self.question.base.strengths}
        moved = {name: share for name, share in shares.items() if name not in set_}
        found = _meant(self._weeks(within_ranges(told.given, moved), posts, self.question.seed, 0, 1))
        return float(np.nan_to_num(found.span(BY_CODE[code], "meant", found.weeks - YEAR, found.weeks)[0]))

    def _weeks(self, given: Parameters, posts: Posts, seed: int, first: int, many: int) -> Weeks:
        told, base = self.told, self.question.base
        names = [ELSEWHERE] * len(given.structure.teams)
        for number in self.counted:
            names[number] = "meant"
        return run(
            given, told.census, [*self._changes(posts), *told.changes], base.days, many, seed, self.threads,
            Keep((*KEPT, *WAITING), tuple(names)), first, room=self.room,
        )  # fmt: skip

    def _changes(self, posts: Posts) -> list[EngineChange]:
        """What it takes to come from the posts of now to these."""
        teams, begins = self.told.given.structure.teams, self.question.base.begins
        found = []
        for group, wanted in zip(self.groups, posts, strict=True):
            has = {team.name: team.workers if group.what == POSTS else team.managers for team in teams}
            found += group.changes(begins, wanted, has)
        return found


def _meant(weeks: Weeks) -> Futures:
    """The place that is meant, and everywhere."""
    columns = [weeks.columns.index("meant"), weeks.columns.index(EVERYWHERE)]
    return Futures(weeks.numbers[..., columns], ["meant", EVERYWHERE])


def _most(quarters: Real) -> Real:
    """The worst quarter of each future; not a number where nothing was counted in any."""
    counted = np.where(np.isnan(quarters), -np.inf, quarters).max(axis=1)
    return np.where(np.isinf(counted), np.nan, counted)


def _number(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)
