"""What waits for a team manager. Managers are few and take one thing at a time; nothing goes on until they have.

Urgent first, then in order; after so many decisions one supervision, when any waits. So with fewer managers decisions
take longer, and supervision is missed, and (`moving.py`) work of workers whom nobody supervised comes back for more.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from rightplace.domain.simulation.allocating import lowest
from rightplace.domain.simulation.compiled import compiled, within
from rightplace.domain.simulation.layout import State
from rightplace.domain.simulation.names import (
    DECIDE,
    MANAGED,
    MANAGER_TASKS,
    MANAGER_WAIT,
    NOBODY,
    OUTCOME,
    PRESENT,
    SUPERVISE,
    WEEK_TICKS,
)
from rightplace.domain.simulation.order import value_at
from rightplace.domain.simulation.reach import cases, lines, pools, seats, teams, values
from rightplace.domain.simulation.telling import count, expect

_SHARE: Final = value_at("manager.share")
_TURN: Final = value_at("manager.turn")
_CONTACT: Final = value_at("manager.contact")
_ENQUIRY: Final = value_at("manager.enquiry")
_ASSESSMENT: Final = value_at("manager.assessment")
_CLOSING: Final = value_at("manager.closing")
_SUPERVISION: Final = value_at("manager.supervision")
_MINUTES: Final = np.array([_CONTACT, _ENQUIRY, _ASSESSMENT, _CLOSING, _SUPERVISION], np.int64)
_ONE: Final = np.uint64(1)
_NONE: Final = np.uint64(0)


@within
def desk(st: State, pool: int) -> int:
    """Where a pool's three queues lie, behind the two of each team: urgent, ordinary, supervision."""
    return int(st.teams_many * 2 + pool * 3)


@compiled
def ask_manager(st: State, slot: int, task: int) -> None:
    """A case waits for a decision, a sign-off or its closing."""
    case = cases(st)[slot]
    pool = teams(st)[case.team].pool
    soon = task == OUTCOME or (task == DECIDE and case.urgent)
    queue = desk(st, pool) + (0 if soon else 1)
    case.task = task
    case.asked = st.now
    case.mnext = NOBODY
    if lines(st)[queue, 1] >= 0:
        cases(st)[lines(st)[queue, 1]].mnext = slot
    else:
        lines(st)[queue, 0] = slot
    lines(st)[queue, 1] = slot
    teams(st)[case.team].queue += 1
    wake(st, pool)


@compiled
def ask_supervision(st: State, number: int) -> None:
    """A worker's supervision is due."""
    seat = seats(st)[number]
    pool = teams(st)[seat.team].pool
    queue = desk(st, pool) + 2
    seat.pending = 1
    seat.asked = st.now
    seat.next = NOBODY
    if lines(st)[queue, 1] >= 0:
        seats(st)[lines(st)[queue, 1]].next = number
    else:
        lines(st)[queue, 0] = number
    lines(st)[queue, 1] = number
    wake(st, pool)


@compiled
def wake(st: State, pool: int) -> None:
    """A manager who has nothing to do takes up what waits; the first seat first."""
    if pools(st)[pool].idle != _NONE:
        take_up(st, int(pools(st)[pool].first) + lowest(pools(st)[pool].idle))


@compiled
def rest(st: State, number: int) -> None:
    """A manager who is there has nothing to do."""
    seat = seats(st)[number]
    seat.task = -1
    if seat.state == PRESENT:
        pools(st)[seat.pool].idle |= _ONE << np.uint64(seat.bit)


@compiled
def take_up(st: State, number: int) -> None:
    """A manager who is there and free takes the next task of the pool, or rests."""
    seat = seats(st)[number]
    pool = seat.pool
    urgent = desk(st, pool)
    ordinary, people = urgent + 1, urgent + 2
    decisions = lines(st)[urgent, 0] >= 0 or lines(st)[ordinary, 0] >= 0
    if lines(st)[people, 0] >= 0 and (not decisions or pools(st)[pool].turns >= values(st)[_TURN]):
        about = lines(st)[people, 0]
        lines(st)[people, 0] = seats(st)[about].next
        if seats(st)[about].next < 0:
            lines(st)[people, 1] = NOBODY
        pools(st)[pool].turns = 0
        seat.task = SUPERVISE
    elif decisions:
        queue = urgent if lines(st)[urgent, 0] >= 0 else ordinary
        about = lines(st)[queue, 0]
        case = cases(st)[about]
        lines(st)[queue, 0] = case.mnext
        if case.mnext < 0:
            lines(st)[queue, 1] = NOBODY
        pools(st)[pool].turns += 1
        seat.task = case.task
        teams(st)[case.team].queue -= 1
        count(st, case.team, MANAGER_TASKS, 1)
        count(st, case.team, MANAGER_WAIT, st.now - case.asked)
    else:
        rest(st, number)
        return
    seat.about = about
    pools(st)[pool].idle &= ~(_ONE << np.uint64(seat.bit))
    minutes = values(st)[_MINUTES[seat.task]]
    long = int(minutes * WEEK_TICKS / (seat.minutes * values(st)[_SHARE])) + 1
    expect(st, st.now + long, MANAGED, number, 0)
