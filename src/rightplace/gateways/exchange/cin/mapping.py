"""A child of a return to entries: what the census says and nothing more, each on its bare date.

Pure: the same child of the same return gives the same entries with the same ids. What the census does not tell (names,
visits, workers, who was there) is not made up; what it tells without a date takes the day that can make nothing late.
"""

from datetime import date
from typing import Final

import msgspec

from rightplace.domain.practice.entries.assessment import (
    AssessmentAuthorised,
    AssessmentBegan,
    NeedPlanBegan,
    NeedPlanEnded,
)
from rightplace.domain.practice.entries.caseflow import CaseClosed
from rightplace.domain.practice.entries.contact import ReferralAccepted
from rightplace.domain.practice.entries.identity import Identifier, IdentityRecorded, ImportTaken, PersonDied
from rightplace.domain.practice.entries.keeping import NoteWritten, TimescaleExcused
from rightplace.domain.practice.entries.protection import (
    ConferenceHeld,
    EnquiryBegan,
    EnquiryEnded,
    ProtectionCategoryChanged,
    ProtectionPlanBegan,
    ProtectionPlanEnded,
)
from rightplace.gateways.exchange.cin import preproceedings
from rightplace.gateways.exchange.cin.children import ProtectionPlan, ReadChild, Referral, Section47
from rightplace.gateways.exchange.cin.telling import CHILD, Numbers, Tale, Told

PURPOSE: Final = "CIN census"
AS_SAID: Final = "As the census says."
UNSEEN: Final = "The census does not say whether the child was seen."
NO_ACTION: Final = "No further action on the referral, as the census says."
SINGLE_ASSESSMENT: Final = date(2013, 4, 15)
"""Since then one assessment has followed a referral; before, an initial one did."""
LONGEST_UPN: Final = 20
LONGEST_NUMBER: Final = 40
LONGEST_ETHNICITY: Final = 8

_CARRIED: Final = (
    "assessment.authorised", "assessment.began", "case.closed", "child.closed", "conference.initial",
    "conference.review", "conference.transfer_in", "enquiry.began", "enquiry.ended", "person.died",
    "protectionplan.began", "protectionplan.ended", "referral.accepted",
)  # fmt: skip
_SINCE: Final = {
    2022: ("needplan.began", "needplan.ended"),
    2027: ("court.applied", "familymeeting.answered", "preproceedings.began", "preproceedings.ended"),
}


class Return(msgspec.Struct, frozen=True, kw_only=True):
    """What an import knows of the return as a whole, and the team that answers for its children."""

    authority: str
    year: int
    reference: date
    team: int
    first_day: date | None = None

    @property
    def source(self) -> str:
        """What the return is called in a file."""
        return f"CIN census {self.year}" if self.year else "CIN census"

    @property
    def carried(self) -> tuple[str, ...]:
        """The events that a return of this year can tell: only what hangs on these can be late."""
        later = (names for since, names in _SINCE.items() if not self.year or self.year >= since)
        return tuple(sorted((*_CARRIED, *(name for names in later for name in names))))

    def numbers(self, child: ReadChild) -> Numbers:
        """What a child's ids are made from."""
        return Numbers(self.authority, child.la_child_id)


def told_of(child: ReadChild, of: Return) -> list[Told]:
    """Everything that the return tells of a child, save that it was taken: see `taken`."""
    tale = Tale(of.numbers(child))
    tale.add(CHILD, identity(child, of), first_day(child))
    if child.death_date:
        tale.add(CHILD, PersonDied(source=of.source), child.death_date)
    for referral in child.referrals:
        _referral(tale, child, referral, of)
    return tale.told


def taken(child: ReadChild, of: Return, findings: set[str] | frozenset[str] = frozenset()) -> Told:
    """That the return was taken into the file: what it can carry, and what is odd about the child."""
    body = ImportTaken(
        source=of.source,
        authority=of.authority,
        reference=of.reference,
        carried=of.carried,
        team=of.team,
        child_number=child.la_child_id,
        findings=tuple(sorted({found.code for found in child.doubts} | untold(child) | findings)),
        since=of.first_day,
    )
    key = of.reference.isoformat()
    return Told(of.numbers(child).id(body.kind, key), key, of.reference.toordinal(), body)


def identity(child: ReadChild, of: Return) -> IdentityRecorded:
    """Who the child is, as far as a census without names can tell."""
    upns = ((child.upn, "upn"), (child.former_upn, "former_upn"))
    numbers = [Identifier("la_child_id", child.la_child_id[:LONGEST_NUMBER], of.authority)]
    numbers += [Identifier(kind if len(n) <= LONGEST_UPN else "other", n) for n, kind in upns if n]
    if child.upn_unknown:
        numbers.append(Identifier("other", child.upn_unknown, "reason for having no UPN"))
    return IdentityRecorded(
        born=child.birth_date,
        expected=child.expected_birth_date if child.unborn else None,
        sex=child.sex,
        ethnicity=child.ethnicity if len(child.ethnicity) <= LONGEST_ETHNICITY else "",
        disabilities=child.disabilities,
        identifiers=tuple(numbers),
        name_not_supplied=True,
        source=of.source,
    )


WITHOUT_DAY: Final = "pre_proceedings_without_day"
UNTOLD: Final = {
    WITHOUT_DAY: "Pre-proceedings are given without any date, so there is no day to put them on."
}
"""What may be found while telling, in sentences."""


def untold(child: ReadChild) -> frozenset[str]:
    """What the return says and a file cannot hold: a doubt."""
    undated = any(
        preproceedings.first_date(each) is None
        for referral in child.referrals
        for each in referral.pre_proceedings
    )
    return frozenset({WITHOUT_DAY}) if undated else frozenset()


def first_day(child: ReadChild) -> date:
    """The first day on which the return knows of the child."""
    days = [each.referral_date for each in child.referrals]
    for each in child.referrals:
        days += [module.start for module in each.assessments]
        days += [module.start for module in each.cin_plans]
        days += [module.start for module in each.section47s]
        days += [module.start for module in each.protection_plans]
    return min(days)


def _referral(tale: Tale, child: ReadChild, referral: Referral, of: Return) -> None:
    body = ReferralAccepted(
        source=referral.referral_source,
        primary_need=referral.primary_need,
        no_further_action=bool(referral.referral_nfa),
        team=of.team,
    )
    accepted = tale.begin(body, referral.referral_date)
    for assessment in referral.assessments:
        began = tale.begin(
            AssessmentBegan(referral=accepted.id, review_by=assessment.internal_review), assessment.start
        )
        if assessment.authorisation:
            said = AssessmentAuthorised(assessment=began.id, factors=assessment.factors)
            tale.part(began, said, assessment.authorisation)
    conferences = _conferences(tale, accepted, referral)
    _need_plans(tale, child, referral)
    for plan in referral.protection_plans:
        _protection(tale, plan, conferences, of)
    for each in referral.pre_proceedings:
        preproceedings.tell(tale, each)
    _ending(tale, child, referral, accepted)


def _conferences(tale: Tale, accepted: Told, referral: Referral) -> dict[date, int]:
    """Enquiries and initial conferences. Returns the conference of each day, for the plan that began at it.

    A conference that stands with the referral is a transfer-in conference, unless an enquiry still waits for one.
    """
    found: dict[date, int] = {}
    loose = referral.date_of_initial_cpc
    if loose in {each.icpc_date for each in referral.section47s}:
        loose = None
    for enquiry in referral.section47s:
        began = tale.begin(EnquiryBegan(conference_target=enquiry.target), enquiry.start)
        held = enquiry.icpc_date
        if held is None and loose and not enquiry.icpc_not_required and enquiry.start <= loose:
            held, loose = loose, None
        if held:
            conference = tale.part(began, ConferenceHeld(form="initial", about=began.id), held, "enquiry")
            found.setdefault(held, conference.id)
        _enquiry_ended(tale, began, enquiry, held)
    if loose:
        found[loose] = tale.part(accepted, ConferenceHeld(form="transfer in"), loose).id
    return found


def _enquiry_ended(tale: Tale, began: Told, enquiry: Section47, held: date | None) -> None:
    """At its conference; or, when none was required, on its first day, since the census does not say when."""
    if held:
        body = EnquiryEnded(enquiry=began.id, outcome="conference", conference_needed=True, reasons=AS_SAID)
        tale.part(began, body, held)
    elif enquiry.icpc_not_required:
        because = "As the census says; it does not say when that was decided."
        tale.part(
            began, EnquiryEnded(enquiry=began.id, outcome="no conference", reasons=because), enquiry.start
        )


def _need_plans(tale: Tale, child: ReadChild, referral: Referral) -> None:
    """A protection plan takes the place of a child in need plan on its day: that ending is not told a second time."""
    replaced = {plan.start for each in child.referrals for plan in each.protection_plans}
    for plan in referral.cin_plans:
        began = tale.begin(NeedPlanBegan(), plan.start)
        if plan.end and plan.end not in replaced:
            tale.part(began, NeedPlanEnded(plan=began.id, reasons=AS_SAID), plan.end)


def _protection(tale: Tale, plan: ProtectionPlan, conferences: dict[date, int], of: Return) -> None:
    began = tale.begin(
        ProtectionPlanBegan(
            category=plan.initial_category or plan.latest_category,
            conference=conferences.get(plan.start, 0),
            previous_plans=plan.previous_plans or 0,
        ),
        plan.start,
    )
    for day in dict.fromkeys(plan.reviews):
        body = ConferenceHeld(form="review", about=began.id)
        tale.add(f"{began.key} review {day.isoformat()}", body, day)
    latest = plan.latest_category
    if latest and plan.initial_category and latest != plan.initial_category:
        known_by = max(plan.start, min(plan.end or of.reference, of.reference))
        tale.add(f"{began.key} {latest}", ProtectionCategoryChanged(plan=began.id, category=latest), known_by)
    if plan.end:
        tale.part(began, ProtectionPlanEnded(plan=began.id, reasons=AS_SAID), plan.end)


def _ending(tale: Tale, child: ReadChild, referral: Referral, accepted: Told) -> None:
    """The closing; where another referral of the child goes on that day, only a note, since the child stays open."""
    closed = referral.closure_date
    if closed is None and referral.referral_nfa and not _went_on(referral):
        closed = referral.referral_date
    goes_on = closed is not None and _another_goes_on(child, referral, closed)
    if referral.referral_nfa and (goes_on or closed != referral.referral_date):
        rule = "ASM-1" if referral.referral_date >= SINGLE_ASSESSMENT else "IA-1"
        excuse = TimescaleExcused(rule=rule, trigger=accepted.id, outcome="not_required", reasons=NO_ACTION)
        tale.part(accepted, excuse, referral.referral_date)
    if closed is None:
        return
    if goes_on:
        reason = referral.closure_reason or "no reason"
        text = f"The census closes the referral of {referral.referral_date:%d.%m.%Y} on this day ({reason})."
        tale.part(accepted, NoteWritten(text=text, purpose=PURPOSE), closed, "closed")
        return
    reasons = AS_SAID if referral.closure_date else NO_ACTION
    body = CaseClosed(reasons=reasons, closure_reason=referral.closure_reason, unseen_reason=UNSEEN)
    tale.part(accepted, body, closed)


def _went_on(referral: Referral) -> bool:
    modules = (
        referral.assessments, referral.cin_plans, referral.section47s, referral.protection_plans,
        referral.pre_proceedings,
    )  # fmt: skip
    return any(modules) or referral.date_of_initial_cpc is not None


def _another_goes_on(child: ReadChild, referral: Referral, day: date) -> bool:
    """Whether another referral of the child has begun by that day and goes on after it."""
    return any(
        other is not referral and other.referral_date <= day and _goes_on_after(other, day)
        for other in child.referrals
    )


def _goes_on_after(referral: Referral, day: date) -> bool:
    if referral.closure_date is None:
        return not referral.referral_nfa or _went_on(referral)
    return referral.closure_date > day
