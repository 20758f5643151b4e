"""Who needs a worker, who there is, and what is known of both: plain values, no names, no places but grid references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rightplace.domain.allocation.table import Table, sample

NOBODY = -1
"""In place of a worker's key: no worker."""


@dataclass(frozen=True)
class Place:
    """A point on the national grid, in metres."""

    east: int
    north: int


@dataclass(frozen=True)
class Child:
    """One child of a family: the minutes of a week that it adds, and the work it is (`child_protection`, `court` …)."""

    key: int
    minutes: int
    work: str = ""


@dataclass(frozen=True)
class Group:
    """Brothers and sisters who get one worker. Only a person parts them: see `split`."""

    key: int
    children: tuple[Child, ...]
    must: frozenset[str] = frozenset()
    """Skills that the worker must have."""
    better: frozenset[str] = frozenset()
    """Skills that would help."""
    language: str = ""
    place: Place | None = None
    conflicts: frozenset[int] = frozenset()
    """Workers with a conflict of interest: related, neighbours, a complaint between them."""
    present: int | None = None
    """The worker whom the family has now. Their load does not count this family."""
    siblings_with: frozenset[int] = frozenset()
    """Workers who hold a brother or sister that is not allocated here."""
    supported: bool = False
    """An experienced second worker is named, so a newly qualified one would not be alone."""
    split_because: str = ""

    @property
    def minutes(self) -> int:
        return sum(child.minutes for child in self.children)

    @property
    def works(self) -> frozenset[str]:
        return frozenset(child.work for child in self.children if child.work)


@dataclass(frozen=True)
class Away:
    """Days on which a worker is not there, first and last included; `last` None: nobody knows when they come back."""

    first: int
    last: int | None = None


@dataclass(frozen=True)
class Worker:
    """One worker: the minutes of a week that are there for families, and those already taken by families not asked about."""

    key: int
    minutes: int
    load: int = 0
    newly_qualified: bool = False
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset({"English"})
    place: Place | None = None
    full: bool = False
    """Has said *I am full*, and it stands: keeps the families held, gets no new one."""
    away: tuple[Away, ...] = ()


@dataclass(frozen=True)
class Question:
    """Whom to give to whom, on one day, by one table."""

    day: int
    groups: tuple[Group, ...]
    workers: tuple[Worker, ...]
    table: Table = field(default_factory=sample)

    def __post_init__(self) -> None:
        """Refuse what no answer could be checked against: two with one key, or hours below nothing."""
        for named, keys in (
            ("groups", [each.key for each in self.groups]),
            ("workers", [each.key for each in self.workers]),
            ("children", [child.key for each in self.groups for child in each.children]),
        ):
            if len(set(keys)) != len(keys):
                raise ValueError(f"two of the {named} have the same key")
        if any(not each.children for each in self.groups):
            raise ValueError("a group has no child")
        if any(child.minutes < 0 for each in self.groups for child in each.children):
            raise ValueError("a child takes less than no time")
        if any(min(each.minutes, each.load) < 0 or each.key < 0 for each in self.workers):
            raise ValueError("a worker has a negative key, negative hours or a negative load")

    @property
    def in_order(self) -> Question:
        """The same question with groups and workers in the order of their keys, so that no answer hangs on the order."""
        return replace(
            self,
            groups=tuple(sorted(self.groups, key=lambda each: each.key)),
            workers=tuple(sorted(self.workers, key=lambda each: each.key)),
        )


def protected_minutes(worker: Worker, table: Table) -> int:
    """The minutes of a week that may be filled with families: less in a newly qualified worker's year."""
    if worker.newly_qualified:
        return worker.minutes * table.rules.newly_qualified_percent // 100
    return worker.minutes


def split(group: Group, parts: Mapping[int, Sequence[int]], because: str) -> tuple[Group, ...]:
    """The groups after a person parted brothers and sisters: new group keys to their children's keys, and why."""
    if not because.strip():
        raise ValueError("parting brothers and sisters needs a reason")
    named = [key for keys in parts.values() for key in keys]
    if sorted(named) != sorted(child.key for child in group.children) or not all(parts.values()):
        raise ValueError("each child of the group goes into exactly one part")
    by_key = {child.key: child for child in group.children}
    return tuple(
        replace(group, key=key, children=tuple(by_key[each] for each in keys), split_because=because)
        for key, keys in parts.items()
    )


def children_sharing(
    hours: Iterable[tuple[int, str, float]], each_more_child: float, works: Mapping[str, str] | None = None
) -> tuple[Child, ...]:
    """Children of one family by the workload table: the heaviest in full, each other one a little more.

    Takes (key, part, hours a week); the same sum as `practice.workload.family_hours`, in whole minutes.
    """
    ordered = sorted(hours, key=lambda each: (-each[2], each[0]))
    return tuple(
        Child(key, round((own if place == 0 else each_more_child) * 60), (works or {}).get(part, part))
        for place, (key, part, own) in enumerate(ordered)
    )


@dataclass(frozen=True)
class Plan:
    """A worker for each group, or NOBODY and why; what it weighs, and what no plan can be below, in seconds of a week."""

    given: Mapping[int, int]
    unplaced: Mapping[int, str]
    seconds: int
    bound: int

    @property
    def gap(self) -> float:
        """By what share the plan may be above the best there is. Nothing: it is proved best."""
        if self.seconds == self.bound:
            return 0.0
        return self.seconds / self.bound - 1 if self.bound > 0 else float("inf")
