"""The smallest establishment that keeps certain promises: workers, managers or both, every trial with the same luck.

It presumes that more posts in one kind of team do not make a promise of another worse, looks for the smallest number of each
kind in turn, then for exchanges, and stops when no single kind can give up a post and no exchange of two for one holds.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from rightplace.domain.evidence import wilson
from rightplace.domain.simulation.changes import POSTS
from rightplace.domain.simulation.changes import Change as EngineChange
from rightplace.domain.simulation.packing import room_for
from rightplace.domain.simulation.parameters import ImpossibleScenario
from rightplace.domain.simulation.runs import Keep, run
from rightplace.domain.simulation.scenarios.asking import ELSEWHERE, Question
from rightplace.domain.simulation.scenarios.batches import KEPT
from rightplace.domain.simulation.scenarios.establishments import groups_of
from rightplace.domain.simulation.scenarios.finding import (
    PEOPLE,
    STAYED,
    WORKING,
    Found,
    Progress,
    Tried,
    found_said,
)
from rightplace.domain.simulation.scenarios.measuring import BY_CODE, YEAR, Futures
from rightplace.domain.simulation.scenarios.places import nearest, teams_meant
from rightplace.domain.simulation.scenarios.promises import BY_CODE as PROMISED
from rightplace.domain.simulation.scenarios.scenario import EVERYWHERE, CannotBe

SHORTEST: Final = 78
"""Weeks: half a year to fill new posts, then the year that counts."""
A_LOOK: Final = 8
"""Futures between two looks at whether it is settled."""
Posts = tuple[int, ...]
Steps = Generator[Progress, None, None]


def smallest(
    question: Question,
    keep: Sequence[str],
    where: str = EVERYWHERE,
    chance: float = 0.8,
    replicates: int = 40,
    threads: int = 1,
    at_most: int = 80,
    before: Progress | None = None,
    who: str = WORKING,
) -> Iterator[Progress | Found]:
    """Search; the last thing that comes is what was found. `chance` is the share of futures in which all must be kept; `who`
    may be more or fewer: `workers`, `managers` or `both`.

    `before` is the progress of a search that was stopped: what it had tried is not tried again.
    """
    trials = _Trials(question, tuple(keep), where, chance, replicates, threads, at_most, who)
    if before is not None:
        trials.take(before)
    yield from trials.search()
    yield trials.found()


@dataclass
class _Trials:
    question: Question
    keep: tuple[str, ...]
    where: str
    chance: float
    replicates: int
    threads: int
    at_most: int
    who: str = WORKING
    known: dict[Posts, tuple[int, int]] = field(default_factory=dict)
    best: Posts | None = None

    def __post_init__(self) -> None:
        for code in self.keep:
            if code not in PROMISED:
                raise CannotBe(("keep",), f"there is no promise {code}{nearest(code, PROMISED)}")
        if not self.keep or not 0 < self.chance < 1 or self.replicates < A_LOOK:
            raise CannotBe(
                ("keep",), f"name promises, a chance between 0 and 1, and at least {A_LOOK} futures"
            )
        self.told = self.question.told[0]
        if self.question.base.days < SHORTEST * 7:
            raise CannotBe(
                ("days",), f"a search needs {SHORTEST} weeks: new posts are filled first, then a year counts"
            )
        meant = teams_meant(self.told.given.structure, self.where)
        if not meant:
            raise CannotBe(("where",), f"there is no team, area or kind of team {self.where}")
        self.groups = groups_of(self.told.given, self.told.changes, meant, self.who)
        if not self.groups:
            raise CannotBe(("who",), f"there are no managers in {self.where}")
        self.counted = frozenset(meant)
        self.kinds = tuple(group.name for group in self.groups)
        self.least = tuple(group.least for group in self.groups)
        self.now = tuple(group.now for group in self.groups)
        self.most = tuple(group.most for group in self.groups)
        self.room = room_for((self.told.given, [*self._changes(self.most), *self.told.changes]))
        self.limits = {
            code: dict(self.question.base.promises).get(code, PROMISED[code].limit) for code in self.keep
        }

    def take(self, before: Progress) -> None:
        for each in before.tried:
            self.known[tuple(each.posts[kind] for kind in self.kinds)] = (each.kept, each.futures)

    # The search.

    def search(self) -> Steps:
        """The whole establishment up or down together first, then kind by kind, then exchanges."""
        if (yield from self._holds(self.now)):
            self.best = self.now
        else:
            yield from self._grow()
        if self.best is None:
            return
        yield from self._together()
        for _ in range(6):
            was = self.best
            for place in sorted(range(len(self.kinds)), key=lambda n: -self.now[n]):
                yield from self._one_kind(place)
            yield from self._exchanges()
            if self.best == was:
                return

    def _scaled(self, share: float) -> Posts:
        wanted = [round(has * share) for has in self.now]
        return tuple(
            max(low, min(high, each)) for low, high, each in zip(self.least, self.most, wanted, strict=True)
        )

    def _grow(self) -> Steps:
        for share in (1.1, 1.25, 1.5, 2.0):
            if (yield from self._holds(self._scaled(share))):
                self.best = self._scaled(share)
                return
        if (yield from self._holds(self.most)):
            self.best = self.most

    def _together(self) -> Steps:
        assert self.best is not None
        low, high = 0.0, sum(self.best) / max(1, sum(self.now))
        while (high - low) * max(1, sum(self.now)) > 1 and high - low > 0.02:
            middle = (low + high) / 2
            if (yield from self._holds(self._scaled(middle))):
                self.best, high = min(self.best, self._scaled(middle), key=sum), middle
            else:
                low = middle

    def _one_kind(self, place: int) -> Steps:
        assert self.best is not None
        low, high = self.least[place] - 1, self.best[place]
        while high - low > 1:
            middle = (low + high) // 2
            tried = (*self.best[:place], middle, *self.best[place + 1 :])
            if (yield from self._holds(tried)):
                self.best, high = tried, middle
            else:
                low = middle

    def _exchanges(self) -> Steps:
        """One more here, two fewer there."""
        assert self.best is not None
        for more in range(len(self.kinds)):
            for fewer in range(len(self.kinds)):
                changed = list(self.best)
                changed[more] += 1
                changed[fewer] -= 2
                if more == fewer or changed[fewer] < self.least[fewer] or changed[more] > self.most[more]:
                    continue
                if (yield from self._holds(tuple(changed))):
                    self.best = tuple(changed)

    # One trial.

    def _holds(self, posts: Posts) -> Generator[Progress, None, bool]:
        if posts not in self.known:
            if len(self.known) >= self.at_most:
                return False
            self.known[posts] = self._tried(posts)
            yield self._progress(posts)
        kept, futures = self.known[posts]
        return kept / futures >= self.chance

    def _tried(self, posts: Posts) -> tuple[int, int]:
        """As many futures as it takes to be sure on which side of what was asked it lies, and no more than were allowed. What
        a change of the scenario makes impossible, since it takes away people who are not there, keeps nothing."""
        kept = futures = 0
        while futures < self.replicates:
            many = min(A_LOOK, self.replicates - futures)
            try:
                kept += self._kept(posts, futures, many)
            except ImpossibleScenario:
                return 0, self.replicates
            futures += many
            low, high = wilson(kept, futures)
            if low >= self.chance or high < self.chance:
                break
        return kept, futures

    def _kept(self, posts: Posts, first: int, many: int) -> int:
        told, base = self.told, self.question.base
        names = [ELSEWHERE] * len(told.given.structure.teams)
        for number in self.counted:
            names[number] = "meant"
        weeks = run(
            told.given, told.census, [*self._changes(posts), *told.changes], base.days, many, self.question.seed,
            self.threads, Keep(KEPT, tuple(names)), first, room=self.room,
        )  # fmt: skip
        found = Futures(weeks.numbers[..., [weeks.columns.index("meant")]], ["meant"])
        good = np.ones(many, bool)
        for code, limit in self.limits.items():
            good &= ~(found.quarters(BY_CODE[code], "meant", found.weeks - YEAR) > limit).any(axis=1)
        return int(good.sum())

    def _changes(self, posts: Posts) -> list[EngineChange]:
        """What it takes to come from the posts of now to these."""
        teams, begins = self.told.given.structure.teams, self.question.base.begins
        found = []
        for group, wanted in zip(self.groups, posts, strict=True):
            has = {team.name: team.workers if group.what == POSTS else team.managers for team in teams}
            found += group.changes(begins, wanted, has)
        return found

    # What is told.

    def _all(self) -> list[Tried]:
        return [Tried(self._named(posts), *known) for posts, known in self.known.items()]

    def _named(self, posts: Posts) -> dict[str, int]:
        return dict(zip(self.kinds, posts, strict=True))

    def _progress(self, posts: Posts) -> Progress:
        kept, futures = self.known[posts]
        said = f"{sum(posts):,} {PEOPLE[self.who]}: kept in {kept} of {futures} futures"
        return Progress(len(self.known), self.at_most, said, self._all())

    def found(self) -> Found:
        possible = self.best is not None
        posts = self.best or max(self.known, key=sum)
        kept, futures = self.known[posts]
        low, high = wilson(kept, futures)
        words = [PROMISED[code].words for code in self.keep]
        before = self._named(self.now)
        return Found(
            self.where, list(self.keep), possible, before, self._named(posts), kept, futures, kept / futures, low, high,
            self.chance, self._all(), found_said(self.where, before, self._named(posts), kept, futures, words, possible),
            self._not_tried(),
        )  # fmt: skip

    def _not_tried(self) -> list[str]:
        found = [
            *STAYED[self.who],
            "Posts moved between teams of the same kind: they are shared out by the teams' size.",
            "Two kinds of team changed at once, but for one post more here and two fewer there.",
            "Other ways of working, pay or thresholds.",
        ]
        if len(self.known) >= self.at_most:
            found.insert(
                0,
                f"More than {self.at_most} establishments: the search ended there, and a smaller one may exist.",
            )
        return found


__all__ = ["Found", "Progress", "Tried", "smallest"]
