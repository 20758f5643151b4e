"""Who gets what waits: the least loaded worker of the team, found without looking at every worker.

Load is weighted minutes of a week against those that the worker really has, cut into 48 steps up to a full load. For each
team one word of 64 bits says which steps anybody stands at, and one word a step says who, so the least loaded is found with
two looks. A team has at most 64 seats for workers. Among equals the first seat is asked; if the one who is asked has no
room, the case waits. Enquiries and protection plans are not given to the newly qualified.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from rightplace.domain.simulation.beginning import begin
from rightplace.domain.simulation.compiled import compiled, within
from rightplace.domain.simulation.layout import State
from rightplace.domain.simulation.names import (
    ALLOCATION_DAYS,
    ALLOCATIONS,
    CARE,
    DAY,
    DOOR,
    ENQUIRY,
    NOBODY,
    PRESENT,
    PROTECTION,
    SAID_ALLOCATED,
    SAID_WORKER_ENDED,
    WORKER,
)
from rightplace.domain.simulation.order import value_at
from rightplace.domain.simulation.reach import bits, cases, lines, members, seats, teams, words
from rightplace.domain.simulation.telling import count, say
from rightplace.domain.simulation.valued import value

_HOURS: Final = value_at("hours.door")
_MORE: Final = value_at("hours.child")
_PRACTICE: Final = value_at("hours.practice")
STEPS: Final = 48
LAST_STEP: Final = 63
_ONE: Final = np.uint64(1)
_NONE: Final = np.uint64(0)
_64: Final = np.uint64(64)
_58: Final = np.uint64(58)
_SEQUENCE: Final = np.uint64(0x03F79D71B4CB0A89)


def _places() -> list[int]:
    table = [0] * 64
    for place in range(64):
        table[((0x03F79D71B4CB0A89 << place) & 0xFFFFFFFFFFFFFFFF) >> 58] = place
    return table


_PLACES: Final = np.array(_places(), np.int64)


@within
def lowest(word: np.uint64) -> int:
    """The place of the lowest bit that is set."""
    return int(_PLACES[((word & (~word + _ONE)) * _SEQUENCE) >> _58])


@within
def weight_of(st: State, team: int, stage: int, children: int) -> int:
    """Minutes of a week that a family takes at a stage."""
    minutes = 60.0 * value(st, team, _PRACTICE)
    return int(value(st, team, _HOURS + stage) * minutes) + (children - 1) * int(
        value(st, team, _MORE) * minutes
    )


@within
def mark(st: State, team: int) -> None:
    """Something changed in a team: who waits there is looked at before the next thing happens."""
    words(st)[1 + (team >> 6)] |= _ONE << np.uint64(team & 63)


@compiled
def show(st: State, number: int) -> None:
    """Put a seat at its step of load, or out of sight when nobody sits there or who sits there is away."""
    seat = seats(st)[number]
    if seat.grade != WORKER:
        return
    step = -1
    if seat.state == PRESENT:
        step = min(LAST_STEP, seat.load * STEPS // max(1, seat.available))
    if step == seat.bucket:
        return
    me = _ONE << np.uint64(seat.bit)
    team = seat.team
    if seat.bucket >= 0:
        left = bits(st)[team, seat.bucket] & ~me
        bits(st)[team, seat.bucket] = left
        if left == _NONE:
            teams(st)[team].mask &= ~(_ONE << np.uint64(seat.bucket))
    if step >= 0:
        bits(st)[team, step] |= me
        teams(st)[team].mask |= _ONE << np.uint64(step)
    seat.bucket = step


@compiled
def hold(st: State, slot: int, number: int) -> None:
    """A worker has a case from now on."""
    case, seat = cases(st)[slot], seats(st)[number]
    case.worker = number
    case.wnext = NOBODY
    case.wprev = seat.tail
    if seat.tail >= 0:
        cases(st)[seat.tail].wnext = slot
    else:
        seat.head = slot
    seat.tail = slot
    seat.load += case.weight
    seat.families += 1
    show(st, number)


@compiled
def release(st: State, slot: int) -> None:
    """A worker no longer has a case, and the team may have room."""
    case = cases(st)[slot]
    seat = seats(st)[case.worker]
    if case.wprev >= 0:
        cases(st)[case.wprev].wnext = case.wnext
    else:
        seat.head = case.wnext
    if case.wnext >= 0:
        cases(st)[case.wnext].wprev = case.wprev
    else:
        seat.tail = case.wprev
    seat.load -= case.weight
    seat.families -= 1
    show(st, case.worker)
    mark(st, seat.team)
    say(st, SAID_WORKER_ENDED, slot, case.worker)
    case.worker = NOBODY


@compiled
def wait(st: State, slot: int) -> None:
    """A case waits for a worker of its team, behind those who wait; urgent work has a queue of its own."""
    case = cases(st)[slot]
    stage = case.stage
    soon = stage in (ENQUIRY, PROTECTION, CARE) or (stage == DOOR and case.urgent)
    queue = case.team * 2 + (0 if soon else 1)
    case.queued = 1 if soon else 2
    case.waits = st.now
    case.qnext = NOBODY
    case.qprev = lines(st)[queue, 1]
    if lines(st)[queue, 1] >= 0:
        cases(st)[lines(st)[queue, 1]].qnext = slot
    else:
        lines(st)[queue, 0] = slot
    lines(st)[queue, 1] = slot
    teams(st)[case.team].waiting += weight_of(st, case.team, stage, case.children)
    mark(st, case.team)


@compiled
def leave_queue(st: State, slot: int) -> None:
    """A case no longer waits for a worker."""
    case = cases(st)[slot]
    queue = case.team * 2 + case.queued - 1
    if case.qprev >= 0:
        cases(st)[case.qprev].qnext = case.qnext
    else:
        lines(st)[queue, 0] = case.qnext
    if case.qnext >= 0:
        cases(st)[case.qnext].qprev = case.qprev
    else:
        lines(st)[queue, 1] = case.qprev
    case.queued = 0
    teams(st)[case.team].waiting -= weight_of(st, case.team, case.stage, case.children)


@within
def least_loaded(st: State, team: int, stage: int) -> int:
    """The least loaded worker of a team who may hold such work, or nobody."""
    may = ~_NONE
    if stage in (ENQUIRY, PROTECTION):
        may = teams(st)[team].steady
    steps = teams(st)[team].mask
    while steps != _NONE:
        here = bits(st)[team, lowest(steps)] & may
        if here != _NONE:
            return int(members(st)[team, lowest(here)])
        steps &= steps - _ONE
    return NOBODY


@compiled
def allocate(st: State, slot: int, number: int) -> None:
    """A worker takes up a case; whoever held it until then lets it go."""
    case = cases(st)[slot]
    leave_queue(st, slot)
    if case.worker >= 0:
        release(st, slot)
    case.weight = weight_of(st, case.team, case.stage, case.children)
    hold(st, slot, number)
    count(st, case.team, ALLOCATIONS, case.children)
    waited = st.now // DAY - case.waits // DAY
    count(st, case.team, ALLOCATION_DAYS, waited * case.children)
    say(st, SAID_ALLOCATED, slot, case.stage)
    begin(st, slot)


@within
def settle(st: State) -> None:
    """Every team in which something changed gives out what waits; the team with the lowest number first."""
    word = 1
    while word < st.words_many:
        if words(st)[word] == _NONE:
            word += 1
            continue
        team = (word - 1) * 64 + lowest(words(st)[word])
        words(st)[word] &= words(st)[word] - _ONE
        for queue in range(team * 2, team * 2 + 2):
            while lines(st)[queue, 0] >= 0:
                slot = lines(st)[queue, 0]
                case = cases(st)[slot]
                number = least_loaded(st, team, case.stage)
                if number < 0:
                    break
                seat = seats(st)[number]
                if seat.load + weight_of(st, team, case.stage, case.children) > seat.limit:
                    break
                allocate(st, slot, number)
        word = 1
