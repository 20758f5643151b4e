"""A small simulated city that tests share, with the least of a staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Final

from rightplace.domain.simulation import (
    Census,
    Change,
    Keep,
    Parameters,
    Team,
    Weeks,
    fewer_managers,
    parameters,
    run,
    structure_of,
    synthetic_census,
)
from rightplace.domain.simulation.city import City, Hand, Person, city_of
from rightplace.domain.simulation.scenarios import Change as DatedChange
from rightplace.domain.simulation.scenarios import Merge, Move, Scenario
from rightplace.domain.simulation.scenarios.resolving import resolved
from rightplace.domain.simulation.teams import KINDS

BEGINS: Final = date(2024, 4, 1)
DAYS: Final = 728
A_YEAR: Final = 364
MOVED: Final = date(2024, 6, 28)
MERGED: Final = date(2024, 12, 2)
LINES: Final = 2_000_000
HEAD: Final = Hand(1, 20)


@cache
def town(seed: int = 1) -> tuple[City, Weeks]:
    """Two areas over two years, with every stage."""
    given = parameters(structure_of([("North", 700), ("South", 1100)]), BEGINS)
    return simulated(given, synthetic_census(given), (), DAYS, seed)


@cache
def rearranged(seed: int = 1) -> tuple[City, Weeks]:
    """Three areas over a year, of which two share a front door and safeguarding. In June one of them goes to the other area's
    teams with few of the people, just when nobody is at their front door, where looking at
    a contact takes long; in December all three become one. On both days families
    wait, some with whoever had them, and contacts lie before managers."""
    usual = structure_of([("North", 700), ("South", 900), ("East", 1800)])
    shared = [
        Team(
            f"North and East {name}",
            ("North", "East"),
            KINDS[kind],
            workers,
            1,
            f"North and East {name}",
            kind,
        )
        for name, kind, workers in (("front door", "door", 2), ("safeguarding", "long-term", 3))
    ]
    own = [team for team in usual.teams if team.kind not in ("door", "long-term") or team.areas == ("South",)]
    given = parameters(replace(usual, teams=(*shared, *own)), BEGINS)
    given = given.having(
        {"absence.spells": 6.0, "leaving.early": 0.6, "manager.share": 0.07, "manager.contact": 30.0}
    )
    looks = given.tables["screening"]
    slower = replace(looks, knots=tuple((share, 5 * days) for share, days in looks.knots))
    given = replace(given, tables={**given.tables, "screening": slower})
    scenario = Scenario(
        "Rearranged",
        BEGINS,
        A_YEAR,
        changes=(DatedChange(MOVED - timedelta(days=7), "leave", "South front door", 1),),
        merges=(Merge(("North", "South", "East"), "City", MERGED),),
        moves=(
            Move("East", "North and East front door", "South front door", 0, MOVED),
            Move("East", "North and East safeguarding", "South safeguarding", 1, MOVED),
        ),
    )
    changes = resolved(scenario, given).changes
    return simulated(given, synthetic_census(given), changes, A_YEAR, seed)


def short_of_managers() -> tuple[City, City]:
    """Nine months of a larger town with one front door, as it is and with most managers gone, who have their usual share of the
    week; the strengths by which shortage acts are off. So that one replicate shows it, contacts take managers longer and what
    nobody supervised comes back more often than usual, within what is held possible."""
    usual = structure_of([("North", 10_000), ("South", 10_000)])
    teams = (
        Team("front door", usual.areas, (0,), 4, 2, "door", "door"),
        *(replace(team, managers=2) for team in usual.teams if team.kind != "door"),
    )
    off = ("threshold.shortage", "early.shortage", "waiting.closed", "load.leaving")
    given = parameters(replace(usual, teams=teams), BEGINS)
    given = given.having({**dict.fromkeys(off, 0.0), "manager.contact": 18.0, "back.unsupervised": 0.4})
    census = synthetic_census(given)
    fewer = fewer_managers(given, BEGINS, 0.7)
    return simulated(given, census, (), 273, 1)[0], simulated(given, census, fewer, 273, 1)[0]


def simulated(
    given: Parameters, census: Census, changes: tuple[Change, ...] = (), days: int = DAYS, seed: int = 1
) -> tuple[City, Weeks]:
    """One replicate with its log."""
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
