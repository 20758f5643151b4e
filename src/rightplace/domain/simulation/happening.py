"""What happens to a case at its time: it arrives, comes back, work on it is done, a conference or a review is held."""

from __future__ import annotations

from typing import Final

from rightplace.domain.simulation.allocating import leave_queue, release, wait
from rightplace.domain.simulation.beginning import ticks_of
from rightplace.domain.simulation.compiled import compiled
from rightplace.domain.simulation.draws import AFTER_PLAN, AFTER_REVIEW, URGENT, uniform
from rightplace.domain.simulation.layout import State
from rightplace.domain.simulation.managing import ask_manager
from rightplace.domain.simulation.moving import close, hold_conference, move
from rightplace.domain.simulation.names import (
    ABSENT,
    CARE,
    CLOSE,
    CONFERENCE,
    CONTACTS,
    DAY,
    DECIDE,
    DOOR,
    INQUIRED,
    NEED,
    OUTCOME,
    PLANS_ENDED,
    PRESENT,
    REPEATS,
    REPORT,
    REVIEW,
    REVIEWS,
    REVIEWS_LATE,
    SAID_CARE_REVIEWED,
    SAID_CONFERENCE,
    SAID_PLAN_ENDED,
    SAID_POSTPONED,
    SAID_RECEIVED,
    SAID_SCREENED,
    SAID_WRITTEN,
    SCREENED,
    SIGN,
    WRITTEN,
)
from rightplace.domain.simulation.order import value_at
from rightplace.domain.simulation.reach import cases, months, opened, route, seats
from rightplace.domain.simulation.telling import count, expect, say
from rightplace.domain.simulation.valued import value

_URGENT: Final = value_at("door.urgent.police")
_POSTPONED: Final = value_at("review.postponed")
_CARE: Final = value_at("review.care")
_ENDS: Final = value_at("review.ends.1")
_DOWN: Final = value_at("plan.down")
MOST_POSTPONED: Final = 2
"""So often a meeting is put off at most: assumed."""


@compiled
def arrives(st: State, slot: int, again: bool) -> None:
    """A contact about a family, the first or another."""
    case = cases(st)[slot]
    case.stage = DOOR
    case.turn += 1
    case.team = route(st)[case.area, DOOR]
    case.clock = st.now
    case.urgent = (
        1 if uniform(case.luck, URGENT, case.turn) < value(st, case.team, _URGENT + case.source) else 0
    )
    case.begun = 0
    case.stalled = -1
    case.delay = 0
    case.drift = 0
    case.visited = st.week
    opened(st)[case.team, DOOR] += case.children
    count(st, case.team, CONTACTS, case.children)
    if again:
        count(st, case.team, REPEATS, case.children)
    say(st, SAID_RECEIVED, slot, 1 if again else 0)
    wait(st, slot)


@compiled
def is_put_off(st: State, slot: int, kind: int) -> bool:
    """Whether work that would be finished now is not: nobody has the case, who has it is away, or had to read in."""
    case = cases(st)[slot]
    if case.worker < 0:
        case.stalled = kind
        return True
    seat = seats(st)[case.worker]
    if seat.state == ABSENT:
        expect(st, seat.back, kind, case.number, slot)
        return True
    if case.delay > 0:
        expect(st, st.now + case.delay, kind, case.number, slot)
        case.delay = 0
        return True
    return False


@compiled
def work_done(st: State, slot: int, kind: int) -> None:
    """A worker has finished what a stage asks for, and the rest is a manager's."""
    case = cases(st)[slot]
    if case.stage != CARE and is_put_off(st, slot, kind):
        return
    if kind == SCREENED:
        if case.queued:
            leave_queue(st, slot)
        say(st, SAID_SCREENED, slot, case.urgent)
        release(st, slot)
        ask_manager(st, slot, DECIDE)
    elif kind == WRITTEN:
        say(st, SAID_WRITTEN, slot, 0)
        ask_manager(st, slot, SIGN)
    elif kind == INQUIRED:
        ask_manager(st, slot, OUTCOME)
    else:
        ask_manager(st, slot, CLOSE)


@compiled
def nobody_there(st: State, slot: int) -> bool:
    """Whether a meeting has no worker who knows the family; it is put off, at most twice."""
    case = cases(st)[slot]
    if case.worker >= 0 and seats(st)[case.worker].state == PRESENT:
        return False
    return bool(case.postponed < MOST_POSTPONED)


@compiled
def conference_due(st: State, slot: int) -> None:
    """The day of a first conference has come."""
    case = cases(st)[slot]
    if nobody_there(st, slot):
        case.postponed += 1
        say(st, SAID_POSTPONED, slot, 0)
        later = ticks_of(value(st, case.team, _POSTPONED))
        expect(st, st.now + later, CONFERENCE, case.number, slot)
        return
    hold_conference(st, slot)


@compiled
def review_due(st: State, slot: int) -> None:
    """The day of a review has come. A plan ends at a conference and nowhere else."""
    case = cases(st)[slot]
    now = st.now
    day = now // DAY
    if nobody_there(st, slot):
        case.postponed += 1
        say(st, SAID_POSTPONED, slot, 0)
        expect(st, now + ticks_of(value(st, case.team, _POSTPONED)), REVIEW, case.number, slot)
        return
    case.postponed = 0
    count(st, case.team, REVIEWS, case.children)
    if day > case.due:
        count(st, case.team, REVIEWS_LATE, case.children)
    if case.stage == CARE:
        say(st, SAID_CARE_REVIEWED, slot, 0)
        case.due = months(st)[2, day] if case.reviews == 0 else months(st)[3, day]
    else:
        say(st, SAID_CONFERENCE, slot, 1 + case.reviews)
        if _plan_is_over(st, slot):
            return
        case.due = months(st)[1, day]
    case.reviews = min(case.reviews + 1, 63)
    ask_manager(st, slot, REPORT)


@compiled
def _plan_is_over(st: State, slot: int) -> bool:
    """Whether a review ends the plan: in care, stepped down, or closed."""
    case = cases(st)[slot]
    care = value(st, case.team, _CARE)
    ends = value(st, case.team, _ENDS + min(case.reviews, 3))
    u = uniform(case.luck, AFTER_REVIEW, case.turn * 64 + case.reviews)
    if u >= care + ends:
        return False
    count(st, case.team, PLANS_ENDED, case.children)
    say(st, SAID_PLAN_ENDED, slot, 0)
    if u < care:
        move(st, slot, CARE)
    elif uniform(case.luck, AFTER_PLAN, case.turn) < value(st, case.team, _DOWN):
        move(st, slot, NEED)
    else:
        close(st, slot)
    return True
