"""Deferred acceptance, people proposing (Gale and Shapley 1962), where people may be level for a role.

A role lets somebody go only when it is certain: as many others as it has places are ahead. Where level people are
left over, the role keeps them all and is *contested*. So what happens here happens whatever a panel answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush, heappushpop

Ahead = Mapping[str, Mapping[int, frozenset[int]]]
"""For each role, whom a panel has put behind each person."""


@dataclass(frozen=True, slots=True)
class Field:
    """Who proposes where in which order, how roles rank them, how many places there are, and the panels' orders."""

    preferences: Mapping[int, Sequence[str]]
    ranks: Mapping[str, Mapping[int, int]]
    places: Mapping[str, int]
    ahead: Ahead


@dataclass(frozen=True, slots=True)
class Contest:
    """Level people at a role that cannot keep them all: how many places are left for them, who may have to go."""

    role: str
    rank: int
    people: tuple[int, ...]
    places: int
    may_go: tuple[int, ...]


class Course:
    """How far the proposing has come. A copy can be taken and led on by another decision."""

    __slots__ = ("_field", "_held", "_next", "_waiting")

    def __init__(self, field: Field) -> None:
        self._field = field
        self._next = dict.fromkeys(field.preferences, 0)
        self._held: dict[str, list[tuple[int, int]]] = {role: [] for role in field.places}
        self._waiting = list(field.preferences)
        self._settle()

    def copy(self) -> Course:
        other = Course.__new__(Course)
        other._field = self._field
        other._next = dict(self._next)
        other._held = {role: list(held) for role, held in self._held.items()}
        other._waiting = []
        return other

    def under(self, ahead: Ahead) -> Course:
        """The same course led on with more orders of panels."""
        other = self.copy()
        old = self._field
        other._field = Field(old.preferences, old.ranks, old.places, ahead)
        for role in ahead:
            other._let_go(role)
        other._settle()
        return other

    def without(self, applicant: int, role: str) -> Course:
        """The same course led on after this role let this applicant go."""
        other = self.copy()
        rank = -self._field.ranks[role][applicant]
        other._held[role].remove((rank, applicant))
        other._held[role].sort()
        other._waiting.append(applicant)
        other._settle()
        return other

    @property
    def let_go(self) -> tuple[int, ...]:
        """How often each applicant has moved on: two courses with the same are the same."""
        return tuple(self._next.values())

    @property
    def outcome(self) -> dict[int, str]:
        """Who is held where now. Final when nothing is contested."""
        return {applicant: role for role, held in self._held.items() for _, applicant in held}

    def contests(self) -> list[Contest]:
        return [
            self._contest(role) for role, held in self._held.items() if len(held) > self._field.places[role]
        ]

    def _contest(self, role: str) -> Contest:
        held = self._held[role]
        worst = held[0][0]
        level = sorted(applicant for rank, applicant in held if rank == worst)
        behind = self._field.ahead.get(role, {})
        may_go = tuple(each for each in level if behind.get(each, frozenset()).isdisjoint(level))
        left = self._field.places[role] - (len(held) - len(level))
        return Contest(role, -worst, tuple(level), left, may_go)

    def _settle(self) -> None:
        """Let everybody without a role propose on, until nobody is left who can."""
        preferences, ranks, places = self._field.preferences, self._field.ranks, self._field.places
        following, held, waiting = self._next, self._held, self._waiting
        while waiting:
            applicant = waiting.pop()
            mine, place = preferences[applicant], following[applicant]
            following[applicant] = place + 1
            if place >= len(mine):
                continue
            role = mine[place]
            entry = (-ranks[role][applicant], applicant)
            holding = held[role]
            if len(holding) != places[role]:
                heappush(holding, entry)
                if len(holding) > places[role]:
                    self._let_go(role)
                continue
            last = heappushpop(holding, entry)
            if holding and holding[0][0] == last[0]:
                heappush(holding, last)
                self._let_go(role)
            else:
                waiting.append(last[1])

    def _let_go(self, role: str) -> None:
        """Let go whoever has as many people certainly ahead as there are places."""
        held, places = self._held[role], self._field.places[role]
        while len(held) > places:
            worst = held[0][0]
            level = []
            while held and held[0][0] == worst:
                level.append(heappop(held)[1])
            if len(held) >= places:
                self._waiting += level
                continue
            gone = self._behind(role, level, places - len(held))
            self._waiting += gone
            for applicant in level:
                if applicant not in gone:
                    heappush(held, (worst, applicant))
            break

    def _behind(self, role: str, level: Sequence[int], left: int) -> set[int]:
        """Of level people, those whom a panel put behind as many of the others as there are places left."""
        behind = self._field.ahead.get(role)
        if not behind:
            return set()
        return {
            each for each in level if sum(each in behind.get(other, frozenset()) for other in level) >= left
        }


def ahead_of(orders: Iterable[tuple[str, Sequence[int]]]) -> dict[str, dict[int, frozenset[int]]]:
    """What panels' orders say together: whoever is behind one is also behind all who are ahead of that one."""
    found: dict[str, dict[int, set[int]]] = {}
    for role, people in orders:
        behind = found.setdefault(role, {})
        for place, person in enumerate(people):
            behind.setdefault(person, set()).update(people[place + 1 :])
    return {role: _through(behind) for role, behind in found.items()}


def _through(behind: Mapping[int, set[int]]) -> dict[int, frozenset[int]]:
    whole = {person: set(others) for person, others in behind.items()}
    for middle in whole:
        for person, others in whole.items():
            if middle in others and person != middle:
                others |= whole[middle]
    return {person: frozenset(others) for person, others in whole.items()}
