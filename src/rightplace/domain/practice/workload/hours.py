"""Hours counted: what one worker's families take in a week, what the week holds besides, and how loads are spread.

A pure function of what is said of children, seats and absences; nothing is assumed of what is not known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from rightplace.domain.practice.calendars import add_months
from rightplace.domain.practice.workload.weights import Weights

WORKING_DAYS: Final = 5


@dataclass(frozen=True, slots=True)
class Child:
    """What of a child counts for workload: where the child is, since when, and whether it is before the court."""

    person: int
    part: str
    weeks: int | None = None
    """Whole weeks since this work began; None where nobody knows."""
    legal: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """Brothers and sisters with one worker, and the hours of a week that they take together."""

    children: tuple[Child, ...]
    hours: float

    @property
    def lead(self) -> str:
        """The part of the child who takes most."""
        return self.children[0].part


@dataclass(frozen=True, slots=True)
class Besides:
    """What a worker's week holds that is not for families, in hours."""

    leave: float = 0.0
    away: float = 0.0
    supervision_taken: float = 0.0
    supervision_given: float = 0.0
    learning: float = 0.0
    team: float = 0.0
    protected: float = 0.0
    leading: float = 0.0
    """What is left of a manager's week: a manager carries no families, and each one carried is on top."""

    @property
    def all(self) -> float:
        return (
            self.leave + self.away + self.supervision_taken + self.supervision_given
            + self.learning + self.team + self.protected + self.leading
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Load:
    """One worker's week: what the families take, against the hours that are there for them.

    `week` is None where nobody said how long the worker works: then nothing is full, and nothing is free (promise 4).
    """

    worker: int
    families: tuple[Family, ...]
    week: float | None
    besides: Besides = Besides()

    @property
    def children(self) -> int:
        return sum(len(family.children) for family in self.families)

    @property
    def takes(self) -> float:
        return round(sum(family.hours for family in self.families), 2)

    @property
    def has(self) -> float | None:
        """The hours that are left for families; never below nought."""
        return None if self.week is None else round(max(self.week - self.besides.all, 0.0), 2)

    @property
    def over(self) -> float | None:
        """Hours more than there are; below nought they are free."""
        return None if self.has is None else round(self.takes - self.has, 2)


def child_hours(weights: Weights, child: Child) -> float:
    """The hours of a week that one child takes alone: by kind and stage of work, with the way there and the court."""
    hours = weights.hours.get(child.part, weights.otherwise) + weights.travel.get(child.part, 0.0)
    if child.weeks is not None:
        hours += sum(
            each.more for each in weights.stages if each.part == child.part and child.weeks < each.weeks
        )
    return hours + (weights.court if child.legal in weights.court_legal else 0.0)


def family_hours(weights: Weights, parts: Iterable[Child | str]) -> float:
    """The hours of a week that one family takes: its heaviest child in full, each brother or sister a little more."""
    each = [child_hours(weights, Child(0, part) if isinstance(part, str) else part) for part in parts]
    return max(each) + weights.each_more_child * (len(each) - 1) if each else 0.0


def grouped(
    weights: Weights, children: Sequence[Child], siblings: Collection[tuple[int, int]]
) -> tuple[Family, ...]:
    """One worker's children by family, joined by the brothers and sisters that the files name; the heaviest first."""
    of = {child.person: child.person for child in children}

    def root(person: int) -> int:
        while of[person] != person:
            person = of[person]
        return person

    for one, other in siblings:
        if one in of and other in of:
            first, second = sorted((root(one), root(other)))
            of[second] = first
    found: dict[int, list[Child]] = {}
    for child in sorted(children, key=lambda each: (-child_hours(weights, each), each.person)):
        found.setdefault(root(child.person), []).append(child)
    made = [Family(tuple(each), round(family_hours(weights, each), 2)) for each in found.values()]
    return tuple(sorted(made, key=lambda family: (-family.hours, family.children[0].person)))


def is_newly_qualified(weights: Weights, qualified: date | None, on: date) -> bool:
    """Whether a worker is in the supported first year on a day."""
    if qualified is None or weights.newly_qualified is None or on < qualified:
        return False
    return on.toordinal() < add_months(qualified.toordinal(), weights.newly_qualified.months)


def besides(
    weights: Weights,
    week: float,
    *,
    present: float,
    supervises: int,
    newly_qualified: bool,
    leads: bool = False,
) -> Besides:
    """What a week of so many hours holds besides families. `present`: the share of its days on which one is there."""
    share = week / weights.week if weights.week else 0.0
    protected = weights.newly_qualified.protected if newly_qualified and weights.newly_qualified else 0.0
    here = share * present
    held = Besides(
        leave=round(weights.leave * here, 2),
        away=round(week * (1 - present), 2),
        supervision_taken=round(weights.supervision_taken * present, 2),
        supervision_given=round(weights.supervision_given * supervises * present, 2),
        learning=round(weights.learning * here, 2),
        team=round(weights.team * here, 2),
        protected=round(week * protected * present, 2),
    )
    return replace(held, leading=round(max(week - held.all, 0.0), 2)) if leads else held


def presence(on: date, away: Iterable[tuple[date, date | None]]) -> float:
    """The share of the working days of a day's week on which a worker is there."""
    monday = on - timedelta(days=on.weekday())
    days = [monday + timedelta(days=number) for number in range(WORKING_DAYS)]
    spells = list(away)
    gone = sum(any(begins <= day and (ends is None or day < ends) for begins, ends in spells) for day in days)
    return (WORKING_DAYS - gone) / WORKING_DAYS


def hours_available(weights: Weights, *, away: bool, manages: bool) -> float:
    """The hours of a week for families where a post's real hours are not known. Who is away has none."""
    return 0.0 if away or manages else round(weights.week * weights.for_families, 1)


@dataclass(frozen=True, slots=True)
class Spread:
    """How loads are spread over workers: never only a mean."""

    workers: int
    least: float
    quarter: float
    middle: float
    three_quarters: float
    most: float


def spread(values: Iterable[float]) -> Spread | None:
    """The least, the quarters and the most; None where there is nobody."""
    found = sorted(values)
    if not found:
        return None

    def at(share: float) -> float:
        place = share * (len(found) - 1)
        low = int(place)
        high = min(low + 1, len(found) - 1)
        return round(found[low] + (found[high] - found[low]) * (place - low), 2)

    return Spread(len(found), found[0], at(0.25), at(0.5), at(0.75), found[-1])


def bands(values: Iterable[float], step: float) -> Mapping[str, int]:
    """How many fall into each step, from nought up, the empty ones too."""
    counts: dict[int, int] = {}
    for value in values:
        counts[int(value // step)] = counts.get(int(value // step), 0) + 1
    return {
        f"{place * step:g} to {(place + 1) * step:g}": counts.get(place, 0)
        for place in range(max(counts, default=-1) + 1)
    }


def hours_words(hours: float) -> str:
    """Hours as a page says them: to the half hour, since the table knows no better."""
    half = round(hours * 2) / 2
    return f"{half:g} hours" if half != 1 else "1 hour"
