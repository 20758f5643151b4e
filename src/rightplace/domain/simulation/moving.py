"""A case's path: from one stage to the next, out, and back in again.

Shortage raises thresholds and closes work early. Whoever was turned away so is worse off than those who needed less, and
comes back more often: the same draw that would have taken them in decides that they are the ones.
"""

from __future__ import annotations

from typing import Final

from rightplace.domain.simulation.allocating import leave_queue, mark, release, show, wait, weight_of
from rightplace.domain.simulation.beginning import begin, ticks_of
from rightplace.domain.simulation.compiled import compiled
from rightplace.domain.simulation.draws import (
    CARING,
    CONFERRING,
    PLANNING,
    RETURN_DELAY,
    RETURNING,
    REVIEWING,
    uniform,
)
from rightplace.domain.simulation.layout import State
from rightplace.domain.simulation.names import (
    ASSESSMENT,
    AWAITED,
    CARE,
    CARE_BEGAN,
    CLOSED,
    CLOSED_EARLY,
    CONFERENCE,
    CONFERENCES,
    CONFERENCES_LATE,
    DAY,
    DOOR,
    ENDS,
    ENQUIRIES,
    ENQUIRY,
    GONE,
    NEED,
    NEED_BEGAN,
    PLANS_BEGAN,
    PROTECTION,
    RETURNS,
    REVIEW,
    SAID_CARE,
    SAID_CLOSED,
    SAID_CONFERENCE,
    SAID_ENQUIRY,
    SAID_NEED,
    SAID_PLAN,
    SAID_TEAM,
    SUPPORT,
    SUPPORT_BEGAN,
)
from rightplace.domain.simulation.order import table_at, value_at
from rightplace.domain.simulation.reach import cases, months, opened, route, seats, tables
from rightplace.domain.simulation.telling import count, duration, expect, say
from rightplace.domain.simulation.valued import value

_LEAD: Final = table_at("review.lead")
_CARE: Final = table_at("care")
_CONFERENCE: Final = table_at("conference")
_RETURN: Final = table_at("return")
_BACK_CONTACT: Final = value_at("return.contact")
_BACK_SUPPORT: Final = value_at("return.support")
_BACK_ASSESSMENT: Final = value_at("return.assessment")
_BACK_PLAN: Final = value_at("return.plan")
_DRIFT: Final = value_at("return.drift")
_PLAN: Final = value_at("conference.plan")
_FIRST: Final = value_at("promise.care_review")
_PROMISE: Final = value_at("promise.conference")
CLOSED_SOONER: Final = 100
"""By so many thousandths cut short (a tenth: assumed), or turned away: closed early for want of people, in the counts alone."""


@compiled
def move(st: State, slot: int, stage: int) -> None:
    """A case comes to a stage. Whoever has it keeps it until the next team can take it."""
    case = cases(st)[slot]
    if case.queued:
        leave_queue(st, slot)
    opened(st)[case.team, case.stage] -= case.children
    before = case.team
    case.stage = stage
    case.turn += 1
    case.team = route(st)[case.area, stage]
    case.clock = st.now
    case.begun = 0
    case.stalled = -1
    case.delay = 0
    case.task = -1
    case.reviews = 0
    case.postponed = 0
    case.attempts = 0
    case.visited = st.week
    opened(st)[case.team, stage] += case.children
    say(st, SAID_TEAM, slot, stage)
    _enter(st, slot)
    if case.worker >= 0 and case.team == before and seats(st)[case.worker].team == case.team:
        go_on_with(st, slot)
    else:
        wait(st, slot)


@compiled
def go_on_with(st: State, slot: int) -> None:
    """The same worker goes on with the family: nothing is read in again, and what nobody has begun begins."""
    case = cases(st)[slot]
    weight = weight_of(st, case.team, case.stage, case.children)
    seats(st)[case.worker].load += weight - case.weight
    case.weight = weight
    show(st, case.worker)
    mark(st, case.team)
    if not case.begun:
        begin(st, slot)


@compiled
def _enter(st: State, slot: int) -> None:
    """What begins with the stage itself, whether or not a worker has taken it up."""
    case = cases(st)[slot]
    stage, now = case.stage, st.now
    day = now // DAY
    if stage == SUPPORT:
        count(st, case.team, SUPPORT_BEGAN, case.children)
    elif stage == ENQUIRY:
        count(st, case.team, ENQUIRIES, case.children)
        say(st, SAID_ENQUIRY, slot, 0)
    elif stage == NEED:
        count(st, case.team, NEED_BEGAN, case.children)
        say(st, SAID_NEED, slot, 0)
    elif stage == PROTECTION:
        count(st, case.team, PLANS_BEGAN, case.children)
        say(st, SAID_PLAN, slot, 0)
        case.due = months(st)[0, day]
        expect_review(st, slot)
    elif stage == CARE:
        count(st, case.team, CARE_BEGAN, case.children)
        say(st, SAID_CARE, slot, 0)
        long = duration(tables(st), _CARE, uniform(case.luck, CARING, case.turn))
        case.term = now + ticks_of(long)
        case.due = day + int(value(st, case.team, _FIRST))
        expect_review(st, slot)


@compiled
def expect_review(st: State, slot: int) -> None:
    """The next conference, or review in care, is called for a day shortly before it must be held; a quarter of that day in,
    and on a later day than this one (assumed)."""
    case = cases(st)[slot]
    now = st.now
    lead = duration(tables(st), _LEAD, uniform(case.luck, REVIEWING, case.turn * 64 + case.reviews))
    tick = max(now // DAY + 1, case.due - int(lead)) * DAY + DAY // 4
    if case.stage == CARE and case.term <= tick:
        expect(st, max(case.term, now + 1), ENDS, case.number, slot)
    else:
        expect(st, tick, REVIEW, case.number, slot)


@compiled
def call_conference(st: State, slot: int) -> None:
    """An enquiry leads to a conference, counted from the strategy discussion; at the earliest a day later (assumed)."""
    case = cases(st)[slot]
    long = duration(tables(st), _CONFERENCE, uniform(case.luck, CONFERRING, case.turn))
    tick = max(case.clock + ticks_of(long), st.now + DAY)
    expect(st, tick, CONFERENCE, case.number, slot)


@compiled
def hold_conference(st: State, slot: int) -> None:
    """The conference is held, and makes a plan or does not."""
    case = cases(st)[slot]
    count(st, case.team, CONFERENCES, case.children)
    say(st, SAID_CONFERENCE, slot, 0)
    if st.now // DAY - case.clock // DAY > value(st, case.team, _PROMISE):
        count(st, case.team, CONFERENCES_LATE, case.children)
    if uniform(case.luck, PLANNING, case.turn) < value(st, case.team, _PLAN):
        move(st, slot, PROTECTION)
    else:
        move(st, slot, NEED)


@compiled
def close(st: State, slot: int) -> None:
    """A case is closed; some come back."""
    case = cases(st)[slot]
    if case.queued:
        leave_queue(st, slot)
    say(st, SAID_CLOSED, slot, case.stage)
    if case.worker >= 0:
        release(st, slot)
    stage = case.stage
    count(st, case.team, CLOSED, case.children)
    if case.drift >= CLOSED_SOONER:
        count(st, case.team, CLOSED_EARLY, case.children)
    opened(st)[case.team, stage] -= case.children
    share = value(st, case.team, _BACK_PLAN)
    if stage == DOOR:
        share = value(st, case.team, _BACK_CONTACT)
    elif stage == SUPPORT:
        share = value(st, case.team, _BACK_SUPPORT)
    elif stage in (ASSESSMENT, ENQUIRY):
        share = value(st, case.team, _BACK_ASSESSMENT)
    share = share * (1.0 + value(st, case.team, _DRIFT) * (case.drift / 1000.0))
    if uniform(case.luck, RETURNING, case.turn) < share:
        case.stage = AWAITED
        long = duration(tables(st), _RETURN, uniform(case.luck, RETURN_DELAY, case.turn))
        expect(st, st.now + ticks_of(long), RETURNS, case.number, slot)
        return
    case.stage = GONE
    case.qnext = st.free
    st.free = slot
    st.live -= 1
