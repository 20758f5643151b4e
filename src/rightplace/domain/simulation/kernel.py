"""One replicate from its first morning to its last evening: take the soonest event, do it, give out what waits."""

from __future__ import annotations

from typing import Final

from rightplace.domain.simulation.allocating import hold, mark, settle, wait, weight_of
from rightplace.domain.simulation.beginning import begin, hurried, ticks_of
from rightplace.domain.simulation.changing import change
from rightplace.domain.simulation.compiled import compiled, within
from rightplace.domain.simulation.deciding import decided, every_weeks
from rightplace.domain.simulation.draws import (
    AGE,
    ARRIVING,
    CARING,
    CHILDREN,
    ENQUIRING,
    NEEDING,
    OF_CENSUS,
    OF_CONTACT,
    OF_DAY,
    OF_SEAT,
    SUPPORTING,
    WITHIN_DAY,
    WRITING,
    base_of,
    luck_of,
    uniform,
)
from rightplace.domain.simulation.happening import arrives, conference_due, review_due, work_done
from rightplace.domain.simulation.heap import KIND_BITS, TICK_BITS, WHOM_BITS, pop
from rightplace.domain.simulation.layout import TOO_MANY_CASES, Records, State
from rightplace.domain.simulation.managing import comes_to_desk, feel_asking, take_up
from rightplace.domain.simulation.moving import expect_review
from rightplace.domain.simulation.names import (
    ARRIVES,
    ASSESSMENT,
    BACK,
    CARE,
    CHANGE,
    CONFERENCE,
    DAY,
    DOOR,
    ENDS,
    ENQUIRY,
    INQUIRED,
    JOINS,
    MANAGED,
    MORNING,
    NEED,
    NOBODY,
    PRESENT,
    PROTECTION,
    RETURNS,
    REVIEW,
    SAID_MANAGER,
    SAID_SUPERVISED,
    SUPERVISE,
    SUPERVISION_HELD,
    VACANT,
    WEEK,
    WORKER,
    WRITTEN,
)
from rightplace.domain.simulation.order import table_at
from rightplace.domain.simulation.reach import (
    cases,
    census,
    changes,
    keys,
    none,
    opened,
    rates,
    route,
    seats,
    sizes,
    slots,
    tables,
    week_ticks,
    words,
)
from rightplace.domain.simulation.staffing import advertise, comes_back, fit, joins, week_of_seat
from rightplace.domain.simulation.telling import count, duration, expect, say_of_seat
from rightplace.domain.simulation.weekly import close_waiting, feel_shortage, visit_round, write_down

_WHOM: Final = (1 << WHOM_BITS) - 1
_KIND: Final = (1 << KIND_BITS) - 1
_SUPPORT: Final = table_at("support")
_ASSESSMENT: Final = table_at("assessment")
_ENQUIRY: Final = table_at("enquiry")
_NEED: Final = table_at("need")
_CARE: Final = table_at("care")


@compiled
def new_slot(st: State) -> int:
    """A place for a case: one that was used before, or the next."""
    slot = st.free
    if slot >= 0:
        st.free = cases(st)[slot].qnext
    else:
        slot = st.high_slot
        if slot >= st.cases_many:
            st.fault |= TOO_MANY_CASES
            return NOBODY
        st.high_slot = slot + 1
    st.live += 1
    case = cases(st)[slot]
    case.number = st.serial
    st.serial += 1
    case.turn = 0
    case.worker = NOBODY
    case.queued = 0
    case.stalled = -1
    case.task = -1
    case.begun = 0
    case.delay = 0
    case.drift = 0
    case.reviews = 0
    case.postponed = 0
    case.attempts = 0
    case.urgent = 0
    case.weight = 0
    return int(slot)


@compiled
def morning(st: State) -> None:
    """The contacts of a working day, each at its minute; what came over a weekend comes on Monday."""
    day = st.now // DAY
    sources = st.streams_many
    areas = sources // 5
    for stream in range(sources):
        many = _how_many(st, day, stream)
        for nth in range(many):
            slot = new_slot(st)
            if slot < 0:
                return
            case = cases(st)[slot]
            case.luck = luck_of(words(st)[0], OF_CONTACT, day * 4096 + stream, nth)
            case.source = stream // areas
            case.area = stream % areas
            u = uniform(case.luck, CHILDREN, 0)
            case.children = 1
            while case.children < st.sizes_many and u >= sizes(st)[case.children - 1]:
                case.children += 1
            tick = day * DAY + int(uniform(case.luck, WITHIN_DAY, 0) * DAY)
            case.stage = DOOR
            case.team = route(st)[case.area, DOOR]
            expect(st, max(tick, st.now + 1), ARRIVES, case.number, slot)
    if day + 1 < st.days_many:
        expect(st, (day + 1) * DAY, MORNING, 0, 0)


@compiled
def _how_many(st: State, day: int, stream: int) -> int:
    """A number from Poisson's distribution, by inversion, so that a higher rate adds families and takes none away."""
    u = uniform(luck_of(words(st)[0], OF_DAY, day, stream), ARRIVING, 0)
    rate = rates(st)[day, stream]
    chance = none(st)[day, stream]
    below = chance
    many = 0
    while u >= below and many < 4000:
        many += 1
        chance = chance * (rate / many)
        below = below + chance
        if chance < 1e-18 and many > rate:
            break
    return many


@compiled
def open_seats(st: State) -> None:
    """Who sits where at the start; empty seats are already advertised."""
    for number in range(st.seats_many):
        seat = seats(st)[number]
        seat.luck = luck_of(words(st)[0], OF_SEAT, seat.own, 0)
        seat.bucket = -1
        if seat.state == VACANT:
            if seat.open:
                advertise(st, number)
            continue
        fit(st, number)
        every = every_weeks(st, number)
        seat.due = seat.own % every
        seat.held = seat.due - every
        if seat.grade != WORKER and seat.state == PRESENT:
            comes_to_desk(st, number)


@compiled
def open_cases(st: State) -> None:
    """Every case that is open at the start goes on from where it stands."""
    for place in range(st.census_many):
        slot = new_slot(st)
        if slot < 0:
            return
        told, case = census(st)[place], cases(st)[slot]
        case.luck = luck_of(words(st)[0], OF_CENSUS, place, 0)
        case.stage = told.stage
        case.area = told.area
        case.source = told.source
        case.children = told.children
        case.team = route(st)[told.area, told.stage]
        case.turn = 1
        case.clock = -told.age
        case.term = -told.age
        case.reviews = told.reviews
        case.visited = -int(uniform(case.luck, AGE, 1) * 4.0)
        opened(st)[case.team, case.stage] += case.children
        if told.worker >= 0 and seats(st)[told.worker].state != VACANT:
            case.weight = weight_of(st, case.team, case.stage, case.children)
            hold(st, slot, told.worker)
            _go_on(st, slot, told.passed)
        else:
            wait(st, slot)
            if case.stage >= PROTECTION:
                _go_on(st, slot, told.passed)
        if case.stage >= PROTECTION:
            case.due = told.due
            expect_review(st, slot)


@compiled
def _go_on(st: State, slot: int, passed: float) -> None:
    """What is left of a stage for a case that has outlasted this share of its like."""
    case = cases(st)[slot]
    case.begun = 1
    table, kind, purpose = _SUPPORT, ENDS, SUPPORTING
    if case.stage == DOOR:
        case.begun = 0
        begin(st, slot)
        return
    if case.stage == ASSESSMENT:
        table, kind, purpose = _ASSESSMENT, WRITTEN, WRITING
    elif case.stage == ENQUIRY:
        table, kind, purpose = _ENQUIRY, INQUIRED, ENQUIRING
    elif case.stage == NEED:
        table, purpose = _NEED, NEEDING
    elif case.stage == PROTECTION:
        return
    elif case.stage == CARE:
        table, purpose = _CARE, CARING
    u = passed + uniform(case.luck, purpose, case.turn) * (1.0 - passed)
    tick = max(1, case.clock + ticks_of(duration(tables(st), table, u)))
    if case.stage == ASSESSMENT:
        tick = hurried(st, slot, tick)
    if case.stage == CARE:
        case.term = tick
    else:
        expect(st, tick, kind, case.number, slot)


@compiled
def turn_of_week(st: State, week: int) -> None:
    """The last week is written down, and the next begins."""
    if week > 0:
        write_down(st, week - 1)
    st.week = week
    feel_shortage(st)
    feel_asking(st)
    for number in range(st.seats_many):
        week_of_seat(st, number)
    visit_round(st)
    close_waiting(st)
    if week + 1 < st.week_ticks_many:
        expect(st, week_ticks(st)[week + 1], WEEK, week + 1, 0)


@compiled
def managed(st: State, number: int) -> None:
    """A manager has done one thing and takes up the next."""
    seat = seats(st)[number]
    if seat.task == SUPERVISE:
        worker = seats(st)[seat.about]
        worker.pending = 0
        worker.held = st.week
        count(st, worker.team, SUPERVISION_HELD, 1)
        say_of_seat(st, SAID_SUPERVISED, seat.about, number)
    else:
        say_of_seat(st, SAID_MANAGER, number, cases(st)[seat.about].number)
        decided(st, seat.about)
    seat.task = -1
    if seat.state == PRESENT:
        take_up(st, number)


@within
def happen(st: State, kind: int, whom: int, slot: int) -> None:
    """One event."""
    if kind == ARRIVES:
        arrives(st, slot, False)
    elif kind == MANAGED:
        managed(st, whom)
    elif kind == REVIEW:
        review_due(st, slot)
    elif kind == RETURNS:
        arrives(st, slot, True)
    elif kind == CONFERENCE:
        conference_due(st, slot)
    elif kind == MORNING:
        morning(st)
    elif kind == BACK:
        comes_back(st, whom)
    elif kind == JOINS:
        joins(st, whom)
    elif kind == WEEK:
        turn_of_week(st, whom)
    elif kind == CHANGE:
        change(st, whom)
    else:
        work_done(st, slot, kind)


@compiled
def simulate(states: Records, seed: int, replicate: int) -> None:
    """One replicate, whole. What it counted lies in the arrays afterwards."""
    st = states[0]
    words(st)[0] = base_of(seed, replicate)
    open_seats(st)
    open_cases(st)
    for place in range(st.changes_many):
        expect(st, changes(st)[place].tick, CHANGE, place, 0)
    expect(st, 0, WEEK, 0, 0)
    expect(st, 0, MORNING, 0, 0)
    for team in range(st.teams_many):
        mark(st, team)
    settle(st)
    end = st.days_many * DAY
    while st.size > 0 and st.fault == 0:
        key = keys(st)[0]
        tick = key >> TICK_BITS
        if tick >= end:
            break
        slot = slots(st)[0]
        st.size = pop(keys(st), slots(st), st.size)
        st.now = tick
        st.events += 1
        happen(st, (key >> WHOM_BITS) & _KIND, key & _WHOM, slot)
        settle(st)
    st.now = end - 1
    write_down(st, st.weeks_many - 1)
