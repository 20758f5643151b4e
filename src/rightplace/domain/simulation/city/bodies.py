"""What each event says as an entry: as little as the ordinary rules ask for, and nothing about anybody who lives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from rightplace.domain.practice.entries import Body
from rightplace.domain.practice.entries.assessment import (
    AssessmentAuthorised,
    AssessmentBegan,
    AssessmentSentBack,
    AssessmentWritten,
    NeedPlanBegan,
    NeedPlanEnded,
    VisitAttempted,
    VisitMade,
)
from rightplace.domain.practice.entries.care import CareBegan, CareEnded, CareReviewed
from rightplace.domain.practice.entries.caseflow import (
    CaseClosed,
    ConcernPassedOn,
    SteppedDown,
    SupervisionDecided,
    TeamAccepted,
    TeamOffered,
    TeamPlaced,
    WorkerAllocated,
    WorkerEnded,
)
from rightplace.domain.practice.entries.contact import (
    ContactDecided,
    ContactReceived,
    ContactScreened,
    Grade,
    Level,
    ReferralAccepted,
    Route,
)
from rightplace.domain.practice.entries.familysupport import FamilySupportBegan, FamilySupportEnded
from rightplace.domain.practice.entries.keeping import TimescaleExcused
from rightplace.domain.practice.entries.protection import (
    ConferenceHeld,
    EnquiryBegan,
    EnquiryEnded,
    ProtectionPlanBegan,
    ProtectionPlanEnded,
)
from rightplace.domain.simulation.city.outline import Event, Outline
from rightplace.domain.simulation.names import (
    ASSESSMENT,
    CARE,
    DOOR,
    ENQUIRY,
    FAMILY,
    NEED,
    PROTECTION,
    STAGES,
    SUPPORT,
)
from rightplace.domain.simulation.parameters import PROMISES

BY_THE_MODEL: Final = "Drawn by the capacity model."
ROUTES: Final = {
    DOOR: (Route.NO_FURTHER_ACTION, Level.UNIVERSAL),
    SUPPORT: (Route.FAMILY_SUPPORT, Level.ADDITIONAL),
    ASSESSMENT: (Route.ASSESSMENT, Level.COMPLEX),
    ENQUIRY: (Route.STRATEGY, Level.COMPLEX),
}
SOURCE_CODES: Final = ("6", "2A", "3A", "1A", "8")
"""Police, school, health, family and other, in the codes of the children in need census."""
CLOSED_AS: Final = {
    SUPPORT: "RC7",
    ASSESSMENT: "RC8",
    ENQUIRY: "RC8",
    NEED: "RC7",
    PROTECTION: "RC7",
    CARE: "RC7",
}
CATEGORY: Final = "NEG"
SECTION_20: Final = "V2"


@dataclass(slots=True)
class Told:
    """What one child's file has said so far that later entries name."""

    refs: dict[str, int] = field(default_factory=dict)
    plans: int = 0
    seen: bool = False

    def of(self, name: str) -> int:
        """The entry that stands under a name; nought when there is none."""
        return self.refs.get(name, 0)


Write = Callable[[Outline, Event, Told, Mapping[str, int]], Body]
"""What an entry says, from the family, the event, the child's file, and the numbers of workers and teams it names."""


def _received(outline: Outline, event: Event, told: Told, named: Mapping[str, int]) -> Body:
    told.seen = False
    source = SOURCE_CODES[outline.source]
    professional = outline.source != FAMILY
    return ContactReceived(team=named["team"], source=source, channel="form", professional=professional)


def _decided(outline: Outline, event: Event, told: Told, named: Mapping[str, int]) -> Body:
    route, level = ROUTES[event.about]
    return ContactDecided(
        contact=told.of("contact.received"),
        level=level,
        indicators=(),
        route=route,
        reasons=BY_THE_MODEL,
        alternatives="",
        unseen_reason="" if told.seen else BY_THE_MODEL,
    )


def _referred(outline: Outline, event: Event, told: Told, named: Mapping[str, int]) -> Body:
    at_the_door = told.of("contact.received") if told.of("door") else 0
    return ReferralAccepted(contact=at_the_door, source=SOURCE_CODES[outline.source], team=named["team"])


def _offered(outline: Outline, event: Event, told: Told, named: Mapping[str, int]) -> Body:
    stepped = told.refs.pop("step.down", 0)
    because = stepped if event.about == SUPPORT and not told.of("door") else 0
    return TeamOffered(
        team=named["team"], for_what=STAGES[event.about], reasons=BY_THE_MODEL, because_of=because
    )


def _visited(outline: Outline, event: Event, told: Told, named: Mapping[str, int]) -> Body:
    told.seen = True
    return VisitMade(seen=True)


def _conference(outline: Outline, event: Event, told: Told, named: Mapping[str, int]) -> Body:
    if event.about:
        return ConferenceHeld(form="review", about=told.of("protectionplan.began"))
    return ConferenceHeld(form="initial", about=told.of("enquiry.began"))


def _plan(outline: Outline, event: Event, told: Told, named: Mapping[str, int]) -> Body:
    return ProtectionPlanBegan(category=CATEGORY, conference=told.of("conference.held"))


def _closed(outline: Outline, event: Event, told: Told, named: Mapping[str, int]) -> Body:
    unseen = "" if told.seen else BY_THE_MODEL
    return CaseClosed(reasons=BY_THE_MODEL, closure_reason=CLOSED_AS[event.about], unseen_reason=unseen)


def _written(outline: Outline, event: Event, told: Told, named: Mapping[str, int]) -> Body:
    return AssessmentWritten(
        assessment=told.of("assessment.began"), analysis=BY_THE_MODEL, reasons=BY_THE_MODEL
    )


def _authorised(outline: Outline, event: Event, told: Told, named: Mapping[str, int]) -> Body:
    return AssessmentAuthorised(
        assessment=told.of("assessment.began"), in_need=bool(event.about), reasons=BY_THE_MODEL
    )


WRITTEN: Final[Mapping[str, Write]] = {
    "contact.received": _received,
    "contact.screened": lambda o, e, t, n: ContactScreened(
        contact=t.of("contact.received"), grade=Grade.RED if e.about else Grade.GREEN, reasons=BY_THE_MODEL
    ),
    "contact.decided": _decided,
    "referral.accepted": _referred,
    "step.down": lambda o, e, t, n: SteppedDown(from_part="", to_part=STAGES[SUPPORT], reasons=BY_THE_MODEL),
    "team.offered": _offered,
    "team.accepted": lambda o, e, t, n: TeamAccepted(offer=t.of("team.offered")),
    "concern.passed_on": lambda o, e, t, n: ConcernPassedOn(team=n["team"], reasons=BY_THE_MODEL),
    "team.placed": lambda o, e, t, n: TeamPlaced(team=n["team"], reasons=BY_THE_MODEL),
    "worker.allocated": lambda o, e, t, n: WorkerAllocated(worker=n["whom"]),
    "worker.ended": lambda o, e, t, n: WorkerEnded(worker=n["whom"]),
    "familysupport.began": lambda o, e, t, n: FamilySupportBegan(),
    "familysupport.ended": lambda o, e, t, n: FamilySupportEnded(support=t.of("familysupport.began")),
    "assessment.began": lambda o, e, t, n: AssessmentBegan(referral=t.of("referral.accepted")),
    "assessment.written": _written,
    "assessment.sent_back": lambda o, e, t, n: AssessmentSentBack(
        assessment=t.of("assessment.began"),
        written=t.of("assessment.written"),
        what_is_missing=BY_THE_MODEL,
    ),
    "assessment.authorised": _authorised,
    "enquiry.began": lambda o, e, t, n: EnquiryBegan(),
    "enquiry.ended": lambda o, e, t, n: EnquiryEnded(
        enquiry=t.of("enquiry.began"), conference_needed=bool(e.about), reasons=BY_THE_MODEL
    ),
    "conference.held": _conference,
    "protectionplan.began": _plan,
    "protectionplan.ended": lambda o, e, t, n: ProtectionPlanEnded(plan=t.of("protectionplan.began")),
    "needplan.began": lambda o, e, t, n: NeedPlanBegan(),
    "needplan.ended": lambda o, e, t, n: NeedPlanEnded(plan=t.of("needplan.began")),
    "care.began": lambda o, e, t, n: CareBegan(legal=SECTION_20),
    "care.reviewed": lambda o, e, t, n: CareReviewed(),
    "care.ended": lambda o, e, t, n: CareEnded(),
    "visit.made": _visited,
    "visit.attempted": lambda o, e, t, n: VisitAttempted(),
    "case.closed": _closed,
    "timescale.excused": lambda o, e, t, n: TimescaleExcused(
        rule=PROMISES["promise.assessment"],
        trigger=t.of("referral.accepted"),
        outcome="not_practicable",
        reasons=BY_THE_MODEL,
    ),
    "supervision.decided": lambda o, e, t, n: SupervisionDecided(decision=BY_THE_MODEL),
}
"""By kind. What is not here is of the model alone, as a review that was put off."""
