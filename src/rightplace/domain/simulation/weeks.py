"""What came out: numbers by replicate, week, measure and column, with names; and two runs that shared their luck, compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from rightplace.domain.simulation.layout import Records
from rightplace.domain.simulation.names import COUNTS, MEASURES
from rightplace.domain.simulation.ratios import ALL, NOT_SUMS, RATIOS

Numbers = npt.NDArray[np.int32]
Real = npt.NDArray[np.float64]
__all__ = ["ALL", "NOT_SUMS", "RATIOS", "Difference", "Numbers", "Pair", "Weeks"]


@dataclass(frozen=True)
class Weeks:
    """Numbers by replicate, week, measure and column. Counts are of children over a week; stocks are as the week ends.

    The last column is the whole service.
    """

    numbers: Numbers
    measures: tuple[str, ...]
    columns: tuple[str, ...]
    begins: date
    seed: int
    logs: tuple[Records, ...] = ()
    events: int = 0
    bytes_each: int = 0

    @property
    def replicates(self) -> int:
        return int(self.numbers.shape[0])

    @property
    def weeks(self) -> int:
        return int(self.numbers.shape[1])

    def of(self, measure: str, column: str = ALL) -> Real:
        """One measure by replicate and week. A ratio is of that week's sums; a week without any is not a number."""
        if measure in RATIOS:
            over, under, unit = RATIOS[measure]
            below = self.of(under, column)
            return np.where(below > 0, self.of(over, column) * unit / np.maximum(below, 1), np.nan)
        found = self.numbers[:, :, self.measures.index(measure), self.columns.index(column)]
        return found.astype(np.float64)

    def over_all(self, measure: str, column: str = ALL, first: int = 0, last: int | None = None) -> Real:
        """One number a replicate over a span of weeks: a sum for counts, a mean for stocks, a quotient of sums for ratios."""
        if measure in RATIOS:
            over, under, unit = RATIOS[measure]
            below = self.of(under, column)[:, first:last].sum(axis=1)
            above = self.of(over, column)[:, first:last].sum(axis=1)
            return np.asarray(above * unit / np.maximum(below, 1), np.float64)
        found = self.of(measure, column)[:, first:last]
        return np.asarray(found.mean(axis=1) if MEASURES.index(measure) >= len(COUNTS) else found.sum(axis=1))

    def fan(
        self, measure: str, column: str = ALL, shares: Sequence[float] = (0.1, 0.25, 0.5, 0.75, 0.9)
    ) -> Real:
        """Quantiles over replicates by week: shares, then weeks."""
        return np.asarray(np.nanquantile(self.of(measure, column), shares, axis=0))

    def same_bytes(self, other: Weeks) -> bool:
        return self.numbers.tobytes() == other.numbers.tobytes()


@dataclass(frozen=True)
class Difference:
    """How much more (or less) of a measure the change brings, with its range, and what sharing the luck was worth."""

    measure: str
    column: str
    mean: float
    low: float
    high: float
    """Between these, 19 times of 20."""
    before: float
    after: float
    variance_ratio: float
    """Variance of the difference with luck of its own, over that with shared luck: how many runs were saved."""


@dataclass(frozen=True)
class Pair:
    """Two runs of the same replicates: as things are, and with the changes."""

    before: Weeks
    after: Weeks
    changes: tuple[object, ...] = field(default=())

    def difference(
        self, measure: str, column: str = ALL, first: int = 0, last: int | None = None
    ) -> Difference:
        """The difference of a measure over a span of weeks."""
        a = self.before.over_all(measure, column, first, last)
        b = self.after.over_all(measure, column, first, last)
        apart = b - a
        many = len(apart)
        mean = float(apart.mean())
        spread = float(apart.std(ddof=1)) if many > 1 else float("nan")
        half = 1.96 * spread / many**0.5
        alone = float(a.var(ddof=1) + b.var(ddof=1)) if many > 1 else float("nan")
        ratio = alone / spread**2 if spread > 0 else float("inf") if many > 1 else float("nan")
        return Difference(
            measure, column, mean, mean - half, mean + half, float(a.mean()), float(b.mean()), ratio
        )
