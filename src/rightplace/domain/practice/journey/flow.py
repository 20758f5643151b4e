"""Reducers of caseflow: offer, accept, send back, place, allocate, step, close."""

from __future__ import annotations

from rightplace.domain.practice.entries import caseflow as said
from rightplace.domain.practice.entries.base import Entry
from rightplace.domain.practice.journey.journey import NO_TAGS, Journey, reads
from rightplace.domain.practice.journey.state import Closing, Offer

SECOND = frozenset({"second"})
FRONT_DOOR = "front door"
"""For which a child is offered whose undecided contact goes on with another front door: it can still end there."""
FAMILY_SUPPORT = "family support"
"""Where a step down leads whose acceptance awaits the family's agreement, as a contact's decision does."""


@reads(said.TeamOffered)
def team_offered(journey: Journey, entry: Entry, body: said.TeamOffered) -> None:
    if not journey.open:
        journey.breach("not_open")
        return
    if journey.offer_pending():
        journey.breach("offer_pending")
    if body.team == journey.team and not _asks_the_own_manager(journey):
        journey.breach("offer_to_own_team")
    if journey.sent_back >= 2:
        journey.breach("goes_to_head_of_service")
    journey.offers[entry.id] = Offer(
        entry.id, body.team, journey.at, body.for_what, entry.author, body.because_of
    )
    journey.event("team.offered", entry.id)
    journey.happen("team.offered", entry.id, body.for_what, team=body.team)


def _asks_the_own_manager(journey: Journey) -> bool:
    """Whether a worker took a signal up for the own team, and its manager was not asked yet since the child is open."""
    if not any(begun.terms == ("taken up",) for begun in journey.open_of("family_support")):
        return False
    since = journey.opened or 0
    return not any(offer.team == journey.team and offer.at >= since for offer in journey.offers.values())


@reads(said.OfferRead)
def offer_read(journey: Journey, entry: Entry, body: said.OfferRead) -> None:
    journey.event("offer.read", body.offer)


def _answered(journey: Journey, entry: Entry, offer_id: int, state: str) -> Offer | None:
    """The open offer that this entry answers, marked so; None with a breach when there is none."""
    offer = journey.offers.get(offer_id)
    if offer is None or offer.state != "open":
        journey.breach("no_such_offer")
        return None
    if entry.team != offer.team:
        journey.breach("not_offered_to_you")
        return None
    offer.state = state
    return offer


@reads(said.TeamAccepted)
def team_accepted(journey: Journey, entry: Entry, body: said.TeamAccepted) -> None:
    offer = _answered(journey, entry, body.offer, "accepted")
    if offer is None:
        return
    if offer.author == entry.author:
        journey.breach("own_offer")
    journey.event("team.accepted", offer.id)
    journey.happen("team.accepted", offer.id, offer.for_what, team=offer.team)
    at_the_door = journey.at_the_door and offer.for_what == FRONT_DOOR
    hand_over(journey, offer.team)
    journey.at_the_door = at_the_door
    if offer.because_of in journey.stepped_down and not journey.open_of("family_support"):
        journey.begin("family_support")


@reads(said.TeamSentBack)
def team_sent_back(journey: Journey, entry: Entry, body: said.TeamSentBack) -> None:
    offer = _answered(journey, entry, body.offer, "sent back")
    if offer is None:
        return
    if not body.reasons.strip():
        journey.breach("reasons_missing")
    journey.sent_back += 1
    journey.event("team.sent_back", offer.id, SECOND if journey.sent_back >= 2 else NO_TAGS)
    journey.happen("team.sent_back", offer.id, offer.for_what, journey.sent_back >= 2, team=offer.team)


@reads(said.OfferWithdrawn)
def offer_withdrawn(journey: Journey, entry: Entry, body: said.OfferWithdrawn) -> None:
    offer = journey.offers.get(body.offer)
    if offer is None or offer.state != "open":
        journey.breach("no_such_offer")
        return
    if entry.team != journey.team:
        journey.breach("not_your_team")
    offer.state = "withdrawn"
    journey.event("offer.withdrawn", offer.id)


@reads(said.TeamPlaced)
def team_placed(journey: Journey, entry: Entry, body: said.TeamPlaced) -> None:
    if not journey.open:
        journey.breach("not_open")
        return
    journey.event("team.placed", body.offer)
    journey.happen("team.placed", body.offer, body.for_what, team=body.team)
    hand_over(journey, body.team)


def hand_over(journey: Journey, team: int) -> None:
    """The team answers from now on: decided contacts leave the front door, what was pending begins.

    A team that has the child already keeps its worker, or the age without one.
    """
    for offer in journey.offers.values():
        if offer.state == "open":
            offer.state = "placed"
            journey.event("offer.withdrawn", offer.id)
    for contact in journey.open_of("contact"):
        if contact.decided:
            journey.end(contact)
    pending, journey.pending = journey.pending, ()
    for kind, _ in pending:
        journey.begin(kind)
    journey.sent_back = 0
    journey.at_the_door = False
    journey.changed = True
    if team != journey.team:
        journey.team = team
        journey.worker = 0
        journey.unallocated_since = journey.at
    if not journey.worker:
        journey.event("team.answers")


@reads(said.WorkerAllocated)
def worker_allocated(journey: Journey, entry: Entry, body: said.WorkerAllocated) -> None:
    if not journey.open:
        journey.breach("not_open")
        return
    if entry.team != journey.team:
        journey.breach("not_your_team")
    if body.capacity == "allocated" and body.worker:
        journey.worker = body.worker
        journey.changed = True
    journey.event("worker.allocated", 0, frozenset({body.capacity}))


@reads(said.WorkerEnded)
def worker_ended(journey: Journey, entry: Entry, body: said.WorkerEnded) -> None:
    if body.capacity == "allocated" and body.worker and journey.worker == body.worker:
        journey.worker = 0
        journey.unallocated_since = journey.at
        journey.changed = True
        journey.event("worker.ended")


@reads(said.SteppedUp, said.SteppedDown)
def stepped(journey: Journey, entry: Entry, body: said.SteppedUp | said.SteppedDown) -> None:
    if not journey.open:
        journey.breach("not_open")
    if isinstance(body, said.SteppedDown) and body.to_part == FAMILY_SUPPORT:
        journey.stepped_down.add(entry.id)
    journey.event(body.kind)
    journey.happen(body.kind, 0, body.to_part)


@reads(said.CaseClosed)
def case_closed(journey: Journey, entry: Entry, body: said.CaseClosed) -> None:
    journey.closings.append(Closing(entry.id, journey.at, journey.day, 0, entry.role))
    if not journey.open:
        journey.breach("not_open")
        return
    if entry.team != journey.team:
        journey.breach("not_your_team")
    if journey.worker and entry.author == journey.worker:
        journey.breach("own_work")
    if not body.reasons.strip():
        journey.breach("reasons_missing")
    if body.closure_reason == "capacity":
        journey.breach("capacity_is_no_reason")
    if journey.duplicates:
        journey.breach("duplicate_undecided")
    if journey.offer_pending():
        journey.breach("offer_pending")
    if any(not contact.decided for contact in journey.open_of("contact")):
        journey.breach("contact_undecided")
    if journey.seen is None and not body.unseen_reason.strip():
        journey.breach("unseen_without_reason")
    journey.happen("case.closed", 0, body.closure_reason)
    journey.event("case.closed")
    journey.close_child()


@reads(said.SupervisionDecided)
def supervision_decided(journey: Journey, entry: Entry, body: said.SupervisionDecided) -> None:
    journey.event("supervision.decided")


@reads(said.SupervisionActed)
def supervision_acted(journey: Journey, entry: Entry, body: said.SupervisionActed) -> None:
    journey.event("supervision.acted")


@reads(said.ConcernPassedOn)
def concern_passed_on(journey: Journey, entry: Entry, body: said.ConcernPassedOn) -> None:
    """A concern's file has no team of its own: which one looks after it is told by its contact and its question."""
