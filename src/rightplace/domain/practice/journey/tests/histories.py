"""Random histories of one child, of a concern, of two files: told as a city would tell them, and biased to closings.

A history is a string of bytes that a teller reads three at a time: what happens, how long after, and how. So
Hypothesis shrinks it by leaving bytes out. The teller only guesses what is open; the judging decides what stands.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec
from hypothesis import settings
from hypothesis import strategies as st

from rightplace.domain.practice.entries import (
    Body,
    Entry,
    Nature,
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
from rightplace.domain.practice.journey import Journey, fold
from rightplace.domain.practice.journey.judging import breaches, is_decision, refusal
from rightplace.domain.practice.journey.standing import correction_of
from rightplace.domain.practice.journey.state import Breach
from rightplace.domain.practice.timescales import Timescale, rulebook, timescales
from rightplace.domain.practice.workdays import DAY, HOUR, MINUTE, day_of, start_of_day

EXAMPLES = int(os.environ.get("RIGHTPLACE_EXAMPLES", "80"))
"""How many histories a property reads; `make proof` asks for more."""

MODERATE = settings(max_examples=EXAMPLES, deadline=None)

FRONT_DOOR, TEAMS, HEAD_OF_SERVICE = 1, (2, 3, 4), 9
STAFF = 1
FIRST = date(2024, 3, 4).toordinal()
GAPS = (0, MINUTE, 20 * MINUTE, 3 * HOUR, DAY, 2 * DAY, 9 * DAY, 40 * DAY)
BIRTHS = (None, date(2012, 5, 1), date(2006, 5, 20), date(2008, 2, 29), date(2021, 1, 7), date(2007, 1, 15))

Write = tuple[Entry, ...]


@dataclass
class Said:
    """An entry before it is signed; `back` in days for what is told late, `timed` unless only the day is known."""

    body: Body
    team: int = 0
    author: int = 0
    role: int = STAFF
    back: int = 0
    timed: bool = True


def manager_of(team: int) -> int:
    return team * 100


def worker_of(team: int, place: int = 1) -> int:
    return team * 100 + place


@dataclass
class Teller:
    """Tells one file. It remembers what it said, not what became of it."""

    file: int = 500
    untimed: bool = False
    now: int = start_of_day(FIRST) + 9 * HOUR
    team: int = FRONT_DOOR
    worker: int = 0
    seq: int = 0
    recorded: int = 0
    offer: tuple[int, int] | None = None
    open: dict[str, list[int]] = field(default_factory=dict)
    written: list[Entry] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)

    def sign(self, said: Said) -> Entry:
        """The entry as it would be stored; ids say nothing of the order."""
        self.seq += 1
        fact = said.body.nature is Nature.FACT or said.role == IMPORT_ROLE
        at = self.now - said.back * DAY
        timed = (said.timed and not self.untimed) or not fact
        self.recorded = max(self.now, self.recorded + 1)
        entry = Entry(
            self.file, self.seq, self.next_id(), said.body.number, said.body.version, day_of(at),
            at if timed else None, self.recorded, said.author or manager_of(said.team or self.team), said.role,
            said.team or self.team, 0, 0, int(said.body.label), said.body.named(), said.body,
        )  # fmt: skip
        self.written.append(entry)
        return entry

    def next_id(self) -> int:
        return (self.file * 1_000_003 + (len(self.written) + 1) * 2_654_435_761) % (2**61 - 1) | 1

    def tell(self, move: int, gap: int, how: int) -> None:
        """One write: what happens, some time later."""
        self.now += GAPS[gap % len(GAPS)]
        said = MOVES[move % len(MOVES)](self, how)
        if said:
            self.writes.append(tuple(self.sign(one) for one in said))

    # what it remembers --------------------------------------------------------

    def begin(self, kind: str, ahead: int = 0) -> None:
        """The entry that will be signed next (or a few after) opens this."""
        number = (self.file * 1_000_003 + (len(self.written) + 1 + ahead) * 2_654_435_761) % (2**61 - 1) | 1
        self.open.setdefault(kind, []).append(number)

    def one(self, kind: str, how: int, *, end: bool = False) -> int:
        """Something of this kind that was opened; nearly always there."""
        found = self.open.get(kind)
        if not found:
            return 77 if how % 16 == 0 else 0
        place = how % len(found)
        return found.pop(place) if end else found[place]


def contact_received(t: Teller, how: int) -> list[Said]:
    t.begin("contact")
    body = door.ContactReceived(team=FRONT_DOOR, source="1A", channel="form", professional=how % 2 == 0)
    return [Said(body, FRONT_DOOR, worker_of(FRONT_DOOR))]


def contact_screened(t: Teller, how: int) -> list[Said]:
    contact = t.one("contact", how)
    grade = tuple(door.Grade)[how % 3]
    return [Said(door.ContactScreened(contact=contact, grade=grade), FRONT_DOOR)] if contact else []


def check_asked(t: Teller, how: int) -> list[Said]:
    contact = t.one("contact", how)
    if not contact:
        return []
    t.begin("check")
    body = door.CheckAsked(
        contact=contact, agency=5, question="What is known?", grade=tuple(door.Grade)[how % 3],
        basis="public task", purpose="safeguarding", sent="The name",
    )  # fmt: skip
    return [Said(body, FRONT_DOOR)]


def check_answered(t: Teller, how: int) -> list[Said]:
    check = t.one("check", how, end=True)
    return [Said(door.CheckAnswered(check=check, known="yes"), FRONT_DOOR)] if check else []


def decision(contact: int, route: door.Route, how: int, reasons: str = "Because") -> door.ContactDecided:
    unseen = "Seen at school today" if how % 3 else ""
    return door.ContactDecided(
        contact=contact, level=door.Level.ADDITIONAL, indicators=("sample-1",), route=route, reasons=reasons,
        alternatives="None better", unseen_reason=unseen,
    )  # fmt: skip


def told(contact: int) -> Said:
    return Said(door.ReferrerTold(contact=contact, outcome="decided", text="We have decided"), FRONT_DOOR)


def contact_routed(t: Teller, how: int) -> list[Said]:
    contact = t.one("contact", how, end=True)
    if not contact:
        return []
    route = (door.Route.ASSESSMENT, door.Route.FAMILY_SUPPORT, door.Route.STRATEGY, door.Route.ALREADY_OPEN)[
        how % 4
    ]
    said = [Said(decision(contact, route, how, "" if how == 255 else "Because"), FRONT_DOOR), told(contact)]
    if route is door.Route.ASSESSMENT:
        t.begin("referral", len(said))
        said.append(Said(door.ReferralAccepted(contact=contact, source="1A"), FRONT_DOOR))
    if how % 5:
        said.extend(team_offered(t, how, ahead=len(said)))
    return said


def contact_ended(t: Teller, how: int) -> list[Said]:
    contact = t.one("contact", how, end=how % 8 != 0)
    if not contact:
        return []
    route = (door.Route.NO_FURTHER_ACTION, door.Route.ADVICE, door.Route.ANOTHER_AGENCY)[how % 3]
    said = [Said(decision(contact, route, how), FRONT_DOOR)]
    return [*said, told(contact)] if how % 7 else said


def referral(t: Teller, how: int) -> list[Said]:
    t.begin("referral")
    contact = t.one("contact", how) if how % 2 else 0
    return [Said(door.ReferralAccepted(contact=contact, source="1A", no_further_action=how % 11 == 0))]


def disagreed(t: Teller, how: int) -> list[Said]:
    contact = t.one("contact", how)
    t.begin("disagreement")
    return [Said(door.ReferrerDisagreed(contact=contact, because="It is worse than that"), FRONT_DOOR)]


def disagreement_answered(t: Teller, how: int) -> list[Said]:
    named = t.one("disagreement", how, end=True)
    author = manager_of(FRONT_DOOR) if how % 2 else worker_of(FRONT_DOOR, 3)
    body = door.DisagreementAnswered(disagreement=named, upheld=False, text="We looked again")
    return [Said(body, FRONT_DOOR, author)] if named else []


def team_offered(t: Teller, how: int, ahead: int = 0) -> list[Said]:
    others = [team for team in (*TEAMS, FRONT_DOOR) if team != t.team or how % 32 == 0]
    team = others[how % len(others)]
    t.begin("offer", ahead)
    t.offer = (t.open["offer"][-1], team)
    return [Said(caseflow.TeamOffered(team=team, for_what="assessment"), t.team, worker_of(t.team))]


def _answering(t: Teller, how: int) -> tuple[int, int]:
    if t.offer is None or how % 16 == 0:
        return t.one("offer", how), TEAMS[how % 3]
    offer, team = t.offer
    return offer, team if how % 13 else TEAMS[how % 3]


def team_accepted(t: Teller, how: int) -> list[Said]:
    offer, team = _answering(t, how)
    if not offer:
        return []
    t.offer, t.team, t.worker = None, team, 0
    author = manager_of(team) if how % 17 else worker_of(t.team)
    return [Said(caseflow.TeamAccepted(offer=offer), team, author)]


def team_sent_back(t: Teller, how: int) -> list[Said]:
    offer, team = _answering(t, how)
    t.offer = None
    return (
        [Said(caseflow.TeamSentBack(offer=offer, reasons="Not ours" if how % 19 else ""), team)]
        if offer
        else []
    )


def offer_withdrawn(t: Teller, how: int) -> list[Said]:
    offer, _ = _answering(t, how)
    t.offer = None
    return [Said(caseflow.OfferWithdrawn(offer=offer, reasons="A mistake"))] if offer else []


def sent_back_twice(t: Teller, how: int) -> list[Said]:
    """Two teams in a row send the child back; what happens then is up to the head of service."""
    for place in (0, 1):
        said = team_offered(t, how + place)
        t.writes.append(tuple(t.sign(one) for one in said))
        t.now += HOUR
        assert t.offer is not None
        offer, team = t.offer
        back = Said(caseflow.TeamSentBack(offer=offer, reasons="Not ours"), team)
        t.writes.append((t.sign(back),))
        t.now += HOUR
    t.offer = None
    return team_placed(t, how) if how % 3 else team_offered(t, how)


def team_placed(t: Teller, how: int) -> list[Said]:
    team = (*TEAMS, FRONT_DOOR)[how % 4]
    t.worker = 0 if team != t.team else t.worker
    t.team, t.offer = team, None
    return [Said(caseflow.TeamPlaced(team=team, reasons="Decided"), HEAD_OF_SERVICE)]


def worker_allocated(t: Teller, how: int) -> list[Said]:
    team = t.team if how % 16 else TEAMS[how % 3]
    worker = worker_of(team, how % 3)
    capacity = "second" if how % 9 == 0 else "allocated"
    if capacity == "allocated":
        t.worker = worker
    return [Said(caseflow.WorkerAllocated(worker=worker, capacity=capacity), team)]


def worker_ended(t: Teller, how: int) -> list[Said]:
    worker = t.worker if how % 8 else worker_of(TEAMS[0], 7)
    t.worker = 0
    return (
        [Said(caseflow.WorkerEnded(worker=worker, change_reason="left"), timed=how % 4 != 0)]
        if worker
        else []
    )


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


def began(kind: str, make: Callable[[Teller, int], Body]) -> Callable[[Teller, int], list[Said]]:
    """A process begins with an entry of its own."""

    def move(t: Teller, how: int) -> list[Said]:
        t.begin(kind)
        return [Said(make(t, how), back=1 if how % 12 == 0 else 0, timed=how % 10 != 0)]

    return move


def ended(
    kind: str, make: Callable[[int, int], Body], author: int = 0
) -> Callable[[Teller, int], list[Said]]:
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


def stepped(t: Teller, how: int) -> list[Said]:
    cls = caseflow.SteppedUp if how % 2 else caseflow.SteppedDown
    return [Said(cls(from_part="assessment", to_part="child in need", reasons="It changed"))]


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
    if how % 4:
        said.append(Said(work.VisitMade(seen=True, alone=True)))
    return said


def tidied_and_closed(t: Teller, how: int) -> list[Said]:
    """Tidy, answer for what was begun, decide what is at the front door, and close: whichever team has the child."""
    for one in (*tidied(t, how), *answered_for(t, how)):
        t.writes.append((t.sign(one),))
    for contact in t.open.pop("contact", []):
        said = (Said(decision(contact, door.Route.ALREADY_OPEN, how), FRONT_DOOR), told(contact))
        t.writes.append(tuple(t.sign(one) for one in said))
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

_MOVES: tuple[tuple[int, Callable[[Teller, int], list[Said]]], ...] = (
    (14, contact_received), (4, contact_screened), (4, check_asked), (6, check_answered), (12, contact_routed),
    (12, contact_ended), (2, referral), (1, disagreed), (1, disagreement_answered), (6, team_offered),
    (16, team_accepted), (6, team_sent_back), (2, offer_withdrawn), (3, sent_back_twice), (2, team_placed),
    (12, worker_allocated), (5, worker_ended), (16, visit_made), (2, visit_attempted), (3, note),
    (4, duplicate_found), (4, duplicate_settled), (6, assessment_began), (4, assessment_authorised),
    (2, need_plan_began), (2, need_plan_ended), (2, family_support_began), (2, family_support_ended),
    (2, strategy_held), (2, enquiry_began), (2, enquiry_ended), (3, conference_held), (2, plan_began), (2, plan_ended),
    (2, missing), (2, found), (3, care_began), (2, care_ended), (1, legal_changed), (1, care_reviewed),
    (2, placement_began), (1, placement_ended), (1, leaving_care_began), (1, leaving_care_ended), (2, stepped),
    (2, died), (14, closed), (16, tidied_and_closed), (4, tidied), (3, excused), (5, corrected), (4, withdrawn),
    (2, settled), (1, linked), (2, imported),
)  # fmt: skip
MOVES = tuple(move for weight, move in _MOVES for _ in range(weight))
assert len(MOVES) <= 256, "a byte chooses the move"


def told_by(read: bytes, *, file: int = 500, untimed: bool = False, opening: bool = True) -> list[Write]:
    """The writes that a string of bytes tells, in order of `recorded`."""
    teller = Teller(file=file, untimed=untimed)
    first, *rest = read or b"\0"
    born = BIRTHS[first % len(BIRTHS)]
    teller.writes.append((teller.sign(Said(identity.IdentityRecorded(given="Ash", born=born))),))
    if opening:
        teller.tell(MOVES.index(contact_received), first, first)
    for place in range(0, len(rest) - 2, 3):
        teller.tell(_spread(rest[place]), rest[place + 1], rest[place + 2])
    return teller.writes


def _spread(byte: int) -> int:
    return byte * len(MOVES) // 256


def histories(moves: int = 40, **how: bool) -> st.SearchStrategy[list[Write]]:
    """Writes of one child's file, of any length up to so many moves."""
    return _bytes(moves).map(lambda read: told_by(read, **how))


def _bytes(moves: int) -> st.SearchStrategy[bytes]:
    """As often long as short: left to itself, Hypothesis tells hardly more than a contact."""
    return st.integers(0, moves).flatmap(lambda n: st.binary(min_size=n * 3 + 1, max_size=n * 3 + 1))


def long_histories(moves: int = 40) -> st.SearchStrategy[list[Write]]:
    """Histories of full length, for what must be reached often enough to be counted."""
    return st.binary(min_size=moves * 3 + 1, max_size=moves * 3 + 1).map(told_by)


RETURN_TELLS = (
    "referral.accepted", "assessment.authorised", "enquiry.began", "conference.initial", "protectionplan.began",
    "protectionplan.ended", "visit.made", "conference.review",
)  # fmt: skip
"""What some return might carry: each history's own carries a few of these."""


def imported_histories(rows: int = 8, moves: int = 12) -> st.SearchStrategy[list[Write]]:
    """A file that begins with the rows of a return, bare dates all, and goes on live."""
    return st.tuples(_bytes(rows), _bytes(moves), st.integers(1, 2 ** len(RETURN_TELLS) - 1)).map(
        _imported_by
    )


def _imported_by(reads: tuple[bytes, bytes, int]) -> list[Write]:
    rows, live, tells = reads
    teller = Teller(untimed=True)
    born = Said(identity.IdentityRecorded(born=BIRTHS[rows[0] % len(BIRTHS)], name_not_supplied=True))
    said = [born]
    for place in range(1, len(rows) - 2, 3):
        teller.now += GAPS[rows[place + 1] % len(GAPS)]
        move = (care_began, *IMPORTED)[rows[place] % (len(IMPORTED) + 1)]
        for one in (*said, *move(teller, rows[place + 2])):
            one.role, one.team, one.timed = IMPORT_ROLE, TEAMS[0], False
            teller.writes.append((teller.sign(one),))
        said = []
    carried = tuple(name for place, name in enumerate(RETURN_TELLS) if tells >> place & 1)
    taken = identity.ImportTaken(
        source="cin",
        authority="330",
        reference=date.fromordinal(day_of(teller.now)),
        carried=carried,
        team=TEAMS[0],
    )
    teller.writes.append((teller.sign(Said(taken, role=IMPORT_ROLE, timed=False)),))
    teller.untimed, teller.team = False, TEAMS[0]
    for place in range(1, len(live) - 2, 3):
        teller.tell(_spread(live[place]), live[place + 1], live[place + 2])
    return teller.writes


def linked_histories(moves: int = 18) -> st.SearchStrategy[dict[int, list[Entry]]]:
    """The entries of two files that are one person."""

    def two(reads: tuple[bytes, bytes]) -> dict[int, list[Entry]]:
        files = {500: told_by(reads[0], file=500), 900: told_by(reads[1], file=900)}
        return {file: entries_of(writes) for file, writes in files.items()}

    return st.tuples(_bytes(moves), _bytes(moves)).map(two)


def entries_of(writes: Sequence[Write]) -> list[Entry]:
    return [entry for write in writes for entry in write]


@dataclass(frozen=True)
class Step:
    """A write as the live write judges it: what stood before, what stands after, and whether it was taken."""

    write: Write
    taken: bool
    added: frozenset[Breach]
    before: tuple[Entry, ...]
    journey: Journey
    due: list[Timescale]


@dataclass
class Accepted:
    """What a file holds when each write was judged as it came."""

    entries: list[Entry] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def journey(self) -> Journey:
        return fold(self.entries)

    @property
    def taken(self) -> list[Step]:
        return [step for step in self.steps if step.taken]

    @property
    def closings(self) -> int:
        """Decisions that let a child go and were taken."""
        numbers = {caseflow.CaseClosed.number, door.ContactDecided.number}
        return sum(
            entry.kind in numbers
            and any(c.entry == entry.id and c.role != IMPORT_ROLE for c in step.journey.closings)
            for step in self.taken
            for entry in step.write
        )


def accepted(writes: Sequence[Write], *, concern: bool = False) -> Accepted:
    """Replay write by write: facts are taken, decisions judged by what they add."""
    book = rulebook()
    titles = book.titles()
    found = Accepted()
    broken: set[Breach] = set()
    for write in writes:
        tried = [*found.entries, *write]
        journey = fold(tried, concern=concern)
        due = timescales(journey, book)
        after = breaches(journey, due)
        taken = refusal(write, broken, after, titles) is None
        found.steps.append(Step(write, taken, frozenset(after - broken), tuple(found.entries), journey, due))
        if taken:
            found.entries, broken = tried, after
    return found


__all__ = [
    "EXAMPLES", "FIRST", "FRONT_DOOR", "HEAD_OF_SERVICE", "MODERATE", "TEAMS", "Accepted", "Step", "Write", "accepted",
    "entries_of", "histories", "imported_histories", "is_decision", "linked_histories", "long_histories", "told_by",
]  # fmt: skip
