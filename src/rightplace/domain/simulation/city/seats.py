"""Who sits where, when, and for which team: read from the first day's seats and from what the log tells of joining, leaving,
absence and of people who go with the work to another team."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from rightplace.domain.simulation.layout import Records
from rightplace.domain.simulation.names import (
    MANAGING,
    SAID_ABSENT,
    SAID_BACK,
    SAID_JOINED,
    SAID_LEFT,
    SAID_MOVED,
    SAID_SUPERVISED,
    VACANT,
)
from rightplace.domain.simulation.packing import Inputs


class Person(NamedTuple):
    """Whoever sits in a seat: the first is nought, who comes after them one."""

    seat: int
    generation: int = 0


class Seats:
    """Seats, the teams that they belong to, and who was there at a tick."""

    def __init__(self, inputs: Inputs, log: Records) -> None:
        seats = inputs.first["seats"]
        self._team = [[(-(1 << 40), int(team))] for team in seats["team"]]
        self._pool_of_team = [int(pool) for pool in inputs.first["teams"]["pool"]]
        self.managing = [bool(grade == MANAGING) for grade in seats["grade"]]
        self._turns: list[list[tuple[int, int, bool]]] = [
            [(-(1 << 40), 0, True)] if state != VACANT else [] for state in seats["state"]
        ]
        self._read(log)
        self._rosters = [(tick, self._roster(tick)) for tick in self._ticks_of_moves()]
        self.supervisions = _supervisions(log)

    def _read(self, log: Records) -> None:
        of_people = np.flatnonzero(np.isin(log["kind"], (SAID_JOINED, SAID_LEFT, SAID_ABSENT, SAID_BACK)))
        for line in log[of_people].tolist():
            tick, kind, _, _, seat, generation = line[:6]
            there = kind in (SAID_JOINED, SAID_BACK)
            self._turns[seat].append((tick, generation, there))
        of_moves = np.flatnonzero(np.isin(log["kind"], (SAID_JOINED, SAID_MOVED)))
        for line in log[of_moves].tolist():
            tick, seat, team = line[0], line[4], line[6]
            if self._team[seat][-1][1] != team:  # an empty seat goes unsaid; who joins tells where it is
                self._team[seat].append((tick, team))

    @property
    def _of_managers(self) -> list[int]:
        return [seat for seat, managing in enumerate(self.managing) if managing]

    def _ticks_of_moves(self) -> list[int]:
        """When a seat of a manager came to a team."""
        return sorted({tick for seat in self._of_managers for tick, _ in self._team[seat]})

    def _roster(self, tick: int) -> dict[int, list[int]]:
        """The managers' seats of each pool at a tick."""
        found: dict[int, list[int]] = defaultdict(list)
        for seat in self._of_managers:
            found[self._pool_of_team[self.team(seat, tick)]].append(seat)
        return found

    def team(self, seat: int, tick: int) -> int:
        """The team that a seat belongs to at a tick."""
        turns = self._team[seat]
        return turns[bisect_right(turns, (tick, 1 << 30)) - 1][1]

    def who(self, seat: int, tick: int) -> Person | None:
        """Whoever is there in a seat at a tick, or nobody."""
        turns = self._turns[seat]
        place = bisect_right(turns, (tick, 1 << 30, True)) - 1
        if place < 0 or not turns[place][2]:
            return None
        return Person(seat, turns[place][1])

    def last(self, seat: int, tick: int) -> Person | None:
        """Whoever sat there last by a tick, there or not."""
        turns = self._turns[seat]
        place = bisect_right(turns, (tick, 1 << 30, True)) - 1
        return Person(seat, turns[place][1]) if place >= 0 else None

    def manager(self, team: int, tick: int, turn: int = 0, but: Person | None = None) -> Person | None:
        """A manager of the team's pool who is there at a tick, other than somebody; nobody, when none is."""
        place = bisect_right(self._rosters, tick, key=itemgetter(0)) - 1
        seats = self._rosters[place][1].get(self._pool_of_team[team], []) if place >= 0 else []
        for step in range(len(seats)):
            found = self.who(seats[(turn + step) % len(seats)], tick)
            if found is not None and found != but:
                return found
        return None

    @property
    def people(self) -> list[Person]:
        """Everybody who ever sat anywhere."""
        return [
            Person(seat, generation)
            for seat, turns in enumerate(self._turns)
            for generation in sorted({turn[1] for turn in turns})
        ]


def _supervisions(log: Records) -> dict[Person, list[tuple[int, int]]]:
    """When each worker was supervised, and from which seat."""
    found: dict[Person, list[tuple[int, int]]] = defaultdict(list)
    for line in log[log["kind"] == SAID_SUPERVISED].tolist():
        tick, _, _, _, seat, generation, _, _, _, about = line
        found[Person(seat, generation)].append((tick, about))
    return found
