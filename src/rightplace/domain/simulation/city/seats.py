"""Who sits where, when: read from the first day's seats and from what the log tells of joining, leaving and absence."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import NamedTuple

import numpy as np

from rightplace.domain.simulation.layout import Records
from rightplace.domain.simulation.names import (
    MANAGING,
    SAID_ABSENT,
    SAID_BACK,
    SAID_JOINED,
    SAID_LEFT,
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
        self.team = [int(team) for team in seats["team"]]
        self.pool = [int(pool) for pool in seats["pool"]]
        self.managing = [bool(grade == MANAGING) for grade in seats["grade"]]
        self._turns: list[list[tuple[int, int, bool]]] = [
            [(-(1 << 40), 0, True)] if state != VACANT else [] for state in seats["state"]
        ]
        self._read(log)
        self._pool_of_team = [int(pool) for pool in inputs.first["teams"]["pool"]]
        self._managers: dict[int, list[int]] = defaultdict(list)
        for seat, managing in enumerate(self.managing):
            if managing:
                self._managers[self.pool[seat]].append(seat)
        self.supervisions = _supervisions(log)

    def _read(self, log: Records) -> None:
        of_people = np.flatnonzero(np.isin(log["kind"], (SAID_JOINED, SAID_LEFT, SAID_ABSENT, SAID_BACK)))
        for line in log[of_people].tolist():
            tick, kind, _, _, seat, generation = line[:6]
            there = kind in (SAID_JOINED, SAID_BACK)
            self._turns[seat].append((tick, generation, there))

    def who(self, seat: int, tick: int) -> Person | None:
        """Whoever is there in a seat at a tick, or nobody."""
        turns = self._turns[seat]
        place = bisect_right(turns, (tick, 1 << 30, True)) - 1
        if place < 0 or not turns[place][2]:
            return None
        return Person(seat, turns[place][1])

    def manager(self, team: int, tick: int, turn: int = 0, but: Person | None = None) -> Person | None:
        """A manager of the team's pool who is there at a tick, other than somebody; nobody, when none is."""
        seats = self._managers[self._pool_of_team[team]]
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
