"""How good a range was: whether it held, and the interval score, which also charges for width."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rightplace.domain.simulation.published.reading import Grid

OUTSIDE = 0.2  # an 80% range


def interval_score(low: Grid, high: Grid, truth: Grid, outside: float = OUTSIDE) -> Grid:
    """Width, and where the truth lay outside 2/outside times how far (Gneiting and Raftery 2007, equation 43)."""
    below, above = np.maximum(low - truth, 0.0), np.maximum(truth - high, 0.0)
    return np.asarray((high - low) + 2.0 / outside * (below + above), dtype=np.float64)


def held(low: Grid, high: Grid, truth: Grid) -> np.ndarray:
    """Whether the range held; a figure published on its very end counts as held."""
    return np.asarray((low <= truth) & (truth <= high))


@dataclass(frozen=True)
class Interval:
    """A mean with its 95% range."""

    value: float
    low: float
    high: float


def clustered(values: Grid, clusters: Grid, draws: int = 2_000, seed: int = 1) -> Interval:
    """A mean whose range comes from drawing whole authorities again: their years and horizons hang together."""
    names, which = np.unique(clusters, return_inverse=True)
    total = np.bincount(which, weights=values)
    count = np.bincount(which).astype(float)
    mean = float(total.sum() / count.sum())
    if len(names) < 2:
        return Interval(mean, float("nan"), float("nan"))
    picks = np.random.default_rng(seed).multinomial(
        len(names), np.full(len(names), 1 / len(names)), size=draws
    )
    means = (picks @ total) / (picks @ count)
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(mean, float(low), float(high))
