"""One authority's yearly system fitted to its published figures: flows with ranges, what cannot be told, forecasts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from rightplace.domain.simulation.published.flows import (
    BY_FLOW,
    FEW,
    Fitted,
    Spread,
    all_flows,
    fitted,
    spreads_of,
)
from rightplace.domain.simulation.published.forecasting import Forecaster
from rightplace.domain.simulation.published.measures import BY_NAME, HORIZONS
from rightplace.domain.simulation.published.prior import SOURCE, Priors
from rightplace.domain.simulation.published.reading import Published
from rightplace.domain.simulation.published.strengths import Strength, strengths
from rightplace.domain.simulation.published.telling_apart import Apart, apart

LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)


class NotHere(Exception):
    """The folder has no such authority or year."""


@dataclass(frozen=True)
class Calibration:
    """What one authority's figures say, with what they cannot say."""

    code: str
    name: str
    region: str
    origin: int
    children: float | None  # known when the last year's figures are
    flows: tuple[Fitted, ...]
    apart: Apart
    strengths: tuple[Strength, ...]
    forecasts: Mapping[str, Mapping[int, tuple[float, ...]]]
    years: Mapping[str, int]
    pooled_from: str

    def told(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "authority": self.code,
            "name": self.name,
            "region": self.region,
            "figures_up_to": self.origin,
            "children": self.children,
            "pooled_from": self.pooled_from,
            "parameters": {one.flow.name: _plain(one) for one in self.flows},
            "cannot_tell_apart": [
                {"one": one, "other": other, "correlation": round(how, 3)}
                for one, other, how in self.apart.confused
            ],
            "learnt_from_figures": {name: round(share, 3) for name, share in self.apart.learnt.items()},
            "in_words": self.apart.said(),
            "strengths": [_plain_strength(one) for one in self.strengths],
            "forecast_levels": list(LEVELS),
            "forecasts": {
                name: {str(year): [round(x, 2) for x in row] for year, row in years.items()}
                for name, years in self.forecasts.items()
            },
            "years_of_figures": dict(self.years),
        }

    def said(self) -> str:
        """In words and a few columns."""
        lines = [
            f"{self.name} ({self.code}), figures up to {self.origin}; pooled from {self.pooled_from}.",
            "",
        ]
        for one in self.flows:
            low, middle, high = one.usual
            lines.append(
                f"{one.flow.title:<52}{middle:>9.3g}  ({low:.3g} to {high:.3g}), own figures {one.own_weight:.0%}"
            )
        return "\n".join([*lines, "", *self.apart.said()])


def _plain(one: Fitted) -> dict[str, Any]:
    low, middle, high = one.usual
    return {
        "title": one.flow.title,
        "usual": _short(middle),
        "low80": _short(low),
        "high80": _short(high),
        "latest": None if one.now is None else _short(one.now),
        "years": one.years,
        "own_weight": round(one.own_weight, 3),
        "persistence": round(one.persistence, 3),
        "yearly_swing": _short(one.swing),
        "scale": "log-odds" if one.flow.share else "log",
    }


def _plain_strength(one: Strength) -> dict[str, Any]:
    return {
        "of": one.pressure,
        "on": one.answer,
        "says": one.says,
        "slope": _short(one.slope),
        "low95": _short(one.low),
        "high95": _short(one.high),
        "pairs": one.pairs,
        "authorities": one.authorities,
        "found": one.low > 0 or one.high < 0,
    }


def _short(number: float) -> float:
    return float(f"{number:.4g}")


def calibrated(
    published: Published, code: str, priors: Priors | None, origin: int | None = None
) -> Calibration:
    """Fit one authority with figures up to an origin; other authorities of the folder, or ours, lend the rest."""
    row, end = _where(published, code, origin)
    origin = published.years[end]
    seen = all_flows(published, end)
    spreads, source = _spreads(published, seen, priors.spreads_at(origin) if priors else {})
    upto = published.years[: end + 1]
    flows = tuple(
        fitted(
            BY_FLOW[name],
            x[row],
            noise[row],
            upto,
            spreads[name],
            _neighbours(published, row, x, spreads[name]),
        )
        for name, (x, noise) in seen.items()
        if name in spreads
    )
    found = strengths({name: x for name, (x, _) in seen.items()}) or list(
        priors.strengths_at(origin) if priors else ()
    )
    forecaster = Forecaster(published, priors)
    place = published.places[row]
    years = {name: int(np.isfinite(grid[row, : end + 1]).sum()) for name, grid in published.values.items()}
    return Calibration(
        code, place.name, place.region, origin, _latest(published.children[row, : end + 1]), flows,
        _apart(published, row, end, flows, forecaster), tuple(found), _forecasts(forecaster, row, origin),
        {name: count for name, count in years.items() if count}, source,
    )  # fmt: skip


def _where(published: Published, code: str, origin: int | None) -> tuple[int, int]:
    """The row of an authority and the column of the last year that is looked at."""
    row = next((at for at, place in enumerate(published.places) if code in place.codes), None)
    if row is None:
        raise NotHere(
            f"No authority {code} in this folder: {', '.join(p.code for p in published.places[:8])} …"
        )
    origin = published.years[-1] if origin is None else origin
    if origin not in published.years:
        raise NotHere(
            f"No figures for {origin}: the folder has {published.years[0]} to {published.years[-1]}."
        )
    return row, published.years.index(origin)


def _spreads(
    published: Published, seen: Mapping[str, Any], lent: Mapping[str, Spread]
) -> tuple[dict[str, Spread], str]:
    """How each flow differs: from this folder where it has enough authorities of it, else from what was lent."""
    own = spreads_of(published, seen)
    used = {name for name in lent if name not in own or own[name].authorities < FEW}
    here = f"the {len(published.places)} authorities of this folder"
    source = here if not used else SOURCE if own.keys() <= used else f"{here} and {SOURCE}"
    return {**own, **{name: lent[name] for name in used}}, source


def _neighbours(published: Published, row: int, x: np.ndarray, spread: Spread) -> np.ndarray:
    """How far other authorities of the region usually stand from the nation."""
    years = published.years[: x.shape[1]]
    off = x - np.array([spread.mean.get(year, math.nan) for year in years])
    region = published.places[row].region
    others = [
        at for at, place in enumerate(published.places) if at != row and place.region == region and region
    ]
    usual = [float(np.nanmean(off[at])) for at in others if np.isfinite(off[at]).any()]
    return np.array(usual, dtype=float)


def _forecasts(forecaster: Forecaster, row: int, origin: int) -> dict[str, dict[int, tuple[float, ...]]]:
    out: dict[str, dict[int, tuple[float, ...]]] = {}
    for name in forecaster.names:
        grid = forecaster.at(origin, name).at(LEVELS, row)[:, row, :]
        known = [column for column in range(len(HORIZONS)) if np.isfinite(grid[:, column]).all()]
        if known:
            out[name] = {origin + HORIZONS[at]: tuple(float(x) for x in grid[:, at]) for at in known}
    return out


def _apart(
    published: Published, row: int, end: int, flows: tuple[Fitted, ...], forecaster: Forecaster
) -> Apart:
    """Fisher's information at this authority's own level, with as many years as it has of each figure."""
    usual = {one.flow.name: one.usual[1] / one.flow.per for one in flows}
    last = {name: _latest(grid[row, : end + 1]) for name, grid in published.values.items()}
    children = _latest(published.children[row, : end + 1]) or 1_000.0
    starting = {
        name: last.get(name) or default * children / 10_000
        for name, default in (("in_need", 330.0), ("plans", 40.0), ("in_care", 67.0), ("in_post", 30.0))
    }
    seen, error = {}, {}
    for name, grid in published.values.items():
        count = int(np.isfinite(grid[row, : end + 1]).sum())
        if count and name in KNOWN_BY_MODEL:
            scale = forecaster.raw(end)[name].scale[row, 0] if name in forecaster.names else math.nan
            seen[name], error[name] = count, float(scale) if math.isfinite(scale) else 0.3
    return apart(_theta(usual, starting), {**starting, "children": children}, seen, error)


KNOWN_BY_MODEL = {
    name
    for name in BY_NAME
    if name
    not in {"re_referrals", "no_further_action", "assessed_not_in_need", "awaiting_assessment", "repeat_plans",
            "assessments", "caseload", "absence"}
}  # fmt: skip


def _latest(row: np.ndarray) -> float | None:
    known = row[np.isfinite(row)]
    return float(known[-1]) if len(known) and known[-1] > 0 else None


def _theta(usual: Mapping[str, float], starting: Mapping[str, float]) -> dict[str, float]:
    """The simulated system's parameters at the fitted level; those that no table gives start at a plain middle."""

    def odds(name: str, otherwise: float) -> float:
        share = min(max(usual.get(name, otherwise), 0.01), 0.95)
        return math.log(share / (1 - share))

    vacant = min(usual.get("vacancy_share", 0.15), 0.6)
    agency = min(usual.get("agency_share", 0.13), 0.6)
    fill = min(agency * (1 - vacant) / max(vacant * (1 - agency), 0.01), 0.95)
    return {
        "referral_rate": math.log(usual.get("referral_rate", 0.052)),
        "need_share": math.log(usual.get("need_share", 0.63)),
        "need_ending_new": odds("need_ending", 0.5),
        "need_ending_old": odds("need_ending", 0.5),
        "need_gap": math.log(0.08 / 0.92),
        "plan_share": odds("plan_share", 0.16),
        "plan_ending_new": odds("plan_ending", 0.55),
        "plan_ending_old": odds("plan_ending", 0.55),
        "care_share": odds("care_share", 0.08),
        "care_ending_new": odds("care_ending", 0.3),
        "care_ending_old": odds("care_ending", 0.3),
        "joining": math.log(usual.get("joining", 0.17)),
        "leaving_new": odds("leaving", 0.14),
        "leaving_old": odds("leaving", 0.14),
        "vacant": math.log(max(vacant, 0.01) / (1 - vacant)),
        "agency_fill": math.log(fill / (1 - fill)),
        "holding": odds("case_holding", 0.55),
        "open_work": math.log(0.8),
    }
