"""The methods that a forecast must beat: the last figure, a straight line, and AutoETS of statsforecast.

Each sees one authority's own series up to the origin and nothing else, as it is used in the field; each range is
cut at nought, which only helps it.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable

import numpy as np

from rightplace.domain.simulation.published.reading import Grid

Z80 = 1.2815515655446004
Ranges = tuple[Grid, Grid, Grid]  # low, middle, high by horizon


def naive(past: Grid, horizons: int) -> Ranges:
    """The last figure, with the range of a random walk: steps' size times the root of the years ahead."""
    steps, ahead = np.diff(past), np.arange(1, horizons + 1)
    size = math.sqrt(float(np.mean(steps**2)))
    return _around(np.full(horizons, past[-1]), Z80 * size * np.sqrt(ahead))


def drift(past: Grid, horizons: int) -> Ranges:
    """The line from the first to the last figure, with the range of a random walk with that drift."""
    steps, ahead = np.diff(past), np.arange(1, horizons + 1)
    slope = float(np.mean(steps))
    size = math.sqrt(float(np.sum((steps - slope) ** 2)) / max(len(steps) - 1, 1))
    return _around(past[-1] + slope * ahead, Z80 * size * np.sqrt(ahead * (1 + ahead / len(steps))))


def autoets(past: Grid, horizons: int) -> Ranges:
    """statsforecast's AutoETS without season, its own 80% range; where it fails, the last figure's."""
    from statsforecast.models import AutoETS

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = AutoETS(season_length=1).forecast(y=past.astype(float), h=horizons, level=[80])
        except Exception:  # a peer that fails to fit must not stop the comparison
            return naive(past, horizons)
    low, middle, high = (np.asarray(found[key], dtype=float) for key in ("lo-80", "mean", "hi-80"))
    if not (np.isfinite(low) & np.isfinite(middle) & np.isfinite(high)).all():
        return naive(past, horizons)
    return np.maximum(low, 0.0), middle, np.maximum(high, 0.0)


def _around(middle: Grid, half: Grid) -> Ranges:
    return np.maximum(middle - half, 0.0), middle, np.maximum(middle + half, 0.0)


PEERS: dict[str, Callable[[Grid, int], Ranges]] = {"naive": naive, "drift": drift, "autoets": autoets}
