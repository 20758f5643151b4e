"""How many times as long as the model's table a stay lasts, learnt from stays of which some are not over yet.

A whole table cannot be learnt from a few years: care alone lasts decades. So its shape stays, and one number stretches it: the
one with which as many stays should have ended as did. A stay that had begun before the record counts from where the record
begins, and one that is not over counts as far as it goes; else long stays would be left out, and every service would seem to
empty itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rightplace.domain.simulation.parameters import Quantiles

Real = npt.NDArray[np.float64]
TIMES: Final = np.exp(np.linspace(np.log(0.2), np.log(5.0), 241))
BELIEVED: Final = 4.0
"""Ends that the table as it comes weighs as much as."""
LEFT: Final = 0.003
"""The share that goes on when the table ends."""
BEYOND: Final = 0.1
"""Of the table's length, within which about two in three of those end."""
SIDE: Final = 1.96


class Stay(NamedTuple):
    """One stay in working days: how long it had lasted when the record begins, how long by now, and whether it is over."""

    seen_from: float
    lasted: float
    over: bool


def stretched(
    table: Quantiles, stays: Sequence[Stay], together: float = 1.0, waits: float = 0.0
) -> tuple[float, float, float]:
    """Low, middle and high of how many times as long as the table, 19 times of 20. `waits` are days that the stays hold beside
    what the table is about; `together` by how much brothers and sisters widen the range."""
    held = np.array([(each.seen_from, each.lasted, each.over) for each in stays], np.float64).reshape(-1, 3)
    due = np.array([_due(table, times, waits, held) for times in TIMES], np.float64)
    due = np.maximum.accumulate(due[::-1])[::-1]
    ends, apart = float(held[:, 2].sum()), max(together, 1.0)
    weight = ends / apart / (ends / apart + BELIEVED)
    spread = SIDE * (max(ends, 1.0) * apart) ** 0.5
    low, middle, high = (
        _where(due, most) ** weight for most in (ends + spread, ends, max(ends - spread, 0.0))
    )
    return low, middle, high


def _due(table: Quantiles, times: float, waits: float, held: Real) -> float:
    """How many of the stays should have ended while they were seen."""
    seen, lasted = (_hazard(table, (held[:, place] - waits) / times) for place in (0, 1))
    return float((lasted - seen).sum())


def _hazard(table: Quantiles, days: Real) -> Real:
    """How many times a stay should have ended within so many days, had it begun anew each time."""
    shares, knots = (np.array(column, np.float64) for column in zip(*table.knots, strict=True))
    over = np.interp(days, knots, shares, left=0.0, right=1.0)
    beyond = np.maximum(days - knots[-1], 0.0) / (BEYOND * knots[-1])
    return np.asarray(beyond - np.log(1.0 - (1.0 - LEFT) * over))


def _where(due: Real, ends: float) -> float:
    """How many times as long the table must be for so many ends: the longer, the fewer."""
    return float(np.exp(np.interp(-ends, -due, np.log(TIMES))))


def stretch(table: Quantiles, times: float, source: str) -> Quantiles:
    """The table so many times as long."""
    return Quantiles(table.name, tuple((share, days * times) for share, days in table.knots), source)
