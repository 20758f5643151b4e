"""A small simulated city that tests share, with the least of a staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

from rightplace.domain.simulation import (
    Census,
    Change,
    Keep,
    Parameters,
    Weeks,
    parameters,
    run,
    structure_of,
    synthetic_census,
)
from rightplace.domain.simulation.city import City, Hand, Person, city_of

BEGINS: Final = date(2024, 4, 1)
DAYS: Final = 728
LINES: Final = 2_000_000
HEAD: Final = Hand(1, 20)


@cache
def town(seed: int = 1) -> tuple[City, Weeks]:
    """Two areas over two years, with every stage."""
    given = parameters(structure_of([("North", 700), ("South", 1100)]), BEGINS)
    return _simulated(given, synthetic_census(given), (), DAYS, seed)


def short_of_managers() -> tuple[City, City]:
    """Nine months of a larger town, as it is and with managers gone; the strengths by which shortage acts are off, and managers
    have a fifth of the week for casework, so that one replicate shows it."""
    usual = structure_of([("North", 10_000), ("South", 10_000)], posts=0.8)
    teams = tuple(replace(team, managers=2) if team.kind == "door" else team for team in usual.teams)
    off = ("threshold.shortage", "early.shortage", "waiting.closed", "load.leaving")
    calm = dict.fromkeys(off, 0.0) | {"manager.share": 0.2}
    given = parameters(replace(usual, teams=teams), BEGINS).having(calm)
    census = synthetic_census(given)
    gone = {"door": 1, "support": 1, "long-term": 2, "assessment": 1}
    fewer = tuple(Change(BEGINS, "managers", kind, -many) for kind, many in gone.items())
    return _simulated(given, census, (), 273, 1)[0], _simulated(given, census, fewer, 273, 1)[0]


def _simulated(
    given: Parameters, census: Census, changes: tuple[Change, ...], days: int, seed: int
) -> tuple[City, Weeks]:
    found = run(given, census, changes, days, replicates=1, seed=seed, keep=Keep(logged=1, lines=LINES))
    return city_of(given, census, found.logs[0], days, changes), found


class Numbers:
    """Teams and workers by number."""

    def team(self, team: int) -> int:
        return 100 + team

    def hand(self, person: Person | None, team: int) -> Hand:
        return HEAD if person is None else Hand(1000 + person.seat * 20 + person.generation, 20)

    def area(self, area: int) -> int:
        return 0
