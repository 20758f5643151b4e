"""Reducers of care and leaving care: legal status, placement, plans, reviews, health, education, missing."""

from __future__ import annotations

from rightplace.domain.practice.entries import care, leavingcare
from rightplace.domain.practice.entries.base import Entry
from rightplace.domain.practice.journey.journey import NO_TAGS, Journey, reads
from rightplace.domain.practice.journey.visits import placement_tags
from rightplace.domain.practice.workdays import age_on


@reads(care.CareBegan)
def care_began(journey: Journey, entry: Entry, body: care.CareBegan) -> None:
    """Short breaks do not count towards leaving care or a year in care. Who is in care cannot come into it again."""
    journey.need_open(entry)
    if journey.open_of("care"):
        journey.doubt("began_again", "care")
        legal_status_changed(journey, entry, care.LegalStatusChanged(legal=body.legal))
        return
    again = any(p.kind == "care" for p in journey.processes.values())
    journey.begin("care")
    journey.legal = body.legal
    if not body.short_breaks:
        journey.care_periods.append((journey.day, None))
    tags = {body.legal}
    if body.emergency:
        tags.add("emergency")
    tags.add("short_breaks" if body.short_breaks else "full_regime")
    journey.event("care.began", entry.id, frozenset(tags))
    journey.happen("care.began", entry.id, body.legal, again)


@reads(care.LegalStatusChanged)
def legal_status_changed(journey: Journey, entry: Entry, body: care.LegalStatusChanged) -> None:
    if not journey.open:
        journey.doubt("fact_while_closed", "legal status")
    elif journey.legal != body.legal:
        journey.legal = body.legal
        journey.changed = True
    tags = {body.legal} | (placement_tags(journey) if journey.placement else set())
    journey.event("legal.changed", 0, frozenset(tags))


def _care(journey: Journey) -> int:
    found = journey.open_of("care")
    return found[0].id if found else 0


@reads(care.PlacementBegan)
def placement_began(journey: Journey, entry: Entry, body: care.PlacementBegan) -> None:
    first = not any(p.kind == "placement" and p.parent == _care(journey) for p in journey.processes.values())
    if not _care(journey):
        journey.doubt("placed_while_not_looked_after")
    for before in journey.open_of("placement"):
        journey.end(before)
    placement = journey.begin("placement", _care(journey))
    placement.terms = body.terms
    journey.placement = entry.id
    tags = frozenset(placement_tags(journey) | ({"first"} if first else set()))
    journey.event("placement.began", entry.id, tags)
    if "adoptive" in body.terms:
        journey.event("placement.adoptive", _care(journey))


@reads(care.PlacementEnded)
def placement_ended(journey: Journey, entry: Entry, body: care.PlacementEnded) -> None:
    placement = journey.find(body.placement, "placement")
    tags = NO_TAGS if body.notice_given else frozenset({"without_notice"})
    journey.event("placement.ended", body.placement, tags)
    if placement is not None:
        journey.end(placement)
        if journey.placement == placement.id:
            journey.placement = 0


@reads(care.CarePlanMade)
def care_plan_made(journey: Journey, entry: Entry, body: care.CarePlanMade) -> None:
    journey.event("careplan.made", _care(journey))


@reads(care.PlacementPlanMade)
def placement_plan_made(journey: Journey, entry: Entry, body: care.PlacementPlanMade) -> None:
    journey.event("placementplan.made", body.placement)


@reads(care.PlacementNotified)
def placement_notified(journey: Journey, entry: Entry, body: care.PlacementNotified) -> None:
    name = "placement.ending_notified" if body.of_ending else "placement.notified"
    tags = frozenset({"out_of_area"}) if body.out_of_area else frozenset({"listed_persons"})
    journey.event(name, body.placement, tags)


@reads(care.CareReviewed)
def care_reviewed(journey: Journey, entry: Entry, body: care.CareReviewed) -> None:
    found = journey.open_of("care")
    if not found:
        journey.doubt("ended_before_begun", "care")
        return
    found[0].reviews += 1
    number = found[0].reviews
    tag = "first" if number == 1 else "second" if number == 2 else "later"
    journey.event("care.reviewed", found[0].id, frozenset({tag}))


@reads(care.CeasingApproved)
def ceasing_approved(journey: Journey, entry: Entry, body: care.CeasingApproved) -> None:
    journey.event("care.ceasing_approved", _care(journey))


@reads(care.CareEnded)
def care_ended(journey: Journey, entry: Entry, body: care.CareEnded) -> None:
    found = journey.open_of("care")
    if not found:
        journey.doubt("ended_before_begun", "care")
    else:
        journey.event("care.ended", found[0].id, frozenset({"adopted"}) if body.adopted else NO_TAGS)
        journey.happen("care.ended", found[0].id, body.reason)
        end_care(journey)
    if body.adopted and journey.open:
        if journey.open_kinds() != ("plan_pending",):
            journey.doubt("ended_by_law", "adoption")
        journey.close_child(by_law=True)


def end_care(journey: Journey, by_law: bool = False) -> None:
    """Care and where the child lives under it end together; the legal status goes with them."""
    for process in journey.open_of("placement", "care"):
        journey.end(process, by_law)
    journey.placement = 0
    journey.legal = ""
    journey.changed = True
    journey.end_care_periods()


@reads(care.HealthAssessed)
def health_assessed(journey: Journey, entry: Entry, body: care.HealthAssessed) -> None:
    journey.event("health.assessed", _care(journey), frozenset({body.form, *_age(journey)}))


def _age(journey: Journey) -> tuple[str, ...]:
    """Whether the child is under five on the day, where the birth date is known."""
    if journey.born is None:
        return ()
    return ("under_five",) if age_on(journey.born, journey.day) < 5 else ("five_or_over",)


@reads(care.StrengthsScored)
def strengths_scored(journey: Journey, entry: Entry, body: care.StrengthsScored) -> None:
    journey.event("health.sdq", _care(journey))


@reads(care.EducationPlanned)
def education_planned(journey: Journey, entry: Entry, body: care.EducationPlanned) -> None:
    journey.event("education.planned", _care(journey), frozenset({body.form}))


@reads(care.WentMissing)
def went_missing(journey: Journey, entry: Entry, body: care.WentMissing) -> None:
    if not journey.open:
        journey.doubt("fact_while_closed", "missing")
    journey.begin("missing")
    journey.event("missing.began", entry.id, frozenset({body.form}))


@reads(care.WasFound)
def was_found(journey: Journey, entry: Entry, body: care.WasFound) -> None:
    missing = journey.find(body.missing, "missing")
    journey.event("missing.ended", body.missing)
    if missing is not None:
        journey.end(missing)


@reads(care.ReturnInterviewHeld)
def return_interview_held(journey: Journey, entry: Entry, body: care.ReturnInterviewHeld) -> None:
    journey.event("returninterview.held", body.missing)


@reads(care.ApprovalExtended)
def approval_extended(journey: Journey, entry: Entry, body: care.ApprovalExtended) -> None:
    journey.event("approval.extended", body.placement)


@reads(care.CarerApproved)
def carer_approved(journey: Journey, entry: Entry, body: care.CarerApproved) -> None:
    journey.event("carer.approved", body.placement)


@reads(care.PrivateFosteringKnown)
def private_fostering_known(journey: Journey, entry: Entry, body: care.PrivateFosteringKnown) -> None:
    journey.need_open(entry)
    journey.begin("private_fostering")
    tags = frozenset({"proposed"}) if body.proposed else frozenset({"existing"})
    journey.event("privatefostering.known", entry.id, tags)


@reads(care.PrivateFosteringEnded)
def private_fostering_ended(journey: Journey, entry: Entry, body: care.PrivateFosteringEnded) -> None:
    arrangement = journey.find(body.arrangement, "private_fostering")
    journey.event("privatefostering.ended", body.arrangement)
    if arrangement is not None:
        journey.end(arrangement)


@reads(care.ChildDetained)
def child_detained(journey: Journey, entry: Entry, body: care.ChildDetained) -> None:
    journey.event("detained.began", entry.id, frozenset({body.form}))


@reads(leavingcare.LeavingCareBegan)
def leaving_care_began(journey: Journey, entry: Entry, body: leavingcare.LeavingCareBegan) -> None:
    journey.need_open(entry)
    journey.begin("leaving_care")
    journey.event("leavingcare.began", entry.id, frozenset({body.standing}))


@reads(leavingcare.LeavingCareAssessed)
def leaving_care_assessed(journey: Journey, entry: Entry, body: leavingcare.LeavingCareAssessed) -> None:
    journey.event("leavingcare.assessed", body.leaving)


@reads(leavingcare.PathwayPlanned)
def pathway_planned(journey: Journey, entry: Entry, body: leavingcare.PathwayPlanned) -> None:
    journey.event("pathway.planned", body.leaving)


@reads(leavingcare.PathwayReviewed)
def pathway_reviewed(journey: Journey, entry: Entry, body: leavingcare.PathwayReviewed) -> None:
    journey.event("pathway.reviewed", body.leaving)


@reads(leavingcare.AccommodationProvided)
def accommodation_provided(journey: Journey, entry: Entry, body: leavingcare.AccommodationProvided) -> None:
    journey.event("accommodation.provided", body.leaving)


@reads(leavingcare.AdviserVisited)
def adviser_visited(journey: Journey, entry: Entry, body: leavingcare.AdviserVisited) -> None:
    journey.event("adviser.visited", body.leaving)


@reads(leavingcare.LeavingCareEnded)
def leaving_care_ended(journey: Journey, entry: Entry, body: leavingcare.LeavingCareEnded) -> None:
    leaving = journey.find(body.leaving, "leaving_care")
    journey.event("leavingcare.ended", body.leaving)
    if leaving is not None:
        journey.end(leaving)
