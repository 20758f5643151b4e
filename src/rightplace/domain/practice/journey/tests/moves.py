"""Moves of a random history in casework and care, and what keeps the record; then all moves with their weights."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from rightplace.domain.practice.entries import (
    Body,
    care,
    caseflow,
    familysupport,
    identity,
    keeping,
    leavingcare,
)
from rightplace.domain.practice.entries import assessment as work
from rightplace.domain.practice.entries import contact as door
from rightplace.domain.practice.entries import protection as harm
from rightplace.domain.practice.entries.base import IMPORT_ROLE
from rightplace.domain.practice.journey.standing import correction_of
from rightplace.domain.practice.journey.tests.moves_of_help import (
    assessment_answered,
    assessment_written,
    help_goes_on,
    place_answered,
    place_asked,
    school_asks,
    signal_becomes_help,
    signal_taken_up,
    stepped,
    stepped_and_accepted,
    strategy_called,
    strategy_goes_on,
)
from rightplace.domain.practice.journey.tests.moves_of_teams import (
    check_answered,
    check_asked,
    contact_ended,
    contact_received,
    contact_routed,
    contact_screened,
    decision,
    disagreed,
    disagreement_answered,
    offer_withdrawn,
    referral,
    sent_back_twice,
    team_accepted,
    team_offered,
    team_placed,
    team_sent_back,
    told,
    worker_allocated,
    worker_ended,
)
from rightplace.domain.practice.journey.tests.teller import (
    FRONT_DOOR,
    TEAMS,
    Move,
    Said,
    Teller,
    manager_of,
    worker_of,
)
from rightplace.domain.practice.workdays import DAY, HOUR


def visit_made(t: Teller, how: int) -> list[Said]:
    body = work.VisitMade(seen=how % 4 != 0, alone=how % 2 == 0)
    return [Said(body, back=(0, 0, 0, 3, 30)[how % 5], timed=how % 6 != 0)]


def visit_attempted(t: Teller, how: int) -> list[Said]:
    return [Said(work.VisitAttempted(why_not="Nobody in"), timed=how % 6 != 0)]


def note(t: Teller, how: int) -> list[Said]:
    return [Said(keeping.NoteWritten(text="A note"), back=how % 3)]


def duplicate_found(t: Teller, how: int) -> list[Said]:
    t.begin("duplicate")
    return [Said(identity.PossibleDuplicateFound(other_file=900 + how % 3), back=how % 2)]


def duplicate_settled(t: Teller, how: int) -> list[Said]:
    named = t.one("duplicate", how, end=True)
    body = identity.PossibleDuplicateSettled(duplicate=named, same_child=False, reasons="Another school")
    return [Said(body)] if named else []


def began(kind: str, make: Callable[[Teller, int], Body]) -> Move:
    """A process begins with an entry of its own."""

    def move(t: Teller, how: int) -> list[Said]:
        t.begin(kind)
        return [Said(make(t, how), back=1 if how % 12 == 0 else 0, timed=how % 10 != 0)]

    return move


def ended(kind: str, make: Callable[[int, int], Body], author: int = 0) -> Move:
    """A process ends, named by what opened it."""

    def move(t: Teller, how: int) -> list[Said]:
        named = t.one(kind, how, end=True)
        return [Said(make(named, how), author=author, timed=how % 10 != 0)] if named else []

    return move


assessment_began = began("assessment", lambda t, how: work.AssessmentBegan(referral=t.one("referral", how)))
assessment_authorised = ended(
    "assessment", lambda n, how: work.AssessmentAuthorised(assessment=n, written_by=201)
)
need_plan_began = began("cin_plan", lambda t, how: work.NeedPlanBegan())
need_plan_ended = ended("cin_plan", lambda n, how: work.NeedPlanEnded(plan=n, reasons="Met"))
family_support_began = began("family_support", lambda t, how: familysupport.FamilySupportBegan())
family_support_ended = ended("family_support", lambda n, how: familysupport.FamilySupportEnded(support=n))
strategy_held = began("strategy", lambda t, how: harm.StrategyHeld(begins_enquiry=how % 2 == 0))
enquiry_began = began("enquiry", lambda t, how: harm.EnquiryBegan())
enquiry_ended = ended("enquiry", lambda n, how: harm.EnquiryEnded(enquiry=n, conference_needed=how % 2 == 0))
plan_began = began("plan", lambda t, how: harm.ProtectionPlanBegan(category="NEG"))
plan_ended = ended("plan", lambda n, how: harm.ProtectionPlanEnded(plan=n))
missing = began("missing", lambda t, how: care.WentMissing())
found = ended("missing", lambda n, how: care.WasFound(missing=n))
placement_began = began("placement", lambda t, how: care.PlacementBegan(placement="U1"))
placement_ended = ended("placement", lambda n, how: care.PlacementEnded(placement=n))
leaving_care_began = began("leaving", lambda t, how: leavingcare.LeavingCareBegan())
leaving_care_ended = ended("leaving", lambda n, how: leavingcare.LeavingCareEnded(leaving=n))


def conference_held(t: Teller, how: int) -> list[Said]:
    about = t.one("enquiry", how)
    return [Said(harm.ConferenceHeld(form="review" if how % 3 == 0 else "initial", about=about))]


def care_began(t: Teller, how: int) -> list[Said]:
    return [Said(care.CareBegan(legal=("C2", "V2", "E1")[how % 3]), timed=how % 5 != 0)]


def care_ended(t: Teller, how: int) -> list[Said]:
    return [Said(care.CareEnded(adopted=how % 9 == 0), timed=how % 5 != 0)]


def legal_changed(t: Teller, how: int) -> list[Said]:
    return [Said(care.LegalStatusChanged(legal=("C2", "V2", "E1")[how % 3]))]


def care_reviewed(t: Teller, how: int) -> list[Said]:
    return [Said(care.CareReviewed())]


def died(t: Teller, how: int) -> list[Said]:
    return [Said(identity.PersonDied(), timed=how % 2 == 0)] if how % 4 == 0 else []


def closed(t: Teller, how: int) -> list[Said]:
    body = caseflow.CaseClosed(
        reasons="The plan has done its work" if how % 23 else "",
        closure_reason="capacity" if how % 29 == 0 else "RC8",
        unseen_reason="Seen at school" if how % 3 == 0 else "",
    )
    author = t.worker if how % 31 == 0 else manager_of(t.team)
    return [Said(body, t.team, author or manager_of(t.team))]


def tidied(t: Teller, how: int) -> list[Said]:
    """What a good team does before it lets a child go: answers, settles, authorises, sees; some forget something."""
    said: list[Said] = []
    for move in (
        check_answered, duplicate_settled, assessment_authorised, conference_held, enquiry_ended, family_support_ended,
        plan_ended, need_plan_ended, found,
    ):  # fmt: skip
        if move is not conference_held or t.open.get("enquiry"):
            for _ in range(len(t.open.get("check", ())) if move is check_answered else 1):
                said.extend(move(t, how | 1))
    if t.offer is not None and how % 3:
        said.extend(offer_withdrawn(t, how | 1))
    if how % 4:
        said.append(Said(work.VisitMade(seen=True, alone=True)))
    return said


def tidied_and_closed(t: Teller, how: int) -> list[Said]:
    """Tidy, answer for what was begun, decide what is at the front door, and close: whichever team has the child."""
    for move in (assessment_written, assessment_answered):
        if said := move(t, how):
            t.writes.append(tuple(t.sign(one) for one in said))
            t.now += HOUR
    for one in (*tidied(t, how), *answered_for(t, how)):
        t.writes.append((t.sign(one),))
    for contact in t.open.pop("contact", []):
        ended = (Said(decision(contact, door.Route.ALREADY_OPEN, how), FRONT_DOOR), told(contact))
        t.writes.append(tuple(t.sign(one) for one in ended))
    t.now += HOUR
    for team in (FRONT_DOOR, *TEAMS) if how % 2 else ():
        t.team = team
        t.writes.append(tuple(t.sign(one) for one in closed(t, how)))
    return closed(t, how)


def answered_for(t: Teller, how: int) -> list[Said]:
    """Return interviews held, referrers told, and what will not be assessed excused."""
    said: list[Said] = []
    for entry in t.written[-40:]:
        kind = entry.body.kind
        if kind == "missing.began":
            said.append(Said(care.ReturnInterviewHeld(missing=entry.id)))
        elif kind == "contact.received" and how % 4:
            said.append(told(entry.id))
        elif kind == "referral.accepted":
            body = keeping.TimescaleExcused(
                rule="ASM-1", trigger=entry.id, outcome="not_required", reasons="Assessed elsewhere"
            )
            said.append(Said(body))
    return said


def excused(t: Teller, how: int) -> list[Said]:
    trigger = t.written[how % len(t.written)].id if t.written else 0
    rule = ("ASM-1", "REF-1", "ICPC-1", "CHECK-RED", "CHECK-GREEN")[how % 5]
    body = keeping.TimescaleExcused(rule=rule, trigger=trigger, outcome="not_required", reasons="Moved away")
    return [Said(body)] if trigger else []


def corrected(t: Teller, how: int) -> list[Said]:
    """Somebody says what an earlier entry should have said; one in four names an outdated version."""
    able = [
        e for e in t.written if e.kind not in (keeping.EntryCorrected.number, keeping.EntryWithdrawn.number)
    ]
    if not able:
        return []
    entry = able[how % len(able)]
    versions = t.open.setdefault(f"versions {entry.id}", [entry.id])
    last = versions[-1] if how % 4 else versions[0]
    moved = entry.day - how % 3
    at = None if entry.at is None or how % 7 == 0 else entry.at - (how % 3) * DAY
    body = correction_of(entry, last, resaid(entry.body, how), moved, at, "Written down wrongly")
    versions.append(t.next_id())
    return [Said(body)]


def resaid(body: Body, how: int) -> Body:
    """The same kind of entry, saying a little else."""
    if isinstance(body, work.VisitMade):
        return msgspec.structs.replace(body, seen=how % 2 == 0)
    if isinstance(body, caseflow.TeamOffered | caseflow.TeamPlaced):
        return msgspec.structs.replace(body, team=TEAMS[how % 3])
    if isinstance(body, caseflow.WorkerAllocated):
        return msgspec.structs.replace(body, worker=worker_of(TEAMS[how % 3]))
    return body


def withdrawn(t: Teller, how: int) -> list[Said]:
    if not t.written:
        return []
    entry = t.written[-1 - how % min(len(t.written), 9)]
    return [Said(keeping.EntryWithdrawn(entry=entry.id, reasons="Another family's child"))]


def settled(t: Teller, how: int) -> list[Said]:
    if not t.written:
        return []
    entry = t.written[how % len(t.written)].id
    code = ("order_unknown", "fact_while_closed", "opened_without_contact")[how % 3]
    return [Said(keeping.DoubtSettled(entry=entry, code=code, reasons="Looked at"))]


def linked(t: Teller, how: int) -> list[Said]:
    team = TEAMS[how % 3] if how % 2 else 0
    if team:
        t.team, t.offer = team, None
    return (
        [Said(keeping.PersonLinked(other_file=900, reasons="One child", team=team))] if how % 4 == 1 else []
    )


def imported(t: Teller, how: int) -> list[Said]:
    """Rows of a return: bare dates, facts whatever their kind."""
    said = IMPORTED[how % len(IMPORTED)](t, how)
    for one in said:
        one.role, one.timed, one.back = IMPORT_ROLE, False, (0, 4, 90)[how % 3]
    return said


IMPORTED = (referral, assessment_began, assessment_authorised, plan_began, plan_ended, closed, enquiry_began)

_MOVES: tuple[tuple[int, Move], ...] = (
    (12, contact_received), (4, contact_screened), (4, check_asked), (5, check_answered), (10, contact_routed),
    (11, contact_ended), (2, referral), (1, disagreed), (1, disagreement_answered), (6, team_offered),
    (13, team_accepted), (5, team_sent_back), (2, offer_withdrawn), (3, sent_back_twice), (2, team_placed),
    (9, worker_allocated), (4, worker_ended), (13, visit_made), (1, visit_attempted), (2, note),
    (4, duplicate_found), (4, duplicate_settled), (4, assessment_began), (3, assessment_authorised),
    (2, need_plan_began), (2, need_plan_ended), (2, family_support_began), (2, family_support_ended),
    (2, strategy_held), (2, enquiry_began), (2, enquiry_ended), (3, conference_held), (2, plan_began), (2, plan_ended),
    (2, missing), (2, found), (3, care_began), (2, care_ended), (1, legal_changed), (1, care_reviewed),
    (2, placement_began), (1, placement_ended), (1, leaving_care_began), (1, leaving_care_ended),
    (2, died), (11, closed), (16, tidied_and_closed), (4, tidied), (3, excused), (5, corrected), (4, withdrawn),
    (2, settled), (1, linked), (2, imported), (2, signal_taken_up), (4, signal_becomes_help), (2, stepped),
    (3, stepped_and_accepted), (3, help_goes_on), (3, assessment_written), (3, assessment_answered), (1, strategy_called),
    (2, strategy_goes_on), (2, place_asked), (2, place_answered), (1, school_asks),
)  # fmt: skip
MOVES = tuple(move for weight, move in _MOVES for _ in range(weight))
assert len(MOVES) <= 256, "a byte chooses the move"
