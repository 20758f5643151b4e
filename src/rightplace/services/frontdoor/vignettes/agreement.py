"""How far two who decide agree, beyond what chance would give. Pure; about decisions, never about a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt

Pair = tuple[Hashable, Hashable]
SURE = 1.96
"""Standard errors on each side of a 95% interval."""


@dataclass(frozen=True)
class Agreement:
    """Agreement over pairs of decisions. `kappa` is None where chance alone would always agree."""

    pairs: int
    share: float
    kappa: float | None
    low: float | None
    high: float | None


def agreement(pairs: Sequence[Pair], cases: int | None = None) -> Agreement | None:
    """Share of pairs that agree, and Cohen's kappa with a 95% interval; None without pairs.

    Nobody is first or second, so each pair counts both ways round. Pairs about one case hang together, so the interval
    is that of the number of cases, which is wider.
    """
    if not pairs:
        return None
    both = [*pairs, *((b, a) for a, b in pairs)]
    share = sum(a == b for a, b in pairs) / len(pairs)
    chosen = Counter(a for a, _ in both)
    by_chance = sum((count / len(both)) ** 2 for count in chosen.values())
    if by_chance >= 1:
        return Agreement(len(pairs), share, None, None, None)
    kappa = (share - by_chance) / (1 - by_chance)
    error = sqrt(share * (1 - share) / ((cases or len(pairs)) * (1 - by_chance) ** 2))
    return Agreement(
        len(pairs), share, kappa, max(-1.0, kappa - SURE * error), min(1.0, kappa + SURE * error)
    )


def matrix(pairs: Sequence[Pair], order: Sequence[Hashable]) -> list[list[int]]:
    """How often one chose the row and the other the column; each pair once above the middle, or in it."""
    place = {choice: number for number, choice in enumerate(order)}
    found = [[0] * len(order) for _ in order]
    for a, b in pairs:
        low, high = sorted((place[a], place[b]))
        found[low][high] += 1
    return found
