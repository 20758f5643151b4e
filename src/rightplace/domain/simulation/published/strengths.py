"""How strongly pressure answers in the next year: the feedbacks of a spiral, estimated or honestly not found.

Within authorities and years: an authority's pressure above its own usual and above everybody's that year, against
how a share moves away from its usual in the year after. An association over years, never proof of a cause.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rightplace.domain.simulation.published.reading import Grid
from rightplace.domain.simulation.published.scoring import clustered

FEEDBACKS = (
    ("caseload", "leaving", "cases for each worker → leaving the year after"),
    ("vacancy_share", "leaving", "vacancies → leaving the year after"),
    ("vacancy_share", "need_share", "vacancies → fewer referrals taken on the year after"),
    ("vacancy_share", "not_in_need_share", "vacancies → more assessed as not in need the year after"),
    ("not_in_need_share", "repeat_share", "more assessed as not in need → more re-referrals the year after"),
    ("caseload", "plan_share", "cases for each worker → plans for each episode the year after"),
    ("agency_share", "repeat_share", "agency workers → re-referrals the year after"),
)
LEAST_PUSH = 1e-9  # pressure that never moved says nothing
FEWEST_YEARS = 3  # an authority's usual pressure cannot be taken out of a single year


@dataclass(frozen=True)
class Strength:
    """What a tenth more pressure goes with in the year after, on log-odds or logs."""

    pressure: str
    answer: str
    says: str
    slope: float
    low: float
    high: float
    pairs: int
    authorities: int


def strengths(flows: Mapping[str, Grid]) -> list[Strength]:
    """Every feedback for which these authorities have at least thirty pairs of years, of three years or more."""
    found = [_strength(pressure, answer, says, flows) for pressure, answer, says in FEEDBACKS]
    return [one for one in found if one is not None]


def _strength(pressure: str, answer: str, says: str, flows: Mapping[str, Grid]) -> Strength | None:
    if pressure not in flows or answer not in flows:
        return None
    before, now = flows[pressure][:, :-1], flows[answer][:, :-1]
    after = flows[answer][:, 1:]
    both = np.isfinite(before) & np.isfinite(now) & np.isfinite(after)
    if both.sum() < 30 or both.any(axis=1).sum() < 10 or both.any(axis=0).sum() < FEWEST_YEARS:
        return None
    step, push, stand = (_within(grid, both) for grid in (after - now, before, now))
    # the share's own return to usual is taken out first, or a high year would look like an answer
    step, push = _without(step, stand, both), _without(push, stand, both)
    place = np.broadcast_to(np.arange(len(step), dtype=np.float64)[:, None], step.shape)[both]
    x, y = np.clip(push[both], -1.5, 1.5), np.clip(step[both], -1.5, 1.5)
    if x @ x < LEAST_PUSH:
        return None
    slope = float((x @ y) / (x @ x))
    influence = x * (y - slope * x) / float(np.mean(x * x))
    off = clustered(influence, place)
    return Strength(
        pressure, answer, says, slope, slope + off.low, slope + off.high, int(both.sum()), len(set(place))
    )


def _within(grid: Grid, known: np.ndarray) -> Grid:
    """Less the authority's and the year's means, taken in turn until both are nought."""
    out = np.where(known, grid, np.nan)
    for _ in range(8):
        out = (
            out
            - np.array([np.mean(row[np.isfinite(row)]) if np.isfinite(row).any() else 0.0 for row in out])[
                :, None
            ]
        )
        out = (
            out
            - np.array([np.mean(c[np.isfinite(c)]) if np.isfinite(c).any() else 0.0 for c in out.T])[None, :]
        )
    return out


def _without(grid: Grid, other: Grid, known: np.ndarray) -> Grid:
    x, y = other[known], grid[known]
    return grid - float((x @ y) / max(float(x @ x), 1e-12)) * other
