"""From the numbers of gathered futures to measures by week, by quarter and over a span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rightplace.domain.simulation.scenarios.batches import KEPT, Numbers
from rightplace.domain.simulation.scenarios.promises import PERCENT_OF_LOAD, PROMISES, SHARE

Real = npt.NDArray[np.float64]
QUARTER: Final = 13
YEAR: Final = 52
SMOOTHED: Final = 4
"""Shares are pictured over the last four weeks: a single week of a small team jumps."""
OPEN: Final = ("open_support", "open_assessment", "open_enquiry", "open_need", "open_protection", "open_care")


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure: its words, its unit, and the measures of the engine that it is worked out from."""

    code: str
    title: str
    unit: str
    over: str
    under: str = ""
    is_count: bool = False
    """Whether it adds up over weeks; else it is as a week ends."""


OTHERS: Final = (
    Measured("contacts", "contacts a week", "children", "contacts", is_count=True),
    Measured("open", "children with an open case", "children", "open_children"),
    Measured("unallocated_children", "children without a worker of their own", "children", "unallocated"),
    Measured("in_care", "children in care", "children", "open_care"),
    Measured("in_post", "workers in post", "people", "in_post"),
    Measured("leavers", "workers and managers who leave in a week", "people", "leavers", is_count=True),
    Measured("load_median", "the load that half of the workers are above", PERCENT_OF_LOAD, "load_median"),
    Measured("load_percent", "the mean load", PERCENT_OF_LOAD, "load_percent"),
    Measured("cost", "cost", "pounds a week", "cost"),
)
MEASURED: Final = (*(Measured(p.code, p.words, p.unit, p.over, p.under) for p in PROMISES), *OTHERS)
BY_CODE: Final = {each.code: each for each in MEASURED}


class Futures:
    """The gathered numbers of one scenario."""

    def __init__(self, numbers: Numbers, places: list[str]) -> None:
        self.numbers, self.places = numbers, places

    @property
    def many(self) -> int:
        return int(self.numbers.shape[0])

    @property
    def weeks(self) -> int:
        return int(self.numbers.shape[1])

    def of(self, measure: str, place: str) -> Real:
        """One of the engine's measures by future and week."""
        if measure == "open_children":
            return np.asarray(sum(self.of(each, place) for each in OPEN), np.float64)
        if measure == "visits_missed":
            return self.of("visits_due", place) - self.of("visits_on_time", place)
        return self.numbers[:, :, KEPT.index(measure), self.places.index(place)].astype(np.float64)

    def weekly(self, what: Measured, place: str) -> Real:
        """By future and week; not a number where nothing was counted."""
        over = self.of(what.over, place)
        if what.unit != SHARE:
            return over
        return _quotient(_last(over), _last(self.of(what.under, place)))

    def span(self, what: Measured, place: str, first: int, past: int) -> Real:
        """One number a future: a quotient of sums for shares, else the mean week."""
        over = self.of(what.over, place)[:, first:past]
        if what.unit != SHARE:
            return np.asarray(over.mean(axis=1))
        return _quotient(over.sum(axis=1), self.of(what.under, place)[:, first:past].sum(axis=1))

    def quarters(self, what: Measured, place: str, first: int) -> Real:
        """By future and quarter from a week on; a shorter last one is left out unless it is the only one."""
        many = max(1, (self.weeks - first) // QUARTER)
        parts = [
            self.span(what, place, first + n * QUARTER, min(self.weeks, first + (n + 1) * QUARTER))
            for n in range(many)
        ]
        return np.stack(parts, axis=1)


def _last(weekly: Real) -> Real:
    """Sums of a week and the three before it."""
    summed = np.cumsum(weekly, axis=1)
    found = summed.copy()
    found[:, SMOOTHED:] -= summed[:, :-SMOOTHED]
    return found


def _quotient(over: Real, under: Real) -> Real:
    return np.where(under > 0, over / np.maximum(under, 1), np.nan)


_STUDENT: Final = (63.657, 9.925, 5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.250, 3.169)


def student(free: int) -> float:
    """Student's quantile at 0.995: of the printed table at first, then by the series of Fisher and Cornish."""
    if free <= len(_STUDENT):
        return _STUDENT[max(1, free) - 1]
    z = 2.575829
    return z + (z**3 + z) / (4 * free) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)


def short(value: Any) -> float:
    """A number as it is kept: four digits that count."""
    return float(f"{float(value):.4g}")
