"""What could have come out by chance: every other choice of treated schools among those compared.

If nothing was done, any of the schools might as well have been the treated ones. So the difference that was seen
is held against the difference under each other choice. No normal curve and no large number of schools is assumed,
which matters where one school or a handful is compared (R. A. Fisher's randomisation test; for few treated
clusters, MacKinnon and Webb, Journal of Econometrics 218 (2020)).
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

MOST_COUNTED = 20_000  # above this, so many are drawn instead of all being counted
DRAWN = 4_999
SEED = 20_110_901  # a fixed draw: the same page says the same twice
TINY = 1e-9  # two sums of the same numbers in another order are equal


@dataclass(frozen=True)
class Against:
    """How one difference stands among all that chance might have given."""

    difference: float
    chance: float  # share of the arrangements with a difference at least as large, either way
    low: float
    high: float
    arrangements: int
    exact: bool


def number_of(treated: int, units: int) -> int:
    """How many choices of so many treated units there are that differ in the size of their difference."""
    choices = math.comb(units, treated)
    return choices // 2 if 2 * treated == units else choices


def among_all(treated: Sequence[float], others: Sequence[float], level: float) -> Against:
    """Hold the difference of two means against each arrangement, and turn the test into an interval.

    An effect is inside the interval when, taken away from the treated units, the difference left over is not among
    the most extreme. For each arrangement that is so between two points which a line or two of algebra gives, hence
    the ends are exact and need no search.
    """
    values = [*treated, *others]
    k, n = len(treated), len(values)
    seen = math.fsum(treated) / k - math.fsum(others) / (n - k)
    exact = math.comb(n, k) <= MOST_COUNTED
    scale = max((abs(value) for value in values), default=0.0) + 1.0
    lows, highs, extreme = [], [], 0
    for chosen in _choices(n, k, exact):
        low, high, difference = _between(values, chosen, k, seen)
        lows.append(low)
        highs.append(high)
        extreme += abs(difference) >= abs(seen) - TINY * scale
    total = len(lows)
    allowed = math.floor((1 - level) * total + TINY)
    lows.sort()
    highs.sort(reverse=True)
    ends = (lows[allowed], highs[allowed]) if allowed < total else (seen, seen)
    return Against(seen, extreme / total, *ends, total, exact)


def _choices(n: int, k: int, exact: bool) -> Iterator[Sequence[int]]:
    """The arrangement that happened first, then the others: all of them, or a fixed draw."""
    if exact:
        yield from combinations(range(n), k)
        return
    yield range(k)
    dice = random.Random(SEED)  # noqa: S311 - a draw for a statistic, nothing to guess
    for _ in range(DRAWN):
        yield dice.sample(range(n), k)


def _between(
    values: Sequence[float], chosen: Sequence[int], k: int, seen: float
) -> tuple[float, float, float]:
    """The effects for which this arrangement is at least as extreme as what happened, and its own difference.

    With m truly treated among the chosen, taking the effect e away from these turns this arrangement's difference D
    into D - e*b with b = m/k - (k-m)/(n-k). It is at least as large as seen - e between (seen-D)/(1-b) and
    (seen+D)/(1+b). b is 1 only for what happened itself, and -1 only for its mirror: both always are.
    """
    n = len(values)
    inside = math.fsum(values[i] for i in chosen)
    outside = math.fsum(values) - inside
    difference = inside / k - outside / (n - k)
    truly = sum(1 for i in chosen if i < k)
    b = truly / k - (k - truly) / (n - k)
    if abs(abs(b) - 1) < TINY:
        return -math.inf, math.inf, difference
    one, other = (seen - difference) / (1 - b), (seen + difference) / (1 + b)
    return min(one, other), max(one, other), difference
