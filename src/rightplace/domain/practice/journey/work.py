"""Reducers of family support, assessment, child in need, visits and protection."""

from __future__ import annotations

from rightplace.domain.practice.entries import assessment, familysupport, protection
from rightplace.domain.practice.entries.base import Entry
from rightplace.domain.practice.journey.journey import NO_TAGS, Journey, reads
from rightplace.domain.practice.journey.state import Process
from rightplace.domain.practice.journey.visits import visit_tags

AGREES = "agrees"


@reads(familysupport.FamilySupportBegan)
def family_support_began(journey: Journey, entry: Entry, body: familysupport.FamilySupportBegan) -> None:
    journey.need_open(entry)
    for awaited in journey.open_of("family_support"):
        journey.end(awaited)
    journey.begin("family_support")
    journey.event("familysupport.began", entry.id)
    journey.happen("familysupport.began", entry.id)


@reads(familysupport.WholeFamilyAssessed)
def whole_family_assessed(journey: Journey, entry: Entry, body: familysupport.WholeFamilyAssessed) -> None:
    journey.event("familysupport.assessed", body.support)


@reads(familysupport.FamilyPlanMade)
def family_plan_made(journey: Journey, entry: Entry, body: familysupport.FamilyPlanMade) -> None:
    journey.event("familysupport.planned", body.support)


@reads(familysupport.FamilyPlanReviewed)
def family_plan_reviewed(journey: Journey, entry: Entry, body: familysupport.FamilyPlanReviewed) -> None:
    journey.event("familysupport.reviewed", body.support)


@reads(familysupport.FamilyAnswered)
def family_answered(journey: Journey, entry: Entry, body: familysupport.FamilyAnswered) -> None:
    tags = NO_TAGS if body.agreement.answer == AGREES else frozenset({"withdrawn"})
    journey.event("familysupport.answered", body.support, tags)


@reads(familysupport.LeadNamed)
def lead_named(journey: Journey, entry: Entry, body: familysupport.LeadNamed) -> None:
    journey.event("familysupport.led", body.support, frozenset({"named" if body.worker else "nobody"}))


@reads(familysupport.FamilyTeamJoined)
def family_team_joined(journey: Journey, entry: Entry, body: familysupport.FamilyTeamJoined) -> None:
    journey.event("familysupport.joined", body.support)


@reads(familysupport.FamilyTeamMet)
def family_team_met(journey: Journey, entry: Entry, body: familysupport.FamilyTeamMet) -> None:
    journey.event("familysupport.met", body.support)


@reads(familysupport.GoalActed)
def goal_acted(journey: Journey, entry: Entry, body: familysupport.GoalActed) -> None:
    journey.event("familysupport.acted", body.support)


@reads(familysupport.FamilySupportEnded)
def family_support_ended(journey: Journey, entry: Entry, body: familysupport.FamilySupportEnded) -> None:
    support = journey.find(body.support, "family_support")
    journey.event("familysupport.ended", body.support)
    if support is not None:
        journey.happen("familysupport.ended", body.support, body.outcome)
        journey.end(support)


@reads(assessment.AssessmentBegan)
def assessment_began(journey: Journey, entry: Entry, body: assessment.AssessmentBegan) -> None:
    journey.need_open(entry)
    for referral in journey.open_of("referral"):
        journey.end(referral)
    journey.begin("assessment", body.referral or journey.last_referral)
    journey.event("assessment.began", entry.id, frozenset({body.form}))
    journey.happen("assessment.began", entry.id, body.form)


@reads(assessment.AssessmentReviewed)
def assessment_reviewed(journey: Journey, entry: Entry, body: assessment.AssessmentReviewed) -> None:
    journey.event("assessment.reviewed", body.assessment)


@reads(assessment.AssessmentWritten)
def assessment_written(journey: Journey, entry: Entry, body: assessment.AssessmentWritten) -> None:
    process = journey.find(body.assessment, "assessment")
    if process is None:
        return
    if process.waits:
        journey.breach("assessment_waits")
    if not (body.analysis.strip() and body.reasons.strip()):
        journey.breach("reasons_missing")
    process.waits, process.writers = entry.id, (*process.writers, entry.author)
    journey.event("assessment.written", body.assessment)


def _answers_what_waits(journey: Journey, entry: Entry, process: Process, written: int) -> None:
    """What is authorised or sent back is the last that was written, and never by one who wrote it (promise 6)."""
    if entry.author in process.writers:
        journey.breach("own_work")
    if written and written != process.waits:
        journey.breach("assessment_not_written")


@reads(assessment.AssessmentSentBack)
def assessment_sent_back(journey: Journey, entry: Entry, body: assessment.AssessmentSentBack) -> None:
    process = journey.find(body.assessment, "assessment")
    if process is None:
        return
    _answers_what_waits(journey, entry, process, body.written)
    if not body.what_is_missing.strip():
        journey.breach("reasons_missing")
    process.waits = 0
    journey.event("assessment.sent_back", body.assessment)


@reads(assessment.AssessmentAuthorised)
def assessment_authorised(journey: Journey, entry: Entry, body: assessment.AssessmentAuthorised) -> None:
    process = journey.find(body.assessment, "assessment")
    if body.written_by and body.written_by == entry.author:
        journey.breach("own_work")
    elif process is not None:
        _answers_what_waits(journey, entry, process, body.written)
    if body.written and not body.reasons.strip():
        journey.breach("reasons_missing")
    referral = process.parent if process is not None else 0
    journey.event("assessment.authorised", body.assessment)
    if referral:
        journey.event("assessment.authorised", referral)
    outcome = "" if body.in_need is None else ("in need" if body.in_need else "not in need")
    journey.happen("assessment.authorised", body.assessment, outcome)
    if process is not None:
        journey.end(process)


@reads(assessment.NeedPlanBegan)
def need_plan_began(journey: Journey, entry: Entry, body: assessment.NeedPlanBegan) -> None:
    journey.need_open(entry)
    journey.begin("cin_plan").visit_every = body.visit_every
    journey.event("needplan.began", entry.id)
    journey.happen("needplan.began", entry.id)


@reads(assessment.NeedPlanReviewed)
def need_plan_reviewed(journey: Journey, entry: Entry, body: assessment.NeedPlanReviewed) -> None:
    journey.event("needplan.reviewed", body.plan)


@reads(assessment.NeedPlanEnded)
def need_plan_ended(journey: Journey, entry: Entry, body: assessment.NeedPlanEnded) -> None:
    plan = journey.find(body.plan, "cin_plan")
    journey.event("needplan.ended", body.plan)
    if plan is not None:
        journey.end(plan)


def _expect_open(journey: Journey, what: str) -> None:
    """Such a fact does not open a child, but of a child nobody answers for it is odd."""
    if not journey.open:
        journey.doubt("fact_while_closed", what)


@reads(assessment.VisitMade)
def visit_made(journey: Journey, entry: Entry, body: assessment.VisitMade) -> None:
    _expect_open(journey, "visit")
    journey.event("visit.made", 0, visit_tags(journey, body))
    if body.seen and journey.open:
        journey.seen = journey.at
        if body.alone:
            journey.seen_alone = journey.at
        journey.changed = True


@reads(assessment.VisitAttempted)
def visit_attempted(journey: Journey, entry: Entry, body: assessment.VisitAttempted) -> None:
    _expect_open(journey, "visit")
    journey.event("visit.attempted")


@reads(protection.StrategyDecided)
def strategy_decided(journey: Journey, entry: Entry, body: protection.StrategyDecided) -> None:
    journey.need_open(entry)
    if body.called and journey.open_of("strategy"):
        journey.breach("strategy_called")
    journey.begin("strategy")
    journey.event("strategy.decided", entry.id)


@reads(protection.StrategyAnswered)
def strategy_answered(journey: Journey, entry: Entry, body: protection.StrategyAnswered) -> None:
    if body.strategy not in journey.processes:
        journey.doubt("ended_before_begun", "strategy")
    journey.event("strategy.answered", body.strategy)


@reads(protection.StrategyCalledIn)
def strategy_called_in(journey: Journey, entry: Entry, body: protection.StrategyCalledIn) -> None:
    journey.find(body.strategy, "strategy")
    journey.event("strategy.called_in", body.strategy)


@reads(protection.StrategyHeld)
def strategy_held(journey: Journey, entry: Entry, body: protection.StrategyHeld) -> None:
    """Without police and health it is in doubt that it was one; an enquiry cannot begin there."""
    journey.need_open(entry)
    if body.missing:
        journey.doubt("held_without_quorum", ", ".join(body.missing))
        if body.begins_enquiry:
            journey.breach("no_quorum")
    if body.strategy:
        journey.find(body.strategy, "strategy")
    for decided in journey.open_of("strategy"):
        journey.event("strategy.held", decided.id)
        journey.end(decided)
    tags = frozenset({"begins_enquiry"}) if body.begins_enquiry else NO_TAGS
    journey.event("strategy.held", entry.id, tags)
    journey.happen("strategy.held", entry.id)


@reads(protection.StrategyActionDone)
def strategy_action_done(journey: Journey, entry: Entry, body: protection.StrategyActionDone) -> None:
    journey.event("strategy.action_done", body.held)


@reads(protection.EnquiryBegan)
def enquiry_began(journey: Journey, entry: Entry, body: protection.EnquiryBegan) -> None:
    journey.need_open(entry)
    for referral in journey.open_of("referral"):
        journey.end(referral)
    journey.begin("section47")
    journey.event("enquiry.began", entry.id)
    journey.happen("enquiry.began", entry.id)


@reads(protection.EnquiryEnded)
def enquiry_ended(journey: Journey, entry: Entry, body: protection.EnquiryEnded) -> None:
    enquiry = journey.find(body.enquiry, "section47")
    tags = NO_TAGS if body.conference_needed else frozenset({"no_conference"})
    journey.event("enquiry.ended", body.enquiry, tags)
    if enquiry is not None:
        journey.end(enquiry)


@reads(protection.TransferInNotified)
def transfer_in_notified(journey: Journey, entry: Entry, body: protection.TransferInNotified) -> None:
    journey.need_open(entry)
    journey.event("transfer.notified", entry.id)


@reads(protection.ConferenceHeld)
def conference_held(journey: Journey, entry: Entry, body: protection.ConferenceHeld) -> None:
    """Initial answers the enquiry that it names; a review belongs to the plan that it names, or else that is open."""
    journey.need_open(entry)
    if body.form == "review":
        plans = journey.open_of("protection_plan")
        if not plans:
            journey.doubt("ended_before_begun", "protection_plan")
        for plan in [plan for plan in plans if plan.id == body.about] or plans:
            plan.reviews += 1
            tags = frozenset({"first"}) if plan.reviews == 1 else NO_TAGS
            journey.event("conference.review", plan.id, tags)
    elif body.form == "transfer in":
        journey.event("conference.transfer_in", body.about)
    else:
        about = body.about or _last(journey, "section47")
        journey.event("conference.initial", about)
    journey.happen("conference.held", entry.id, body.form)


def _last(journey: Journey, kind: str) -> int:
    found = [p.id for p in journey.processes.values() if p.kind == kind]
    return found[-1] if found else 0


@reads(protection.ProtectionPlanBegan)
def protection_plan_began(journey: Journey, entry: Entry, body: protection.ProtectionPlanBegan) -> None:
    journey.need_open(entry)
    for plan in journey.open_of("cin_plan"):
        journey.event("needplan.ended", plan.id)
        journey.end(plan)
    before = body.previous_plans > 0 or bool(_last(journey, "protection_plan"))
    journey.begin("protection_plan").visit_every = body.visit_every
    journey.event("protectionplan.began", entry.id, frozenset({body.category}))
    journey.happen("protectionplan.began", entry.id, body.category, before)


@reads(protection.ProtectionCategoryChanged)
def protection_category_changed(
    journey: Journey, entry: Entry, body: protection.ProtectionCategoryChanged
) -> None:
    journey.event("protectionplan.category", body.plan)


@reads(protection.CoreGroupMet)
def core_group_met(journey: Journey, entry: Entry, body: protection.CoreGroupMet) -> None:
    journey.event("coregroup.met", body.plan)


@reads(protection.ProtectionPlanEnded)
def protection_plan_ended(journey: Journey, entry: Entry, body: protection.ProtectionPlanEnded) -> None:
    plan = journey.find(body.plan, "protection_plan")
    journey.event("protectionplan.ended", body.plan)
    if plan is not None:
        first = plan.reviews == 1 and not journey.older_than_told(plan)
        outcome = "at first review" if first else ""
        journey.happen("protectionplan.ended", body.plan, outcome)
        journey.end(plan)


@reads(protection.PreProceedingsBegan)
def pre_proceedings_began(journey: Journey, entry: Entry, body: protection.PreProceedingsBegan) -> None:
    journey.need_open(entry)
    journey.begin("pre_proceedings")
    journey.event("preproceedings.began", entry.id)


@reads(protection.FamilyMeetingAnswered)
def family_meeting_answered(journey: Journey, entry: Entry, body: protection.FamilyMeetingAnswered) -> None:
    journey.event("familymeeting.answered", body.preproceedings, frozenset({body.state}))


@reads(protection.CourtApplied)
def court_applied(journey: Journey, entry: Entry, body: protection.CourtApplied) -> None:
    _expect_open(journey, "application")
    journey.begin("application")
    journey.event("court.applied", entry.id, frozenset({body.order}))


@reads(protection.CourtDisposed)
def court_disposed(journey: Journey, entry: Entry, body: protection.CourtDisposed) -> None:
    application = journey.find(body.application, "application")
    journey.event("court.disposed", body.application)
    if application is not None:
        journey.end(application)


@reads(protection.PreProceedingsEnded)
def pre_proceedings_ended(journey: Journey, entry: Entry, body: protection.PreProceedingsEnded) -> None:
    process = journey.find(body.preproceedings, "pre_proceedings")
    journey.event("preproceedings.ended", body.preproceedings)
    if process is not None:
        journey.end(process)


@reads(protection.AllegationMade)
def allegation_made(journey: Journey, entry: Entry, body: protection.AllegationMade) -> None:
    _expect_open(journey, "allegation")
    journey.begin("allegation")
    journey.event("allegation.made", entry.id)


@reads(protection.AllegationConcluded)
def allegation_concluded(journey: Journey, entry: Entry, body: protection.AllegationConcluded) -> None:
    allegation = journey.find(body.allegation, "allegation")
    journey.event("allegation.concluded", body.allegation)
    if allegation is not None:
        journey.end(allegation)


@reads(protection.EmergencyOrderMade)
def emergency_order_made(journey: Journey, entry: Entry, body: protection.EmergencyOrderMade) -> None:
    journey.need_open(entry)
    journey.begin("emergency_order")
    tags = {body.order, "extended"} if body.extended else {body.order}
    journey.event("emergencyorder.made", entry.id, frozenset(tags))
