"""Parameters, census and changes as the arrays that the engine reads, and the empty arrays that it fills."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.domain.simulation.census import Census, passed, team_of
from rightplace.domain.simulation.changes import (
    MANAGERS,
    POSTS,
    Change,
    checked,
    in_arrays,
    seats_opened,
    tides_changed,
)
from rightplace.domain.simulation.days import Days, expected
from rightplace.domain.simulation.layout import (
    CASE,
    FREE,
    LOGGED,
    OPEN_CASE,
    SEAT,
    Inputs,
    Records,
    Small,
    State,
)
from rightplace.domain.simulation.names import DAY, MANAGING, MEASURES, NOBODY, VACANT, WORKER
from rightplace.domain.simulation.order import KNOTS, TABLES
from rightplace.domain.simulation.parameters import ImpossibleScenario, Parameters, values_in_order

NEVER_OPENED: Final = -1
STEPS_OF_LOAD: Final = 64


def inputs_of(
    given: Parameters, census: Census, changes: Sequence[Change], days: int, column: Small
) -> tuple[Inputs, Records]:
    """What every replicate is given, and the seats as they are at the start."""
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
    areas, teams = given.structure.areas, given.structure.teams
    pools = {name: number for number, name in enumerate(given.structure.pools)}
    inputs = Inputs(
        values=np.array(values_in_order(given), np.float64),
        tables=_tables(given),
        route=np.array([[team_of(given, a, s) for s in range(7)] for a in range(len(areas))], np.int32),
        pool=np.array([pools[team.pool] for team in teams], np.int32),
        first_seat=first_seat,
        first_manager=first_manager,
        rates=rates,
        none=np.exp(-rates),
        sizes=np.array(given.demand.children, np.float64),
        week_of=span.week_of(),
        week_ticks=span.week_ticks(),
        months_3=span.later(3),
        months_6=span.later(6),
        census=_open_cases(given, census, first_seat),
        changes=rows,
        scopes=scopes,
        column=column.astype(np.int32),
    )
    return inputs, seats


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
            raise ImpossibleScenario(name, f"at most {STEPS_OF_LOAD} managers share their work; split the pool")
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
    teams = np.array(
        [[team_of(given, a, s) for s in range(7)] for a in range(len(given.structure.areas))], np.int64
    )
    held = families["worker"] >= 0
    start = first_seat[teams[families["area"], families["stage"]]]
    found["worker"] = np.where(held, start + families["worker"], NOBODY)
    return found


def empty_state(inputs: Inputs, seats: Records, cases: int, lines: int, columns: int) -> State:
    """The arrays of one replicate, before it begins."""
    teams, pools = inputs.pool.shape[0], inputs.first_manager.shape[0] - 1
    events = cases + 2 * len(seats) + len(inputs.changes) + 64
    return State(
        base=np.zeros(1, np.uint64),
        values=inputs.values.copy(),
        cases=np.zeros(cases, CASE),
        seats=seats.copy(),
        keys=np.zeros(events, np.int64),
        slots=np.zeros(events, np.int32),
        mask=np.zeros(teams, np.uint64),
        bits=np.zeros((teams, STEPS_OF_LOAD), np.uint64),
        steady=np.zeros(teams, np.uint64),
        heads=np.zeros(2 * teams, np.int32),
        tails=np.zeros(2 * teams, np.int32),
        waiting_minutes=np.zeros(teams, np.int64),
        opened=np.zeros((teams, 7), np.int32),
        desk_heads=np.zeros(3 * pools, np.int32),
        desk_tails=np.zeros(3 * pools, np.int32),
        turns=np.zeros(pools, np.int32),
        idle=np.zeros(pools, np.uint64),
        shortage=np.zeros(teams, np.float64),
        queue_size=np.zeros(teams, np.int32),
        dirty=np.zeros(teams // 64 + 1, np.uint64),
        counts=np.zeros((inputs.week_ticks.shape[0], len(MEASURES), columns), np.int32),
        log=np.zeros(lines, LOGGED),
        registers=np.zeros(16, np.int64),
    )


def made_empty(state: State, inputs: Inputs, seats: Records) -> None:
    """The same arrays, ready for another replicate."""
    state.values[:] = inputs.values
    state.seats[:] = seats
    for zero in (
        state.mask,
        state.bits,
        state.steady,
        state.waiting_minutes,
        state.opened,
        state.turns,
        state.idle,
        state.shortage,
        state.queue_size,
        state.dirty,
        state.counts,
        state.registers,
    ):
        zero.fill(0)
    for nobody in (state.heads, state.tails, state.desk_heads, state.desk_tails):
        nobody.fill(NOBODY)
    state.registers[FREE] = NOBODY
