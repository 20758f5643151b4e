"""A search for a whole city's plan: move one family, exchange two, or push one out and find it another worker.

Worse steps are taken at first and ever more seldom (annealing), from a plan that is good already. The same seed gives
the same plan. Compiled by numba; the numbers are those of `tables.City`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from rightplace.domain.allocation.arrays import Whole
from rightplace.domain.allocation.compiled import compiled
from rightplace.domain.allocation.tables import FORBIDDEN, City, Places, Prices, Ratios

MOST_HELD: Final = 512


@dataclass(frozen=True)
class Heat:
    """How many steps, and how many seconds of a week worse a step may readily be, at first and at last."""

    steps: int = 30_000_000
    first: float = 1_200.0
    last: float = 15.0


@compiled
def _load_price(minutes: int, bends: Whole, weights: Whole) -> int:
    total = 0
    for bend in range(len(weights)):
        total += weights[bend] * max(0, minutes - max(0, bends[bend]))
    return total


@compiled
def _start(prices: Prices, pairs: Places, sizes: Whole, rooms: Whole, rates: Ratios, order: Whole) -> Whole:
    """A first plan: the largest families first, each to the cheapest worker, by price and rate, with room."""
    at = np.full(len(sizes), -1, np.int64)
    given = np.zeros(len(rooms), np.int64)
    for group in order:
        best, chosen = 1e18, -1
        for worker in pairs[group]:
            if prices[group, worker] < FORBIDDEN and given[worker] + sizes[group] <= rooms[worker]:
                reduced = prices[group, worker] + rates[worker] * sizes[group]
                if reduced < best:
                    best, chosen = reduced, worker
        if chosen >= 0:
            at[group] = chosen
            given[chosen] += sizes[group]
    return at


@compiled
def _anneal(
    prices: Prices, pairs: Places, sizes: Whole, nobody: Whole, rooms: Whole, bends: Whole, weights: Whole,
    at: Whole, steps: int, first: float, last: float, seed: int,
) -> int:  # fmt: skip
    """Change `at` in place; gives how many steps were taken."""
    groups, workers, most = len(sizes), len(rooms), pairs.shape[1]
    given = np.zeros(workers, np.int64)
    many = np.zeros(workers, np.int64)
    held = np.zeros((workers, MOST_HELD), np.int64)
    spot = np.zeros(groups, np.int64)
    for group in range(groups):
        if at[group] >= 0:
            worker = at[group]
            given[worker] += sizes[group]
            spot[group] = many[worker]
            held[worker, many[worker]] = group
            many[worker] += 1
    state = np.uint64(seed * 2 + 88172645463325252)
    heat, cool = first, (last / first) ** (1.0 / max(1, steps // 1000))
    taken = 0
    for step in range(steps):
        if step % 1000 == 999:
            heat *= cool
        state ^= state << np.uint64(13)
        state ^= state >> np.uint64(7)
        state ^= state << np.uint64(17)
        group = int((state >> np.uint64(33)) % np.uint64(groups))
        chance = float(state & np.uint64(0xFFFFFF)) / 16777216.0
        worker = pairs[group, int(chance * chance * most)]
        now = at[group]
        if worker == now or prices[group, worker] >= FORBIDDEN or many[worker] >= MOST_HELD:
            continue
        size = sizes[group]
        gain = prices[group, worker] - (prices[group, now] if now >= 0 else nobody[group])
        if given[worker] + size <= rooms[worker]:
            other, elsewhere = -1, -1
            gain += _load_price(given[worker] + size, bends[worker], weights)
            gain -= _load_price(given[worker], bends[worker], weights)
            if now >= 0:
                gain += _load_price(given[now] - size, bends[now], weights)
                gain -= _load_price(given[now], bends[now], weights)
        else:
            if many[worker] == 0:
                continue
            state ^= state << np.uint64(13)
            state ^= state >> np.uint64(7)
            state ^= state << np.uint64(17)
            other = held[worker, int((state >> np.uint64(33)) % np.uint64(many[worker]))]
            less = sizes[other]
            if given[worker] + size - less > rooms[worker]:
                continue
            elsewhere = now
            if now < 0 or (state & np.uint64(1)) == np.uint64(1):
                chance = float((state >> np.uint64(5)) & np.uint64(0xFFFFFF)) / 16777216.0
                elsewhere = pairs[other, int(chance * chance * most)]
            if elsewhere == worker or prices[other, elsewhere] >= FORBIDDEN or many[elsewhere] >= MOST_HELD:
                continue
            leaves = size if elsewhere == now else 0
            if given[elsewhere] + less - leaves > rooms[elsewhere]:
                continue
            gain += prices[other, elsewhere] - prices[other, worker]
            gain += _load_price(given[worker] + size - less, bends[worker], weights)
            gain -= _load_price(given[worker], bends[worker], weights)
            gain += _load_price(given[elsewhere] + less - leaves, bends[elsewhere], weights)
            gain -= _load_price(given[elsewhere], bends[elsewhere], weights)
            if now >= 0 and elsewhere != now:
                gain += _load_price(given[now] - size, bends[now], weights)
                gain -= _load_price(given[now], bends[now], weights)
        if gain > 0:
            state ^= state << np.uint64(13)
            state ^= state >> np.uint64(7)
            state ^= state << np.uint64(17)
            if float(state >> np.uint64(40)) / 16777216.0 >= math.exp(-gain / heat):
                continue
        taken += 1
        if other >= 0:
            _shift(other, elsewhere, at, given, many, held, spot, sizes)
        _shift(group, worker, at, given, many, held, spot, sizes)
    return taken


@compiled
def _shift(
    group: int, worker: int, at: Whole, given: Whole, many: Whole, held: Whole, spot: Whole, sizes: Whole
) -> None:
    now = at[group]
    if now >= 0:
        many[now] -= 1
        final = held[now, many[now]]
        held[now, spot[group]] = final
        spot[final] = spot[group]
        given[now] -= sizes[group]
    at[group] = worker
    spot[group] = many[worker]
    held[worker, many[worker]] = group
    many[worker] += 1
    given[worker] += sizes[group]


def first_plan(city: City, pairs: Places, rates: Ratios) -> Whole:
    """The plan from which the search goes on."""
    order = np.lexsort((np.arange(len(city.sizes)), -city.sizes))
    return _start(city.prices, pairs, city.sizes, city.rooms, rates, order)


def searched(city: City, pairs: Places, plan: Whole, heat: Heat, seed: int) -> Whole:
    """The plan after so many steps: a worker's place for each group, or -1."""
    at = plan.copy()
    _anneal(
        city.prices, pairs, city.sizes, city.nobody, city.rooms, city.bends, city.weights,
        at, heat.steps, heat.first, heat.last, seed,
    )  # fmt: skip
    return at


def plan_seconds(city: City, plan: Whole) -> int:
    """The price of a plan, from nothing."""
    given = np.bincount(plan[plan >= 0], weights=city.sizes[plan >= 0], minlength=len(city.rooms))
    load = given.astype(np.int64)[:, None] - np.maximum(0, city.bends)
    even = int((np.maximum(0, load) * city.weights).sum())
    placed = np.flatnonzero(plan >= 0)
    return (
        even + int(city.prices[placed, plan[placed]].sum(dtype=np.int64)) + int(city.nobody[plan < 0].sum())
    )
