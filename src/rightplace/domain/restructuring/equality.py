"""Who was in the pool, who was appointed and who was displaced, by protected characteristic: groups, never one person.

A group is shown when both its numbers may be shown, and when nothing withheld can be worked out from the totals,
which everybody knows. The four-fifths comparison is a prompt to look, not a verdict; each rate has its interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Final

from rightplace.domain.evidence import wilson
from rightplace.domain.evidence.smallnumbers import THRESHOLD, suppress

FOUR_FIFTHS: Final = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How many of a group were appointed, and how many were displaced."""

    appointed: int
    displaced: int

    @property
    def pool(self) -> int:
        return self.appointed + self.displaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The share of a group that was appointed, with its 95% interval (Wilson)."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """One group as it may be shown. Without numbers, they are withheld."""

    group: str
    pool: int | None
    appointed: int | None
    displaced: int | None
    rate: Rate | None
    prompt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """One characteristic: its groups, the totals, and whether anything is withheld."""

    characteristic: str
    lines: tuple[GroupLine, ...]
    appointed: int
    displaced: int

    @property
    def withheld(self) -> bool:
        return any(line.pool is None for line in self.lines)


def impact(characteristic: str, groups: Mapping[str, Outcome], threshold: int = THRESHOLD) -> Impact:
    """What may be said of one characteristic. Several stages are several calls; each is withheld by itself."""
    hidden = withheld_groups(groups, threshold)
    shown = {name: outcome for name, outcome in groups.items() if name not in hidden}
    best = max((outcome.appointed / outcome.pool for outcome in shown.values() if outcome.pool), default=0.0)
    everybody = _all(groups)
    lines = tuple(
        _line(name, shown[name], best, everybody) if name in shown else _withheld(name) for name in groups
    )
    return Impact(
        characteristic=characteristic,
        lines=lines,
        appointed=everybody.appointed,
        displaced=everybody.displaced,
    )


def withheld_groups(groups: Mapping[str, Outcome], threshold: int = THRESHOLD) -> frozenset[str]:
    """The groups whose numbers are withheld: those with a small one, and as many more as keep it secret.

    The pool, the appointed and the displaced are lists that add up to one another, with totals that are known. So
    a group is withheld in all three or in none, and the rest must hide it in each. Where that cannot be had, all are.
    """
    hidden: set[str] = set()
    for counts in _lists(groups):
        hidden |= {name for name, count in suppress(counts, threshold).counts.items() if count is None}
    while hidden and not all(_hides(counts, hidden, threshold) for counts in _lists(groups)):
        rest = {name: outcome.pool for name, outcome in groups.items() if name not in hidden}
        if not rest:
            break
        hidden |= {name for name, pool in rest.items() if pool == min(rest.values())}
    if len(hidden) == len(groups) - 1:
        return frozenset(groups)
    return frozenset(hidden)


def _lists(groups: Mapping[str, Outcome]) -> tuple[dict[str, int], ...]:
    return (
        {name: each.pool for name, each in groups.items()},
        {name: each.appointed for name, each in groups.items()},
        {name: each.displaced for name, each in groups.items()},
    )


def _hides(counts: Mapping[str, int], hidden: set[str], threshold: int) -> bool:
    """What is withheld of a list is not small together; that it is more than one, `suppress` sees to."""
    return sum(counts[name] for name in hidden) >= threshold


def _line(name: str, outcome: Outcome, best: float, everybody: Outcome) -> GroupLine:
    appointed = rate(outcome.appointed, outcome.pool) if outcome.pool else None
    return GroupLine(
        group=name,
        pool=outcome.pool,
        appointed=outcome.appointed,
        displaced=outcome.displaced,
        rate=appointed,
        prompt=_prompt(appointed, best, outcome, everybody),
    )


def _withheld(name: str) -> GroupLine:
    return GroupLine(group=name, pool=None, appointed=None, displaced=None, rate=None, prompt="")


def _prompt(rate: Rate | None, best: float, outcome: Outcome, everybody: Outcome) -> str:
    if rate is None or not best or rate.share >= FOUR_FIFTHS * best:
        return ""
    others = Outcome(
        appointed=everybody.appointed - outcome.appointed, displaced=everybody.displaced - outcome.displaced
    )
    low, high = difference(outcome, others)
    chance = "Chance alone could explain it." if low <= 0 <= high else "Chance alone would seldom do this."
    return f"Appointed less than four fifths as often as the group with the highest share. Look why. {chance}"


def rate(number: int, of: int) -> Rate:
    """A share and its 95% interval, which is honest for few people too."""
    low, high = wilson(number, of)
    return Rate(share=number / of, low=low, high=high)


def difference(group: Outcome, others: Outcome) -> tuple[float, float]:
    """The interval of the difference between two shares (Newcombe 1998, method 10); all of it where one is empty."""
    if not group.pool or not others.pool:
        return -1.0, 1.0
    a, b = rate(group.appointed, group.pool), rate(others.appointed, others.pool)
    gap = a.share - b.share
    return (
        gap - sqrt((a.share - a.low) ** 2 + (b.high - b.share) ** 2),
        gap + sqrt((a.high - a.share) ** 2 + (b.share - b.low) ** 2),
    )


def _all(groups: Mapping[str, Outcome]) -> Outcome:
    return Outcome(
        appointed=sum(each.appointed for each in groups.values()),
        displaced=sum(each.displaced for each in groups.values()),
    )
