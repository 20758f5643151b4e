"""The turn of a week: what stands at its end is written down, shortage is felt, visits are made or are not."""

from __future__ import annotations

from typing import Final

import numpy as np

from rightplace.domain.simulation.allocating import LAST_STEP, STEPS
from rightplace.domain.simulation.beginning import over_load
from rightplace.domain.simulation.compiled import compiled
from rightplace.domain.simulation.draws import CLOSING_WAITING, VISITING, uniform
from rightplace.domain.simulation.layout import State
from rightplace.domain.simulation.moving import close
from rightplace.domain.simulation.names import (
    ABSENCES,
    AGENCY,
    ASSESSMENT,
    CARE,
    CLOSED_WAITING,
    COST,
    DOOR,
    GONE,
    IN_POST,
    LOAD_MEDIAN,
    LOAD_P90,
    LOAD_PERCENT,
    MANAGERS_IN_POST,
    MANAGERS_QUEUE,
    NEED,
    NEWLY_QUALIFIED,
    OPEN,
    POSTS,
    PRESENT,
    SAID_ATTEMPT,
    SAID_VISIT,
    SHORTAGE,
    SUPPORT,
    UNALLOCATED,
    UNALLOCATED_WEEKS,
    UNSEEN,
    VACANCIES,
    VACANT,
    VISITS_DUE,
    VISITS_ON_TIME,
    WAITING,
    WEEK_TICKS,
    WORKER,
)
from rightplace.domain.simulation.order import value_at
from rightplace.domain.simulation.reach import (
    cases,
    counts,
    lines,
    members,
    minutes,
    opened,
    seats,
    steps,
    teams,
)
from rightplace.domain.simulation.staffing import FULL_WEEK
from rightplace.domain.simulation.telling import count, say
from rightplace.domain.simulation.valued import value

_VISITS: Final = value_at("visit.weeks.door")
_CLOSED: Final = value_at("waiting.closed")
_WEEKS: Final = value_at("waiting.weeks")
_MEMORY: Final = value_at("shortage.memory")
_COST_WORKER: Final = value_at("cost.worker")
_COST_MANAGER: Final = value_at("cost.manager")
_COST_AGENCY: Final = value_at("cost.agency")
_COST_CARE: Final = value_at("cost.care")


@compiled
def write_down(st: State, week: int) -> None:
    """What stands as a week ends, in every team and in the whole service (the last column)."""
    _cases(st, week)
    _people(st, week)
    for team in range(st.teams_many):
        at = teams(st)[team].column
        for stage in range(DOOR, CARE + 1):
            counts(st)[week, OPEN + stage, at] += opened(st)[team, stage]
        counts(st)[week, MANAGERS_QUEUE, at] += teams(st)[team].queue
        counts(st)[week, SHORTAGE, at] += int(teams(st)[team].shortage * 1000.0)
        counts(st)[week, COST, at] += int(opened(st)[team, CARE] * value(st, team, _COST_CARE))


@compiled
def _cases(st: State, week: int) -> None:
    now = st.now
    for slot in range(st.high_slot):
        case = cases(st)[slot]
        if case.stage >= GONE:
            continue
        at = teams(st)[case.team].column
        if case.queued:
            counts(st)[week, WAITING, at] += case.children
            if case.worker < 0 and case.stage > DOOR:
                counts(st)[week, UNALLOCATED, at] += case.children
                counts(st)[week, UNALLOCATED_WEEKS, at] += (now - case.waits) // WEEK_TICKS * case.children
        every = value(st, case.team, _VISITS + case.stage)
        if every > 0.0 and week - case.visited > every:
            counts(st)[week, UNSEEN, at] += case.children


@compiled
def _people(st: State, week: int) -> None:
    """Seats by team, loads of those who are there, and what a week costs."""
    columns = st.columns_many
    at_step, has = steps(st), minutes(st)
    for at in range(columns):
        at_step[at, :] = 0
        has[at, :] = 0
    for number in range(st.seats_many):
        seat = seats(st)[number]
        at = teams(st)[seat.team].column
        if seat.grade == WORKER:
            counts(st)[week, POSTS, at] += seat.open
        if seat.state == VACANT:
            if seat.grade == WORKER:
                counts(st)[week, VACANCIES, at] += seat.open
            continue
        rate = (
            value(st, seat.team, _COST_WORKER)
            if seat.grade == WORKER
            else value(st, seat.team, _COST_MANAGER)
        )
        if seat.agency:
            rate = rate * value(st, seat.team, _COST_AGENCY)
        counts(st)[week, COST, at] += int(rate * seat.minutes / FULL_WEEK)
        if seat.grade != WORKER:
            counts(st)[week, MANAGERS_IN_POST, at] += 1
            continue
        counts(st)[week, IN_POST, at] += 1
        counts(st)[week, AGENCY, at] += seat.agency
        counts(st)[week, NEWLY_QUALIFIED, at] += seat.newly > 0
        if seat.state == PRESENT:
            at_step[at, seat.bucket] += 1
            at_step[columns - 1, seat.bucket] += 1
            has[at, 0] += seat.load
            has[at, 1] += seat.available
            has[columns - 1, 0] += seat.load
            has[columns - 1, 1] += seat.available
        else:
            counts(st)[week, ABSENCES, at] += 1
    for at in range(columns):
        counts(st)[week, LOAD_PERCENT, at] = has[at, 0] * 100 // max(1, has[at, 1])
        counts(st)[week, LOAD_MEDIAN, at] = _step_at(st, at, 0.5)
        counts(st)[week, LOAD_P90, at] = _step_at(st, at, 0.9)


@compiled
def _step_at(st: State, at: int, share: float) -> int:
    """The load, in percent of a full one, that this share of the workers do not exceed."""
    whole = 0
    for step in range(64):
        whole += steps(st)[at, step]
    if whole == 0:
        return 0
    below = 0
    for step in range(64):
        below += steps(st)[at, step]
        if below >= share * whole:
            return step * 100 // STEPS
    return 0


@compiled
def feel_shortage(st: State) -> None:
    """How far what a team holds and what waits for it goes beyond what its people have; felt slowly, and forgotten slowly."""
    for team in range(st.teams_many):
        held = teams(st)[team].waiting
        has = np.int64(0)
        for place in range(LAST_STEP + 1):
            number = members(st)[team, place]
            if number < 0:
                continue
            seat = seats(st)[number]
            held += seat.load
            if seat.state == PRESENT:
                has += seat.available
        lack = min(1.0, max(0.0, held / max(np.int64(1), has) - 1.0))
        teams(st)[team].shortage += value(st, team, _MEMORY) * (lack - teams(st)[team].shortage)


@compiled
def visit_round(st: State) -> None:
    """The visits of a week: who is over a full load makes only so many of those that fall due, who is away makes none. With
    twice the load that there is time for, half of them (assumed)."""
    week = st.week
    for slot in range(st.high_slot):
        case = cases(st)[slot]
        if case.stage >= GONE or case.stage == DOOR:
            continue
        every = value(st, case.team, _VISITS + case.stage)
        if every <= 0.0 or week - case.visited < every:
            continue
        first = week - case.visited < every + 1.0
        if first:
            count(st, case.team, VISITS_DUE, case.children)
        if case.worker < 0 or seats(st)[case.worker].state != PRESENT:
            continue
        if uniform(case.luck, VISITING, week) >= 1.0 / (1.0 + over_load(st, case.worker)):
            say(st, SAID_ATTEMPT, slot, 0)
            continue
        case.visited = week
        say(st, SAID_VISIT, slot, 0)
        if first:
            count(st, case.team, VISITS_ON_TIME, case.children)


@compiled
def close_waiting(st: State) -> None:
    """Shortage closes what waits and what nobody has looked at. It is counted apart, and it comes back."""
    week = st.week
    for team in range(st.teams_many):
        share = value(st, team, _CLOSED) * teams(st)[team].shortage
        slot = lines(st)[team * 2 + 1, 0]
        while slot >= 0 and share > 0.0:
            case = cases(st)[slot]
            after = case.qnext
            stage = case.stage
            waits = (st.now - case.waits) // WEEK_TICKS
            may = stage in (SUPPORT, ASSESSMENT, NEED) and not case.begun and case.worker < 0
            long = waits >= value(st, team, _WEEKS)
            if may and long and uniform(case.luck, CLOSING_WAITING, week) < share:
                case.drift = 1000
                count(st, team, CLOSED_WAITING, case.children)
                close(st, slot)
            slot = after
