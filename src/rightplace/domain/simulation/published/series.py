"""One measure as the model sees it at one origin: rates, where they stand, how much each authority swings.

Nothing after the origin is touched: the caller cuts first, and gaps are bridged from what is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rightplace.domain.simulation.published.measures import BY_NAME, Measure
from rightplace.domain.simulation.published.reading import Grid, Published

MEMORY = 8  # years of an authority's own past that its usual level is taken from
LARGEST_LOG = 30.0
LARGEST_STEP, LARGEST_SWING = 0.7, 1.5  # one recording accident must not rule an authority's future


@dataclass(frozen=True)
class Common:
    """What a year has in common for all authorities: the usual rate, the usual step, the usual signs."""

    authorities: float
    base: float
    centre: Mapping[int, float]
    step: Mapping[int, float]
    features: Mapping[int, tuple[float, ...]]


@dataclass(frozen=True)
class Series:
    """Rates on the measure's scale, and for each year what speaks about the next."""

    measure: Measure
    z: Grid  # authority, year
    size: Grid  # children at the origin, or the authority's usual level where that is not known
    base: float
    log_level: Grid
    features: Grid  # year, authority, feature
    swing: Grid  # year, authority: summed size of earlier steps against everybody's
    swings: Grid  # how many steps
    common: Common  # what all authorities share, with the prior's authorities counted in
    first: int


def bridged(grid: Grid) -> Grid:
    """Gaps inside each row filled by a straight line; before the first and after the last figure nothing."""
    out = grid.copy()
    for row in out:
        known = np.flatnonzero(~np.isnan(row))
        if len(known) > 1:
            span = np.arange(known[0], known[-1] + 1)
            row[span] = np.interp(span, known, row[known])
    return out


def carried(children: Grid) -> Grid:
    """The number of children, the last known one carried on, the first known one carried back."""
    out = children.copy()
    for row in out:
        known = np.flatnonzero(~np.isnan(row))
        if len(known):
            row[:] = row[known[np.clip(np.searchsorted(known, np.arange(len(row)), "right") - 1, 0, None)]]
    return out


def to_scale(rate: Grid, power: float) -> Grid:
    """Logs, or a Box-Cox power."""
    return np.log(rate) if power == 0 else (rate**power - 1) / power


def from_scale(z: Grid, power: float) -> Grid:
    """The way back."""
    z = np.clip(z, -LARGEST_LOG, LARGEST_LOG)
    return np.exp(z) if power == 0 else np.maximum(power * z + 1, 1e-9) ** (1 / power)


def rates_of(measure: Measure, published: Published, end: int, base: float = 1.0) -> tuple[Grid, Grid, Grid]:
    """Rates for each child (or as published), the sizes they were divided by, and logs of the counts.

    Where the number of children is not known, the authority's usual level stands in, as if its rate were everybody's.
    """
    counts = bridged(published.values[measure.name][:, : end + 1]) + measure.offset
    counts[counts <= 0] = np.nan
    logs = np.log(counts)
    if measure.is_rate:
        return counts, np.ones_like(counts), logs
    size = carried(published.children[:, : end + 1])
    usual = np.exp(_mean(logs, axis=1))
    size = np.where(np.isnan(size), usual[:, None] / base, size)
    return counts / size, size, logs


def own_base(measure: Measure, published: Published, end: int) -> float:
    """The usual rate of all authorities up to a year: the unit of a power scale."""
    rate, _, _ = rates_of(measure, published, end)
    if measure.per_child:
        rate = rate[np.isfinite(published.children[:, : end + 1]).any(axis=1)]
    return float(np.exp(np.nanmean(np.log(rate)))) if np.isfinite(rate).any() else 1.0


def series_at(measure: Measure, published: Published, end: int, prior: Common | None, base: float) -> Series:
    """The measure up to the year with index `end`, and what each year says about the next."""
    rate, size, logs = rates_of(measure, published, end, base)
    z = to_scale(rate / base, measure.power)
    seen = np.flatnonzero(np.isfinite(z).any(axis=0))
    first = int(seen[0]) + 1 if len(seen) else end + 1
    years = published.years[: end + 1]
    counted = (
        np.where(np.isnan(carried(published.children[:, : end + 1])), np.nan, z) if measure.per_child else z
    )
    centre = _blend(_mean(counted), _count(counted), years, prior.centre if prior else None, prior)
    steps = np.diff(z, axis=1, prepend=np.nan)
    step = _blend(_median(steps), _count(steps), years, prior.step if prior else None, prior)
    swing, swings = _swings(steps - step)
    features = _features(measure, published, z, end, centre, np.isnan(counted))
    common = _common(years, centre, step, features, z, base, prior)
    return Series(measure, z, size[:, -1], base, logs, features, swing, swings, common, first)


def _features(
    measure: Measure, published: Published, z: Grid, end: int, centre: Grid, uncounted: np.ndarray
) -> Grid:
    usual, before = _usual(z), np.concatenate([np.full((len(z), 1), np.nan), z[:, :-1]], axis=1)
    columns = [
        usual - z,  # back to what is usual here
        np.clip(
            np.nan_to_num(z - before), -LARGEST_STEP, LARGEST_STEP
        ),  # the last step goes on, or is undone
        np.where(uncounted, 0.0, centre[None, :] - z),  # towards the nation
    ]
    own = np.log(np.maximum(from_scale(z, measure.power), 1e-12))
    for name in measure.listens_to:
        other, _, _ = rates_of(BY_NAME[name], published, end)
        ratio = np.log(other) - own  # a flow against its stock: more in than usual, and the stock will rise
        columns.append(np.clip(np.nan_to_num(ratio - _usual(ratio)), -1.0, 1.0))
    stacked = np.stack(columns, axis=2)
    stacked[np.isnan(z)] = np.nan
    return stacked.transpose(1, 0, 2)


def _usual(z: Grid) -> Grid:
    """The mean of an authority's last years, at each year."""
    return np.stack(
        [_mean(z[:, max(0, at - MEMORY + 1) : at + 1], axis=1) for at in range(z.shape[1])], axis=1
    )


def _swings(off: Grid) -> tuple[Grid, Grid]:
    known = np.isfinite(off)
    sizes = np.where(known, np.minimum(np.abs(np.nan_to_num(off)), LARGEST_SWING), 0.0)
    windows = [slice(max(0, at - MEMORY + 1), at + 1) for at in range(off.shape[1])]
    swing = np.stack([sizes[:, window].sum(axis=1) for window in windows])
    return swing, np.stack([known[:, window].sum(axis=1) for window in windows]).astype(float)


def _blend(
    own: Grid, count: Grid, years: tuple[int, ...], known: Mapping[int, float] | None, prior: Common | None
) -> Grid:
    """Our authorities' and the prior's, by how many stand behind each."""
    if known is None or prior is None:
        return own
    out = own.copy()
    for at, year in enumerate(years):
        if year in known:
            weight = count[at] / (count[at] + prior.authorities)
            out[at] = known[year] if count[at] == 0 else weight * own[at] + (1 - weight) * known[year]
    return out


def _common(
    years: tuple[int, ...],
    centre: Grid,
    step: Grid,
    features: Grid,
    z: Grid,
    base: float,
    prior: Common | None,
) -> Common:
    means, count = _mean(features, axis=1), _count(z)
    shared: dict[int, tuple[float, ...]] = {}
    for at, year in enumerate(years):
        theirs = prior.features.get(year) if prior else None
        if theirs is not None and prior is not None:
            weight = count[at] / (count[at] + prior.authorities)
            own = means[at] if count[at] else np.zeros(len(theirs))
            shared[year] = tuple((weight * own + (1 - weight) * np.array(theirs)).tolist())
        elif count[at]:
            shared[year] = tuple(means[at].tolist())
    return Common(
        authorities=float(count.max(initial=0)),
        base=base,
        centre={year: float(centre[at]) for at, year in enumerate(years) if np.isfinite(centre[at])},
        step={year: float(step[at]) for at, year in enumerate(years) if np.isfinite(step[at])},
        features=shared,
    )


def _mean(grid: Grid, axis: int = 0) -> Grid:
    known = np.isfinite(grid)
    count = known.sum(axis=axis)
    total = np.where(known, grid, 0.0).sum(axis=axis)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _median(grid: Grid) -> Grid:
    out = np.full(grid.shape[1], np.nan)
    for at in range(grid.shape[1]):
        known = grid[np.isfinite(grid[:, at]), at]
        if len(known):
            out[at] = np.median(known)
    return out


def _count(grid: Grid) -> Grid:
    return np.asarray(np.isfinite(grid).sum(axis=0), dtype=np.float64)
