"""Workload in hours, not in counts: what a family takes in a week, against the hours that a worker has for families.

A dated local table, a sample and no council's policy. What a post's real hours are comes with the establishment; until
then a worker is taken to work the table's full week, and the page says so (promise 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class Weights:
    """The hours that a family takes in a week, by the part of the system that leads, from a day on."""

    begins: date
    hours: Mapping[str, float]
    otherwise: float
    each_more_child: float
    week: float
    for_families: float
    """The share of a working week that is there for families: the rest is leave, travel, training and meetings."""
    source: str
    checked: bool = False
    ends: date | None = field(default=None)


SAMPLE: Final = "Sample of a local workload table: replace it with the council’s own"
TABLE: Final[Sequence[Weights]] = (
    Weights(
        begins=date(2000, 1, 1),
        hours=MappingProxyType(
            {
                "front_door": 0.5,
                "family_support": 2.0,
                "family_help": 2.5,
                "assessment": 4.0,
                "child_in_need": 2.5,
                "child_protection": 4.5,
                "in_care": 3.5,
                "leaving_care": 1.5,
            }
        ),
        otherwise=2.0,
        each_more_child=0.75,
        week=37.0,
        for_families=0.6,
        source=SAMPLE,
    ),
)


def weights_on(day: date, table: Sequence[Weights] = TABLE) -> Weights | None:
    """The table in force on a day; None before the first: then no hours are known."""
    held = [each for each in table if each.begins <= day and (each.ends is None or day < each.ends)]
    return max(held, key=lambda each: each.begins, default=None)


def family_hours(weights: Weights, parts: Iterable[str]) -> float:
    """The hours of a week that one family takes: its heaviest child in full, each brother or sister a little more."""
    each = [weights.hours.get(part, weights.otherwise) for part in parts]
    return max(each) + weights.each_more_child * (len(each) - 1) if each else 0.0


def hours_available(weights: Weights, *, away: bool, manages: bool) -> float:
    """The hours of a week that a worker has for families. Who is away has none; a manager carries no families."""
    return 0.0 if away or manages else round(weights.week * weights.for_families, 1)


def hours_words(hours: float) -> str:
    """Hours as a page says them: to the half hour, since the table knows no better."""
    half = round(hours * 2) / 2
    return f"{half:g} hours" if half != 1 else "1 hour"
