"""The question as bare numbers, which every solver is given alike: who could take whom, and at what price.

Prices are whole seconds of a week times `SCALE`, plus a draw. The draw decides between plans that cost the same, and
only between those. It hangs on the day, the family and the worker and on nothing else: no order of input, no key that
always wins. So over many families no worker is favoured, and the same question has one answer whoever works it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from struct import pack
from typing import Final, NamedTuple

from rightplace.domain.allocation.costs import bends, nobody_seconds, pair_seconds
from rightplace.domain.allocation.model import NOBODY, Question, protected_minutes
from rightplace.domain.allocation.rules import may_hold

SCALE: Final = 1 << 32
"""Above the sum of all draws: 24 bits for each of at most `MOST_GROUPS` groups."""
MOST_GROUPS: Final = 256


class Arc(NamedTuple):
    """One worker who may take a group, and what the pair costs, scaled and with its draw."""

    worker: int
    price: int


@dataclass(frozen=True)
class Problem:
    """Groups by place in order of key; `arcs` name workers by their place in order of key."""

    sizes: tuple[int, ...]
    nobody: tuple[int, ...]
    arcs: tuple[tuple[Arc, ...], ...]
    rooms: tuple[int, ...]
    bends: tuple[tuple[tuple[int, int], ...], ...]
    """For each worker (minute of further load, scaled weight of each minute above it); below nothing means already passed."""
    scale: int = SCALE
    """What a second is multiplied by: one where no draws are needed."""

    def added(self, worker: int, minutes: int) -> int:
        """What so many further minutes weigh for a worker, beyond themselves."""
        total = 0
        for at, weight in self.bends[worker]:
            if minutes > at:
                total += weight * (minutes - at if at > 0 else minutes)
        return total

    def price(self, assigned: Sequence[int]) -> int:
        """The scaled price of a whole plan: a worker's place for each group, or NOBODY."""
        given: dict[int, int] = {}
        total = 0
        for group, worker in enumerate(assigned):
            if worker == NOBODY:
                total += self.nobody[group]
                continue
            total += next(arc.price for arc in self.arcs[group] if arc.worker == worker)
            given[worker] = given.get(worker, 0) + self.sizes[group]
        return total + sum(self.added(worker, minutes) for worker, minutes in given.items())


def draw(day: int, group: int, worker: int) -> int:
    """Twenty-four bits that decide between equals."""
    return int.from_bytes(blake2b(pack("<qqq", day, group, worker), digest_size=3).digest(), "little")


def problem_of(question: Question) -> Problem:
    """The bare numbers of a question (groups and workers in order of key), worked out pair by pair."""
    workers, day = question.workers, question.day
    rooms = tuple(protected_minutes(each, question.table) - each.load for each in workers)
    arcs = tuple(
        tuple(
            Arc(place, pair_seconds(group, worker, question) * SCALE + draw(day, group.key, worker.key))
            for place, worker in enumerate(workers)
            if group.minutes <= rooms[place] and may_hold(group, worker, question)
        )
        for group in question.groups
    )
    return assembled(question, arcs, rooms)


def assembled(question: Question, arcs: tuple[tuple[Arc, ...], ...], rooms: tuple[int, ...]) -> Problem:
    """The problem around arcs that somebody worked out, each group with only those that can matter."""
    whole = Problem(
        sizes=tuple(group.minutes for group in question.groups),
        nobody=tuple(nobody_seconds(group, question) * SCALE for group in question.groups),
        arcs=arcs,
        rooms=rooms,
        bends=tuple(
            tuple((at - worker.load, weight * SCALE) for at, weight in bends(worker, question))
            for worker in question.workers
        ),
    )
    return replace(whole, arcs=_that_can_matter(whole))


def _that_can_matter(problem: Problem) -> tuple[tuple[Arc, ...], ...]:
    """For n groups, each group's n cheapest workers when it is given alone, and one more for the runner-up.

    The other groups take at most n - 1 of those, so one is free of them. To move there costs no more than to stay:
    the price of load never falls, hence leaving another worker saves at least what arriving there alone would cost.
    So a best plan lies within these arcs; and with one more, so does the next best worker for any one group.
    """
    kept = []
    for group, arcs in enumerate(problem.arcs):
        size = problem.sizes[group]
        alone = sorted((arc.price + problem.added(arc.worker, size), arc) for arc in arcs)
        kept.append(tuple(arc for _, arc in alone[: len(problem.arcs) + 1]))
    return tuple(kept)
