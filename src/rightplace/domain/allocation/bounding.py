"""How cheap a whole city's plan can be at best: the bound of `bounds.py` at a city's size, in compiled loops.

Rates are raised where workers are asked too much, over a list of promising pairs. The bound that is told is worked out
once at the end over every pair there is, in whole numbers, so it holds whatever the lists left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rightplace.domain.allocation.arrays import Whole
from rightplace.domain.allocation.compiled import compiled
from rightplace.domain.allocation.tables import FORBIDDEN, City, Places, Prices, Ratios, cheapest_places

FINE: Final = 1024
"""Rates are told in so many parts of a second for a minute."""
PAIRS: Final = 48
ROUNDS: Final = 3
STEPS: Final = 400


@dataclass(frozen=True)
class CityBound:
    """Seconds of a week that no plan is below, the rates that show it, and the pairs that look best under them."""

    seconds: int
    rates: Ratios
    pairs: Places


def city_bound(city: City, reached: int, rounds: int = ROUNDS, steps: int = STEPS) -> CityBound:
    """The best bound of some rounds; `reached` is the price of a plan that somebody has."""
    rates = np.zeros(len(city.rooms))
    best = CityBound(0, rates, cheapest_places(city.prices, city.sizes, rates, PAIRS))
    for _ in range(rounds):
        pairs = cheapest_places(city.prices, city.sizes, best.rates, PAIRS)
        rates = best.rates.copy()
        chosen = np.take_along_axis(city.prices, pairs, axis=1)
        _raise_rates(
            chosen,
            pairs,
            city.sizes,
            city.nobody,
            city.rooms,
            city.bends,
            city.weights,
            rates,
            reached,
            steps,
        )
        fine = np.floor(rates * FINE).astype(np.int64)
        seconds = (
            _over_all(city.prices, city.sizes, city.nobody, city.rooms, city.bends, city.weights, fine)
            // FINE
        )
        if seconds <= best.seconds:
            break
        best = CityBound(int(seconds), rates, pairs)
    pairs = cheapest_places(city.prices, city.sizes, best.rates, PAIRS)
    return CityBound(best.seconds, best.rates, pairs)


@compiled
def _earns(rate: float, room: int, bends: Whole, weights: Whole) -> tuple[float, int]:
    """A worker's own side at its least, and the minutes there."""
    least, minutes = 0.0, 0
    for point in range(len(weights) + 1):
        at = room if point == len(weights) else bends[point]
        if at <= 0 or at > room:
            continue
        value = -rate * at
        for bend in range(len(weights)):
            value += weights[bend] * max(0, at - max(0, bends[bend]))
        if value < least:
            least, minutes = value, at
    return least, minutes


@compiled
def _raise_rates(
    prices: Prices, pairs: Places, sizes: Whole, nobody: Whole, rooms: Whole, bends: Whole, weights: Whole,
    rates: Ratios, reached: int, steps: int,
) -> float:  # fmt: skip
    """Subgradient steps; `rates` ends as the best that was met."""
    groups, most = pairs.shape
    surplus = np.zeros(len(rooms))
    best_rates, best, step, since = rates.copy(), -1.0, 1.0, 0
    for _ in range(steps):
        total = 0.0
        for worker in range(len(rooms)):
            earned, minutes = _earns(rates[worker], rooms[worker], bends[worker], weights)
            total += earned
            surplus[worker] = -minutes
        for group in range(groups):
            least, chosen = float(nobody[group]), -1
            for place in range(most):
                worker = pairs[group, place]
                reduced = prices[group, place] + rates[worker] * sizes[group]
                if reduced < least:
                    least, chosen = reduced, worker
            total += least
            if chosen >= 0:
                surplus[chosen] += sizes[group]
        if total > best:
            best, since = total, 0
            best_rates[:] = rates
        else:
            since += 1
            if since >= 8:
                step, since = step * 0.8, 0
                rates[:] = best_rates
        length = 0.0
        for worker in range(len(rooms)):
            length += surplus[worker] * surplus[worker]
        if length == 0.0 or step < 1e-5:
            break
        stride = step * max(reached - total, 1.0) / length
        for worker in range(len(rooms)):
            rates[worker] = max(0.0, rates[worker] + stride * surplus[worker])
    rates[:] = best_rates
    return best


@compiled
def _over_all(
    prices: Prices, sizes: Whole, nobody: Whole, rooms: Whole, bends: Whole, weights: Whole, fine: Whole
) -> int:
    """The bound under these rates over every pair, in parts of a second."""
    total = 0
    for worker in range(len(rooms)):
        least = 0
        for point in range(len(weights) + 1):
            at = rooms[worker] if point == len(weights) else bends[worker, point]
            if at <= 0 or at > rooms[worker]:
                continue
            value = -fine[worker] * at
            for bend in range(len(weights)):
                value += FINE * weights[bend] * max(0, at - max(0, bends[worker, bend]))
            least = min(least, value)
        total += least
    for group in range(len(sizes)):
        least = nobody[group] * FINE
        for worker in range(len(rooms)):
            if prices[group, worker] < FORBIDDEN:
                least = min(least, prices[group, worker] * FINE + fine[worker] * sizes[group])
        total += least
    return total
