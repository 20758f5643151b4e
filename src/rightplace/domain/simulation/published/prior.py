"""What our own fit of many authorities tells a folder with few: pooled numbers, never a place's figures.

A prior for an origin was fitted on figures up to that origin alone, so a backtest that leans on it sees no future.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from rightplace.domain.simulation.published.flows import Spread
from rightplace.domain.simulation.published.reading import Grid
from rightplace.domain.simulation.published.series import Common
from rightplace.domain.simulation.published.strengths import Strength

SHIPPED = Path(__file__).parent / "pooled.json"
SOURCE = "DfE open statistics, OGL v3, fitted by us"
Fit = TypeVar("Fit")


@dataclass(frozen=True)
class Evidence:
    """Everything that a fit at one origin and horizon adds up, so that two sets of authorities can be added."""

    weight: float
    swing: float
    swings: float
    gram: Grid
    moment: Grid
    scale_gram: Grid
    scale_moment: Grid
    quantiles: Grid
    within: float  # the usual size of an authority's own surprise
    median: Mapping[int, float]  # by year of departure
    effect: Mapping[int, float]
    authorities: float


@dataclass(frozen=True)
class Prior:
    """Of one measure: what is common, the evidence by origin and horizon, how far intervals were off before."""

    common: Common
    evidence: Mapping[tuple[int, int], Evidence]
    widening: Mapping[int, float]

    def origin(self, wanted: int) -> int | None:
        """The latest fitted origin that does not look past the wanted one."""
        known = [origin for origin, _ in self.evidence if origin <= wanted]
        return max(known) if known else None


@dataclass(frozen=True)
class Priors:
    """Of all measures, with how they move together in one year."""

    measures: Mapping[str, Prior]
    together: Grid  # correlations of surprises, measure by measure
    along: Grid  # and horizon by horizon
    names: tuple[str, ...]
    spreads: Mapping[int, Mapping[str, Spread]]  # by origin: how flows differ between authorities
    strengths: Mapping[int, tuple[Strength, ...]]
    source: str = SOURCE

    def spreads_at(self, origin: int) -> Mapping[str, Spread]:
        """How flows differ between authorities, fitted on nothing later than this year."""
        return _latest(self.spreads, origin) or {}

    def strengths_at(self, origin: int) -> tuple[Strength, ...]:
        """The feedbacks, looked for in nothing later than this year."""
        return _latest(self.strengths, origin) or ()


def _latest(fitted: Mapping[int, Fit], origin: int) -> Fit | None:
    known = [year for year in fitted if year <= origin]
    return fitted[max(known)] if known else None


def as_plain(priors: Priors) -> dict[str, Any]:
    """For the file beside the code: four significant figures are more than the data hold."""
    return {
        "source": priors.source,
        "names": list(priors.names),
        "together": _short(priors.together),
        "along": _short(priors.along),
        "spreads": {
            str(origin): {name: _plain_fields(spread) for name, spread in spreads.items()}
            for origin, spreads in priors.spreads.items()
        },
        "strengths": {
            str(origin): [_plain_fields(one) for one in found] for origin, found in priors.strengths.items()
        },
        "measures": {name: _plain_prior(prior) for name, prior in priors.measures.items()},
    }


def _plain_prior(prior: Prior) -> dict[str, Any]:
    common = prior.common
    return {
        "authorities": common.authorities,
        "base": _short(common.base),
        "centre": _short(dict(common.centre)),
        "step": _short(dict(common.step)),
        "features": _short({year: list(row) for year, row in common.features.items()}),
        "widening": _short(dict(prior.widening)),
        "evidence": {
            f"{origin}+{horizon}": _plain_evidence(one) for (origin, horizon), one in prior.evidence.items()
        },
    }


def _plain_evidence(one: Evidence) -> dict[str, Any]:
    return {field: _short(getattr(one, field)) for field in Evidence.__dataclass_fields__}


def _plain_fields(one: Spread | Strength) -> dict[str, Any]:
    return {
        field: value if isinstance(value := getattr(one, field), (str, int)) else _short(value)
        for field in one.__dataclass_fields__
    }


def _short(thing: Any) -> Any:
    if isinstance(thing, np.ndarray):
        return _short(thing.tolist())
    if isinstance(thing, Mapping):
        return {str(key): _short(value) for key, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [_short(one) for one in thing]
    return float(f"{thing:.4g}")


def from_plain(plain: Mapping[str, Any]) -> Priors:
    """Read back what `as_plain` wrote."""
    measures = {name: _prior_of(one) for name, one in plain["measures"].items()}
    together, along = np.array(plain["together"], dtype=float), np.array(plain["along"], dtype=float)
    spreads = {
        int(origin): {name: Spread(**{**one, "mean": _by_year(one["mean"])}) for name, one in found.items()}
        for origin, found in plain["spreads"].items()
    }
    strengths = {
        int(origin): tuple(Strength(**one) for one in found) for origin, found in plain["strengths"].items()
    }
    return Priors(measures, together, along, tuple(plain["names"]), spreads, strengths, plain["source"])


def _prior_of(one: Mapping[str, Any]) -> Prior:
    common = Common(
        authorities=one["authorities"],
        base=one["base"],
        centre=_by_year(one["centre"]),
        step=_by_year(one["step"]),
        features={int(year): tuple(row) for year, row in one["features"].items()},
    )
    evidence = {}
    for key, plain in one["evidence"].items():
        origin, _, horizon = key.partition("+")
        evidence[(int(origin), int(horizon))] = _evidence_of(plain)
    return Prior(common, evidence, _by_year(one["widening"]))


def _evidence_of(plain: Mapping[str, Any]) -> Evidence:
    arrays = {"gram", "moment", "scale_gram", "scale_moment", "quantiles"}
    years = {"median", "effect"}
    fields: dict[str, Any] = {}
    for field in Evidence.__dataclass_fields__:
        value = plain[field]
        fields[field] = (
            np.array(value, dtype=float) if field in arrays else _by_year(value) if field in years else value
        )
    return Evidence(**fields)


def _by_year(plain: Mapping[str, float]) -> dict[int, float]:
    return {int(year): value for year, value in plain.items()}


@cache
def shipped() -> Priors | None:
    """The numbers beside the code, fitted by us on open figures of most English authorities."""
    return from_plain(json.loads(SHIPPED.read_text(encoding="utf-8"))) if SHIPPED.exists() else None
