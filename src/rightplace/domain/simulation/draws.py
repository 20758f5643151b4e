"""Luck: each draw is a pure function of seed, replicate, who it is about, which step and for what purpose.

So a result does not depend on threads, machines or the order in which things happen, and two scenarios share their luck:
the same family with the same concern meets the same turns in both, until what was changed makes them differ.
The mixing is that of splitmix64, whose stream passes the usual batteries of tests; `tests/test_draws.py` holds it
against values worked out in whole numbers.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from rightplace.domain.simulation.compiled import within

GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)
_30: Final = np.uint64(30)
_27: Final = np.uint64(27)
_31: Final = np.uint64(31)
_11: Final = np.uint64(11)
_32: Final = np.uint64(32)
_48: Final = np.uint64(48)
_ONE: Final = np.uint64(1)
_UNIT: Final = 1.0 / 9007199254740992.0

OF_DAY, OF_CONTACT, OF_CENSUS, OF_SEAT, OF_INVENTED = 1, 2, 3, 4, 9
"""Whose luck it is: a day's arrivals, a new contact, a case that was open at the start, somebody in a seat, an invented
census."""

(
    ARRIVING,
    WITHIN_DAY,
    CHILDREN,
    URGENT,
    SCREENING,
    DECISION,
    SUPPORTING,
    AFTER_SUPPORT,
    WRITING,
    SENDING_BACK,
    REWRITING,
    AFTER_ASSESSMENT,
    ENQUIRING,
    AFTER_ENQUIRY,
    CONFERRING,
    PLANNING,
    REVIEWING,
    AFTER_REVIEW,
    AFTER_PLAN,
    NEEDING,
    AFTER_NEED,
    CARING,
    AFTER_CARE,
    RETURNING,
    RETURN_DELAY,
    VISITING,
    CLOSING_WAITING,
    AGE,
    LEAVING,
    ABSENCE,
    ABSENCE_DAYS,
    FILLING,
    FILLING_DAYS,
    NEWLY,
    EXPERIENCE,
    PART_TIME,
) = range(1, 37)
"""What a draw is for. Each purpose counts on its own, so that a change of one does not shift the luck of another."""


@within
def mix(x: np.uint64) -> np.uint64:
    """The finaliser of splitmix64: every bit of the result hangs on every bit of what goes in."""
    x = (x ^ (x >> _30)) * _FIRST
    x = (x ^ (x >> _27)) * _SECOND
    return x ^ (x >> _31)


@within
def luck_of(base: np.uint64, whose: int, number: int, part: int) -> np.uint64:
    """The luck of one entity in one replicate."""
    named = (np.uint64(whose) << _48) | np.uint64(number)
    return mix(mix(base ^ (named * GOLDEN)) + np.uint64(part) * GOLDEN)


@within
def base_of(seed: int, replicate: int) -> np.uint64:
    """What all luck of one replicate is made from."""
    return mix(mix(np.uint64(seed)) + (np.uint64(replicate) + _ONE) * GOLDEN)


@within
def uniform(luck: np.uint64, purpose: int, step: int) -> float:
    """A number from 0 up to, and never, 1, in 53 bits."""
    place = (np.uint64(purpose) << _32) + np.uint64(step)
    return float(mix(luck + place * GOLDEN) >> _11) * _UNIT
