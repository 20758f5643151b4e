"""What waits for a team manager. Managers are few and take one thing at a time; nothing goes on until they have.

Urgent first, then in order; after so many decisions one supervision, when any waits, and it takes the longer the more
families the worker has. What workers ask in between comes off the managers' time first. So with fewer managers decisions take
longer, and supervision is missed, and (`deciding.py`) work of workers whom nobody supervised comes back for more.
Where a pool has nobody there, the largest that serves the same area decides for it: nothing stalls unseen.
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
    WORKER,
)
from rightplace.domain.simulation.order import value_at
from rightplace.domain.simulation.reach import cases, lines, members, pools, seats, teams
from rightplace.domain.simulation.telling import count, expect
from rightplace.domain.simulation.valued import value

_SHARE: Final = value_at("manager.share")
_TURN: Final = value_at("manager.turn")
_CONTACT: Final = value_at("manager.contact")
_ENQUIRY: Final = value_at("manager.enquiry")
_ASSESSMENT: Final = value_at("manager.assessment")
_CLOSING: Final = value_at("manager.closing")
_SUPERVISION: Final = value_at("manager.supervision")
_FAMILY: Final = value_at("manager.family")
_REVIEW: Final = value_at("manager.review")
_MINUTES: Final = np.array([_CONTACT, _ENQUIRY, _ASSESSMENT, _CLOSING, _SUPERVISION, _REVIEW], np.int64)
_ASKED: Final = value_at("manager.asked")
_KEPT: Final = value_at("manager.kept")
TAKEN_UP: Final = -2
"""In place of who comes next at a desk: it lies there no more, somebody is at it."""
_ONE: Final = np.uint64(1)
_NONE: Final = np.uint64(0)


@within
def desk(st: State, pool: int) -> int:
    """Where a pool's three queues lie, behind the two of each team: urgent, ordinary, supervision."""
    return int(st.teams_many * 2 + pool * 3)


@within
def manager_at(st: State, pool: int, place: int) -> int:
    """Who sits at a place of a pool; their places lie behind those of the teams."""
    return int(members(st)[st.teams_many + pool, place])


@within
def desk_of(st: State, pool: int) -> int:
    """Which pool decides: its own, or while nobody is there the one that covers for it."""
    cover = pools(st)[pool].cover
    if pools(st)[pool].there == 0 and cover >= 0 and pools(st)[cover].there > 0:
        return int(cover)
    return pool


@compiled
def ask_manager(st: State, slot: int, task: int) -> None:
    """A case waits for a decision, a sign-off or its closing."""
    case = cases(st)[slot]
    pool = desk_of(st, teams(st)[case.team].pool)
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
    """A worker's supervision is due, about the families whom they have on that day."""
    seat = seats(st)[number]
    pool = desk_of(st, teams(st)[seat.team].pool)
    queue = desk(st, pool) + 2
    seat.pending = 1
    seat.listed = seat.families
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
        take_up(st, manager_at(st, pool, lowest(pools(st)[pool].idle)))


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
    if lines(st)[people, 0] >= 0 and (not decisions or pools(st)[pool].turns >= value(st, seat.team, _TURN)):
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
        case.mnext = TAKEN_UP
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
    minutes = value(st, seat.team, _MINUTES[seat.task])
    if seat.task == SUPERVISE:
        minutes += value(st, seat.team, _FAMILY) * seats(st)[about].listed
    share = value(st, seat.team, _SHARE)
    share = max(share * value(st, seat.team, _KEPT), share - pools(st)[pool].asked)
    long = int(minutes * WEEK_TICKS / (seat.minutes * share)) + 1
    expect(st, st.now + long, MANAGED, number, 0)


@compiled
def comes_to_desk(st: State, number: int) -> None:
    """A manager is there: for the own pool, and when the first of it, for those that it covers and where nobody is."""
    seat = seats(st)[number]
    pools(st)[seat.pool].there += 1
    if seat.task < 0:
        rest(st, number)
        take_up(st, number)
    if pools(st)[seat.pool].there == 1:
        for other in range(st.pools_many):
            if pools(st)[other].cover == seat.pool:
                hand_over_desk(st, other)


@compiled
def leaves_desk(st: State, number: int) -> None:
    """A manager who was there is not; what waits for the last of a pool goes to those who cover for it."""
    seat = seats(st)[number]
    pools(st)[seat.pool].idle &= ~(_ONE << np.uint64(seat.bit))
    pools(st)[seat.pool].there -= 1
    hand_over_desk(st, seat.pool)


@compiled
def hand_over_desk(st: State, pool: int) -> None:
    """What waits where nobody is goes behind what waits at the desk that covers for it."""
    to = desk_of(st, pool)
    if to == pool:
        return
    for heap in range(3):
        ours, theirs = desk(st, pool) + heap, desk(st, to) + heap
        first = lines(st)[ours, 0]
        if first < 0:
            continue
        last = lines(st)[theirs, 1]
        if last < 0:
            lines(st)[theirs, 0] = first
        elif heap == 2:
            seats(st)[last].next = first
        else:
            cases(st)[last].mnext = first
        lines(st)[theirs, 1] = lines(st)[ours, 1]
        lines(st)[ours, 0] = NOBODY
        lines(st)[ours, 1] = NOBODY
    while pools(st)[to].idle != _NONE and waits_at(st, to):
        take_up(st, manager_at(st, to, lowest(pools(st)[to].idle)))


@within
def waits_at(st: State, pool: int) -> bool:
    """Whether anything waits for the managers of a pool."""
    at = desk(st, pool)
    return bool(lines(st)[at, 0] >= 0 or lines(st)[at + 1, 0] >= 0 or lines(st)[at + 2, 0] >= 0)


@compiled
def feel_asking(st: State) -> None:
    """How much of the week of those who are there their workers ask for, about the families that they hold."""
    for pool in range(st.pools_many):
        pools(st)[pool].asked = 0.0
        pools(st)[pool].minutes = 0
    for number in range(st.seats_many):
        seat = seats(st)[number]
        if seat.grade == WORKER:
            pools(st)[seat.pool].asked += value(st, seat.team, _ASKED) * seat.families
        elif seat.state == PRESENT:
            pools(st)[seat.pool].minutes += seat.minutes
    for pool in range(st.pools_many):
        pools(st)[pool].asked = pools(st)[pool].asked / max(1, pools(st)[pool].minutes)
