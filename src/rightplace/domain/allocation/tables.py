"""A whole city as tables of whole numbers: each family's price at each worker, in seconds of a week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.domain.allocation.arrays import Whole, Workers
from rightplace.domain.allocation.costs import nobody_seconds
from rightplace.domain.allocation.model import Question, protected_minutes

FORBIDDEN: Final = 1 << 30
"""In place of a price: a rule stands between the two. Above every price, and half of what 32 bits hold."""

Prices = npt.NDArray[np.int32]
Places = npt.NDArray[np.int32]
Ratios = npt.NDArray[np.float64]


@dataclass(frozen=True)
class City:
    """The question in numbers, groups and workers by place in order of key."""

    prices: Prices
    sizes: Whole
    nobody: Whole
    rooms: Whole
    bends: Whole
    """For each worker, the minutes of further load at which a minute begins to weigh more; nothing or below: already."""
    weights: Whole


def city_of(question: Question) -> City:
    """The tables of a question whose groups and workers are in the order of their keys."""
    workers = Workers(question)
    sizes = np.array([group.minutes for group in question.groups], np.int64)
    prices = np.full((len(question.groups), len(question.workers)), FORBIDDEN, np.int32)
    for place, group in enumerate(question.groups):
        free = workers.allowed(group) & (workers.room >= group.minutes)
        prices[place, free] = workers.seconds(group)[free]
    whole = [protected_minutes(each, question.table) for each in question.workers]
    bends = [
        [minutes * bend.above_percent // 100 - worker.load for bend in question.table.evenness]
        for minutes, worker in zip(whole, question.workers, strict=True)
    ]
    return City(
        prices=prices,
        sizes=sizes,
        nobody=np.array([nobody_seconds(group, question) for group in question.groups], np.int64),
        rooms=np.maximum(workers.room, 0),
        bends=np.array(bends, np.int64).reshape(len(whole), len(question.table.evenness)),
        weights=np.array([bend.minutes_an_hour for bend in question.table.evenness], np.int64),
    )


def cheapest_places(prices: Prices, sizes: Whole, rates: Ratios, most: int) -> Places:
    """For each group, the places of its cheapest workers when a minute of each costs this rate; the cheapest first."""
    most = min(most, prices.shape[1])
    found = np.empty((len(sizes), most), np.int32)
    for group in range(len(sizes)):
        reduced = prices[group] + rates * sizes[group]
        part = np.argpartition(reduced, most - 1)[:most]
        found[group] = part[np.lexsort((part, reduced[part]))]
    return found
