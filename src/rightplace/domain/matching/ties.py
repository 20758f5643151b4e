"""Ties that matter: level people whose order decides who gets a place. They are found by following every answer.

Nothing here settles a tie. Where all answers lead to one outcome, the tie does not matter and nobody is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, permutations, product
from math import prod
from typing import Final

from rightplace.domain.matching.deferred import Contest, Course, ahead_of

MOST_COURSES: Final = 4_000
"""How many courses are followed. Beyond, what is not proved is asked: a question too many harms nobody."""

MOST_ORDERS: Final = 1_500
MOST_PERMUTED: Final = 6
"""Of more level people than these not all orders are tried."""

Group = tuple[str, int]
"""Level people: of a role, a rank."""
Orders = tuple[tuple[str, Sequence[int]], ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Level people at a role whose order matters, the places that it decides, and how sure that is."""

    role: str
    people: tuple[int, ...]
    places: int
    first: bool
    proved: bool


@dataclass(frozen=True, slots=True)
class Explored:
    """What every answer leads to: the ties that matter, and the outcomes when all of them could be followed."""

    ties: tuple[Tie, ...]
    outcomes: tuple[Mapping[int, str], ...]
    complete: bool


def explored(course: Course, orders: Orders = ()) -> Explored:
    """Follow every answer to every contested tie; `orders` are those that panels have given already."""
    first = {(each.role, each.rank) for each in course.contests()}
    if not first:
        return Explored((), (course.outcome,), True)
    search = _Search()
    search.follow(course)
    if search.complete and len(search.outcomes) == 1:
        return Explored((), tuple(search.outcomes.values()), True)
    ways = {group: _ways(group, sorted(people), orders) for group, people in sorted(search.groups.items())}
    small = all(len(people) <= MOST_PERMUTED for people in search.groups.values())
    if search.complete and small and prod(len(each) for each in ways.values()) <= MOST_ORDERS:
        tried = _all_tried(course, ways, orders)
        matter = _mattering(ways, tried)
        different = {_key(each): each for each in tried.values()}
        return Explored(tuple(_ties(search, matter, matter, first)), tuple(different.values()), True)
    matter = _some_tried(course, ways, orders)
    outcomes = tuple(search.outcomes.values()) if search.complete else ()
    return Explored(tuple(_ties(search, matter | first, matter, first)), outcomes, search.complete)


def _ties(search: _Search, asked: set[Group], proved: set[Group], first: set[Group]) -> Iterator[Tie]:
    for group in sorted(asked):
        people = tuple(sorted(search.groups[group]))
        yield Tie(group[0], people, search.places[group], first=group in first, proved=group in proved)


def _key(outcome: Mapping[int, str]) -> frozenset[tuple[int, str]]:
    return frozenset(outcome.items())


class _Search:
    """Every course of events, each followed once."""

    def __init__(self) -> None:
        self.groups: dict[Group, set[int]] = {}
        self.places: dict[Group, int] = {}
        self.outcomes: dict[frozenset[tuple[int, str]], Mapping[int, str]] = {}
        self.complete = True

    def follow(self, start: Course) -> None:
        seen: set[tuple[int, ...]] = set()
        waiting = [start]
        while waiting:
            if len(seen) >= MOST_COURSES:
                self.complete = False
                return
            course = waiting.pop()
            if course.let_go in seen:
                continue
            seen.add(course.let_go)
            contests = course.contests()
            for contest in contests:
                self._note(contest)
            if contests:
                role, may_go = contests[0].role, contests[0].may_go
                waiting += [course.without(each, role) for each in may_go]
            else:
                self._ended(course)

    def _note(self, contest: Contest) -> None:
        group = contest.role, contest.rank
        self.groups.setdefault(group, set()).update(contest.people)
        self.places[group] = max(self.places.get(group, 0), contest.places)

    def _ended(self, course: Course) -> None:
        outcome = course.outcome
        self.outcomes[_key(outcome)] = outcome


def _ways(group: Group, people: Sequence[int], orders: Orders) -> list[tuple[int, ...]]:
    """The orders of a group that agree with what panels have said; with many people, some of all kinds."""
    behind = ahead_of(orders).get(group[0], {})
    turned = (tuple(people[at:]) + tuple(people[:at]) for at in range(len(people)))
    tried = permutations(people) if len(people) <= MOST_PERMUTED else chain(turned, [tuple(reversed(people))])
    agreeing = [way for way in tried if _agrees(way, behind)]
    return agreeing or [tuple(sorted(people, key=lambda each: -len(behind.get(each, frozenset()))))]


def _agrees(way: Sequence[int], behind: Mapping[int, frozenset[int]]) -> bool:
    return not any(
        earlier in behind.get(later, frozenset()) for at, later in enumerate(way) for earlier in way[:at]
    )


Picked = tuple[int, ...]


def _all_tried(
    course: Course, ways: Mapping[Group, Sequence[tuple[int, ...]]], orders: Orders
) -> dict[Picked, dict[int, str]]:
    """The outcome of every order of every group."""
    found = {}
    for picked in product(*(range(len(each)) for each in ways.values())):
        way = [each[place] for each, place in zip(ways.values(), picked, strict=True)]
        outcome = _outcome(course, list(ways), way, orders)
        assert outcome is not None
        found[picked] = outcome
    return found


def _mattering(ways: Mapping[Group, object], tried: Mapping[Picked, Mapping[int, str]]) -> set[Group]:
    """A group matters when changing its order alone changes who gets what."""
    return {
        name
        for at, name in enumerate(ways)
        if any(tried[(*picked[:at], 0, *picked[at + 1 :])] != outcome for picked, outcome in tried.items())
    }


def _some_tried(
    course: Course, ways: Mapping[Group, Sequence[tuple[int, ...]]], orders: Orders
) -> set[Group]:
    """Too many to try all: a group matters when one of some changes of it alone changes who gets what."""
    names = list(ways)
    matter = set()
    tries = max(2, MOST_ORDERS // (2 * len(names)))
    for at, name in enumerate(names):
        way = [ways[each][0] for each in names]
        usual = _outcome(course, names, way, orders)
        step = max(1, len(ways[name]) // tries)
        for changed in ways[name][::step]:
            way[at] = changed
            other = _outcome(course, names, way, orders)
            if usual is not None and other is not None and other != usual:
                matter.add(name)
                break
    return matter


def _outcome(
    course: Course, names: Sequence[Group], picked: Sequence[tuple[int, ...]], orders: Orders
) -> dict[int, str] | None:
    """Who gets what under these orders; none where level people are still left over."""
    more = tuple((name[0], way) for name, way in zip(names, picked, strict=True))
    led_on = course.under(ahead_of((*orders, *more)))
    return None if led_on.contests() else led_on.outcome
