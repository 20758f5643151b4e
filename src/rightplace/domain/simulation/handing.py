"""Work that goes from one team to another on a day: families, posts, managers, and what is still to come.

Timescales go on. Families who wait go behind those who wait there, and have waited as long as they have; a family whose worker
did not come along waits for one of the team that answers now, and is kept until then. Where worker and family come together
again, they stay together. What lies before managers stays with those at whose desk it lies.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from rightplace.domain.simulation.allocating import leave_queue, mark, show, wait
from rightplace.domain.simulation.compiled import compiled
from rightplace.domain.simulation.layout import State
from rightplace.domain.simulation.managing import comes_to_desk, hand_over_desk, leaves_desk
from rightplace.domain.simulation.moving import go_on_with
from rightplace.domain.simulation.names import (
    GONE,
    NOBODY,
    PRESENT,
    SAID_MOVED,
    SAID_TOOK_OVER,
    STAGES,
    VACANT,
    WORKER,
)
from rightplace.domain.simulation.reach import (
    cases,
    changes,
    lines,
    members,
    opened,
    pools,
    route,
    seats,
    teams,
)
from rightplace.domain.simulation.staffing import fit
from rightplace.domain.simulation.telling import say, say_of_seat

_STAGES: Final = len(STAGES)
_ONE: Final = np.uint64(1)


@compiled
def hand_over(st: State, place: int) -> None:
    """One team's work in an area, or all of it, is another's from now on; so many workers go along, and managers."""
    told = changes(st)[place]
    for _ in range(int(told.amount)):
        number = _who_goes(st, told.old, told.area)
        if number >= 0:
            _worker_goes(st, number, told.new)
    left = told.managers
    for number in range(st.seats_many):
        seat = seats(st)[number]
        if left > 0 and seat.team == told.old and seat.grade != WORKER and seat.open:
            _manager_goes(st, number, told.new)
            left -= 1
    for area in range(st.areas_many):
        for stage in range(_STAGES):
            if (told.area < 0 or told.area == area) and route(st)[area, stage] == told.old:
                route(st)[area, stage] = told.new
    _families_go(st, told.old, told.new, told.area)
    _stay_with_their_own(st, told.new)
    _wait_for_their_own(st)
    mark(st, told.old)
    mark(st, told.new)


@compiled
def cover(st: State, place: int) -> None:
    """From now on another pool decides for one while it has nobody there."""
    told = changes(st)[place]
    pools(st)[told.old].cover = told.new
    hand_over_desk(st, told.old)


@compiled
def _who_goes(st: State, team: int, area: int) -> int:
    """The post whose holder has most of the families that go; of equals the last."""
    found, most = NOBODY, -1
    for number in range(st.seats_many):
        seat = seats(st)[number]
        if seat.team != team or seat.grade != WORKER or not seat.open:
            continue
        many = 0
        slot = seat.head
        while slot >= 0:
            case = cases(st)[slot]
            if case.team == team and (area < 0 or case.area == area):
                many += 1
            slot = case.wnext
        if many >= most:
            found, most = number, many
    return found


@compiled
def _free_place(st: State, row: int) -> int:
    """The first place that nobody has."""
    place = 0
    while members(st)[row, place] >= 0:
        place += 1
    return place


@compiled
def _worker_goes(st: State, number: int, to: int) -> None:
    """A post, with who sits there and what they hold, belongs to another team."""
    seat = seats(st)[number]
    before, state = seat.team, seat.state
    seat.state = VACANT
    show(st, number)
    teams(st)[before].steady &= ~(_ONE << np.uint64(seat.bit))
    members(st)[before, seat.bit] = NOBODY
    seat.team, seat.pool, seat.state = to, teams(st)[to].pool, state
    seat.bit = _free_place(st, to)
    members(st)[to, seat.bit] = number
    if state != VACANT:
        fit(st, number)
        say_of_seat(st, SAID_MOVED, number, before)


@compiled
def _manager_goes(st: State, number: int, to: int) -> None:
    """A manager belongs to another team, and sits with those who decide for it."""
    seat = seats(st)[number]
    before = seat.team
    pool = teams(st)[to].pool
    seat.team = to
    if pool != seat.pool:
        if seat.state == PRESENT:
            leaves_desk(st, number)
        members(st)[st.teams_many + seat.pool, seat.bit] = NOBODY
        seat.pool = pool
        seat.bit = _free_place(st, st.teams_many + pool)
        members(st)[st.teams_many + pool, seat.bit] = number
        if seat.state == PRESENT:
            comes_to_desk(st, number)
    if seat.state != VACANT:
        fit(st, number)
        say_of_seat(st, SAID_MOVED, number, before)


@compiled
def _families_go(st: State, old: int, new: int, area: int) -> None:
    """Those who wait in their order, then all others."""
    for queue in range(old * 2, old * 2 + 2):
        slot = lines(st)[queue, 0]
        while slot >= 0:
            case = cases(st)[slot]
            after = case.qnext
            if area < 0 or case.area == area:
                since = case.waits
                leave_queue(st, slot)
                _goes(st, slot, new)
                wait(st, slot)
                case.waits = since
            slot = after
    for slot in range(st.high_slot):
        case = cases(st)[slot]
        if case.stage < GONE and case.team == old and (area < 0 or case.area == area):
            _goes(st, slot, new)


@compiled
def _goes(st: State, slot: int, new: int) -> None:
    """One family, wherever it stands, is answered for by another team."""
    case = cases(st)[slot]
    before = case.team
    opened(st)[before, case.stage] -= case.children
    opened(st)[new, case.stage] += case.children
    if case.task >= 0 and case.mnext >= NOBODY:
        teams(st)[before].queue -= 1
        teams(st)[new].queue += 1
    case.team = new
    say(st, SAID_TOOK_OVER, slot, before)


@compiled
def _stay_with_their_own(st: State, new: int) -> None:
    """Families who wait for one of the team that answers now, and whose worker belongs to it now: they wait no more."""
    for number in range(st.seats_many):
        slot = seats(st)[number].head if seats(st)[number].team == new else NOBODY
        while slot >= 0:
            case = cases(st)[slot]
            if case.queued and case.team == new:
                leave_queue(st, slot)
                go_on_with(st, slot)
            slot = case.wnext


@compiled
def _wait_for_their_own(st: State) -> None:
    """Families whose worker belongs to another team now wait for one of their own, and are kept until then."""
    for number in range(st.seats_many):
        slot = seats(st)[number].head
        while slot >= 0:
            case = cases(st)[slot]
            if not case.queued and case.team != seats(st)[number].team:
                wait(st, slot)
            slot = case.wnext
