"""What a manager's decision does: where a contact goes, what an enquiry leads to, whether an assessment is good enough."""

from __future__ import annotations

from typing import Final

from rightplace.domain.simulation.beginning import stretch, ticks_of
from rightplace.domain.simulation.compiled import compiled, within
from rightplace.domain.simulation.draws import (
    AFTER_ASSESSMENT,
    AFTER_CARE,
    AFTER_ENQUIRY,
    AFTER_NEED,
    AFTER_SUPPORT,
    DECISION,
    REWRITING,
    SENDING_BACK,
    uniform,
)
from rightplace.domain.simulation.layout import State
from rightplace.domain.simulation.moving import call_conference, close, expect_review, move
from rightplace.domain.simulation.names import (
    ASSESSMENT,
    ASSESSMENT_DAYS,
    ASSESSMENTS,
    ASSESSMENTS_LATE,
    CARE,
    CARE_ENDED,
    DAY,
    DECIDE,
    DECISION_TICKS,
    DECISIONS,
    DECISIONS_LATE,
    DOOR,
    ENQUIRY,
    NEED,
    OUTCOME,
    REFERRALS,
    REPORT,
    SAID_ACCEPTED,
    SAID_AUTHORISED,
    SAID_CARE_ENDED,
    SAID_DECIDED,
    SAID_ENQUIRY_ENDED,
    SAID_NEED_ENDED,
    SAID_SENT_BACK,
    SAID_SUPPORT_ENDED,
    SENT_BACK,
    SIGN,
    SIGNED_OFF,
    SUPPORT,
    TURNED_AWAY,
    WRITTEN,
)
from rightplace.domain.simulation.order import table_at, value_at
from rightplace.domain.simulation.reach import cases, route, seats, tables, teams
from rightplace.domain.simulation.telling import count, duration, expect, say
from rightplace.domain.simulation.valued import value

_SUPPORT: Final = value_at("door.support.police")
_ASSESS: Final = value_at("door.assess.police")
_ENQUIRE: Final = value_at("door.enquire.police")
_LEVEL: Final = value_at("threshold.level")
_SHORTAGE: Final = value_at("threshold.shortage")
_DRIFT: Final = value_at("return.drift")
_DECISION: Final = value_at("promise.decision")
_ASSESSMENT: Final = value_at("promise.assessment")
_SENT: Final = value_at("back.share")
_UNSUPERVISED: Final = value_at("back.unsupervised")
_NEW: Final = value_at("back.newly")
_ASSESSED_ENQUIRY: Final = value_at("assessment.enquiry")
_ASSESSED_NEED: Final = value_at("assessment.need")
_ASSESSED_SUPPORT: Final = value_at("assessment.support")
_CONFERENCE: Final = value_at("enquiry.conference")
_ENQUIRED_CARE: Final = value_at("enquiry.care")
_ENQUIRED_NEED: Final = value_at("enquiry.need")
_ESCALATES: Final = value_at("support.escalates")
_EFFECT: Final = value_at("support.effect")
_NEED_UP: Final = value_at("need.escalates")
_NEED_DOWN: Final = value_at("need.down")
_CARE_DOWN: Final = value_at("care.down")
_REWRITING: Final = table_at("rewriting")
_WEEKS: Final = value_at("supervision.weeks")
_NEWLY_UNTIL: Final = value_at("supervision.newly_until")
_NEWLY_WEEKS: Final = value_at("supervision.newly_weeks")
_NEWLY_FOR: Final = value_at("newly.weeks")
MOST_ATTEMPTS: Final = 3
"""So often an assessment is sent back at most: assumed."""
MOST_SENT_BACK: Final = 0.8
"""Of those signed off, however long nobody supervised: assumed."""


@within
def every_weeks(st: State, number: int) -> int:
    """How often a worker is to be supervised: more often at the beginning of the first year."""
    seat = seats(st)[number]
    if seat.newly > 0 and value(st, seat.team, _NEWLY_FOR) - seat.newly < value(st, seat.team, _NEWLY_UNTIL):
        return int(value(st, seat.team, _NEWLY_WEEKS))
    return int(value(st, seat.team, _WEEKS))


@compiled
def decided(st: State, slot: int) -> None:
    """A manager has decided what waited about a case."""
    task = cases(st)[slot].task
    cases(st)[slot].task = -1
    if task == DECIDE:
        _contact(st, slot)
    elif task == OUTCOME:
        _enquiry(st, slot)
    elif task == SIGN:
        _assessment(st, slot)
    elif task == REPORT:
        expect_review(st, slot)
    else:
        _closing(st, slot)


@compiled
def _contact(st: State, slot: int) -> None:
    case = cases(st)[slot]
    now = st.now
    count(st, case.team, DECISIONS, case.children)
    count(st, case.team, DECISION_TICKS, (now - case.clock) * case.children)
    if now // DAY - case.clock // DAY > value(st, case.team, _DECISION):
        count(st, case.team, DECISIONS_LATE, case.children)
    high = value(st, case.team, _LEVEL) * (
        1.0 - value(st, case.team, _SHORTAGE) * teams(st)[route(st)[case.area, ASSESSMENT]].shortage
    )
    enquire = value(st, case.team, _ENQUIRE + case.source)
    assess = value(st, case.team, _ASSESS + case.source)
    support = value(st, case.team, _SUPPORT + case.source)
    u = uniform(case.luck, DECISION, case.turn)
    to = DOOR
    if u < enquire:
        to = ENQUIRY if u < enquire * high else SUPPORT
    elif u < enquire + assess:
        to = ASSESSMENT if u - enquire < assess * high else SUPPORT
    elif u < enquire + assess + support:
        to = SUPPORT
    if to == SUPPORT and u < enquire + assess:
        case.drift = 1000
        count(st, case.team, TURNED_AWAY, case.children)
    say(st, SAID_DECIDED, slot, to)
    if to == DOOR:
        close(st, slot)
        return
    if to != SUPPORT:
        count(st, case.team, REFERRALS, case.children)
        say(st, SAID_ACCEPTED, slot, to)
        case.term = now
    move(st, slot, to)


@compiled
def _enquiry(st: State, slot: int) -> None:
    case = cases(st)[slot]
    say(st, SAID_ENQUIRY_ENDED, slot, 0)
    conference, care = value(st, case.team, _CONFERENCE), value(st, case.team, _ENQUIRED_CARE)
    u = uniform(case.luck, AFTER_ENQUIRY, case.turn)
    if u < conference:
        call_conference(st, slot)
    elif u < conference + care:
        move(st, slot, CARE)
    elif u < conference + care + value(st, case.team, _ENQUIRED_NEED):
        move(st, slot, NEED)
    else:
        close(st, slot)


@compiled
def sending_back(st: State, number: int, team: int) -> float:
    """The chance that an assessment comes back to who wrote it: more when nobody supervised them in time, or they are new."""
    share = float(value(st, team, _SENT))
    if number < 0:
        return share
    seat = seats(st)[number]
    over = st.week - seat.held - every_weeks(st, number)
    if over > 0:
        share = share * (1.0 + value(st, team, _UNSUPERVISED) * over)
    if seat.newly > 0:
        share = share * value(st, team, _NEW)
    return min(share, MOST_SENT_BACK)


@compiled
def _assessment(st: State, slot: int) -> None:
    case = cases(st)[slot]
    now = st.now
    count(st, case.team, SIGNED_OFF, case.children)
    step = case.turn * 8 + case.attempts
    if case.attempts < MOST_ATTEMPTS and uniform(case.luck, SENDING_BACK, step) < sending_back(
        st, case.worker, case.team
    ):
        case.attempts += 1
        count(st, case.team, SENT_BACK, case.children)
        say(st, SAID_SENT_BACK, slot, 0)
        long = duration(tables(st), _REWRITING, uniform(case.luck, REWRITING, step))
        slow = stretch(st, case.worker) if case.worker >= 0 else 1.0
        expect(st, now + ticks_of(long * slow), WRITTEN, case.number, slot)
        return
    days = now // DAY - case.term // DAY
    count(st, case.team, ASSESSMENTS, case.children)
    count(st, case.team, ASSESSMENT_DAYS, days * case.children)
    if days > value(st, case.team, _ASSESSMENT):
        count(st, case.team, ASSESSMENTS_LATE, case.children)
    say(st, SAID_AUTHORISED, slot, 0)
    enquiry, need = value(st, case.team, _ASSESSED_ENQUIRY), value(st, case.team, _ASSESSED_NEED)
    u = uniform(case.luck, AFTER_ASSESSMENT, case.turn)
    if u < enquiry:
        move(st, slot, ENQUIRY)
    elif u < enquiry + need:
        move(st, slot, NEED)
    elif u < enquiry + need + value(st, case.team, _ASSESSED_SUPPORT):
        move(st, slot, SUPPORT)
    else:
        close(st, slot)


@compiled
def _closing(st: State, slot: int) -> None:
    case = cases(st)[slot]
    stage = case.stage
    if stage == SUPPORT:
        say(st, SAID_SUPPORT_ENDED, slot, 0)
        up = value(st, case.team, _ESCALATES) * (1.0 - value(st, case.team, _EFFECT))
        up = up * (1.0 + value(st, case.team, _DRIFT) * (case.drift / 1000.0))
        if uniform(case.luck, AFTER_SUPPORT, case.turn) < up:
            count(st, case.team, REFERRALS, case.children)
            say(st, SAID_ACCEPTED, slot, ASSESSMENT)
            case.term = st.now
            move(st, slot, ASSESSMENT)
            return
    elif stage == NEED:
        say(st, SAID_NEED_ENDED, slot, 0)
        u = uniform(case.luck, AFTER_NEED, case.turn)
        if u < value(st, case.team, _NEED_UP):
            move(st, slot, ENQUIRY)
            return
        if u < value(st, case.team, _NEED_UP) + value(st, case.team, _NEED_DOWN):
            move(st, slot, SUPPORT)
            return
    elif stage == CARE:
        count(st, case.team, CARE_ENDED, case.children)
        say(st, SAID_CARE_ENDED, slot, 0)
        if uniform(case.luck, AFTER_CARE, case.turn) < value(st, case.team, _CARE_DOWN):
            move(st, slot, NEED)
            return
    close(st, slot)
