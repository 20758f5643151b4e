"""What is still to happen, soonest first: a heap with four branches, in two flat arrays.

A key is one whole number: the tick, then what happens, then to whom. No two are equal, so the order is a rule of the
model and not an accident of the engine; the independent model in `trial/oracle.py` keeps the same.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.domain.simulation.compiled import within

Whole = npt.NDArray[np.int64]
Slots = npt.NDArray[np.int32]

WHOM_BITS: Final = 25
KIND_BITS: Final = 5
TICK_BITS: Final = WHOM_BITS + KIND_BITS


@within
def key_of(tick: int, kind: int, whom: int) -> int:
    """One event as one whole number."""
    return (tick << TICK_BITS) | (kind << WHOM_BITS) | whom


@within
def push(keys: Whole, slots: Slots, size: int, key: int, slot: int) -> int:
    """Add an event; the new number of events."""
    at = size
    while at > 0:
        above = (at - 1) >> 2
        if keys[above] <= key:
            break
        keys[at] = keys[above]
        slots[at] = slots[above]
        at = above
    keys[at] = key
    slots[at] = slot
    return size + 1


@within
def pop(keys: Whole, slots: Slots, size: int) -> int:
    """Take the first event away, which the caller has read at place 0; the new number of events."""
    size -= 1
    key = keys[size]
    slot = slots[size]
    at = 0
    while True:
        first = (at << 2) + 1
        if first >= size:
            break
        least = first
        low = keys[first]
        last = first + 4
        if last > size:
            last = size
        for child in range(first + 1, last):
            if keys[child] < low:
                low = keys[child]
                least = child
        if low >= key:
            break
        keys[at] = low
        slots[at] = slots[least]
        at = least
    keys[at] = key
    slots[at] = slot
    return size


@within
def replace_first(keys: Whole, slots: Slots, size: int, key: int, slot: int) -> None:
    """Put an event in the place of the first, which the caller has read: one way down instead of one down and one up."""
    at = 0
    while True:
        first = (at << 2) + 1
        if first >= size:
            break
        least = first
        low = keys[first]
        for child in range(first + 1, min(first + 4, size)):
            if keys[child] < low:
                low = keys[child]
                least = child
        if low >= key:
            break
        keys[at] = low
        slots[at] = slots[least]
        at = least
    keys[at] = key
    slots[at] = slot
