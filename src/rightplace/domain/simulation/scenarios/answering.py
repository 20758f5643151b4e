"""The answer of gathered futures: fans, chances, costs and differences, each with its sentence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import msgspec
import numpy as np

from rightplace.domain.evidence import wilson
from rightplace.domain.simulation.parameters import ImpossibleScenario
from rightplace.domain.simulation.scenarios import saying, years
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
        (each.title, each.chance) for each in pictures if each.place == EVERYWHERE and each.chance is not None
    ]
    return ScenarioAnswer(
        asked.name,
        asked.note,
        asked.changes,
        pictures,
        [_workload(place, futures) for place in about.places],
        _cost(asked, futures, about.begins),
        saying.summary_said(broken, futures.many),
    )


def _promised(promise: PromiseAsked, place: str, futures: Futures, first: int) -> Picture:
    what = BY_CODE[promise.code]
    quarters, year = futures.quarters(what, place, first), _year(what, place, futures)
    empty = np.isnan(quarters)
    picture = Picture(
        promise.code, place, promise.words, promise.unit, _fan(futures.weekly(what, place)), year,
        saying.nothing_said(promise.words, place), promise.limit, quarters=[None] * quarters.shape[1],
    )  # fmt: skip
    if empty.all():
        return picture
    beyond = quarters > promise.limit
    broken = int(beyond.any(axis=1).sum())
    chance, (low, high) = broken / futures.many, wilson(broken, futures.many)
    said = saying.promise_said(
        promise.words, place, promise.unit, promise.limit, chance, year.low if year else None, year.high if year else None,
        futures.many, futures.weeks,
    )  # fmt: skip
    return msgspec.structs.replace(
        picture,
        sentence=said,
        chance=short(chance),
        chance_low=short(low),
        chance_high=short(high),
        quarters=[
            None if empty[:, nth].all() else short(beyond[:, nth].mean()) for nth in range(beyond.shape[1])
        ],
    )


def _beside(what: Measured, place: str, futures: Futures) -> Picture:
    year = _year(what, place, futures)
    said = saying.nothing_said(what.title, place)
    if year is not None:
        said = saying.measure_said(what.title, place, what.unit, year.low, year.high, futures.weeks)
    return Picture(what.code, place, what.title, what.unit, _fan(futures.weekly(what, place)), year, said)


def _year(what: Measured, place: str, futures: Futures) -> Range | None:
    """Over the last year, of the futures in which there was something to count; nothing where there was in none."""
    found = _last_year(what, place, futures)
    counted = found[~np.isnan(found)]
    return _range(counted) if len(counted) else None


def _last_year(what: Measured, place: str, futures: Futures) -> Real:
    return futures.span(what, place, max(0, futures.weeks - YEAR), futures.weeks)


def _range(counted: Real) -> Range:
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
    half, tenth = (_range(_last_year(each, place, futures)) for each in (middle, heaviest))
    return Workload(
        place,
        _fan(futures.weekly(mean, place)),
        _fan(futures.weekly(middle, place)),
        _fan(futures.weekly(heaviest, place)),
        saying.workload_said(place, half.middle, tenth.low, tenth.high, futures.weeks),
    )


def _cost(asked: ScenarioAsked, futures: Futures, begins: date) -> Cost:
    last = max(0, futures.weeks - YEAR), futures.weeks
    year, care, agency = years.pounds(asked, futures, last)
    by_year, over = years.over(asked, futures, begins)
    ranges = _range(year), _range(year - care), _range(agency), _range(care)
    part = float(care.sum() / max(1.0, year.sum()))
    said = saying.cost_said(ranges[0].low, ranges[0].high, part, futures.weeks, len(by_year))
    if asked.budget is not None and over is not None:
        said += years.budget_said(asked.budget, over, by_year, futures.many)
    return Cost(*ranges, said, asked.budget, over, by_year)
