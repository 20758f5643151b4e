"""Forecasts of every measure of every authority at one origin, with ranges that were held against earlier origins.

A forecast is a simulated distribution: where the rate returns to, the authority's own surprise (drawn from all
surprises seen so far, at its own size), and a surprise that a year brings to everybody, rare years included.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from rightplace.domain.simulation.published.learning import (
    AGE_UNIT,
    LEVELS,
    Learned,
    learn,
    own_swing,
    usual_swing,
)
from rightplace.domain.simulation.published.measures import BY_NAME, HORIZONS, Measure
from rightplace.domain.simulation.published.prior import Prior, Priors
from rightplace.domain.simulation.published.reading import Grid, Published
from rightplace.domain.simulation.published.series import Series, from_scale, own_base, series_at

YEARS_OF_CALM = 4.0  # years that the family's usual strength of a year's surprise counts as
DRIFT_YEARS, DRIFT_STANDS_OUT = 4.0, 4.0  # a national growth is halved, and believed at twice its error only
ENOUGH_AUTHORITIES = 20  # to say from our own authorities how far ranges were off
YEARS_BEFORE_CHECKING = 3
CHECKED_YEARS = 4.0  # years of checks at which half of what they say is believed
SHOCK_LEVELS = (np.arange(15) + 0.5) / 15
RANGE = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Forecast:
    """Of one measure at one origin: a row an authority, a column a horizon, and what it was drawn from."""

    measure: Measure
    series: Series
    centre: Grid
    scale: Grid
    own: Grid  # horizon, level: quantiles of an authority's own surprise
    shared: Grid  # horizon, level: quantiles of a year's surprise to all
    learned: tuple[Learned | None, ...]
    widening: float = 1.0

    def at(self, levels: tuple[float, ...] = RANGE, row: int | None = None) -> Grid:
        """Quantiles of the figure that will be published: level, authority, horizon; of one authority if asked."""
        out = np.full((len(levels), *self.centre.shape), np.nan)
        chosen = np.ones(len(self.centre), dtype=bool) if row is None else np.arange(len(self.centre)) == row
        for column in range(len(HORIZONS)):
            known = chosen & np.isfinite(self.centre[:, column]) & np.isfinite(self.scale[:, column])
            if known.any():
                drawn = (
                    self.scale[known, column, None, None] * self.own[column][None, :, None]
                    + self.shared[column]
                )
                off = np.quantile(drawn.reshape(len(drawn), -1), [0.5, *levels], axis=1)
                off = off[0] + self.widening * (off[1:] - off[0])
                out[:, known, column] = self.figures(self.centre[known, column] + off, known)
        return out

    def figures(self, z: Grid, rows: np.ndarray) -> Grid:
        """From the model's scale to what is published: less than half a unit is published as nought."""
        figure = (
            from_scale(z, self.measure.power) * self.series.size[rows] * self.series.base
            - self.measure.offset
        )
        least = self.measure.unit / 2 if self.measure.per_child else 0.0
        return np.where(figure < least, 0.0, figure)


class Forecaster:
    """All forecasts that can be made of one folder; what an earlier origin said is kept for checking later ones."""

    def __init__(self, published: Published, priors: Priors | None) -> None:
        self.published, self.priors = published, priors
        self.names = [name for name, grid in published.values.items() if np.isfinite(grid).any()]
        self._raw: dict[int, dict[str, Forecast]] = {}
        self._ranges: dict[tuple[int, str], Grid] = {}

    def at(self, origin: int, name: str) -> Forecast:
        """The forecast from this year on, in ranges as wide as earlier origins showed to be right."""
        end = self.published.years.index(origin)
        return replace(self.raw(end)[name], widening=self.widening(name, end))

    def _range(self, end: int, name: str) -> Grid:
        if (end, name) not in self._ranges:
            self._ranges[(end, name)] = self.raw(end)[name].at()
        return self._ranges[(end, name)]

    def raw(self, end: int) -> dict[str, Forecast]:
        """The same before the check against earlier origins."""
        if end not in self._raw:
            fitted = {
                name: fitted_at(BY_NAME[name], self.published, end, self.prior(name)) for name in self.names
            }
            self._raw[end] = {
                name: _forecast(series, learned, _family(fitted, series.measure), self.published.years)
                for name, (series, learned) in fitted.items()
            }
        return self._raw[end]

    def prior(self, name: str) -> Prior | None:
        return self.priors.measures.get(name) if self.priors else None

    def widening(self, name: str, end: int) -> float:
        """How much wider the ranges must be for four in five to hold, by every earlier origin that is over."""
        prior, origin = self.prior(name), None
        if prior is not None:
            origin = prior.origin(self.published.years[end])
        theirs = prior.widening.get(origin, 0.0) if prior is not None and origin is not None else None
        count = float(np.isfinite(self.published.values[name][:, : end + 1]).any(axis=1).sum())
        if count < ENOUGH_AUTHORITIES:
            return math.exp(theirs or 0.0)
        own = self._own_widening(name, end)
        if theirs is None or prior is None:
            return math.exp(own)
        weight = count / (count + prior.common.authorities)
        return math.exp(weight * own + (1 - weight) * theirs)

    def _own_widening(self, name: str, end: int) -> float:
        """The log of the factor, drawn towards nothing by as many years as it takes to know."""
        misses, weights, years = [], [], 0.0
        start = self.raw(end)[name].series.first + YEARS_BEFORE_CHECKING - 1
        for past in range(start, end):
            low, middle, high = self._range(past, name)
            for horizon in range(1, min(len(HORIZONS), end - past) + 1):
                column = horizon - 1
                truth = self.published.values[name][:, past + horizon]
                off = _relative_miss(truth, low[:, column], middle[:, column], high[:, column], BY_NAME[name])
                off = off[np.isfinite(off)]
                weight = 0.5 ** ((end - past - horizon) / 3.0)
                misses.append(off)
                weights.append(np.full(len(off), weight))
                years += weight / 2
        if not misses or sum(map(len, misses)) < ENOUGH_AUTHORITIES:
            return 0.0
        every, weighted = np.concatenate(misses), np.concatenate(weights)
        order = np.argsort(every)
        reached = np.cumsum(weighted[order]) / weighted.sum()
        factor = float(np.interp(0.8, reached, every[order]))
        return math.log(max(factor, 0.5)) * years / (years + CHECKED_YEARS)


def _relative_miss(truth: Grid, low: Grid, middle: Grid, high: Grid, measure: Measure) -> Grid:
    """How far the figure lay from the middle, in distances to the range's end, in logs."""
    add = max(measure.offset, 0.1)
    t, m = np.log(truth + add), np.log(middle + add)
    up, down = np.log(high + add) - m, m - np.log(low + add)
    with np.errstate(divide="ignore", invalid="ignore"):
        off = np.where(t > m, (t - m) / np.maximum(up, 1e-6), (m - t) / np.maximum(down, 1e-6))
    return np.asarray(off, dtype=np.float64)


Fitted = tuple[Series, tuple[Learned | None, ...]]


def fitted_at(measure: Measure, published: Published, end: int, prior: Prior | None) -> Fitted:
    """One measure with figures up to index `end`, at each horizon."""
    origin = prior.origin(published.years[end]) if prior else None
    base = own_base(measure, published, end) if measure.power else 1.0
    if prior and (origin is not None or not prior.evidence):  # else its unit was taken from later years
        base = prior.common.base
    upto = published.years[end]
    common = None
    if prior is not None and origin is not None:
        common = replace(
            prior.common,
            centre={year: value for year, value in prior.common.centre.items() if year <= upto},
            step={year: value for year, value in prior.common.step.items() if year <= upto},
            features={year: value for year, value in prior.common.features.items() if year <= upto},
        )
    series = series_at(measure, published, end, common, base)
    learned = []
    for horizon in HORIZONS:
        evidence = prior.evidence.get((origin, horizon)) if prior and origin is not None else None
        learned.append(learn(series, published.years, horizon, evidence))
    return series, tuple(learned)


def _family(fitted: Mapping[str, Fitted], measure: Measure) -> list[float]:
    """How strong a year's surprise is beside an authority's own, over all measures of one return, by horizon."""
    out = []
    for column in range(len(HORIZONS)):
        seen = [
            _spread(one)[1] / one.evidence.within**2
            for series, learned in fitted.values()
            if series.measure.family == measure.family and (one := learned[column]) is not None
        ]
        out.append(math.sqrt(sum(seen) / len(seen)) if seen else 0.3)
    return out


def _spread(learned: Learned) -> tuple[float, float, float]:
    """Mean and variance of the years' effects and how many years that is, sampling error taken off."""
    years = [year for year in learned.evidence.effect if year in learned.departed]
    if not years:
        return 0.0, 0.0, 0.0
    effect = np.array([learned.evidence.effect[year] for year in years])
    weight = np.array([learned.departed[year] for year in years])
    mean = float((weight * effect).sum() / weight.sum())
    variance = float((weight * (effect - mean) ** 2).sum() / weight.sum())
    noise = 1.57 * learned.evidence.within**2 / max(learned.evidence.authorities, 1.0)
    return mean, max(variance - noise, 0.0), float(weight.sum() ** 2 / (weight**2).sum())


def _drift(measure: Measure, learned: Learned | None) -> float:
    """A national growth for each year, if there is one to believe."""
    if learned is None:
        return 0.0
    mean, variance, years = _spread(learned)
    error = variance / max(years - 1, 1.0) + 1e-12
    if measure.grows:
        return mean
    return mean * years / (years + DRIFT_YEARS) if mean**2 / error > DRIFT_STANDS_OUT else 0.0


def _forecast(
    series: Series, learned: tuple[Learned | None, ...], family: list[float], years: tuple[int, ...]
) -> Forecast:
    end, count = series.z.shape[1] - 1, len(series.z)
    shape = (count, len(HORIZONS))
    centre, scale = np.full(shape, np.nan), np.full(shape, np.nan)
    own, shared = np.zeros((len(HORIZONS), len(LEVELS))), np.zeros((len(HORIZONS), len(SHOCK_LEVELS)))
    drift = _drift(series.measure, learned[0])
    means = np.array(series.common.features.get(years[end], np.zeros(series.features.shape[2])))
    for column, horizon in enumerate(HORIZONS):
        one = learned[column]
        if one is None:
            continue
        centre[:, column] = series.z[:, end] + horizon * drift + (series.features[end] - means) @ one.slopes
        usual = own_swing(
            series.swing[end], series.swings[end], usual_swing(one.evidence.swing, one.evidence.swings)
        )
        rows = [np.ones(count), np.log(usual), series.log_level[:, end], np.full(count, horizon / AGE_UNIT)]
        scale[:, column] = np.exp(np.stack(rows, axis=1) @ one.scale)
        own[column] = one.evidence.quantiles
        shared[column] = _shared(one, family[column], horizon)
    return Forecast(series.measure, series, centre, scale, own, shared, learned)


def _shared(learned: Learned, family: float, horizon: int) -> Grid:
    """A year's surprise to all: few years are known, so Student's t, and the family's strength counts as some."""
    _, variance, years = _spread(learned)
    years = years / horizon  # steps of several years overlap
    usual = (family * learned.evidence.within) ** 2
    width = math.sqrt((years * variance + YEARS_OF_CALM * usual) / (years + YEARS_OF_CALM))
    return np.asarray(width * stats.t.ppf(SHOCK_LEVELS, years + YEARS_OF_CALM), dtype=np.float64)
