"""Money by year: every whole year is held against budget and saving; no dear year hides behind a cheap last one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import numpy as np

from rightplace.domain.simulation.scenarios.about import ScenarioAsked
from rightplace.domain.simulation.scenarios.answer import Range, Year
from rightplace.domain.simulation.scenarios.measuring import YEAR, Futures, Real, short
from rightplace.domain.simulation.scenarios.saying import chance_said, day_said, pounds_said
from rightplace.domain.simulation.scenarios.scenario import EVERYWHERE

Span = tuple[int, int]
OVERHANG: Final = 4
"""Weeks: a run that is longer than whole years by more than these has its last 52 weeks judged as well."""


def years(first: int, weeks: int) -> list[Span]:
    """Whole years from a week on, as weeks; where there is none, all that there is."""
    found = [(week, week + YEAR) for week in range(first, weeks - YEAR + 1, YEAR)]
    if not found:
        return [(min(first, weeks - 1), weeks)]
    if weeks - found[-1][1] > OVERHANG:
        found.append((weeks - YEAR, weeks))
    return found


def pounds(asked: ScenarioAsked, futures: Futures, span: Span) -> tuple[Real, Real, Real]:
    """Pounds a year by future: all, placements in care, and agency staff within the rest."""
    first, past = span
    whole = futures.of("cost", EVERYWHERE)
    care = futures.of("open_care", EVERYWHERE) * _by_week(asked.care_rate, futures.weeks)
    agency = futures.of("agency", EVERYWHERE) * _by_week(asked.agency_rate, futures.weeks)
    scale = YEAR / (past - first)
    year, cared, lent = (part[:, first:past].sum(axis=1) * scale for part in (whole, care, agency))
    return year, cared, lent


def _by_week(rates: list[tuple[int, float]], weeks: int) -> Real:
    found = np.zeros(weeks)
    for week, rate in rates:
        found[week:] = rate
    return found


def over(asked: ScenarioAsked, futures: Futures, begins: date) -> tuple[list[Year], float | None]:
    """What each year costs, with how often it passes the budget, and how often any year does."""
    spans = years(0, futures.weeks)
    by_year = [pounds(asked, futures, span)[0] for span in spans]
    if asked.budget is None:
        return [_year(begins, *told) for told in zip(spans, by_year, strict=True)], None
    passed = np.stack([each > asked.budget for each in by_year])
    found = [_year(begins, *told) for told in zip(spans, by_year, passed, strict=True)]
    return found, float(passed.any(axis=0).mean())


def saved(
    base: ScenarioAsked, other: ScenarioAsked, before: Futures, after: Futures, begins: date
) -> tuple[list[Year], float | None]:
    """What is saved in each year from the first change on, how often that is enough, and how often it is in every year."""
    if other.savings is None:
        return [], None
    spans = years(other.first_change, after.weeks)
    less = [pounds(base, before, span)[0] - pounds(other, after, span)[0] for span in spans]
    enough = np.stack([each >= other.savings for each in less])
    found = [_year(begins, *told) for told in zip(spans, less, enough, strict=True)]
    return found, short(enough.all(axis=0).mean())


def _year(begins: date, span: Span, each: Real, held: Real | None = None) -> Year:
    first, past = span
    low, middle, high = (short(part) for part in np.quantile(each, (0.05, 0.5, 0.95)))
    chance = None if held is None else short(held.mean())
    return Year(begins + timedelta(weeks=first), past - first, Range(low, middle, high), chance)


# In words, the worst year first.


def budget_said(budget: float, chance: float, told: Sequence[Year], futures: int) -> str:
    """How often the budget is passed."""
    if len(told) == 1:
        return f" It is more than the budget of {pounds_said(budget)} {chance_said(chance, futures)}."
    if not chance:
        return f" The budget of {pounds_said(budget)} a year is passed in no year of any future."
    worst = sorted(told, key=lambda year: -(year.chance or 0.0))
    often = chance_said(chance, futures)
    return (
        f" The budget of {pounds_said(budget)} a year is passed in at least one year {often}:"
        f" {_each(worst, futures)}."
    )


def savings_said(wanted: float, chance: float, told: Sequence[Year], futures: int) -> str:
    """How often as much is saved as was wanted."""
    what, often = f" The {pounds_said(wanted)} a year to be saved are saved", chance_said(chance, futures)
    if len(told) > 1:
        worst = sorted(told, key=lambda year: year.chance or 0.0)
        return f"{what} in every year {often}: {_each(worst, futures)}."
    if told[0].weeks < YEAR:
        return f"{what} {often}, at the pace of the {told[0].weeks} weeks from {day_said(told[0].begins)}."
    return f"{what} {often}."


def _each(told: Sequence[Year], futures: int) -> str:
    said = [f"{chance_said(y.chance or 0.0, futures)} in the year from {day_said(y.begins)}" for y in told]
    return f"{', '.join(said[:-1])} and {said[-1]}"
