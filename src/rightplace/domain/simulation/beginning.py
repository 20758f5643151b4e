"""What a worker does with a case that was just taken up: how long it takes them, and when it will be finished."""

from __future__ import annotations

from typing import Final

from rightplace.domain.simulation.compiled import compiled, within
from rightplace.domain.simulation.draws import ENQUIRING, NEEDING, SCREENING, SUPPORTING, WRITING, uniform
from rightplace.domain.simulation.layout import State
from rightplace.domain.simulation.names import (
    ASSESSMENT,
    DAY,
    DOOR,
    ENDS,
    ENQUIRY,
    INQUIRED,
    NEED,
    SAID_ASSESSING,
    SAID_SUPPORT,
    SCREENED,
    SUPPORT,
    WRITTEN,
)
from rightplace.domain.simulation.order import table_at, value_at
from rightplace.domain.simulation.reach import cases, seats, tables, teams
from rightplace.domain.simulation.telling import duration, expect, say
from rightplace.domain.simulation.valued import value

_SLOWS: Final = value_at("load.slows")
_NEWLY: Final = value_at("pace.newly")
_EXPERIENCED: Final = value_at("pace.experienced")
_WEEKS: Final = value_at("experienced.weeks")
_READING: Final = value_at("reading_in.days")
_EARLY: Final = value_at("early.shortage")
_PROMISE: Final = value_at("promise.assessment")
_HURRY: Final = value_at("hurry.days")
_BEFORE: Final = value_at("hurry.before")
_WINDOW: Final = value_at("hurry.window")
_SCREENING: Final = table_at("screening")
_URGENT: Final = table_at("screening.urgent")
_SUPPORT: Final = table_at("support")
_ASSESSMENT: Final = table_at("assessment")
_ENQUIRY: Final = table_at("enquiry")
_NEED: Final = table_at("need")
MOST_SOONER: Final = 0.9
"""Of a plan, however short of people the team is: assumed."""


@within
def over_load(st: State, number: int) -> float:
    """By how much of their week a worker is over a full load; nothing when below."""
    seat = seats(st)[number]
    if seat.load <= seat.available or seat.available <= 0:
        return 0.0
    return float(seat.load / seat.available - 1.0)


@compiled
def stretch(st: State, number: int) -> float:
    """How much longer work takes this worker than it should: over a full load, new to it, or used to it."""
    seat = seats(st)[number]
    slow = 1.0 + value(st, seat.team, _SLOWS) * over_load(st, number)
    if seat.newly > 0:
        return float(slow * value(st, seat.team, _NEWLY))
    if seat.experience >= value(st, seat.team, _WEEKS):
        return float(slow * value(st, seat.team, _EXPERIENCED))
    return float(slow)


@within
def ticks_of(days: float) -> int:
    """Days as ticks, at least one."""
    return max(1, int(days * DAY))


@compiled
def hurried(st: State, slot: int, tick: int) -> int:
    """When an assessment is written that would be written a little late: shortly before its last day, in no less than half the
    time (assumed). So they bunch there, as the published ones do."""
    case = cases(st)[slot]
    last = case.term // DAY + int(value(st, case.team, _PROMISE) - value(st, case.team, _BEFORE))
    late = tick - last * DAY
    most = value(st, case.team, _HURRY) * DAY
    if late <= 0 or late > most:
        return tick
    sooner = last * DAY - int((1.0 - late / most) * value(st, case.team, _WINDOW) * DAY)
    return int(max(sooner, st.now + (tick - st.now + 1) // 2))


@compiled
def begin(st: State, slot: int) -> None:
    """Begin the work of a stage, or read in where somebody began it before."""
    case = cases(st)[slot]
    stage, now = case.stage, st.now
    if case.begun:
        case.delay += ticks_of(value(st, case.team, _READING))
        if case.stalled >= 0:
            expect(st, now + case.delay, case.stalled, case.number, slot)
            case.stalled = -1
            case.delay = 0
        return
    case.begun = 1
    if stage == DOOR:
        table = _URGENT if case.urgent else _SCREENING
        long = duration(tables(st), table, uniform(case.luck, SCREENING, case.turn))
        expect(st, now + ticks_of(long * stretch(st, case.worker)), SCREENED, case.number, slot)
    elif stage == SUPPORT:
        say(st, SAID_SUPPORT, slot, 0)
        long = duration(tables(st), _SUPPORT, uniform(case.luck, SUPPORTING, case.turn))
        expect(st, now + ticks_of(long * stretch(st, case.worker)), ENDS, case.number, slot)
    elif stage == ASSESSMENT:
        say(st, SAID_ASSESSING, slot, 0)
        long = duration(tables(st), _ASSESSMENT, uniform(case.luck, WRITING, case.turn))
        tick = hurried(st, slot, now + ticks_of(long * stretch(st, case.worker)))
        expect(st, tick, WRITTEN, case.number, slot)
    elif stage == ENQUIRY:
        long = duration(tables(st), _ENQUIRY, uniform(case.luck, ENQUIRING, case.turn))
        expect(st, now + ticks_of(long * stretch(st, case.worker)), INQUIRED, case.number, slot)
    elif stage == NEED:
        long = duration(tables(st), _NEED, uniform(case.luck, NEEDING, case.turn))
        sooner = min(MOST_SOONER, value(st, case.team, _EARLY) * teams(st)[case.team].shortage)
        case.drift = max(case.drift, int(1000.0 * sooner))
        expect(st, now + ticks_of(long * (1.0 - sooner)), ENDS, case.number, slot)
