"""Futures of one authority drawn whole: all measures and years together, as they went together in the past.

A year in which more is referred is a year in which more is started and ended; a draw keeps that, so that a scenario
built on one draw is a possible year and not a mixture of unlike ones.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import stats

from rightplace.domain.simulation.published.forecasting import Forecast, Forecaster
from rightplace.domain.simulation.published.measures import HORIZONS
from rightplace.domain.simulation.published.prior import Priors
from rightplace.domain.simulation.published.reading import Grid

FINE = tuple(((np.arange(199) + 0.5) / 199).tolist())


def paths(
    forecaster: Forecaster, priors: Priors, origin: int, row: int, draws: int = 1_000, seed: int = 1
) -> Mapping[str, Grid]:
    """Published figures of the years after the origin: measure → draw, horizon; rounded as they are published."""
    names = [name for name in forecaster.names if name in priors.names]
    at = [priors.names.index(name) for name in names]
    together = np.linalg.cholesky(priors.together[np.ix_(at, at)])
    along = np.linalg.cholesky(priors.along)
    chance = np.random.default_rng(seed).standard_normal((draws, len(names), len(HORIZONS)))
    moved = np.einsum("ij,djh->dih", together, chance) @ along.T
    ranks = stats.norm.cdf(moved)
    return {
        name: _drawn(forecaster.at(origin, name), row, ranks[:, index])
        for index, name in enumerate(names)
        if np.isfinite(forecaster.raw(forecaster.published.years.index(origin))[name].centre[row]).any()
    }


def _drawn(forecast: Forecast, row: int, ranks: Grid) -> Grid:
    """Each rank's figure, from the same distribution that the ranges are taken from."""
    quantiles = forecast.at(FINE, row)[:, row, :]
    out = np.stack(
        [np.interp(ranks[:, column], FINE, quantiles[:, column]) for column in range(len(HORIZONS))], axis=1
    )
    unit = forecast.measure.unit
    return np.asarray(np.round(out / unit) * unit, dtype=np.float64)
