"""What many authorities teach about one: how rates return to what is usual, and how far off that is.

One regression for each measure, origin and horizon, shared by all authorities: steps against where an authority
stands to its own usual level, its last step, the nation and the flows that feed it. Years are taken out first,
so what is learnt is how authorities differ; what a year does to all of them is a surprise of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rightplace.domain.simulation.published.prior import Evidence
from rightplace.domain.simulation.published.reading import Grid
from rightplace.domain.simulation.published.series import Series

RIDGE = 20.0
MEMORY_OF_MOVES = 5.0  # half-life in years of how rates move
MEMORY_OF_SWINGS = 2.0  # of how far they swing: swings have shrunk since 2013
OWN_SWINGS = 3.0  # steps of everybody's that an authority's own swings are weighed against
LEAST_SWING = 1e-3
SCALE_RIDGE = np.diag([0.0, 5.0, 20.0, 20.0])
AGE_UNIT = 4.0  # years; the trend of swings is carried on to the origin and no further
LEVELS = (np.arange(49) + 0.5) / 49


@dataclass(frozen=True)
class Learned:
    """What is known at one origin about steps of one length."""

    evidence: Evidence
    slopes: Grid
    scale: Grid
    departed: Mapping[int, float]  # weights of years of departure
    surprises: Grid  # year of departure, authority: in its own usual sizes, not-a-number where unknown


def weighted_quantiles(values: Grid, weights: Grid, levels: Grid) -> Grid:
    """Quantiles of weighted values by a straight line between them."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return np.interp(levels, (reached - 0.5 * weights[order]) / reached[-1], values[order])


def learn(series: Series, years: tuple[int, ...], horizon: int, prior: Evidence | None) -> Learned | None:
    """Fit steps of `horizon` years that ended by the origin; the prior's sums are added to ours."""
    end = series.z.shape[1] - 1
    starts = np.arange(series.first, end - horizon + 1)
    if len(starts) == 0:
        return _of_prior(prior, series) if prior else None
    steps = np.stack([series.z[:, at + horizon] - series.z[:, at] for at in starts])
    features, swings = series.features[starts], series.swings[starts]
    known = np.isfinite(steps) & np.isfinite(features).all(axis=2) & (swings >= 1)
    if not known.any():
        return _of_prior(prior, series) if prior else None
    age = (end - horizon - starts).astype(float)
    rows = _Rows(steps, features, series.swing[starts], swings, series.log_level[:, starts].T, known, age)
    return _fit(rows, series, [years[at] for at in starts], horizon, prior)


@dataclass(frozen=True)
class _Rows:
    steps: Grid
    features: Grid
    swing: Grid
    swings: Grid
    log_level: Grid
    known: np.ndarray
    age: Grid

    def weights(self, half_life: float) -> Grid:
        return np.where(self.known, 0.5 ** (self.age / half_life)[:, None], 0.0)


def _fit(rows: _Rows, series: Series, departed: list[int], horizon: int, prior: Evidence | None) -> Learned:
    weights = rows.weights(MEMORY_OF_MOVES)
    swing = float((weights * rows.swing).sum()) + (prior.swing if prior else 0.0)
    swings = float((weights * rows.swings).sum()) + (prior.swings if prior else 0.0)
    everybody = usual_swing(swing, swings)
    usual = own_swing(rows.swing, rows.swings, everybody)
    median = _by_year(rows.steps, rows.known, departed, prior.median if prior else None, prior)
    off = rows.steps - np.array([median[year] for year in departed])[:, None]
    nobody = (0.0,) * rows.features.shape[2]  # what is usual of a year in which nobody is known is never used
    usually = np.array([series.common.features.get(year, nobody) for year in departed])
    centred = rows.features - usually[:, None, :]
    gram, moment, slopes = _slopes(off, centred, usual, weights, rows.known, everybody, prior)
    left = np.where(rows.known, off - centred @ slopes, np.nan)
    common = _by_year(left, rows.known, departed, dict.fromkeys(departed, 0.0) if prior else None, prior)
    effect = _effects(median, common, rows, departed, prior)
    own = left - np.array([common[year] for year in departed])[:, None]
    recent = rows.weights(MEMORY_OF_SWINGS)
    scale_gram, scale_moment, scale, within = _scale(own, usual, rows, recent, horizon, prior)
    surprises = own / np.exp(_scale_columns(usual, rows, horizon) @ scale)
    quantiles, weight = _quantiles(surprises[rows.known], recent[rows.known], prior)
    if prior:
        within += (prior.within - within) * prior.weight / weight
    evidence = Evidence(
        weight, swing, swings, gram, moment, scale_gram, scale_moment, quantiles, within, median, effect,
        float(rows.known.sum(axis=1).max()) + (prior.authorities if prior else 0.0),
    )  # fmt: skip
    return Learned(evidence, slopes, scale, _recency(evidence), surprises)


def _recency(evidence: Evidence) -> dict[int, float]:
    latest = max(evidence.effect, default=0)
    return {year: float(0.5 ** ((latest - year) / MEMORY_OF_MOVES)) for year in evidence.effect}


def usual_swing(swing: float, swings: float) -> float:
    """How far everybody usually swings; a series that never moved still might."""
    return max(swing / swings, LEAST_SWING)


def own_swing(swing: Grid, swings: Grid, everybody: float) -> Grid:
    """How far an authority usually swings, drawn towards everybody's the less is known of it."""
    return (swing + OWN_SWINGS * everybody) / (swings + OWN_SWINGS)


def _by_year(
    grid: Grid,
    known: np.ndarray,
    departed: list[int],
    theirs: Mapping[int, float] | None,
    prior: Evidence | None,
) -> dict[int, float]:
    out = dict(theirs or {})
    for at, year in enumerate(departed):
        mine = grid[at, known[at]]
        if len(mine) == 0:
            out.setdefault(year, 0.0)
        elif prior is None or year not in out:
            out[year] = float(np.median(mine))
        else:
            share = len(mine) / (len(mine) + prior.authorities)
            out[year] = share * float(np.median(mine)) + (1 - share) * out[year]
    return out


def _effects(
    median: Mapping[int, float],
    common: Mapping[int, float],
    rows: _Rows,
    departed: list[int],
    prior: Evidence | None,
) -> dict[int, float]:
    """What each year did to all authorities alike: known only where somebody was seen."""
    out = dict(prior.effect) if prior else {}
    for at, year in enumerate(departed):
        count = int(rows.known[at].sum())
        own = median[year] + common[year]
        if count and prior and year in out:
            share = count / (count + prior.authorities)
            out[year] = share * own + (1 - share) * out[year]
        elif count:
            out[year] = own
    return out


def _slopes(
    off: Grid,
    centred: Grid,
    usual: Grid,
    weights: Grid,
    known: np.ndarray,
    everybody: float,
    prior: Evidence | None,
) -> tuple[Grid, Grid, Grid]:
    """Ridge regression that listens less to accidents (Huber's weights), each row in its authority's own sizes."""
    x, y, s = centred[known], off[known], usual[known]
    base = weights[known] * (everybody / s) ** 2
    width = x.shape[1]
    theirs = (prior.gram, prior.moment) if prior else (np.zeros((width, width)), np.zeros(width))
    ridge = RIDGE * everybody**2 * np.eye(width)
    trust = np.ones(len(y))
    gram, moment, slopes = theirs[0], theirs[1], np.zeros(width)
    for _ in range(4):
        weighted = x * (base * trust)[:, None]
        gram, moment = weighted.T @ x + theirs[0], weighted.T @ y + theirs[1]
        slopes = np.linalg.solve(gram + ridge, moment)
        off_by = np.abs(y - x @ slopes) / s
        trust = np.minimum(1.0, 3 * np.median(off_by) / np.maximum(off_by, 1e-9))
    return gram, moment, slopes


def _scale_columns(usual: Grid, rows: _Rows, horizon: int) -> Grid:
    ones = np.ones_like(usual)
    ago = np.broadcast_to(-rows.age[:, None] / AGE_UNIT, usual.shape)
    return np.stack([ones, np.log(usual), np.nan_to_num(rows.log_level), ago], axis=2)


def _scale(
    own: Grid, usual: Grid, rows: _Rows, weights: Grid, horizon: int, prior: Evidence | None
) -> tuple[Grid, Grid, Grid, float]:
    """How large a surprise is, by how the authority swings, how many children are counted and how long ago."""
    sizes = np.abs(own[rows.known])
    floor = 0.1 * float(np.median(sizes)) + 1e-6
    columns = _scale_columns(usual, rows, horizon)[rows.known]
    weighted = columns * weights[rows.known][:, None]
    gram, moment = weighted.T @ columns, weighted.T @ np.log(sizes + floor)
    if prior:
        gram, moment = gram + prior.scale_gram, moment + prior.scale_moment
    scale = np.linalg.solve(gram + SCALE_RIDGE + 1e-9 * np.eye(4), moment)
    return gram, moment, scale, max(1.48 * float(np.median(sizes)), LEAST_SWING)


def _quantiles(surprises: Grid, weights: Grid, prior: Evidence | None) -> tuple[Grid, float]:
    own, weight = weighted_quantiles(surprises, weights, LEVELS), float(weights.sum())
    if prior is None:
        return own, weight
    total = weight + prior.weight
    return (weight * own + prior.weight * prior.quantiles) / total, total


def _of_prior(prior: Evidence, series: Series) -> Learned:
    """Nothing of our own to learn from: the prior as it is."""
    width = len(prior.moment)
    everybody = usual_swing(prior.swing, prior.swings)
    slopes = np.linalg.solve(prior.gram + RIDGE * everybody**2 * np.eye(width), prior.moment)
    scale = np.linalg.solve(prior.scale_gram + SCALE_RIDGE + 1e-9 * np.eye(4), prior.scale_moment)
    return Learned(
        prior,
        np.asarray(slopes, dtype=np.float64),
        np.asarray(scale, dtype=np.float64),
        _recency(prior),
        np.full((0, len(series.z)), np.nan),
    )
