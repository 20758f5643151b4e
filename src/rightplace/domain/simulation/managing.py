"""What waits for a team manager. Managers are few and take one thing at a time; nothing goes on until they have.

Urgent first, then in order; after so many decisions one supervision, when any waits. So with fewer managers decisions
take longer, and supervision is missed, and (`moving.py`) work of workers whom nobody supervised comes back for more.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from rightplace.domain.simulation.allocating import lowest
from rightplace.domain.simulation.compiled import compiled
from rightplace.domain.simulation.layout import NOW, Inputs, State
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


@compiled
def ask_manager(inp: Inputs, st: State, slot: int, task: int) -> None:
    """A case waits for a decision, a sign-off or its closing."""
    case = st.cases[slot]
    pool = inp.pool[case.team]
    soon = task == OUTCOME or (task == DECIDE and case.urgent)
    queue = pool * 3 + (0 if soon else 1)
    case.task = task
    case.asked = st.registers[NOW]
    case.mnext = NOBODY
    if st.desk_tails[queue] >= 0:
        st.cases[st.desk_tails[queue]].mnext = slot
    else:
        st.desk_heads[queue] = slot
    st.desk_tails[queue] = slot
    st.queue_size[case.team] += 1
    wake(inp, st, pool)


@compiled
def ask_supervision(inp: Inputs, st: State, number: int) -> None:
    """A worker's supervision is due."""
    seat = st.seats[number]
    pool = inp.pool[seat.team]
    queue = pool * 3 + 2
    seat.pending = 1
    seat.asked = st.registers[NOW]
    seat.next = NOBODY
    if st.desk_tails[queue] >= 0:
        st.seats[st.desk_tails[queue]].next = number
    else:
        st.desk_heads[queue] = number
    st.desk_tails[queue] = number
    wake(inp, st, pool)


@compiled
def wake(inp: Inputs, st: State, pool: int) -> None:
    """A manager who has nothing to do takes up what waits; the first seat first."""
    if st.idle[pool] != _NONE:
        take_up(inp, st, int(inp.first_manager[pool]) + lowest(st.idle[pool]))


@compiled
def rest(st: State, number: int) -> None:
    """A manager who is there has nothing to do."""
    seat = st.seats[number]
    seat.task = -1
    if seat.state == PRESENT:
        st.idle[seat.pool] |= _ONE << np.uint64(seat.bit)


@compiled
def take_up(inp: Inputs, st: State, number: int) -> None:
    """A manager who is there and free takes the next task of the pool, or rests."""
    seat = st.seats[number]
    pool = seat.pool
    urgent, ordinary, people = pool * 3, pool * 3 + 1, pool * 3 + 2
    decisions = st.desk_heads[urgent] >= 0 or st.desk_heads[ordinary] >= 0
    if st.desk_heads[people] >= 0 and (not decisions or st.turns[pool] >= st.values[_TURN]):
        about = st.desk_heads[people]
        st.desk_heads[people] = st.seats[about].next
        if st.seats[about].next < 0:
            st.desk_tails[people] = NOBODY
        st.turns[pool] = 0
        seat.task = SUPERVISE
    elif decisions:
        queue = urgent if st.desk_heads[urgent] >= 0 else ordinary
        about = st.desk_heads[queue]
        case = st.cases[about]
        st.desk_heads[queue] = case.mnext
        if case.mnext < 0:
            st.desk_tails[queue] = NOBODY
        st.turns[pool] += 1
        seat.task = case.task
        st.queue_size[case.team] -= 1
        count(inp, st, case.team, MANAGER_TASKS, 1)
        count(inp, st, case.team, MANAGER_WAIT, st.registers[NOW] - case.asked)
    else:
        rest(st, number)
        return
    seat.about = about
    st.idle[pool] &= ~(_ONE << np.uint64(seat.bit))
    minutes = st.values[_MINUTES[seat.task]]
    long = int(minutes * WEEK_TICKS / (seat.minutes * st.values[_SHARE])) + 1
    expect(st, st.registers[NOW] + long, MANAGED, number, 0)
