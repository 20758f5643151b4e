"""The event list alone, and the draws alone: the floor below which the engine cannot fall without another list."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rightplace.domain.simulation.compiled import compiled
from rightplace.domain.simulation.draws import mix, uniform
from rightplace.domain.simulation.heap import key_of, pop, push


@compiled
def _turn(keys: npt.NDArray[np.int64], slots: npt.NDArray[np.int32], events: int, depth: int) -> int:
    """Fill the list to a depth, then take the first and put one back for each event."""
    size = 0
    for nth in range(depth):
        size = push(keys, slots, size, key_of(int(uniform(np.uint64(nth), 1, 1) * 48_000), 9, nth), nth)
    for nth in range(events):
        tick = keys[0] >> 30
        whom = slots[0]
        size = pop(keys, slots, size)
        later = tick + 1 + int(uniform(np.uint64(nth), 2, 1) * 48_000)
        size = push(keys, slots, size, key_of(later, 9, whom), whom)
    return size


@compiled
def _drawn(events: int) -> float:
    total = 0.0
    for nth in range(events):
        total += uniform(mix(np.uint64(nth)), 3, nth)
    return total


def heap_alone(events: int, depth: int) -> int:
    """So many events on a list of that depth."""
    return int(_turn(np.zeros(depth + 1, np.int64), np.zeros(depth + 1, np.int32), events, depth))


def draws_alone(events: int) -> float:
    """So many draws."""
    return float(_drawn(events))
