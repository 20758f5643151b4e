"""A price below which no plan can be: the rule that a worker has only so much time is given a price of its own.

Each minute of a worker is taken to cost `rate` (a Lagrange multiplier). Then each group chooses alone, each worker
gives back what the minutes earned, and the sum is below every real plan whatever the rates are; good rates make it high.
Rates are whole numbers, so the bound is exact. (M. L. Fisher, Management Science 27 (1981), on the method.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rightplace.domain.allocation.model import NOBODY
from rightplace.domain.allocation.problem import Problem

ROUNDS: Final = 80


@dataclass(frozen=True)
class Bound:
    """A lower bound, and by how much it rises when a group is given to each worker, or to nobody."""

    value: int
    rises: tuple[dict[int, int], ...]


def alone_bound(problem: Problem) -> Bound:
    """The bound that costs nothing: each group goes where it would go if it were the only one."""
    reduced = tuple(
        {arc.worker: arc.price + problem.added(arc.worker, problem.sizes[group]) for arc in arcs}
        | {NOBODY: problem.nobody[group]}
        for group, arcs in enumerate(problem.arcs)
    )
    return Bound(sum(min(found.values()) for found in reduced), _rises(reduced))


def lower_bound(problem: Problem, price: int, rounds: int = ROUNDS) -> Bound:
    """The best bound of some rounds of raising the rates of workers asked too much of, until it meets `price`."""
    wanted = sorted({arc.worker for arcs in problem.arcs for arc in arcs})
    rates = {worker: sum(weight for at, weight in problem.bends[worker] if at <= 0) for worker in wanted}
    best, best_rates, step = None, rates, 1.0
    for _ in range(rounds):
        value, surplus = _at(problem, rates)
        if best is None or value > best:
            best, best_rates = value, rates
        else:
            step *= 0.85
        length = sum(over * over for over in surplus.values())
        if best >= price or not length or step < 1e-3:
            break
        stride = step * max(price - value, 1) / length
        rates = {worker: max(0, rate + int(stride * surplus[worker])) for worker, rate in rates.items()}
    reduced = tuple(
        {arc.worker: arc.price + best_rates[arc.worker] * problem.sizes[group] for arc in arcs}
        | {NOBODY: problem.nobody[group]}
        for group, arcs in enumerate(problem.arcs)
    )
    return Bound(best or 0, _rises(reduced))


def _rises(reduced: tuple[dict[int, int], ...]) -> tuple[dict[int, int], ...]:
    return tuple(
        {worker: price - least for worker, price in found.items()}
        for found in reduced
        for least in (min(found.values()),)
    )


def _at(problem: Problem, rates: dict[int, int]) -> tuple[int, dict[int, int]]:
    """The bound under these rates, and by how many minutes each worker is asked for more than they would give."""
    surplus = {}
    total = 0
    for worker, rate in rates.items():
        earned, minutes = _gives(problem, worker, rate)
        total += earned
        surplus[worker] = -minutes
    for group, arcs in enumerate(problem.arcs):
        size = problem.sizes[group]
        least, chosen = problem.nobody[group], NOBODY
        for worker, price in arcs:
            reduced = price + rates[worker] * size
            if reduced < least:
                least, chosen = reduced, worker
        total += least
        if chosen != NOBODY:
            surplus[chosen] += size
    return total, surplus


def _gives(problem: Problem, worker: int, rate: int) -> tuple[int, int]:
    """What a worker's own side adds at best, and with how many minutes: extra load less what the minutes earn."""
    room = max(0, problem.rooms[worker])
    points = [0, room, *(at for at, _ in problem.bends[worker] if 0 < at < room)]
    return min((problem.added(worker, minutes) - rate * minutes, minutes) for minutes in points)
