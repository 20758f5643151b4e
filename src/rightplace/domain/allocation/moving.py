"""A team's rebalance: the moves that are worth what they cost a family, one after the other, for a person to take or leave.

Each move is worth so many hours a week after the price of getting to know another worker. Moves that are not worth it
are not proposed, however uneven the team. Plain Python: a team of thirty takes no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from rightplace.domain.allocation.costs import MINUTE, load_seconds, nobody_seconds, pair_seconds
from rightplace.domain.allocation.model import NOBODY, Question, protected_minutes
from rightplace.domain.allocation.problem import draw
from rightplace.domain.allocation.rules import may_hold
from rightplace.domain.allocation.words import hours_words

OVER_HOURS: Final = 3_600
"""Seconds of a week for each minute above a worker's hours: to mend that goes before all else."""


@dataclass(frozen=True)
class Step:
    """One family, from whom (or nobody), and to whom."""

    group: int
    giver: int
    taker: int


@dataclass(frozen=True)
class Move:
    """One family that changes worker, or two that change places, and what it is worth in a week."""

    steps: tuple[Step, ...]
    seconds: int

    @property
    def words(self) -> str:
        return f"worth {hours_words(self.seconds / 60)} a week, what the change costs the family already taken off"


def worthwhile_moves(
    question: Question,
    at_most: int = 25,
    least_minutes: int = 30,
    after_each: Callable[[int], None] | None = None,
) -> tuple[Move, ...]:
    """The moves in the order in which to take them, each worth something once those before it are done.

    A family whose present worker is not named counts as without one. No family moves twice, and a move that gains less
    than `least_minutes` a week is left alone. `after_each` is told how many there are, since a big team takes a while.
    """
    team = _Team(question.in_order)
    moves: list[Move] = []
    while len(moves) < at_most:
        best = max(team.moves(), key=lambda each: (each[0], each[1]), default=None)
        if best is None or best[0] < max(1, least_minutes * MINUTE):
            break
        worth, _, steps = best
        moves.append(Move(tuple(team.step(group, taker) for group, taker in steps), worth))
        for group, taker in steps:
            team.move(group, taker)
        if after_each is not None:
            after_each(len(moves))
    return tuple(moves)


class _Team:
    """Who holds whom now, by place in order of key, and what each pair and each load weighs."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.keys = [worker.key for worker in question.workers]
        place = {key: spot for spot, key in enumerate(self.keys)}
        self.holder = [
            NOBODY if group.present is None else place.get(group.present, NOBODY) for group in question.groups
        ]
        self.limits = [protected_minutes(worker, question.table) for worker in question.workers]
        self.load = [worker.load for worker in question.workers]
        self.pairs = [
            [pair_seconds(group, worker, question) if may_hold(group, worker, question) else None
             for worker in question.workers]
            for group in question.groups
        ]  # fmt: skip
        self.settled: set[int] = set()
        self.sizes = [group.minutes for group in question.groups]
        for group, holder in enumerate(self.holder):
            if holder != NOBODY:
                self.load[holder] += self.sizes[group]

    def step(self, group: int, taker: int) -> Step:
        giver = self.holder[group]
        return Step(
            self.question.groups[group].key, NOBODY if giver == NOBODY else self.keys[giver], self.keys[taker]
        )

    def move(self, group: int, taker: int) -> None:
        if self.holder[group] != NOBODY:
            self.load[self.holder[group]] -= self.sizes[group]
        self.load[taker] += self.sizes[group]
        self.holder[group] = taker
        self.settled.add(group)

    def moves(self) -> Iterator[tuple[int, int, tuple[tuple[int, int], ...]]]:
        """(worth, draw, steps) of each move and each exchange that the rules allow."""
        for group in range(len(self.sizes)):
            for taker in range(len(self.keys)):
                if taker != self.holder[group] and self._may(group, taker, 0):
                    yield self._weighed(((group, taker),))
        for one in range(len(self.sizes)):
            for other in range(one):
                first, second = self.holder[one], self.holder[other]
                if NOBODY in (first, second) or first == second:
                    continue
                if self._may(one, second, self.sizes[other]) and self._may(other, first, self.sizes[one]):
                    yield self._weighed(((one, second), (other, first)))

    def _may(self, group: int, taker: int, leaving: int) -> bool:
        if group in self.settled or self.pairs[group][taker] is None:
            return False
        after = self.load[taker] + self.sizes[group] - leaving
        return after <= max(self.limits[taker], self.load[taker] - 1)

    def _weighed(self, steps: tuple[tuple[int, int], ...]) -> tuple[int, int, tuple[tuple[int, int], ...]]:
        before = after = lot = 0
        change: dict[int, int] = {}
        for group, taker in steps:
            giver = self.holder[group]
            before += self._price(group, giver)
            after += self._price(group, taker)
            change[taker] = change.get(taker, 0) + self.sizes[group]
            if giver != NOBODY:
                change[giver] = change.get(giver, 0) - self.sizes[group]
            lot += draw(self.question.day, self.question.groups[group].key, self.keys[taker])
        for worker, minutes in change.items():
            before += self._load_price(worker, self.load[worker])
            after += self._load_price(worker, self.load[worker] + minutes)
        return before - after, lot, steps

    def _price(self, group: int, worker: int) -> int:
        """A family with nobody, or with somebody whom a rule keeps from it, weighs as much as anything can."""
        price = None if worker == NOBODY else self.pairs[group][worker]
        return nobody_seconds(self.question.groups[group], self.question) if price is None else price

    def _load_price(self, worker: int, load: int) -> int:
        over = max(0, load - self.limits[worker])
        return load_seconds(self.question.workers[worker], load, self.question) + OVER_HOURS * over
