"""How long people stay: the curve of those who are still there, and the rate at which they leave, each with its range.

Who is still there is not counted as gone nor as staying for ever: they count for as long as they were seen (censored on
the right), and who was there already when counting began counts from then on only (late entry). E. L. Kaplan and
P. Meier, JASA 53 (1958); the range of a rate is exact (F. Garwood, Biometrika 28 (1936)).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

NORMAL_95: Final = 1.959963984540054
TINY: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay: seen from `entered` until `seen`, both counted from its own beginning; whether it ended by leaving."""

    seen: float
    left: bool
    entered: float = 0.0

    def __post_init__(self) -> None:
        if self.seen < self.entered or self.entered < 0:
            raise ValueError("A stay is seen until after it was first seen, and not before it began.")


@dataclass(frozen=True, slots=True)
class Step:
    """One time at which somebody left: how many were there just before, how many left, what share is kept after it."""

    time: float
    at_risk: int
    left: int
    kept: float
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    """The share still there after each time at which somebody left, with the range in which it lies 19 times of 20."""

    stays: int
    leavers: int
    longest: float
    steps: tuple[Step, ...]

    def at(self, time: float) -> Step | None:
        """The share still there at a time; None beyond the longest stay that was seen."""
        if time > self.longest:
            return None
        before = [step for step in self.steps if step.time <= time]
        return before[-1] if before else Step(time, self.stays, 0, 1.0, 1.0, 1.0)

    @property
    def median(self) -> float | None:
        """When half have gone; None while more than half are still there."""
        return next((step.time for step in self.steps if step.kept <= 0.5), None)


def kaplan_meier(stays: Iterable[Stay], z: float = NORMAL_95) -> Curve:
    """The curve of those who stay. Who leaves at a time leaves before those who are last seen at it go out of sight."""
    known = [stay for stay in stays if stay.seen > stay.entered]
    ended = sorted(stay.seen for stay in known if stay.left)
    entered, seen = sorted(stay.entered for stay in known), sorted(stay.seen for stay in known)
    steps: list[Step] = []
    kept, spread = 1.0, 0.0
    for time, group in groupby(ended):
        left = len(list(group))
        at_risk = bisect_left(entered, time) - bisect_left(seen, time)
        kept *= 1 - left / at_risk
        spread += left / (at_risk * (at_risk - left)) if at_risk > left else math.inf
        low, high = _between(kept, spread, z)
        steps.append(Step(time, at_risk, left, kept, low, high))
    longest = max((stay.seen for stay in known), default=0.0)
    return Curve(len(known), len(ended), longest, tuple(steps))


def _between(kept: float, spread: float, z: float) -> tuple[float, float]:
    """Greenwood's spread on the scale of log(-log), so that the range never leaves nought and one."""
    if kept <= TINY or not math.isfinite(spread):
        return 0.0, max(kept, 0.0)
    log = math.log(kept)
    if log > -TINY:
        return 1.0, 1.0
    width = z * math.sqrt(spread) / abs(log)
    return kept ** math.exp(width), kept ** math.exp(-width)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many events in so many years of people, a year; `high` is the highest rate that the count allows."""

    events: int
    years: float
    rate: float | None
    low: float
    high: float | None


def rate_of(events: int, years: float, level: float = 0.95) -> Rate:
    """A rate a year with its exact range. Without any years seen nothing is known: the range is open."""
    if events < 0 or years < 0:
        raise ValueError("Events and years are nought or more.")
    if years <= 0:
        return Rate(events, years, None, 0.0, None)
    tail = (1 - level) / 2
    low = _mean_with(events - 1, 1 - tail) if events else 0.0
    return Rate(events, years, events / years, low / years, _mean_with(events, tail) / years)


def _mean_with(most: int, chance: float) -> float:
    """The mean of a Poisson count that is at most `most` with this chance, by halving."""
    low, high = 0.0, max(10.0, 2.0 * (most + 1))
    while _at_most(most, high) > chance:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if _at_most(most, middle) > chance:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _at_most(most: int, mean: float) -> float:
    """The chance of at most so many, for a Poisson count with this mean."""
    if mean <= 0:
        return 1.0
    logs = [count * math.log(mean) - mean - math.lgamma(count + 1) for count in range(most + 1)]
    return math.fsum(math.exp(each) for each in logs)


def middle_of(values: Sequence[float]) -> float | None:
    """The middle value; None of none."""
    held = sorted(values)
    if not held:
        return None
    half = len(held) // 2
    return held[half] if len(held) % 2 else (held[half - 1] + held[half]) / 2
