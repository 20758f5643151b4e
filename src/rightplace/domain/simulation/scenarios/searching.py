"""The smallest establishment that keeps certain promises: workers, managers or both, every trial with the same luck.

What is found is checked in futures of other luck, and looked for anew with a higher bar where the check does not bear it out.
Where nothing keeps everything, the fewest promises that block are left out, by what was simulated, and the rest is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from typing import Final

from rightplace.domain.evidence import wilson
from rightplace.domain.simulation.scenarios.asking import Question
from rightplace.domain.simulation.scenarios.countable import require_counted
from rightplace.domain.simulation.scenarios.descending import Descent, Steps, tried_so_far
from rightplace.domain.simulation.scenarios.factors import factors
from rightplace.domain.simulation.scenarios.finding import (
    BOTH,
    WORKING,
    Checked,
    Found,
    Future,
    Hanging,
    Looked,
    Progress,
    Tried,
    hanging_said,
)
from rightplace.domain.simulation.scenarios.foundsaid import checking_said
from rightplace.domain.simulation.scenarios.places import nearest
from rightplace.domain.simulation.scenarios.promises import BY_CODE as PROMISED
from rightplace.domain.simulation.scenarios.scenario import EVERYWHERE, CannotBe
from rightplace.domain.simulation.scenarios.trials import A_LOOK, CODES, Posts, Trials, bits

SHORTEST: Final = 78
"""Weeks: half a year to fill new posts, then the year that counts."""
AT_MOST: Final = 120
CHECKED: Final = 200
A_CHECK: Final = 40
"""Futures of the check between two looks at whether it has failed."""
CHECKS: Final = 6
STRICTER: Final = 0.05
MORE_TRIALS: Final = 30
"""What a failed check may be followed by, beyond the establishments that were allowed."""
STRICTEST: Final = 0.975
OTHER_LUCK: Final = 0x5EED


def smallest(
    question: Question,
    keep: Sequence[str],
    where: str = EVERYWHERE,
    chance: float = 0.8,
    replicates: int = 40,
    threads: int = 1,
    at_most: int = AT_MOST,
    before: Progress | None = None,
    who: str = WORKING,
    checked: int = CHECKED,
    hangs_on: int = 0,
) -> Iterator[Progress | Found]:
    """Search; the last thing that comes is what was found. `chance` is the share of futures in which all must be kept; `who`
    may be more or fewer: `workers`, `managers` or `both`. `checked` futures of other luck bear the answer out. On
    which assumptions it hangs is looked into on `hangs_on` ways through them, at least two; 0 leaves it out and needs no SALib.

    `before` is the progress of a search that was stopped. The same way is gone again from its beginning, and what had been
    simulated is read: whatever a round knew when it began it knows again, and nothing that came later.
    """
    search = Search(
        question,
        tuple(dict.fromkeys(keep)),
        where,
        chance,
        replicates,
        threads,
        at_most,
        who,
        checked,
        hangs_on,
    )
    if before is not None:
        search.take(before)
    yield from search.work()
    yield search.found()


@dataclass
class Search:
    """One question after the smallest, and how far it is."""

    question: Question
    keep: tuple[str, ...]
    where: str
    chance: float
    replicates: int
    threads: int
    at_most: int
    who: str = WORKING
    checked: int = CHECKED
    hangs_on: int = 0
    hanging: Hanging | None = None
    moves: list[list[float]] = field(default_factory=list)
    """What moving the assumptions has come to so far."""
    moved: str = ""
    """For which promise and which establishment they were moved."""
    looked: dict[str, list[Future]] = field(default_factory=dict)
    """Futures that are kept whole, by what they are for."""
    kept: dict[str, list[Future]] = field(default_factory=dict)
    """The same of a search that was stopped."""
    blocked: list[str] = field(default_factory=list)
    borne_out: Checked | None = None
    _round: int = 0

    def __post_init__(self) -> None:
        for code in self.keep:
            if code not in PROMISED:
                raise CannotBe(("keep",), f"there is no promise {code}{nearest(code, PROMISED)}")
        if not self.keep or not 0 < self.chance < 1 or self.replicates < A_LOOK:
            raise CannotBe(
                ("keep",), f"name promises, a chance between 0 and 1, and at least {A_LOOK} futures"
            )
        if self.question.base.days < SHORTEST * 7:
            raise CannotBe(
                ("days",), f"a search needs {SHORTEST} weeks: new posts are filled first, then a year counts"
            )
        self.trials = Trials(self.question, self.where, self.who, self.replicates, self.threads)
        require_counted(self.trials.told.given.structure, self.where, self.keep)
        self.descent = Descent(self.trials, bits(self.keep), self.chance, self.at_most)

    def take(self, before: Progress) -> None:
        for each in before.tried:
            self.trials.kept[tuple(each.posts[kind] for kind in self.trials.kinds)] = list(each.broken)
        self.kept = {each.name: list(each.futures) for each in before.looked}
        self.moves, self.moved = list(before.moves), before.moved

    @property
    def can_keep(self) -> tuple[str, ...]:
        return tuple(code for code in self.keep if code not in self.blocked)

    # The work.

    def work(self) -> Steps:
        """Down to the smallest; where nothing keeps everything, without what blocks; then the check, and what helps."""
        while True:
            yield from self.descent.go()
            if self.descent.best is not None or self.descent.ended_early:
                break
            yield from self._without_what_blocks()
            if not self.can_keep:
                break
            self.descent = Descent(self.trials, bits(self.can_keep), self.chance, self.at_most)
        if self.descent.best is not None:
            yield from self._borne_out()
        yield from self._beside_today()
        if self.blocked:
            yield from self._what_helps()
        if self.hangs_on:
            yield from self._what_it_hangs_on()

    @property
    def posts(self) -> Posts:
        """What was found; where nothing was, the largest that was looked at."""
        return self.descent.best or max(self.trials.known, key=sum)

    def _without_what_blocks(self) -> Steps:
        """The fewest promises without which some establishment keeps the rest, in futures that were simulated."""
        for posts in self.descent.grown():
            yield from self._whole(posts)
        left = self.can_keep
        for many in range(1, len(left) + 1):
            ways = {out: self._best_without(left, out) for out in combinations(left, many)}
            out = max(ways, key=lambda each: ways[each])
            if ways[out] >= self.chance or many == len(left):
                self.blocked += out
                return

    def _best_without(self, left: tuple[str, ...], out: tuple[str, ...]) -> float:
        """In which share of futures the others are kept, where they are kept best."""
        rest = bits([code for code in left if code not in out])
        known = (self.trials.known[posts] for posts in self.descent.grown() if posts in self.trials.known)
        return max((sum(not each & rest for each in broken) / len(broken) for broken in known), default=0.0)

    def _whole(self, posts: Posts) -> Steps:
        """All the futures that are allowed, of one that was looked at."""
        while 0 < len(self.trials.known.get(posts, [])) < self.replicates:
            if self.trials.look(posts) and len(self.trials.known[posts]) == self.replicates:
                yield self._progress("Finding out which promise cannot be kept.")

    def _borne_out(self) -> Steps:
        """In other luck, again and again fresh; what is not borne out is looked for anew with a higher bar."""
        bar, keep = self.chance, bits(self.can_keep)
        for nth in range(CHECKS if self.checked else 0):
            assert self.descent.best is not None
            found = self.descent.best
            yield from self._look(
                f"check {nth}", self.trials, found, self._other_luck(nth), self.checked, keep
            )
            futures = self.seen(f"check {nth}", found)
            kept = sum(not self.trials.broken(each) & keep for each in futures)
            holds = kept / len(futures) >= self.chance
            self._round, self.borne_out = nth, Checked(kept, len(futures), holds, nth)
            if holds or nth == CHECKS - 1:
                return
            bar = max(bar, min(STRICTEST, bar + STRICTER))
            stricter = self.descent.stricter(bar, self.at_most + MORE_TRIALS * (nth + 1))
            yield from stricter.go_on()
            self.descent.ended_early |= stricter.ended_early
            if stricter.best is None:
                return
            self.descent = stricter

    def _beside_today(self) -> Steps:
        """The people of now, and those that were found, in the very same futures."""
        seed, check = self._other_luck(self._round), self.seen(f"check {self._round}", self.posts)
        many = len(check) or self.checked or self.replicates
        yield from self._look(f"today {self._round}", self.trials, self.trials.now, seed, many)
        if not check:
            yield from self._look("found", self.trials, self.posts, seed, many)

    def seen(self, name: str, posts: Posts) -> list[Future]:
        """The whole futures of an establishment that were looked at for something."""
        return self.looked.get(_key(name, posts), [])

    @property
    def today(self) -> list[Future]:
        """Of the people of now, the futures that they share with those that were found."""
        return self.seen(f"today {self._round}", self.trials.now)

    @property
    def then(self) -> list[Future]:
        return self.seen(f"check {self._round}", self.posts) or self.seen("found", self.posts)

    @property
    def seen_together(self) -> list[Future]:
        return [] if self.who == BOTH else self.seen("together", self._both.most)

    def _other_luck(self, nth: int) -> int:
        """A seed that no trial of the search has had."""
        return (self.question.seed ^ OTHER_LUCK * (nth + 1)) & 0x7FFFFFFF

    def _look(
        self, name: str, trials: Trials, posts: Posts, seed: int, many: int, keep: int | None = None
    ) -> Steps:
        """So many whole futures of one establishment; fewer where it is clear that the check fails."""
        known, kept = self.looked.setdefault(_key(name, posts), []), self.kept.get(_key(name, posts), [])
        while len(known) < many and not (keep is not None and self._fails(known, keep)):
            more = min(A_CHECK, many - len(known))
            if len(kept) >= len(known) + more:
                known += kept[len(known) : len(known) + more]
                continue
            known += trials.futures(posts, seed, len(known), more)
            yield self._progress(checking_said(trials.named(posts), len(known), many))

    def _fails(self, known: list[Future], keep: int) -> bool:
        """Whether it is clear already that what is asked is not kept often enough."""
        kept = sum(not self.trials.broken(each) & keep for each in known)
        return len(known) > 0 and wilson(kept, len(known))[1] < self.chance

    def _what_helps(self) -> Steps:
        """How what blocks goes where it goes best and with the most people; and with the most of workers and managers."""
        seed = self.question.seed
        for code in self.blocked:
            yield from self._look(f"best {code}", self.trials, self.at_best(code), seed, self.replicates)
        yield from self._look("largest", self.trials, self.trials.most, seed, self.replicates)
        if self.who != BOTH and len(self._both.groups) > len(self.trials.groups):
            yield from self._look("together", self._both, self._both.most, seed, self.replicates)

    def _what_it_hangs_on(self) -> Steps:
        """How far each thing that nobody has measured moves the promise that is nearest to breaking with these people."""
        from rightplace.domain.simulation.scenarios.hanging import FEWEST, TOLD, Study

        code, given, alone = self.nearest_to_breaking, self.trials.told.given, replace(self.trials, threads=1)
        self._forget_other_moves(_key(code, self.posts))
        study = Study(
            factors(given, with_costs=False), given, max(FEWEST, self.hangs_on), self.question.seed,
            lambda shares: alone.year_where(self.posts, code, shares), self.moves,
        )  # fmt: skip
        for done in study.go(self.threads):
            yield self._progress(f"What it hangs on: {done} of {study.many} runs.")
        told, what = study.ranked(), PROMISED[code]
        said = hanging_said(what.words, self.where, what.unit, told[:TOLD], is_difference=False)
        self.hanging = Hanging(code, self.where, told, said, study.many)

    def _forget_other_moves(self, now: str) -> None:
        """Who looks further may find other people, or hold another promise nearest to breaking: then nothing was run for it."""
        if self.moved != now:
            self.moves, self.moved = [], now

    @property
    def nearest_to_breaking(self) -> str:
        """Of the promises that are kept, the one that breaks most often with these people; else the first that blocks."""
        then, codes = self.then, self.can_keep or tuple(self.blocked) or self.keep
        return max(codes, key=lambda code: sum(self.trials.broken(each) & bits([code]) > 0 for each in then))

    def at_best(self, code: str) -> Posts:
        """Where a promise is kept most often, of those of which every future that is allowed was simulated."""
        place, known = CODES.index(code), self.trials.known
        whole = [posts for posts, broken in known.items() if len(broken) >= self.replicates] or list(known)
        return max(
            whole, key=lambda at: (sum(not each >> place & 1 for each in known[at]) / len(known[at]), sum(at))
        )

    @cached_property
    def _both(self) -> Trials:
        return Trials(self.question, self.where, BOTH, self.replicates, self.threads)

    @property
    def together_people(self) -> dict[str, int]:
        """The most of workers and managers that can be looked at together."""
        return self._both.named(self._both.most)

    # What is told.

    def _progress(self, said: str) -> Progress:
        longest = {name: max(self.kept.get(name, []), found, key=len) for name, found in self.looked.items()}
        looked = [Looked(name, list(futures)) for name, futures in (self.kept | longest).items()]
        tried = tried_so_far(self.trials, self.trials.remembered, bits(self.can_keep or self.keep))
        done = len(self.trials.known)
        return Progress(done, self.at_most, said, tried, looked, list(self.moves), self.moved)

    def found(self) -> Found:
        from rightplace.domain.simulation.scenarios.telling_found import found

        return found(self)


def _key(name: str, posts: Posts) -> str:
    return f"{name}: {' '.join(map(str, posts))}"


__all__ = ["AT_MOST", "CHECKED", "CODES", "Found", "Progress", "Search", "Tried", "smallest"]
