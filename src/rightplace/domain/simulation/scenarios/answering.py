"""The answer of gathered futures: fans, chances, costs and differences, each with its sentence."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import msgspec
import numpy as np

from rightplace.domain.evidence import wilson
from rightplace.domain.simulation.parameters import ImpossibleScenario
from rightplace.domain.simulation.scenarios import saying
from rightplace.domain.simulation.scenarios.about import About, PromiseAsked, ScenarioAsked
from rightplace.domain.simulation.scenarios.answer import (
    EDITION,
    Answer,
    Cost,
    Fan,
    Picture,
    Range,
    ScenarioAnswer,
    Workload,
)
from rightplace.domain.simulation.scenarios.batches import Gathered
from rightplace.domain.simulation.scenarios.comparing import compared
from rightplace.domain.simulation.scenarios.measuring import (
    BY_CODE,
    YEAR,
    Futures,
    Measured,
    Real,
    short,
)
from rightplace.domain.simulation.scenarios.scenario import EVERYWHERE

SHARES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
BESIDE: Final = ("contacts", "open", "unallocated_children", "in_care", "in_post", "cost")
"""Measures that are pictured beside the promises."""


def answer(gathered: Gathered) -> Answer:
    """The answer so far. It is an answer from one future on; the ranges say how far it can be trusted."""
    if not gathered.replicates:
        raise ImpossibleScenario("replicates", "nothing has been simulated yet")
    about = msgspec.convert(gathered.about, About)
    numbers = gathered.together()
    futures = [Futures(numbers[nth], about.places) for nth in range(len(about.scenarios))]
    return Answer(
        edition=EDITION,
        title=about.scenarios[-1].name,
        replicates=gathered.replicates,
        seed=about.seed,
        begins=about.begins,
        days=about.days,
        weeks=[about.begins + timedelta(days=7 * week) for week in range(futures[0].weeks)],
        first_change=about.first_change,
        places=about.places,
        promises=about.promises,
        scenarios=[
            _scenario(about, asked, each) for asked, each in zip(about.scenarios, futures, strict=True)
        ],
        pairs=[
            compared(about, about.scenarios[0], asked, futures[0], each)
            for asked, each in zip(about.scenarios[1:], futures[1:], strict=True)
        ],
        caveats=about.caveats,
    )


def _scenario(about: About, asked: ScenarioAsked, futures: Futures) -> ScenarioAnswer:
    pictures = []
    for place in about.places:
        pictures += [_promised(promise, place, futures, about.first_change) for promise in about.promises]
        pictures += [_beside(BY_CODE[code], place, futures) for code in BESIDE]
    broken = [
        (each.title, each.chance or 0.0)
        for each in pictures
        if each.place == EVERYWHERE and each.limit is not None
    ]
    return ScenarioAnswer(
        asked.name,
        asked.note,
        asked.changes,
        pictures,
        [_workload(place, futures) for place in about.places],
        _cost(asked, futures),
        saying.summary_said(broken, futures.many),
    )


def _promised(promise: PromiseAsked, place: str, futures: Futures, first: int) -> Picture:
    what = BY_CODE[promise.code]
    beyond = futures.quarters(what, place, first) > promise.limit
    broken = int(beyond.any(axis=1).sum())
    chance = broken / futures.many
    low, high = wilson(broken, futures.many)
    year = _year(what, place, futures)
    said = saying.promise_said(
        promise.words,
        place,
        promise.unit,
        promise.limit,
        chance,
        year.low,
        year.high,
        futures.many,
        futures.weeks,
    )
    return Picture(
        promise.code, place, promise.words, promise.unit, _fan(futures.weekly(what, place)), year, said,
        promise.limit, short(chance), short(low), short(high), [short(each) for each in beyond.mean(axis=0)],
    )  # fmt: skip


def _beside(what: Measured, place: str, futures: Futures) -> Picture:
    year = _year(what, place, futures)
    said = saying.measure_said(what.title, place, what.unit, year.low, year.high, futures.weeks)
    return Picture(what.code, place, what.title, what.unit, _fan(futures.weekly(what, place)), year, said)


def _year(what: Measured, place: str, futures: Futures) -> Range:
    return _range(futures.span(what, place, max(0, futures.weeks - YEAR), futures.weeks))


def _range(found: Real) -> Range:
    counted = found[~np.isnan(found)]
    if not len(counted):
        return Range(0.0, 0.0, 0.0)
    low, middle, high = np.quantile(counted, (0.05, 0.5, 0.95))
    return Range(short(low), short(middle), short(high))


def _fan(weekly: Real) -> Fan:
    """Quantiles by week, over the futures in which something was counted."""
    lines: list[list[float | None]] = [[] for _ in SHARES]
    empty = np.isnan(weekly)
    if not empty.any():
        whole = np.quantile(weekly, SHARES, axis=0)
        for line, shares in zip(lines, whole, strict=True):
            line += map(short, shares)
        return Fan(*lines)
    for week in range(weekly.shape[1]):
        counted = weekly[~empty[:, week], week]
        for line, share in zip(lines, SHARES, strict=True):
            line.append(short(np.quantile(counted, share)) if len(counted) else None)
    return Fan(*lines)


def _workload(place: str, futures: Futures) -> Workload:
    mean, middle, heaviest = (BY_CODE[code] for code in ("load_percent", "load_median", "workload"))
    half, tenth = _year(middle, place, futures), _year(heaviest, place, futures)
    return Workload(
        place,
        _fan(futures.weekly(mean, place)),
        _fan(futures.weekly(middle, place)),
        _fan(futures.weekly(heaviest, place)),
        saying.workload_said(place, half.middle, tenth.low, tenth.high, futures.weeks),
    )


def _cost(asked: ScenarioAsked, futures: Futures) -> Cost:
    first = max(0, futures.weeks - YEAR)
    year, care, agency = yearly_cost(asked, futures)
    over = None if asked.budget is None else float((year > asked.budget).mean())
    ranges = _range(year), _range(year - care), _range(agency), _range(care)
    part = float(care.sum() / max(1.0, year.sum()))
    said = saying.cost_said(ranges[0].low, ranges[0].high, part, asked.budget, over, futures.many)
    if futures.weeks - first < YEAR:
        said = f"At the pace of this run: {said[0].lower()}{said[1:]}"
    return Cost(*ranges, said, asked.budget, over)


def yearly_cost(asked: ScenarioAsked, futures: Futures) -> tuple[Real, Real, Real]:
    """Pounds a year by future: all, placements in care, and agency staff within the rest."""
    first = max(0, futures.weeks - YEAR)
    scale = YEAR / (futures.weeks - first)
    whole = futures.of("cost", EVERYWHERE)
    care = futures.of("open_care", EVERYWHERE) * _by_week(asked.care_rate, futures.weeks)
    agency = futures.of("agency", EVERYWHERE) * _by_week(asked.agency_rate, futures.weeks)
    year, cared, lent = (part[:, first:].sum(axis=1) * scale for part in (whole, care, agency))
    return year, cared, lent


def _by_week(rates: list[tuple[int, float]], weeks: int) -> Real:
    found = np.zeros(weeks)
    for week, rate in rates:
        found[week:] = rate
    return found
