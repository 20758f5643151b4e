"""Fitting the pooled numbers that are shipped: for each origin on figures up to it, kept as sums and quantiles."""

from __future__ import annotations

import math

import numpy as np

from rightplace.domain.simulation.published.flows import Spread, all_flows, spreads_of
from rightplace.domain.simulation.published.forecasting import Forecaster
from rightplace.domain.simulation.published.measures import BY_NAME, FIRST_ORIGIN, HORIZONS, LAST_ORIGIN
from rightplace.domain.simulation.published.prior import Evidence, Prior, Priors
from rightplace.domain.simulation.published.reading import Grid, Published
from rightplace.domain.simulation.published.series import Common, own_base, series_at
from rightplace.domain.simulation.published.strengths import Strength, strengths


def pooled(published: Published) -> Priors:
    """What these authorities teach, at every origin from the first that is judged to the last figure."""
    last = published.years[-1]
    bare = _bare(published)
    measures = {}
    forecaster = Forecaster(published, bare)
    for name in forecaster.names:
        evidence: dict[tuple[int, int], Evidence] = {}
        widening = {}
        for origin in [*range(FIRST_ORIGIN, LAST_ORIGIN + 1), last]:
            end = published.years.index(origin)
            for horizon, learned in zip(HORIZONS, forecaster.raw(end)[name].learned, strict=True):
                if learned is not None:
                    evidence[(origin, horizon)] = learned.evidence
            if (origin, 1) in evidence:
                widening[origin] = math.log(forecaster.widening(name, end))
        measures[name] = Prior(_common(published, name), evidence, widening)
    together, along = _moves(forecaster, published.years.index(last))
    spreads, feedbacks = _flows(published)
    return Priors(measures, together, along, tuple(forecaster.names), spreads, feedbacks)


def _flows(published: Published) -> tuple[dict[int, dict[str, Spread]], dict[int, tuple[Strength, ...]]]:
    """How flows differ and answer to pressure, at every year as it could be known in that year."""
    spreads: dict[int, dict[str, Spread]] = {}
    feedbacks: dict[int, tuple[Strength, ...]] = {}
    for end, year in enumerate(published.years):
        seen = all_flows(published, end)
        if found := spreads_of(published, seen):
            spreads[year] = found
        if known := strengths({name: x for name, (x, _) in seen.items()}):
            feedbacks[year] = tuple(known)
    return spreads, feedbacks


def _bare(published: Published) -> Priors | None:
    """No evidence, only the unit of the power scales, so that all origins speak of the same one."""
    measures = {
        name: Prior(Common(0.0, _base(published, name), {}, {}, {}), {}, {})
        for name, grid in published.values.items()
        if np.isfinite(grid).any()
    }
    return Priors(measures, np.eye(0), np.eye(0), (), {}, {})


def _base(published: Published, name: str) -> float:
    if BY_NAME[name].power == 0 or FIRST_ORIGIN not in published.years:
        return 1.0
    return own_base(BY_NAME[name], published, published.years.index(FIRST_ORIGIN))


def _common(published: Published, name: str) -> Common:
    """Each year as it stood at that year: a gap that is bridged later must not speak earlier."""
    measure, base = BY_NAME[name], _base(published, name)
    centre: dict[int, float] = {}
    step: dict[int, float] = {}
    features: dict[int, tuple[float, ...]] = {}
    for end, year in enumerate(published.years):
        if not np.isfinite(published.values[name][:, : end + 1]).any():
            continue
        then = series_at(measure, published, end, None, base).common
        centre |= {year: then.centre[year]} if year in then.centre else {}
        step |= {year: then.step[year]} if year in then.step else {}
        features |= (
            {year: then.features[year]} if year in then.features and _whole(then.features[year]) else {}
        )
    count = float(np.isfinite(published.values[name]).sum(axis=0).max())
    return Common(count, base, centre, step, features)


def _whole(row: tuple[float, ...]) -> bool:
    return all(math.isfinite(number) for number in row)


def _moves(forecaster: Forecaster, end: int) -> tuple[Grid, Grid]:
    """How surprises of one authority go together: across measures in one year, and along the years ahead."""
    flat = [_placed(forecaster, name, end, 0) for name in forecaster.names]
    together = _correlation(flat)
    ahead = [
        _correlation([_placed(forecaster, name, end, column) for column in range(len(HORIZONS))])
        for name in forecaster.names
    ]
    along = np.mean([one for one in ahead if np.isfinite(one).all()], axis=0)
    return together, np.asarray(along, dtype=np.float64)


def _placed(forecaster: Forecaster, name: str, end: int, column: int) -> Grid:
    """Surprises by authority and year of departure, in the folder's own grid."""
    learned = forecaster.raw(end)[name].learned[column]
    series = forecaster.raw(end)[name].series
    grid = np.full((len(series.z), end + 1), np.nan)
    if learned is not None and len(learned.surprises):
        grid[:, series.first : series.first + len(learned.surprises)] = np.clip(
            learned.surprises.T, -4.0, 4.0
        )
    return grid.ravel()


def _correlation(columns: list[Grid]) -> Grid:
    """Pairwise, drawn a little to none, and mended where pairs contradict each other."""
    size = len(columns)
    out = np.eye(size)
    for i in range(size):
        for j in range(i):
            both = np.isfinite(columns[i]) & np.isfinite(columns[j])
            if both.sum() > 30 and columns[i][both].std() > 0 and columns[j][both].std() > 0:
                out[i, j] = out[j, i] = 0.95 * np.corrcoef(columns[i][both], columns[j][both])[0, 1]
    values, vectors = np.linalg.eigh(out)
    mended = vectors @ np.diag(np.maximum(values, 0.01)) @ vectors.T
    spread = np.sqrt(np.diag(mended))
    return np.asarray(mended / np.outer(spread, spread), dtype=np.float64)
