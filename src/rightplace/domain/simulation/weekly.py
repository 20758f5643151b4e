"""The turn of a week: what stands at its end is written down, shortage is felt, visits are made or are not."""

from __future__ import annotations

from typing import Final

import numpy as np

from rightplace.domain.simulation.allocating import STEPS
from rightplace.domain.simulation.beginning import over_load
from rightplace.domain.simulation.compiled import compiled
from rightplace.domain.simulation.draws import CLOSING_WAITING, VISITING, uniform
from rightplace.domain.simulation.layout import HIGH_SLOT, NOW, THIS_WEEK, Inputs, State
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
from rightplace.domain.simulation.staffing import FULL_WEEK
from rightplace.domain.simulation.telling import count, say

_VISITS: Final = value_at("visit.weeks.door")
_CLOSED: Final = value_at("waiting.closed")
_WEEKS: Final = value_at("waiting.weeks")
_MEMORY: Final = value_at("shortage.memory")
_COST_WORKER: Final = value_at("cost.worker")
_COST_MANAGER: Final = value_at("cost.manager")
_COST_AGENCY: Final = value_at("cost.agency")
_COST_CARE: Final = value_at("cost.care")


@compiled
def write_down(inp: Inputs, st: State, week: int) -> None:
    """What stands as a week ends, in every team and in the whole service (the last column)."""
    _cases(inp, st, week)
    _people(inp, st, week)
    for team in range(inp.column.shape[0]):
        at = inp.column[team]
        for stage in range(DOOR, CARE + 1):
            st.counts[week, OPEN + stage, at] += st.opened[team, stage]
        st.counts[week, MANAGERS_QUEUE, at] += st.queue_size[team]
        st.counts[week, SHORTAGE, at] += int(st.shortage[team] * 1000.0)
        st.counts[week, COST, at] += int(st.opened[team, CARE] * st.values[_COST_CARE])


@compiled
def _cases(inp: Inputs, st: State, week: int) -> None:
    now = st.registers[NOW]
    for slot in range(st.registers[HIGH_SLOT]):
        case = st.cases[slot]
        if case.stage >= GONE:
            continue
        at = inp.column[case.team]
        if case.queued:
            st.counts[week, WAITING, at] += case.children
            if case.worker < 0 and case.stage > DOOR:
                st.counts[week, UNALLOCATED, at] += case.children
                st.counts[week, UNALLOCATED_WEEKS, at] += (now - case.waits) // WEEK_TICKS * case.children
        every = st.values[_VISITS + case.stage]
        if every > 0.0 and week - case.visited > every:
            st.counts[week, UNSEEN, at] += case.children


@compiled
def _people(inp: Inputs, st: State, week: int) -> None:
    """Seats by team, loads of those who are there, and what a week costs."""
    columns = st.counts.shape[2]
    steps = np.zeros((columns, 64), np.int32)
    minutes = np.zeros((columns, 2), np.int64)
    for number in range(st.seats.shape[0]):
        seat = st.seats[number]
        at = inp.column[seat.team]
        if seat.grade == WORKER:
            st.counts[week, POSTS, at] += seat.open
        if seat.state == VACANT:
            if seat.grade == WORKER:
                st.counts[week, VACANCIES, at] += seat.open
            continue
        rate = st.values[_COST_WORKER] if seat.grade == WORKER else st.values[_COST_MANAGER]
        if seat.agency:
            rate = rate * st.values[_COST_AGENCY]
        st.counts[week, COST, at] += int(rate * seat.minutes / FULL_WEEK)
        if seat.grade != WORKER:
            st.counts[week, MANAGERS_IN_POST, at] += 1
            continue
        st.counts[week, IN_POST, at] += 1
        st.counts[week, AGENCY, at] += seat.agency
        st.counts[week, NEWLY_QUALIFIED, at] += seat.newly > 0
        if seat.state == PRESENT:
            steps[at, seat.bucket] += 1
            steps[columns - 1, seat.bucket] += 1
            minutes[at, 0] += seat.load
            minutes[at, 1] += seat.available
            minutes[columns - 1, 0] += seat.load
            minutes[columns - 1, 1] += seat.available
        else:
            st.counts[week, ABSENCES, at] += 1
    for at in range(columns):
        st.counts[week, LOAD_PERCENT, at] = minutes[at, 0] * 100 // max(1, minutes[at, 1])
        st.counts[week, LOAD_MEDIAN, at] = _step_at(steps[at], 0.5)
        st.counts[week, LOAD_P90, at] = _step_at(steps[at], 0.9)


@compiled
def _step_at(steps: np.ndarray, share: float) -> int:  # type: ignore[type-arg]
    """The load, in percent of a full one, that this share of the workers do not exceed."""
    whole = 0
    for step in range(64):
        whole += steps[step]
    if whole == 0:
        return 0
    below = 0
    for step in range(64):
        below += steps[step]
        if below >= share * whole:
            return step * 100 // STEPS
    return 0


@compiled
def feel_shortage(inp: Inputs, st: State) -> None:
    """How far what a team holds and what waits for it goes beyond what its people have; felt slowly, and forgotten slowly."""
    for team in range(inp.column.shape[0]):
        held = st.waiting_minutes[team]
        has = np.int64(0)
        for number in range(inp.first_seat[team], inp.first_seat[team + 1]):
            seat = st.seats[number]
            held += seat.load
            if seat.state == PRESENT:
                has += seat.available
        lack = min(1.0, max(0.0, held / max(np.int64(1), has) - 1.0))
        st.shortage[team] += st.values[_MEMORY] * (lack - st.shortage[team])


@compiled
def visit_round(inp: Inputs, st: State) -> None:
    """The visits of a week: who is over a full load makes only so many of those that fall due, who is away makes none."""
    week = st.registers[THIS_WEEK]
    for slot in range(st.registers[HIGH_SLOT]):
        case = st.cases[slot]
        if case.stage >= GONE or case.stage == DOOR:
            continue
        every = st.values[_VISITS + case.stage]
        if every <= 0.0 or week - case.visited < every:
            continue
        first = week - case.visited < every + 1.0
        if first:
            count(inp, st, case.team, VISITS_DUE, case.children)
        if case.worker < 0 or st.seats[case.worker].state != PRESENT:
            continue
        if uniform(case.luck, VISITING, week) >= 1.0 / (1.0 + over_load(st, case.worker)):
            say(st, SAID_ATTEMPT, slot, 0)
            continue
        case.visited = week
        say(st, SAID_VISIT, slot, 0)
        if first:
            count(inp, st, case.team, VISITS_ON_TIME, case.children)


@compiled
def close_waiting(inp: Inputs, st: State) -> None:
    """Shortage closes what waits and what nobody has looked at. It is counted apart, and it comes back."""
    week = st.registers[THIS_WEEK]
    for team in range(inp.column.shape[0]):
        share = st.values[_CLOSED] * st.shortage[team]
        slot = st.heads[team * 2 + 1]
        while slot >= 0 and share > 0.0:
            case = st.cases[slot]
            after = case.qnext
            stage = case.stage
            waits = (st.registers[NOW] - case.waits) // WEEK_TICKS
            may = stage == SUPPORT or stage == ASSESSMENT or stage == NEED
            if may and not case.begun and case.worker < 0 and waits >= st.values[_WEEKS]:
                if uniform(case.luck, CLOSING_WAITING, week) < share:
                    case.drift = 1000
                    count(inp, st, team, CLOSED_WAITING, case.children)
                    close(inp, st, slot)
            slot = after
