"""A book made ready for the engine: for each event and day the rules that it starts, each day counted once."""

from __future__ import annotations

from bisect import bisect_right
from enum import IntEnum
from functools import lru_cache
from typing import Final

from rightplace.domain.practice.durations import Duration, due, due_from_day, lead
from rightplace.domain.practice.londontime import end_of_day, start_of_day
from rightplace.domain.practice.timescales.rules import ALWAYS, Clause, Pattern, Rule, RuleBook

_BEGINNING_OF_TIME: Final = 0


class Hears(IntEnum):
    """What an event does to a timescale that waits for it."""

    MEETS = 0
    ENDS = 1
    COUNTS = 2
    BLOCKED = 3


Hearing = tuple[Hears, Pattern, int]
"""What it does, the event's tags that are wanted, and the place of the event among those that must all come."""


class ReadyRule:
    """One version of a rule with what the engine asks of it on every event."""

    __slots__ = (
        "_book",
        "_days",
        "_hours",
        "_planned",
        "child",
        "conditional",
        "everything",
        "expires",
        "hears",
        "rule",
        "timed",
    )

    def __init__(self, rule: Rule, book: RuleBook) -> None:
        self.rule = rule
        self.child = rule.scope == "child"
        self.expires = rule.clause is Clause.EXPIRY
        self.timed = _timed(rule)
        self.conditional = bool(
            rule.process
            or rule.legal
            or rule.year
            or rule.already
            or rule.set
            or rule.age_from is not None
            or rule.age_under is not None
        )
        self.everything = (1 << len(rule.met_by)) - 1 if rule.met_by_all else 0
        self.hears: dict[str, tuple[Hearing, ...]] = {}
        self._days: dict[int, tuple[int | None, int | None, int | None]] = {}
        self._hours = (book.calendars[rule.calendar], book.hours[rule.hours])
        self._book = book
        self._planned: dict[str, ReadyRule | None] = {}
        for place, pattern in enumerate(rule.met_by):
            self._hear(Hears.MEETS, pattern, place)
        for does, patterns in ((Hears.ENDS, rule.ends), (Hears.BLOCKED, rule.blocks)):
            for pattern in patterns:
                self._hear(does, pattern, 0)
        if rule.statistics is not None:
            self._hear(Hears.COUNTS, rule.statistics, 0)

    def _hear(self, does: Hears, pattern: Pattern, place: int) -> None:
        self.hears[pattern.name] = (*self.hears.get(pattern.name, ()), (does, pattern, place))

    def times(self, at: int, day: int) -> tuple[int | None, int | None, int | None]:
        """Floor, due and the instant from which it is due soon, counted from an event."""
        if self.timed:
            return self._times(at, day, hour_known=at != start_of_day(day))
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = self._times(at, day, hour_known=False)
        return found

    def planned(self, interval: str) -> ReadyRule | None:
        """The same rule by the interval of a child's own plan; None where the plan sets none that can be read."""
        if interval not in self._planned:
            rule = self.rule.as_planned(interval)
            self._planned[interval] = ReadyRule(rule, self._book) if rule is not None else None
        return self._planned[interval]

    def due(self, at: int, day: int) -> int | None:
        return self.times(at, day)[1]

    def _times(self, at: int, day: int, hour_known: bool) -> tuple[int | None, int | None, int | None]:
        rule = self.rule
        floor = last = None
        if rule.floor is not None:
            floor = self._end(rule.floor, at, day, hour_known) + (0 if rule.floor.by_the_clock else 1)
        if rule.within is not None:
            last = self._end(rule.within, at, day, hour_known)
        elif rule.clause is Clause.COHORT:
            last = end_of_day(day)
        return floor, last, None if last is None else self._soon(last)

    def _end(self, duration: Duration, at: int, day: int, hour_known: bool) -> int:
        return due(duration, at, *self._hours) if hour_known else due_from_day(duration, day, *self._hours)

    def _soon(self, last: int) -> int:
        """When it begins to be due soon: as its pack says, else on the day itself, or half an hour before."""
        rule = self.rule
        if rule.amber is not None:
            return lead(rule.amber, last, *self._hours)
        if rule.within is not None and rule.within.by_the_clock:
            return last - _HALF_HOUR
        return lead(_THE_DAY, last, *self._hours)


_HALF_HOUR: Final = 30 * 60 * 1_000_000
_THE_DAY: Final = Duration.parse("0 days")


def _timed(rule: Rule) -> bool:
    return any(d is not None and d.by_the_clock for d in (rule.within, rule.floor))


Started = tuple[Pattern, ReadyRule]


class ReadyBook:
    """Which rules each event starts on each day, the stricter layer standing for the others."""

    def __init__(self, book: RuleBook) -> None:
        self.starts: dict[str, tuple[tuple[int, ...], tuple[tuple[Started, ...], ...]]] = {}
        self.remembered: set[str] = set()
        self.later_sets: set[str] = set()
        windows: dict[str, list[tuple[int, int, Pattern, ReadyRule]]] = {}
        for rules in book.by_id.values():
            for first, last, rule in _windows([rule for rule in rules if rule.on]):
                ready = ReadyRule(rule, book)
                self.remembered |= {pattern.name for pattern in rule.already}
                self.later_sets |= set(rule.switches_on)
                for pattern in rule.triggers:
                    windows.setdefault(pattern.name, []).append((first, last, pattern, ready))
        for name, found in windows.items():
            self.starts[name] = _by_day(found)

    def started_by(self, name: str, day: int) -> tuple[Started, ...]:
        found = self.starts.get(name)
        return found[1][bisect_right(found[0], day) - 1] if found else ()


def _windows(rules: list[Rule]) -> list[tuple[int, int, Rule]]:
    """The days on which each version of one rule counts: on any day the last layer that has one."""
    edges = sorted({_BEGINNING_OF_TIME, *(r.from_day for r in rules), *(r.to_day + 1 for r in rules)})
    found: list[tuple[int, int, Rule]] = []
    for first, following in zip(edges, [*edges[1:], ALWAYS + 1], strict=True):
        counting = [rule for rule in rules if rule.in_force(first)]
        if counting:
            found.append((first, following - 1, max(counting, key=lambda rule: rule.layer)))
    return found


def _by_day(
    found: list[tuple[int, int, Pattern, ReadyRule]],
) -> tuple[tuple[int, ...], tuple[tuple[Started, ...], ...]]:
    """For each stretch of days the rules that an event starts; a switch comes before what it switches on."""
    found.sort(key=lambda each: each[3].rule.clause is not Clause.SWITCH)
    edges = sorted({_BEGINNING_OF_TIME, *(f[0] for f in found), *(f[1] + 1 for f in found)})
    return tuple(edges), tuple(
        tuple((pattern, ready) for first, last, pattern, ready in found if first <= edge <= last)
        for edge in edges
    )


@lru_cache(maxsize=16)
def ready(book: RuleBook) -> ReadyBook:
    """The book made ready, once."""
    return ReadyBook(book)
