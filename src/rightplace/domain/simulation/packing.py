"""Parameters, census and changes as the arrays that the engine reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rightplace.domain.simulation.arriving import expected, tides_changed
from rightplace.domain.simulation.census import Census, passed, team_of
from rightplace.domain.simulation.changed import in_arrays
from rightplace.domain.simulation.changes import MANAGERS, POSTS, Change, checked, seats_opened
from rightplace.domain.simulation.days import Days
from rightplace.domain.simulation.layout import OPEN_CASE, POOL, SEAT, TEAM, Records, Small
from rightplace.domain.simulation.names import DAY, MANAGING, NOBODY, VACANT, WORKER
from rightplace.domain.simulation.order import KNOTS, TABLES
from rightplace.domain.simulation.parameters import ImpossibleScenario, Parameters, values_in_order

NEVER_OPENED: Final = -1
STEPS_OF_LOAD: Final = 64


@dataclass(frozen=True)
class Inputs:
    """What every replicate is given: the arrays that nobody changes, and those that each begins with, by name."""

    fixed: Mapping[str, Any]
    first: Mapping[str, Any]
    days: Days
    columns: int


def inputs_of(
    given: Parameters, census: Census, changes: Sequence[Change], days: int, column: Sequence[int]
) -> Inputs:
    """Everything as arrays; what cannot be simulated is refused with its reason. Teams are counted in these columns."""
    problems = given.structure.problems()
    if problems:
        raise ImpossibleScenario("teams", problems[0])
    if given.demand is None or days < 7:
        raise ImpossibleScenario("days", "a run has demand, and at least a week")
    span = Days.from_day(given.begins, days)
    asked = checked(given, changes, span)
    seats, first_seat, first_manager = _seats(given, census, asked)
    rates = tides_changed(given, asked, span, expected(given.demand, span, given.structure.children))
    rows, scopes = in_arrays(given, asked, span)
    fixed = {
        "tables": _tables(given),
        "route": _routes(given),
        "months": np.array([span.later(3), span.later(6)], np.int32),
        "rates": rates,
        "none": np.exp(-rates),
        "sizes": np.array(given.demand.children, np.float64),
        "week_ticks": np.array(span.week_ticks(), np.int32),
        "census": _open_cases(given, census, first_seat),
        "changes": rows,
        "scopes": scopes,
    }
    first = {
        "values": np.array(values_in_order(given), np.float64),
        "seats": seats,
        "teams": _teams(given, first_seat, column),
        "pools": _pools(first_manager),
    }
    return Inputs(fixed, first, span, max(column) + 2)


def _routes(given: Parameters) -> Small:
    areas = range(len(given.structure.areas))
    return np.array([[team_of(given, area, stage) for stage in range(7)] for area in areas], np.int32)


def _teams(given: Parameters, first_seat: Small, column: Sequence[int]) -> Records:
    found = np.zeros(len(given.structure.teams), TEAM)
    found["pool"] = [given.structure.pools.index(team.pool) for team in given.structure.teams]
    found["column"] = column
    found["first"], found["past"] = first_seat[:-1], first_seat[1:]
    return found


def _pools(first_manager: Small) -> Records:
    found = np.zeros(len(first_manager) - 1, POOL)
    found["first"] = first_manager[:-1]
    return found


def _tables(given: Parameters) -> npt.NDArray[np.float64]:
    shares = [nth / KNOTS for nth in range(KNOTS + 1)]
    return np.array([[given.tables[name].at(share) for share in shares] for name in TABLES], np.float64)


def _seats(given: Parameters, census: Census, changes: Sequence[Change]) -> tuple[Records, Small, Small]:
    """Seats by team and then managers by pool, with those that a change will open behind the others of their team."""
    teams, pools = given.structure.teams, given.structure.pools
    more, above = seats_opened(given, changes, POSTS), seats_opened(given, changes, MANAGERS)
    rows: list[dict[str, int]] = []
    first_seat, first_manager = [], []
    for number, team in enumerate(teams):
        first_seat.append(len(rows))
        who = census.people[(census.people["team"] == number) & (census.people["managing"] == 0)]
        if len(who) != team.workers:
            raise ImpossibleScenario(team.name, f"the census has {len(who)} seats, the team {team.workers}")
        pool = pools.index(team.pool)
        rows += [_taken(person, number, pool, WORKER, bit) for bit, person in enumerate(who)]
        rows += [_spare(number, pool, WORKER, len(who) + bit) for bit in range(more[number])]
        if len(who) + more[number] > STEPS_OF_LOAD:
            raise ImpossibleScenario(team.name, f"a team has at most {STEPS_OF_LOAD} seats; split it")
    first_seat.append(len(rows))
    for pool, name in enumerate(pools):
        first_manager.append(len(rows))
        mine = [number for number, team in enumerate(teams) if team.pool == name]
        who = [p for p in census.people if p["managing"] and p["team"] in mine]
        rows += [_taken(person, int(person["team"]), pool, MANAGING, bit) for bit, person in enumerate(who)]
        spare = [number for number in mine for _ in range(above[number])]
        rows += [_spare(number, pool, MANAGING, len(who) + bit) for bit, number in enumerate(spare)]
        if len(rows) - first_manager[-1] > STEPS_OF_LOAD:
            raise ImpossibleScenario(
                name, f"at most {STEPS_OF_LOAD} managers share their work; split the pool"
            )
    first_manager.append(len(rows))
    seats = np.zeros(len(rows), SEAT)
    for place, row in enumerate(rows):
        for field, value in row.items():
            seats[place][field] = value
    return seats, np.array(first_seat, np.int32), np.array(first_manager, np.int32)


def _taken(person: npt.NDArray[np.void], team: int, pool: int, grade: int, bit: int) -> dict[str, int]:
    fields = ("state", "minutes", "experience", "newly", "agency")
    told = {field: int(person[field]) for field in fields}
    return {**told, **_spare(team, pool, grade, bit), "open": 1, "state": told["state"], "coming": 0}


def _spare(team: int, pool: int, grade: int, bit: int) -> dict[str, int]:
    return {
        "team": team,
        "pool": pool,
        "grade": grade,
        "bit": bit,
        "state": VACANT,
        "coming": NEVER_OPENED,
        "head": NOBODY,
        "tail": NOBODY,
        "next": NOBODY,
        "task": NOBODY,
        "about": NOBODY,
        "bucket": NOBODY,
    }


def _open_cases(given: Parameters, census: Census, first_seat: Small) -> Records:
    families = census.families
    found = np.zeros(len(families), OPEN_CASE)
    for field in ("stage", "area", "source", "children", "reviews", "due"):
        found[field] = families[field]
    found["age"] = families["age"] * DAY
    found["passed"] = passed(given, families)
    teams = _routes(given)
    held = families["worker"] >= 0
    start = first_seat[teams[families["area"], families["stage"]]]
    found["worker"] = np.where(held, start + families["worker"], NOBODY)
    return found
