"""The list of events gives back what was put in, soonest first."""

import heapq
from random import Random

import numpy as np

from rightplace.domain.simulation.heap import key_of, pop, push, replace_first


def test_events_come_out_as_from_the_library_heap():
    dice = Random(1)
    keys, slots = np.zeros(500, np.int64), np.zeros(500, np.int32)
    size, theirs = 0, []
    for turn in range(5000):
        if theirs and (dice.random() < 0.48 or size == 499):
            key = heapq.heappop(theirs)
            assert (int(keys[0]), int(slots[0])) == (key, key % 1000)
            if dice.random() < 0.3:
                later = key_of(dice.randint(0, 10_000), dice.randint(0, 13), turn)
                heapq.heappush(theirs, later)
                replace_first(keys, slots, size, later, later % 1000)
            else:
                size = pop(keys, slots, size)
        else:
            key = key_of(dice.randint(0, 10_000), dice.randint(0, 13), turn)
            heapq.heappush(theirs, key)
            size = push(keys, slots, size, key, key % 1000)
        assert size == len(theirs)


def test_an_earlier_tick_comes_first_and_then_what_happens_and_then_to_whom():
    assert key_of(1, 13, 9) < key_of(2, 0, 0)
    assert key_of(2, 3, 9) < key_of(2, 4, 0)
    assert key_of(2, 4, 1) < key_of(2, 4, 2)
