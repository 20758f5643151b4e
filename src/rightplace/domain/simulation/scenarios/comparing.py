"""Two scenarios in the same futures: what differs, how sure that is, and what sharing the luck was worth."""

from __future__ import annotations

from typing import Final

import numpy as np

from rightplace.domain.simulation.scenarios import saying, years
from rightplace.domain.simulation.scenarios.about import About, ScenarioAsked
from rightplace.domain.simulation.scenarios.answer import Band, Difference, Numbers, PairAnswer
from rightplace.domain.simulation.scenarios.measuring import (
    BY_CODE,
    YEAR,
    Futures,
    Measured,
    Real,
    short,
    student,
)
from rightplace.domain.simulation.scenarios.scenario import EVERYWHERE

COMPARED: Final = (
    "decision", "assessment", "conference", "review", "visit", "supervision", "unallocated", "workload", "contacts",
    "open", "in_care", "in_post", "leavers", "cost",
)  # fmt: skip


BESIDE_THE_POINT: Final = ("contacts", "leavers")
"""Measures that a summary leaves out: they are what was changed."""


def compared(
    about: About, base: ScenarioAsked, other: ScenarioAsked, before: Futures, after: Futures
) -> PairAnswer:
    """Every measure in every place, from the first change until a year after the last."""
    span = slice(about.first_change, min(before.weeks, about.last_change + YEAR))
    each = (
        _difference(about, BY_CODE[code], place, before, after, span)
        for place in about.places
        for code in COMPARED
    )
    found = [told for told in each if told is not None]
    ratios = [each.variance_ratio for each in found if each.variance_ratio is not None]
    by_year, saved = years.saved(base, other, before, after, about.begins)
    enough = ""
    if other.savings is not None and saved is not None:
        enough = years.savings_said(other.savings, saved, by_year, after.many)
    return PairAnswer(
        base.name,
        other.name,
        found,
        other.savings,
        saved,
        _summary(base, other, found) + enough,
        saying.luck_said(float(np.median(ratios)) if ratios else None, after.many),
        saying.span_said(about.begins, span.start, span.stop),
        by_year,
    )  # fmt: skip


def _summary(base: ScenarioAsked, other: ScenarioAsked, found: list[Difference]) -> str:
    """What is higher and lower everywhere, as far as it is told from chance and large enough to matter."""
    apart = [
        each
        for each in found
        if each.told_apart
        and each.place == EVERYWHERE
        and each.code not in BESIDE_THE_POINT
        and saying.matters(each.mean, each.before, each.unit)
    ]
    more, fewer = ([d.title for d in apart if (d.mean > 0) is up] for up in (True, False))
    return saying.pair_said(other.name, base.name, more, fewer)


def _difference(
    about: About, what: Measured, place: str, before: Futures, after: Futures, span: slice
) -> Difference | None:
    """Over the futures with something to count, with the change and without it; nothing where there is none."""
    a = before.span(what, place, span.start, span.stop)
    b = after.span(what, place, span.start, span.stop)
    both = ~(np.isnan(a) | np.isnan(b))
    if not both.any():
        return None
    a, b = a[both], b[both]
    mean, low, high, ratio = paired(a, b)
    apart = len(a) > 1 and (low > 0 or high < 0)
    at_first, then = float(a.mean()), float(b.mean())
    said = saying.difference_said(what.title, place, what.unit, at_first, then, low, high, apart)
    chances = _chances(about, what, place, before, after)
    if chances is not None:
        said += saying.broken_said(*chances, before.many)
    chance_before, chance_after = chances or (None, None)
    weeks = before.weekly(what, place), after.weekly(what, place)
    return Difference(
        what.code, place, what.title, what.unit, short(at_first), short(then), short(mean), short(low), short(high), apart,
        None if ratio is None else short(ratio), said, _band(*weeks), chance_before, chance_after,
        _level(*weeks),
    )  # fmt: skip


def _chances(
    about: About, what: Measured, place: str, before: Futures, after: Futures
) -> tuple[float, float] | None:
    """How often a quarter is beyond the limit, without the change and with it."""
    limit = next((each.limit for each in about.promises if each.code == what.code), None)
    if limit is None:
        return None
    found = [
        (each.quarters(what, place, about.first_change) > limit).any(axis=1).mean()
        for each in (before, after)
    ]
    return short(found[0]), short(found[1])


def _band(before: Real, after: Real) -> Band:
    """The difference by week, over the futures in which both were counted; where fewer than two were, nothing is told."""
    lines: tuple[list[float | None], list[float | None], list[float | None]] = ([], [], [])
    apart = after - before
    for week in range(apart.shape[1]):
        found = apart[~np.isnan(apart[:, week]), week]
        if len(found) < 2:
            for line in lines:
                line.append(None)
            continue
        mean, half = (
            float(found.mean()),
            student(len(found) - 1) * float(found.std(ddof=1)) / len(found) ** 0.5,
        )
        for line, value in zip(lines, (mean - half, mean, mean + half), strict=True):
            line.append(short(value))
    return Band(*lines)


def _level(before: Real, after: Real) -> Numbers:
    """The mean by week without the change, over the futures in which both were counted."""
    found: Numbers = []
    for week in range(before.shape[1]):
        counted = before[~np.isnan(before[:, week] + after[:, week]), week]
        found.append(short(counted.mean()) if len(counted) else None)
    return found


def paired(a: Real, b: Real) -> tuple[float, float, float, float | None]:
    """The mean of the differences, its range, and how much more they would vary if both had luck of their own.

    The range holds 99 times of 100: so many measures are compared that one of 95 would be found by chance alone.
    """
    if not len(a):
        return 0.0, 0.0, 0.0, None
    apart = b - a
    mean = float(apart.mean())
    if len(a) == 1:
        wide = abs(mean) * 10 + 1e-9 if mean else 0.0
        return mean, mean - wide, mean + wide, None
    spread = float(apart.std(ddof=1))
    half = student(len(a) - 1) * spread / len(a) ** 0.5
    if spread == 0:
        return mean, mean, mean, None
    return mean, mean - half, mean + half, float((a.var(ddof=1) + b.var(ddof=1)) / spread**2)
