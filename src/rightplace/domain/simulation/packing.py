"""Parameters, census and changes as the arrays that the engine reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rightplace.domain.simulation.arriving import expected, tides_changed
from rightplace.domain.simulation.census import Census, passed, team_of
from rightplace.domain.simulation.changed import in_arrays, rows_of_strengths
from rightplace.domain.simulation.changes import MANAGERS, POSTS, Change, checked, hand_overs, seats_opened
from rightplace.domain.simulation.days import Days
from rightplace.domain.simulation.layout import CASE, OPEN_CASE, POOL, SEAT, TEAM, Records, Small
from rightplace.domain.simulation.names import DAY, MANAGING, NOBODY, VACANT, WORKER
from rightplace.domain.simulation.order import KNOTS, TABLES
from rightplace.domain.simulation.parameters import REVIEWS, ImpossibleScenario, Parameters

Room = Mapping[str, tuple[int, int]]
"""Seats of workers and of managers, by team, that are kept free beyond those that are open at the start."""
NEVER_OPENED: Final = -1
STEPS_OF_LOAD: Final = 64
MOST_SEATS: Final = int(np.iinfo(CASE["worker"]).max) + 1
"""A family knows its worker by the number of the seat."""


@dataclass(frozen=True)
class Inputs:
    """What every replicate is given: the arrays that nobody changes, and those that each begins with, by name."""

    fixed: Mapping[str, Any]
    first: Mapping[str, Any]
    days: Days
    columns: int


def inputs_of(
    given: Parameters,
    census: Census,
    changes: Sequence[Change],
    days: int,
    column: Sequence[int],
    room: Room | None = None,
) -> Inputs:
    """Everything as arrays; what cannot be simulated is refused with its reason. Teams are counted in these columns."""
    problems = given.structure.problems()
    if problems:
        raise ImpossibleScenario("teams", problems[0])
    if given.demand is None or days < 7:
        raise ImpossibleScenario("days", "a run has demand, and at least a week")
    span = Days.from_day(given.begins, days)
    asked = checked(given, changes, span)
    seats, first_seat, first_manager = _seats(given, census, asked, room or {})
    come = expected(given.demand, span, given.structure.children, given.tables["return"])
    rates = tides_changed(given, asked, span, come)
    rows, scopes = in_arrays(given, asked, span)
    fixed = {
        "tables": _tables(given),
        "months": np.array([span.later(int(given.value(name))) for name in REVIEWS], np.int32),
        "rates": rates,
        "none": np.exp(-rates),
        "sizes": np.array(given.demand.children, np.float64),
        "week_ticks": np.array(span.week_ticks(), np.int32),
        "census": _open_cases(given, census, first_seat),
        "changes": rows,
        "scopes": scopes,
    }
    values, row = rows_of_strengths(given, rows, scopes)
    first = {
        "values": values,
        "seats": seats,
        "teams": _teams(given, first_seat, column, row),
        "pools": _pools(given, len(first_manager) - 1),
        "route": _routes(given),
        "members": _members(given, asked, seats),
    }
    return Inputs(fixed, first, span, max(column) + 2)


def _routes(given: Parameters) -> Small:
    areas = range(len(given.structure.areas))
    return np.array([[team_of(given, area, stage) for stage in range(7)] for area in areas], np.int32)


def _teams(given: Parameters, first_seat: Small, column: Sequence[int], row: Small) -> Records:
    found = np.zeros(len(given.structure.teams), TEAM)
    found["pool"] = [given.structure.pools.index(team.pool) for team in given.structure.teams]
    found["column"], found["row"] = column, row
    found["first"] = first_seat[:-1]
    return found


def _pools(given: Parameters, many: int) -> Records:
    found = np.zeros(many, POOL)
    found["cover"] = given.structure.covers
    return found


def _members(given: Parameters, asked: Sequence[Change], seats: Records) -> Small:
    """The seat at each place of a team, then of a pool; refused where more would come together than have a place."""
    teams, pools = given.structure.teams, given.structure.pools
    found = np.full((len(teams) + len(pools), STEPS_OF_LOAD), NOBODY, np.int32)
    row = np.where(seats["grade"] == WORKER, seats["team"], len(teams) + seats["pool"])
    found[row, seats["bit"]] = np.arange(len(seats))
    sit = (found >= 0).sum(axis=1)
    for _, told in hand_overs(given, asked):
        new, pool, before = teams[told.new].name, teams[told.new].pool, teams[told.old].pool
        for old, place, name, many in (
            (told.old, told.new, new, told.posts),
            (len(teams) + pools.index(before), len(teams) + pools.index(pool), pool, told.managers),
        ):
            sit[old] -= many
            sit[place] += many
            if sit[place] > STEPS_OF_LOAD:
                raise ImpossibleScenario(
                    name, f"at most {STEPS_OF_LOAD} can sit there, and {sit[place]} would"
                )
    return found


def _tables(given: Parameters) -> npt.NDArray[np.float64]:
    shares = [nth / KNOTS for nth in range(KNOTS + 1)]
    return np.array([[given.tables[name].at(share) for share in shares] for name in TABLES], np.float64)


def room_for(*scenarios: tuple[Parameters, Sequence[Change]]) -> Room:
    """Seats that scenarios open: kept free in each of them, everybody else keeps seat and luck in all."""
    found: dict[str, tuple[int, int]] = {}
    for given, changes in scenarios:
        opened = zip(seats_opened(given, changes, POSTS), seats_opened(given, changes, MANAGERS), strict=True)
        for team, (posts, managers) in zip(given.structure.teams, opened, strict=True):
            before = found.get(team.name, (0, 0))
            found[team.name] = max(before[0], posts), max(before[1], managers)
    return found


def _seats(
    given: Parameters, census: Census, changes: Sequence[Change], room: Room
) -> tuple[Records, Small, Small]:
    """Seats by team and then managers by pool, with those that a change will open behind the others of their team."""
    teams, pools = given.structure.teams, given.structure.pools
    own = room_for((given, changes))
    kept = [room.get(team.name, (0, 0)) for team in teams]
    more = [max(own[team.name][0], free) for team, (free, _) in zip(teams, kept, strict=True)]
    above = [max(own[team.name][1], free) for team, (_, free) in zip(teams, kept, strict=True)]
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
    if len(rows) > MOST_SEATS:
        raise ImpossibleScenario(
            "teams", f"there are {len(rows):,} seats; at most {MOST_SEATS:,} are simulated at once"
        )
    seats = np.zeros(len(rows), SEAT)
    for field in rows[0]:
        seats[field] = [row.get(field, 0) for row in rows]
    row_of = np.where(seats["grade"] == WORKER, seats["team"], len(teams) + seats["pool"])
    seats["own"] = row_of * STEPS_OF_LOAD + seats["bit"]
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
