"""Who sat in which seat from when until when, and who was away: as the log says it, for those who seed the council."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from rightplace.demo.simulated.benches import Chair, benches
from rightplace.demo.simulated.courses import instant
from rightplace.demo.simulated.log import Log
from rightplace.domain.practice.workdays import day_of, to_date
from rightplace.domain.simulation.names import ENTRIES


@dataclass(slots=True)
class Sitting:
    """One person in a seat: since before the log where `begins` is None, still there where `ends` is None."""

    generation: int
    begins: date | None = None
    ends: date | None = None
    away: list[tuple[date, date | None]] = field(default_factory=list)


Sittings = dict[Chair, list[Sitting]]
"""Everybody who sat in each seat, one after another; the seats in the engine's order."""


def seats(population: int) -> list[Chair]:
    """Every seat for casework, in the engine's order."""
    return [chair for bench in benches(population) for chair in bench.chairs]


def sittings(log: Log) -> Sittings:
    """Everybody who sat in each seat, one after another."""
    chairs = seats(log.population)
    empty = set(log.vacant)
    found: list[list[Sitting]] = [[] if nth in empty else [Sitting(0)] for nth in range(len(chairs))]
    for line in log.of_people():
        if line.seat >= len(chairs):
            continue
        said, day, row = ENTRIES[line.kind], to_date(day_of(instant(line.tick))), found[line.seat]
        if said == "worker.joined":
            row.append(Sitting(line.generation, day))
        elif said == "worker.left":
            row[-1].ends = day
        elif said == "worker.absent":
            row[-1].away.append((day, None))
        elif said == "worker.back" and row and row[-1].away:
            row[-1].away[-1] = (row[-1].away[-1][0], day)
    return dict(zip(chairs, found, strict=True))
