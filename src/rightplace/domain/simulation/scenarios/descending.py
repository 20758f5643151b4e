"""The way down to the smallest establishment: the whole up or down together, then kind by kind, then exchanges.

It presumes that more posts in one kind of team do not make a promise of another worse. Nobody whom nothing asked needs is taken
away: whether that is so is tried out, kind by kind, before anything is made smaller.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from rightplace.domain.simulation.scenarios.finding import Progress, Tried
from rightplace.domain.simulation.scenarios.foundsaid import tried_said
from rightplace.domain.simulation.scenarios.trials import CODES, EVERY, Posts, Trials, Verdict

Steps = Generator[Progress, None, None]
GROWN: Final = (1.1, 1.25, 1.5, 2.0)
ROUNDS: Final = 6


@dataclass
class Descent:
    """One search: what is asked, how often it has to hold, and the smallest that was found to hold."""

    trials: Trials
    keep: int
    bar: float
    at_most: int
    best: Posts | None = None
    needed: dict[int, list[str]] = field(default_factory=dict)
    """By kind, what breaks without them."""
    stays: set[int] = field(default_factory=set)
    """Kinds that nothing asked needs."""
    shared: set[int] = field(default_factory=set)
    """Kinds that what is asked needs only together: each alone could go, since the others stand in."""
    ended_early: bool = False
    refused: list[Posts] = field(default_factory=list)
    """What a check did not bear out: no more of anything than there holds nothing."""

    def __post_init__(self) -> None:
        self.now, self.most = self.trials.now, self.trials.most
        self.floor = list(self.trials.least)

    def go(self) -> Steps:
        """The whole way; afterwards `best` is what was found, or nothing."""
        if (yield from self.holds(self.now)):
            self.best = self.now
        else:
            yield from self._grow()
        if self.best is None:
            return
        yield from self._needs()
        yield from self._together()
        yield from self._by_kind()

    def stricter(self, bar: float, at_most: int) -> Descent:
        """The same with a higher bar, after a check did not bear the best out."""
        assert self.best is not None
        found = Descent(self.trials, self.keep, bar, at_most, refused=[*self.refused, self.best])
        found.floor, found.stays, found.needed = list(self.floor), set(self.stays), dict(self.needed)
        found.shared = set(self.shared)
        return found

    def go_on(self) -> Steps:
        """Down again from the smallest of those that are known and hold."""
        low = tuple(self.floor)
        for posts in sorted(self.trials.known, key=lambda each: (sum(each), each)):
            enough = all(has >= least for has, least in zip(posts, low, strict=True))
            if enough and (yield from self.holds(posts)):
                self.best = posts
                break
        else:
            yield from self._grow()
        if self.best is not None:
            yield from self._by_kind()

    def _by_kind(self) -> Steps:
        for _ in range(ROUNDS):
            was = self.best
            for place in sorted(range(len(self.now)), key=lambda n: -self.now[n]):
                yield from self._one_kind(place)
            yield from self._exchanges()
            if self.best == was:
                break
        yield from self._restored()

    def holds(self, posts: Posts) -> Generator[Progress, None, bool]:
        """Whether it keeps what is asked as often as asked; once it ends early, nothing more does."""
        if any(all(a <= b for a, b in zip(posts, each, strict=True)) for each in self.refused):
            return False
        looked = False
        while (told := self.trials.verdict(posts, self.keep, self.bar)) is None:
            if posts not in self.trials.known and len(self.trials.known) >= self.at_most:
                self.ended_early = True
                return False
            looked |= self.trials.look(posts)
        if looked:
            yield self._progress(posts, told)
        return told.holds

    def _scaled(self, share: float) -> Posts:
        wanted = [round(has * share) for has in self.now]
        return tuple(
            max(low, min(high, each)) for low, high, each in zip(self.floor, self.most, wanted, strict=True)
        )

    def _grow(self) -> Steps:
        for share in GROWN:
            if (yield from self.holds(self._scaled(share))):
                self.best = self._scaled(share)
                return
        if (yield from self.holds(self.most)):
            self.best = self.most

    def grown(self) -> list[Posts]:
        """Everything that is looked at when what there is does not do."""
        return list(dict.fromkeys([self.now, *(self._scaled(share) for share in GROWN), self.most]))

    def _needs(self) -> Steps:
        """Each kind alone at its least, then all that could be: whom nothing asked needs is not made fewer than now."""
        assert self.best is not None
        alone = []
        for place, least in enumerate(self.trials.least):
            if least >= self.now[place]:
                continue
            tried = self._with([place], self.trials.least)
            if (yield from self.holds(tried)):
                alone.append(place)
            else:
                self.needed[place] = self._broken_in(tried)
        all_least = self._with(alone, self.trials.least)
        if (yield from self.holds(all_least)):
            yield from self._leave(alone)
        else:
            self.shared = set(alone)
            self.needed |= dict.fromkeys(alone, self._broken_in(all_least))

    def _leave(self, places: list[int]) -> Steps:
        """These stay as they are now, also where the search had begun with more."""
        self.stays |= set(places)
        for place in places:
            self.floor[place] = self.now[place]
        as_now = self._with(places, self.now)
        if (yield from self.holds(as_now)):
            self.best = as_now

    def _with(self, places: Iterable[int], others: Posts) -> Posts:
        """The best so far, but in some places so many."""
        assert self.best is not None
        return tuple(others[n] if n in places else many for n, many in enumerate(self.best))

    def _restored(self) -> Steps:
        """Who went to the least, since others stood in for them, stays as now where nobody else can be fewer for it."""
        for place in sorted(self.shared):
            assert self.best is not None
            if self.best[place] > self.trials.least[place]:
                continue
            whole = self._with([place], self.now)
            fewer = [n for n, many in enumerate(whole) if n != place and many > self.floor[n]]
            for other in fewer:
                less = tuple(many - (n == other) for n, many in enumerate(whole))
                if (yield from self.holds(less)):
                    break
            else:
                yield from self._leave([place])
        self.shared -= self.stays

    def _broken_in(self, posts: Posts) -> list[str]:
        """What is asked and broken there more often than it may be; else what is broken most often."""
        masks = self.trials.known.get(posts, [])
        asked = [code for place, code in enumerate(CODES) if self.keep >> place & 1]
        often = {code: sum(each >> CODES.index(code) & 1 for each in masks) for code in asked}
        found = [code for code, many in often.items() if many > (1 - self.bar) * len(masks)]
        return found or [code for code, many in often.items() if many == max(often.values(), default=0) > 0]

    def _together(self) -> Steps:
        assert self.best is not None
        low, high = 0.0, sum(self.best) / max(1, sum(self.now))
        while (high - low) * max(1, sum(self.now)) > 1 and high - low > 0.02:
            middle = (low + high) / 2
            if (yield from self.holds(self._scaled(middle))):
                self.best, high = min(self.best, self._scaled(middle), key=sum), middle
            else:
                low = middle

    def _one_kind(self, place: int) -> Steps:
        assert self.best is not None
        low, high = self.floor[place] - 1, self.best[place]
        while high - low > 1:
            middle = (low + high) // 2
            tried = (*self.best[:place], middle, *self.best[place + 1 :])
            if (yield from self.holds(tried)):
                self.best, high = tried, middle
            else:
                low = middle

    def _exchanges(self) -> Steps:
        """One more here, two fewer there."""
        assert self.best is not None
        for more in range(len(self.now)):
            for fewer in range(len(self.now)):
                changed = list(self.best)
                changed[more] += 1
                changed[fewer] -= 2
                if more == fewer or more in self.stays or changed[fewer] < self.floor[fewer]:
                    continue
                if changed[more] > self.most[more]:
                    continue
                if (yield from self.holds(tuple(changed))):
                    self.best = tuple(changed)

    def _progress(self, posts: Posts, told: Verdict) -> Progress:
        said = tried_said(self.trials.named(posts), told.kept, told.futures)
        tried = tried_so_far(self.trials, self.trials.remembered)
        return Progress(len(self.trials.known), self.at_most, said, tried)


def tried_so_far(trials: Trials, known: Mapping[Posts, list[int]], keep: int = EVERY) -> list[Tried]:
    """Everything that was tried, with what broke in each future."""
    return [
        Tried(trials.named(posts), sum(not each & keep for each in broken), len(broken), list(broken))
        for posts, broken in known.items()
    ]
