"""Starting, writing, authorising and sending back an assessment, one verb each. The journal judges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.actions import Conversation, Step
from rightplace.common.caseflow.queries import accountable_team
from rightplace.common.disclosure.keepingback import keep_addresses_back
from rightplace.domain.practice.entries import Body, Draft
from rightplace.domain.practice.entries.assessment import (
    AssessmentAuthorised,
    AssessmentBegan,
    AssessmentSentBack,
    AssessmentWritten,
    NeedPlanBegan,
)
from rightplace.domain.practice.entries.contact import ReferralAccepted
from rightplace.domain.practice.entries.keeping import InformationShared
from rightplace.domain.practice.journey.refusals import Refused, needs_reasons, refused
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.projections import Happening, Span
from rightplace.foundation.journal.writing import Written, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.services.assessment.projections import Assessment
from rightplace.services.assessment.words import IN_NEED, Outcome

STEPPED_UP_FROM = "5D"
"""The census's source of a referral that came from within the authority's own services."""


def _draft(file: int, body: Body, occasion: int = 0, at: datetime | None = None) -> Draft:
    moment = from_datetime(at or clock.now())
    return Draft(file=file, body=body, day=day_of(moment), at=moment, occasion=occasion)


@transaction.atomic
def start_assessment(
    *, files: Sequence[int], by: Actor, focus: str = "", review_form: str = "", review_by: date | None = None
) -> Written:
    """Start one assessment of these children: one occasion, one entry in the file of each.

    A child who was stepped up came without a contact; the request for services is recorded as of the moment at which
    the team began to answer, since the 45 working days count from there.
    """
    occasion, drafts = new_id(), list[Draft]()
    for file in files:
        if accountable_team(file) != by.team:
            raise refused("not_your_team")
        person = reading.person_of(file) or 0
        if Assessment.objects.filter(person=person, ended__isnull=True).exists():
            raise Refused(
                "This child is being assessed already.", "Open the assessment that there is, and write there."
            )
        drafts += _request_for_services(file, person, by)
        body = AssessmentBegan(focus=focus, review_form=review_form, review_by=review_by)
        drafts.append(_draft(file, body, occasion))
    return write(drafts, by=by, may="assessment.write")


def _request_for_services(file: int, person: int, by: Actor) -> list[Draft]:
    """The referral of a child who has none since the file was opened; nothing where there is one."""
    spans = list(Span.objects.filter(person=person, begins__lte=clock.now()).order_by("begins"))
    opened = spans[-1].opened
    had = Happening.objects.filter(person=person, name="referral.accepted", at__lte=clock.now())
    if had.filter(at__gte=opened).exists() if opened else had.exists():
        return []
    began = spans[-1].begins
    for span in reversed(spans):
        if not span.open or span.team != by.team:
            break
        began = span.begins
    return [_draft(file, ReferralAccepted(source=STEPPED_UP_FROM, team=by.team), at=began)]


def sign_assessment(*, written: Mapping[int, AssessmentWritten], by: Actor) -> Written:
    """Sign what was written of each child, by the number of the assessment. It waits for somebody else's name."""
    rows = Assessment.objects.in_bulk(list(written))
    occasion, drafts = new_id() if len(rows) > 1 else 0, []
    for number, body in written.items():
        require(by, "assessment.write", rows[number])
        drafts.append(_draft(rows[number].file, body, occasion))
    return write(drafts, by=by, may="assessment.write")


def send_back(*, rows: Sequence[Assessment], what_is_missing: str, by: Actor) -> Written:
    """Do not put one's name under it, and say what is missing. The child's clock runs on."""
    _not_by_a_writer(rows, by)
    needs_reasons(what_is_missing)
    occasion = new_id() if len(rows) > 1 else 0
    drafts = [
        _draft(
            row.file,
            AssessmentSentBack(assessment=row.id, written=row.waits, what_is_missing=what_is_missing),
            occasion,
        )
        for row in rows
    ]
    return write(drafts, by=by, may="assessment.authorise")


def _not_by_a_writer(rows: Sequence[Assessment], by: Actor) -> None:
    """Nobody puts a name under their own work, and what is not waiting is not authorised (promise 6)."""
    for row in rows:
        if by.worker in row.writers:
            raise refused("own_work")
        require(by, "assessment.authorise", row)
        if not row.is_waiting:
            raise refused("assessment_not_written")


@dataclass(frozen=True)
class StepDown:
    """The step down with which an assessment ends: to which team, as agreed with it, and the plan that goes along."""

    team: int
    conversation: Conversation
    carried: tuple[str, ...] = ()


@transaction.atomic
def authorise(
    *,
    written: Mapping[Assessment, AssessmentWritten],
    reasons: str,
    by: Actor,
    over_time_reasons: str = "",
    step_down: StepDown | None = None,
) -> Written:
    """Authorise what somebody else wrote, with its decision for each child, in one moment.

    A child in need plan begins at once. Brothers and sisters who step down do so together, in the one conversation
    that both teams had; they are offered, and the team answers until the other accepts.
    """
    rows = list(written)
    _not_by_a_writer(rows, by)
    needs_reasons(reasons)
    if any(row.due and row.due < clock.now() for row in rows) and not over_time_reasons.strip():
        raise Refused(
            "This assessment took longer than its 45 working days.",
            "Write why it took longer.",
            "Working Together: where it takes longer, the reasons are recorded",
        )
    occasion, drafts = new_id() if len(rows) > 1 else 0, []
    for row, said in written.items():
        body = AssessmentAuthorised(
            assessment=row.id, written_by=row.written_by, factors=said.factors, outcome=said.proposes,
            in_need=said.proposes in IN_NEED, reasons=reasons, over_time_reasons=over_time_reasons, written=row.waits,
        )  # fmt: skip
        drafts += [_draft(row.file, body, occasion), *_that_follow(row, said)]
    signed = write(drafts, by=by, may="assessment.authorise")
    down = {row: said for row, said in written.items() if said.proposes == Outcome.EARLY_HELP}
    if down:
        _step_down(down, step_down, by)
    return signed


def _that_follow(row: Assessment, said: AssessmentWritten) -> list[Draft]:
    """What the decision brings about in the same moment."""
    if said.proposes == Outcome.PLAN:
        return [_draft(row.file, NeedPlanBegan(goals=said.goals, visit_every=said.visit_every))]
    if said.proposes == Outcome.OTHER and said.to_agency:
        keep_addresses_back([row.file], said.to_send_for, said.to_send)
        shared = InformationShared(
            with_whom=Agency.objects.get(pk=said.to_agency).name, agency=said.to_agency, basis=said.lawful_basis,
            purpose=said.to_send_for, sent=said.to_send, about=row.id, family_told=said.family_told,
            not_told_reason=said.not_told_reason,
        )  # fmt: skip
        return [_draft(row.file, shared)]
    return []


def _step_down(down: Mapping[Assessment, AssessmentWritten], agreed: StepDown | None, by: Actor) -> None:
    """Offer those who step down to the team with which it was agreed, each for the own reasons, in one act."""
    if agreed is None or not agreed.team:
        raise Refused(
            "A step down is agreed with a family support team, and none is named.",
            "Ring the team; then choose it, and write who spoke for each side and what both agreed.",
            "Promise 1: a hand-over is complete when accepted",
        )
    steps = {
        row.file: Step(
            up=False, from_part="assessment", to_part="family support", team=agreed.team, reasons=said.reasons,
            indicators=said.indicators, conversation=agreed.conversation, carried=agreed.carried,
        )
        for row, said in down.items()
    }  # fmt: skip
    caseflow.step_together(steps=steps, by=by)
