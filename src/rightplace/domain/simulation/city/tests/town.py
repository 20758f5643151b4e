"""A small simulated city that tests share, with the least of a staff."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

from rightplace.domain.simulation import Change, Keep, Weeks, parameters, run, structure_of, synthetic_census
from rightplace.domain.simulation.city import City, Hand, Person, city_of

BEGINS: Final = date(2024, 4, 1)
DAYS: Final = 728
LINES: Final = 2_000_000
HEAD: Final = Hand(1, 20)


@cache
def town(*changes: Change, seed: int = 1, share: float = 0.0) -> tuple[City, Weeks]:
    """Two areas over two years, with every stage. `share` is the share of a manager's week for casework, when not the usual."""
    given = parameters(structure_of([("North", 1500), ("South", 2500)]), BEGINS)
    given = given.having({"manager.share": share}) if share else given
    census = synthetic_census(given)
    found = run(given, census, changes, DAYS, replicates=1, seed=seed, keep=Keep(logged=1, lines=LINES))
    return city_of(given, census, found.logs[0], DAYS, changes), found


class Numbers:
    """Teams and workers by number."""

    def team(self, team: int) -> int:
        return 100 + team

    def hand(self, person: Person | None, team: int) -> Hand:
        return HEAD if person is None else Hand(1000 + person.seat * 20 + person.generation, 20)
