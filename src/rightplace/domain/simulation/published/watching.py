"""The published shares of an authority as control charts see them, beside its caseload, vacancies and agency."""

from __future__ import annotations

from collections import Counter

import numpy as np

from rightplace.domain.simulation.drift import Alarm, Direction, Pressure, Ratio, counted, too_little, watch
from rightplace.domain.simulation.published.reading import Published

# Which share of which count, and where it goes when a service is short of people.
SHARES = (
    (
        "need_share",
        "Referrals that became episodes of need",
        "in_need_started",
        "referrals",
        Direction.FALLING,
    ),
    (
        "no_action_share",
        "Referrals with no further action",
        "no_further_action",
        "referrals",
        Direction.RISING,
    ),
    (
        "not_in_need_share",
        "Referrals assessed as not in need",
        "assessed_not_in_need",
        "referrals",
        Direction.RISING,
    ),
    ("repeat_share", "Referrals that follow another", "re_referrals", "referrals", Direction.RISING),
    (
        "plan_share",
        "Episodes of need with a protection plan",
        "plans_started",
        "in_need_started",
        Direction.FALLING,
    ),
    (
        "repeat_plan_share",
        "Plans that are a second or later one",
        "repeat_plans",
        "plans_started",
        Direction.RISING,
    ),
)
PRESSURES = (("caseload", "cases for each worker"), ("vacancies", "vacancies"), ("agency", "agency workers"))
USUAL_YEARS = 7  # 2013 to 2019; the three years of capacity that are needed begin in 2017


def ratios_of(published: Published, row: int) -> list[Ratio]:
    """The shares of one authority, year by year."""
    out = []
    for name, title, part, whole, direction in SHARES:
        passed, of = _by_year(published, part, row), _by_year(published, whole, row)
        both = {
            year: number for year, number in of.items() if year in passed
        }  # a suppressed part is not none
        out.append(Ratio(name, title, direction, counted(both, passed)))
    return out


def pressures_of(published: Published, row: int) -> list[Pressure]:
    """Its pressures; vacancies and agency beside the people in post, so that a growing service is not a strained one."""
    posts = _by_year(published, "in_post", row)
    out = []
    for name, title in PRESSURES:
        values = _by_year(published, name, row)
        if name != "caseload":
            values = {year: value / posts[year] for year, value in values.items() if posts.get(year)}
        out.append(Pressure(name, title, tuple(sorted(values.items()))))
    return out


def _by_year(published: Published, name: str, row: int) -> dict[int, float]:
    grid = published.values[name][row]
    return {
        year: float(value) for year, value in zip(published.years, grid, strict=True) if np.isfinite(value)
    }


def alarms_of(published: Published, row: int, usual_years: int = USUAL_YEARS) -> list[Alarm]:
    """What would have called in this authority."""
    return watch(ratios_of(published, row), pressures_of(published, row), usual_periods=usual_years)


def tally(published: Published, usual_years: int = USUAL_YEARS) -> dict[str, dict[str, int]]:
    """By share: how many authorities could be watched, how many called, and how many of them under strain."""
    out: dict[str, Counter[str]] = {name: Counter() for name, *_ in SHARES}
    for row in range(len(published.places)):
        for ratio in ratios_of(published, row):
            out[ratio.name]["watched"] += not too_little(ratio, usual_years)
        for alarm in alarms_of(published, row, usual_years):
            out[alarm.ratio]["called"] += 1
            out[alarm.ratio]["capacity_known"] += bool(alarm.strains)
            out[alarm.ratio]["under_strain"] += alarm.under_strain
    keys = ("watched", "called", "capacity_known", "under_strain")
    return {name: {key: count[key] for key in keys} for name, count in out.items()}
