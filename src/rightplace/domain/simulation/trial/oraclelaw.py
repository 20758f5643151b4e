"""The rules that the independent model shares with nobody: its own draws, its own order of things, its own counting.

Nothing here imports the engine's code but for the names of things (`names.py`, `order.py`) and the numbers of purposes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

import simpy

from rightplace.domain.simulation.names import DAY, MEASURES
from rightplace.domain.simulation.order import TABLES, VALUES
from rightplace.domain.simulation.packing import Inputs

_ALL: Final = (1 << 64) - 1
_GOLDEN: Final = 0x9E3779B97F4A7C15
PLACE: Final = {name: place for place, name in enumerate(MEASURES)}


def mixed(x: int) -> int:
    """The finaliser of splitmix64 in whole numbers."""
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _ALL
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _ALL
    return x ^ (x >> 31)


def base(seed: int, replicate: int) -> int:
    return mixed((mixed(seed) + (replicate + 1) * _GOLDEN) & _ALL)


def luck(of: int, whose: int, number: int, part: int) -> int:
    named = ((whose << 48) | number) * _GOLDEN & _ALL
    return mixed((mixed(of ^ named) + part * _GOLDEN) & _ALL)


def draw(of: int, purpose: int, step: int) -> float:
    return (mixed((of + ((purpose << 32) + step) * _GOLDEN) & _ALL) >> 11) / 2.0**53


class World:
    """Time, strengths and counts. Time is the tick, what happens and to whom, in one number, so that nothing ever ties."""

    def __init__(self, inputs: Inputs, seed: int, replicate: int) -> None:
        self.env = simpy.Environment()
        self.base = base(seed, replicate)
        rows = inputs.first["values"].tolist()
        self.values: list[dict[str, float]] = [
            dict(zip(VALUES, rows[row], strict=True)) for row in inputs.first["teams"]["row"]
        ]
        """The strengths of each team."""
        self.tables: Mapping[str, list[float]] = {
            name: row.tolist() for name, row in zip(TABLES, inputs.fixed["tables"], strict=True)
        }
        self.week = 0
        self.counted: dict[tuple[int, int, int], int] = defaultdict(int)
        self.route = inputs.first["route"].tolist()
        self.months = inputs.fixed["months"].tolist()
        self.events = 0
        self.stirred: set[int] = set()
        """Teams in which something changed."""

    @property
    def now(self) -> int:
        return int(self.env.now) >> 30

    @property
    def day(self) -> int:
        return self.now // DAY

    def at(self, tick: int, kind: int, whom: int) -> Any:
        """Wait for a moment."""
        self.events += 1
        return self.env.timeout(((tick << 30) | (kind << 25) | whom) - int(self.env.now))

    def count(self, column: int, measure: str, many: int) -> None:
        if many:
            self.counted[self.week, PLACE[measure], column] += int(many)

    def lasts(self, table: str, u: float) -> float:
        """A quantile of a table."""
        knots = self.tables[table]
        part = int(u * 64)
        return knots[part] + (knots[part + 1] - knots[part]) * (u * 64 - part)

    @staticmethod
    def ticks(days: float) -> int:
        return max(1, int(days * DAY))
