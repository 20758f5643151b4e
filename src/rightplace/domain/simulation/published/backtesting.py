"""Standing in past years, forecasting what is known today, and being held to it.

At each origin the model, its pooled parameters and its checks of earlier ranges see nothing later; a figure that was
revised later is seen as it is published now, since first editions are not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from rightplace.domain.simulation.published.forecasting import Forecaster
from rightplace.domain.simulation.published.measures import (
    BY_NAME,
    FIRST_ORIGIN,
    HORIZONS,
    LAST_ORIGIN,
    LAST_YEAR,
    YEARS_TO_FIT,
)
from rightplace.domain.simulation.published.peers import PEERS
from rightplace.domain.simulation.published.prior import Priors
from rightplace.domain.simulation.published.reading import Grid, Published
from rightplace.domain.simulation.published.scoring import Interval, clustered, held, interval_score
from rightplace.domain.simulation.published.series import bridged

METHODS = ("ours", *PEERS)
Watch = Callable[[str, int, int], None]  # what is being done, how far, of how many


@dataclass(frozen=True)
class Cases:
    """Every forecast of one measure that can be judged: who, from when, how far, and each method's range."""

    place: Grid
    origin: Grid
    horizon: Grid
    last: Grid
    truth: Grid
    ranges: Mapping[str, Grid]  # method: low, middle, high by case

    def __len__(self) -> int:
        return len(self.truth)

    def score(self, method: str) -> Grid:
        """Interval scores by case."""
        low, _, high = self.ranges[method]
        return interval_score(low, high, self.truth)

    def held(self, method: str) -> Grid:
        """One where the range held."""
        low, _, high = self.ranges[method]
        return held(low, high, self.truth).astype(float)

    def error(self, method: str) -> Grid:
        """How far the middle was off, either way."""
        return np.asarray(np.abs(self.ranges[method][1] - self.truth), dtype=np.float64)

    def only(self, chosen: np.ndarray) -> Cases:
        """Some of the cases."""
        ranges = {method: grid[:, chosen] for method, grid in self.ranges.items()}
        place, origin, horizon = self.place[chosen], self.origin[chosen], self.horizon[chosen]
        return Cases(place, origin, horizon, self.last[chosen], self.truth[chosen], ranges)


@dataclass(frozen=True)
class Backtest:
    """What was judged, and why the rest could not be."""

    cases: Mapping[str, Cases]
    not_testable: Mapping[str, str]
    without_range: Mapping[str, int]  # forecasts left out since no range of ours could be made

    def figures(self) -> dict[str, dict[str, float]]:
        """Measure by measure: how many, how often four in five held, and each method's interval score."""
        return {name: _figures(cases) for name, cases in self.cases.items()}

    def account(self) -> dict[str, Any]:
        """The same with ranges drawn over authorities, errors, single origins and horizons."""
        return {
            "measures": {name: _in_full(cases) for name, cases in self.cases.items()},
            "not_testable": dict(self.not_testable),
            "without_a_range_of_ours": dict(self.without_range),
        }

    def said(self) -> list[str]:
        """What is not in the figures, a sentence each."""
        left = [
            f"{name}: {count} forecasts left out, since no range of ours could be made"
            for name, count in self.without_range.items()
        ]
        return [*(f"{name}: {why}" for name, why in self.not_testable.items()), *left]


def _figures(cases: Cases) -> dict[str, float]:
    scores = {method: float(cases.score(method).mean()) for method in METHODS}
    return {
        "n": len(cases),
        "coverage80": round(float(cases.held("ours").mean()), 4),
        "interval_score": _short(scores["ours"]),
        **{peer: _short(scores[peer]) for peer in PEERS},
    }


def _short(number: float) -> float:
    return float(f"{number:.6g}")


def _in_full(cases: Cases) -> dict[str, Any]:
    ours, place = cases.held("ours"), cases.place
    size = np.maximum(cases.last, 1.0)
    return {
        **_figures(cases),
        "authorities": len(np.unique(place)),
        "coverage80_range": _pair(clustered(ours, place)),
        "coverage80_peers": {peer: round(float(cases.held(peer).mean()), 4) for peer in PEERS},
        "score_less_peer_range": {
            peer: _pair(clustered(cases.score("ours") - cases.score(peer), place)) for peer in PEERS
        },
        "relative_score": {method: _short(float((cases.score(method) / size).mean())) for method in METHODS},
        "absolute_error": {method: _short(float(cases.error(method).mean())) for method in METHODS},
        "coverage80_by_origin": _by(cases.origin, ours),
        "coverage80_by_horizon": _by(cases.horizon, ours),
    }


def _pair(interval: Interval) -> list[float | None]:
    """The ends of a range; nothing where one authority cannot give any."""
    ends = (interval.low, interval.high)
    return [_short(end) if np.isfinite(end) else None for end in ends]


def _by(groups: Grid, values: Grid) -> dict[str, float]:
    return {str(int(one)): round(float(values[groups == one].mean()), 4) for one in np.unique(groups)}


def backtest(published: Published, priors: Priors | None, watch: Watch | None = None) -> Backtest:
    """Judge every measure that has seven years to fit at some origin and a later figure to meet."""
    forecaster = Forecaster(published, priors)
    cases: dict[str, Cases] = {}
    not_testable: dict[str, str] = {}
    without: dict[str, int] = {}
    for done, name in enumerate(published.values):
        if watch:
            watch(BY_NAME[name].title, done, len(published.values))
        found, left = _cases(forecaster, name)
        if left:
            without[name] = left
        if found is None:
            not_testable[name] = why_not(published.values[name], published.years)
        else:
            cases[name] = found
    return Backtest(cases, not_testable, without)


def why_not(grid: Grid, years: tuple[int, ...]) -> str:
    """Why a measure could not be judged, in words."""
    seen = [year for at, year in enumerate(years) if np.isfinite(grid[:, at]).any()]
    if not seen:
        return "not testable: no figures in this folder"
    why = f"not testable: published here for {seen[0]} to {seen[-1]}; "
    by_then = np.isfinite(grid[:, [at for at, year in enumerate(years) if year <= LAST_ORIGIN]])
    most = int(by_then.sum(axis=1).max(initial=0))
    if most < YEARS_TO_FIT:
        return (
            f"{why}no authority has {YEARS_TO_FIT} years to fit by an origin of {FIRST_ORIGIN} to {LAST_ORIGIN} and a "
            f"later figure to meet ({most} years at most)"
        )
    ends = [years.index(origin) for origin in range(FIRST_ORIGIN, LAST_ORIGIN + 1) if origin in years]
    if any(_able(grid, years, end) for end in ends):
        return f"{why}no range of ours could be made where an authority has {YEARS_TO_FIT} years and a figure to meet"
    return (
        f"{why}authorities with {YEARS_TO_FIT} years to fit ({most} at most) have no figure at an origin of "
        f"{FIRST_ORIGIN} to {LAST_ORIGIN} together with one to meet by {LAST_YEAR}"
    )


def _meets(years: tuple[int, ...], end: int) -> list[int]:
    return [h for h in HORIZONS if years[end] + h <= LAST_YEAR and years[end] + h in years]


def _able(grid: Grid, years: tuple[int, ...], end: int) -> list[int]:
    """Who can be judged from this year: years enough to fit, a figure there, and one to meet."""
    long_enough = np.isfinite(grid[:, : end + 1]).sum(axis=1) >= YEARS_TO_FIT
    rows = np.flatnonzero(long_enough & np.isfinite(grid[:, end]))
    return [int(row) for row in rows if any(np.isfinite(grid[row, end + h]) for h in _meets(years, end))]


def _cases(forecaster: Forecaster, name: str) -> tuple[Cases | None, int]:
    """What can be judged of a measure, and how many forecasts had no range of ours."""
    rows: list[tuple[float, ...]] = []
    years, grid, left = forecaster.published.years, forecaster.published.values[name], 0
    for origin in range(FIRST_ORIGIN, LAST_ORIGIN + 1):
        if origin not in years:
            continue
        end = years.index(origin)
        able = _able(grid, years, end)
        if able:
            found, without = _at_origin(forecaster, name, origin, able, _meets(years, end))
            rows.extend(found)
            left += without
    if not rows:
        return None, left
    table = np.array(rows)
    ranges = {method: table[:, 5 + 3 * at : 8 + 3 * at].T for at, method in enumerate(METHODS)}
    return Cases(table[:, 0], table[:, 1], table[:, 2], table[:, 3], table[:, 4], ranges), left


def _at_origin(
    forecaster: Forecaster, name: str, origin: int, able: list[int], meets: list[int]
) -> tuple[list[tuple[float, ...]], int]:
    end, grid = forecaster.published.years.index(origin), forecaster.published.values[name]
    ours = forecaster.at(origin, name).at()
    past = bridged(grid[:, : end + 1])
    rows, without = [], 0
    for row in able:
        own = past[row][np.isfinite(past[row])]
        ranges = [method(own, len(HORIZONS)) for method in PEERS.values()]
        for horizon in meets:
            truth, column = grid[row, end + horizon], horizon - 1
            if not np.isfinite(truth):
                continue
            if not np.isfinite(ours[:, row, column]).all():
                without += 1
                continue
            peers = [float(end_of[column]) for one in ranges for end_of in one]
            mine = [float(number) for number in ours[:, row, column]]
            rows.append((row, origin, horizon, grid[row, end], truth, *mine, *peers))
    return rows, without
