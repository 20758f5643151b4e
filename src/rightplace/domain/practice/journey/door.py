"""Reducers of the front door: contact, checks, decision, feedback."""

from __future__ import annotations

from rightplace.domain.practice.entries import contact as said
from rightplace.domain.practice.entries.base import Entry
from rightplace.domain.practice.journey.journey import Journey, reads
from rightplace.domain.practice.journey.state import Closing
from rightplace.domain.practice.workdays import add_months


@reads(said.ContactReceived)
def contact_received(journey: Journey, entry: Entry, body: said.ContactReceived) -> None:
    journey.begin("contact")
    if not journey.open:
        journey.open_child(body.team or entry.team)
        journey.at_the_door = True
    tags = frozenset(
        {
            "professional" if body.professional else "public",
            body.source,
            "concern" if journey.concern else "child",
        }
    )
    journey.event("contact.received", entry.id, tags)
    journey.happen("contact.received", entry.id, body.source, team=body.team or entry.team)


@reads(said.ContactRead)
def contact_read(journey: Journey, entry: Entry, body: said.ContactRead) -> None:
    journey.event("contact.read", body.contact)


@reads(said.ContactScreened)
def contact_screened(journey: Journey, entry: Entry, body: said.ContactScreened) -> None:
    contact = journey.processes.get(body.contact)
    if contact is None:
        journey.breach("contact_unknown")
        return
    if contact.decided:
        journey.breach("contact_decided_before")
    contact.grade = body.grade
    journey.event("contact.screened", body.contact, frozenset({str(body.grade)}))


@reads(said.CheckAsked)
def check_asked(journey: Journey, entry: Entry, body: said.CheckAsked) -> None:
    if body.contact not in journey.processes:
        journey.breach("contact_unknown")
    check = journey.begin("check", body.contact)
    check.grade = body.grade
    contact = journey.processes.get(body.contact)
    in_the_room = contact is not None and str(body.agency) in contact.terms
    tags = {str(body.grade), "joint"} if in_the_room else {str(body.grade)}
    journey.event("check.asked", entry.id, frozenset(tags))


@reads(said.CheckRead)
def check_read(journey: Journey, entry: Entry, body: said.CheckRead) -> None:
    journey.event("check.read", body.check)


@reads(said.CheckTaken)
def check_taken(journey: Journey, entry: Entry, body: said.CheckTaken) -> None:
    """Who of a desk has a check changes nothing that is due."""


@reads(said.ContactPiloted)
def contact_piloted(journey: Journey, entry: Entry, body: said.ContactPiloted) -> None:
    contact = journey.processes.get(body.contact)
    if contact is not None:
        contact.terms = tuple(str(agency) for agency in body.agencies)
        journey.happen("contact.piloted", body.contact, str(body.pilot))


@reads(said.TriageOpened)
def triage_opened(journey: Journey, entry: Entry, body: said.TriageOpened) -> None:
    if body.contact not in journey.processes:
        journey.breach("contact_unknown")
    triage = journey.begin("triage", body.contact)
    triage.grade, triage.terms = body.grade, tuple(str(agency) for agency in body.agencies)
    journey.event("triage.opened", entry.id, frozenset({str(body.grade)}))


@reads(said.TriageTold)
def triage_told(journey: Journey, entry: Entry, body: said.TriageTold) -> None:
    triage = journey.processes.get(body.triage)
    if triage is None or triage.kind != "triage":
        journey.doubt("ended_before_begun", "triage")
        return
    waited = bool(triage.terms)
    triage.terms = tuple(agency for agency in triage.terms if agency != str(body.agency))
    if waited and not triage.terms:
        journey.event("triage.heard", body.triage)


@reads(said.TriageDecided)
def triage_decided(journey: Journey, entry: Entry, body: said.TriageDecided) -> None:
    triage = journey.find(body.triage, "triage")
    if not body.reasons.strip():
        journey.breach("reasons_missing")
    journey.event("triage.decided", body.triage)
    if triage is not None:
        triage.level = body.level
        journey.end(triage)


@reads(said.CheckAnswered)
def check_answered(journey: Journey, entry: Entry, body: said.CheckAnswered) -> None:
    check = journey.find(body.check, "check")
    journey.event("check.answered", body.check)
    if check is not None:
        journey.end(check)


@reads(said.BlindDecisionMade)
def blind_decision_made(journey: Journey, entry: Entry, body: said.BlindDecisionMade) -> None:
    journey.event("blind.decided", body.contact)


@reads(said.ContactDecided)
def contact_decided(journey: Journey, entry: Entry, body: said.ContactDecided) -> None:
    contact = journey.processes.get(body.contact)
    if contact is None or contact.kind != "contact":
        journey.breach("contact_unknown")
        return
    if contact.decided or contact.closed is not None:
        journey.breach("contact_decided_before")
        return
    if not body.reasons.strip():
        journey.breach("reasons_missing")
    contact.decided, contact.decided_by, contact.level = True, entry.author, body.level
    journey.event("contact.decided", body.contact, frozenset({str(body.route)}))
    journey.happen("contact.decided", body.contact, str(body.route))
    if body.route in said.ENDS_AT_THE_FRONT_DOOR:
        _end_at_the_front_door(journey, entry, body)
    elif journey.concern or body.route is said.Route.ALREADY_OPEN:
        journey.end(contact)
    elif body.route is said.Route.FAMILY_SUPPORT:
        journey.pending = (*journey.pending, ("family_support", body.contact))


def _end_at_the_front_door(journey: Journey, entry: Entry, body: said.ContactDecided) -> None:
    """End the contact. The child goes with it only from the front door, and when nothing else is open.

    Then it closes the file, so all that guards the file guards it; else only what hangs on the contact does.
    """
    contact = journey.processes[body.contact]
    hanging = [p for p in journey.still_open() if p.parent == contact.id]
    others = any(p is not contact and p.parent != contact.id for p in journey.still_open())
    journey.pending = tuple(p for p in journey.pending if p[1] != contact.id)
    closes = journey.at_the_door and not others and not journey.pending
    about = 0 if closes else contact.id
    journey.closings.append(Closing(entry.id, journey.at, journey.day, about, entry.role))
    if journey.duplicates:
        journey.breach("duplicate_undecided")
    if not journey.concern and journey.seen is None and not body.unseen_reason.strip():
        journey.breach("unseen_without_reason")
    if closes and journey.offer_pending():
        journey.breach("offer_pending")
    for process in hanging:
        journey.end(process)
    journey.end(contact)
    if closes:
        journey.close_child()


@reads(said.ReferrerTold)
def referrer_told(journey: Journey, entry: Entry, body: said.ReferrerTold) -> None:
    journey.event("referrer.told", body.contact)


@reads(said.ReferrerDisagreed)
def referrer_disagreed(journey: Journey, entry: Entry, body: said.ReferrerDisagreed) -> None:
    journey.begin("disagreement", body.contact)
    journey.event("referrer.disagreed", entry.id)
    journey.happen("referrer.disagreed", body.contact)


@reads(said.DisagreementAnswered)
def disagreement_answered(journey: Journey, entry: Entry, body: said.DisagreementAnswered) -> None:
    disagreement = journey.find(body.disagreement, "disagreement")
    journey.event("disagreement.answered", body.disagreement)
    if disagreement is None:
        return
    contact = journey.processes.get(disagreement.parent)
    if contact is not None and contact.decided_by == entry.author:
        journey.breach("own_work")
    journey.end(disagreement)


@reads(said.ReferralAccepted)
def referral_accepted(journey: Journey, entry: Entry, body: said.ReferralAccepted) -> None:
    """A referral again within twelve months of the last is a re-referral; the same date a year on still is."""
    before = journey.last_referral_day
    again = before is not None and journey.day <= add_months(before, 12)
    journey.last_referral, journey.last_referral_day = entry.id, journey.day
    contact = journey.processes.get(body.contact)
    if contact is None or contact.closed is not None:
        journey.open_child(body.team or entry.team)
        journey.begin("referral", body.contact)
    elif not body.no_further_action:
        journey.pending = (*journey.pending, ("referral", body.contact))
    journey.event("referral.accepted", entry.id)
    journey.happen("referral.accepted", entry.id, body.source, again)
    if body.no_further_action:
        journey.happen("referral.no_further_action", entry.id, body.source)
