"""Children with an assessment team, for the tests of assessment. Written straight into the journal; invented."""

from __future__ import annotations

from datetime import date, timedelta

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.assessment import AssessmentWritten
from rightplace.domain.practice.entries.contact import (
    ContactDecided,
    ContactReceived,
    Level,
    ReferralAccepted,
    Route,
)
from rightplace.domain.practice.entries.identity import IdentityRecorded
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.journal.writing import NewFile, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.actions import located
from rightplace.services.assessment import actions
from rightplace.services.assessment.projections import Assessment
from rightplace.testing.organisation import Colleague, SmallCity, postcode_in

NIA = IdentityRecorded(given="Nia", family="Harrow", born=date(2016, 2, 1), sex="F")
TOM = IdentityRecorded(given="Tom", family="Harrow", born=date(2019, 6, 9), sex="M")


def later(**by: int) -> None:
    """Some time goes by: what is written at one instant is ordered by its rank, not by who was first."""
    now = clock.now() + timedelta(**(by or {"minutes": 5}))
    clock.set_clock(lambda: now)


def at_the_front_door(city: SmallCity, *children: IdentityRecorded, referred: bool = True) -> list[int]:
    """Children told of together and decided, each in a file of their own; with a referral or for family support."""
    at, occasion = from_datetime(clock.now()), new_id()
    files, drafts = [], []
    for child in children:
        file, contact = new_id(), new_id()
        files.append(file)
        bodies = [
            child,
            located("12 Cedar Row", postcode_in(1)),
            ContactReceived(team=city.front_door.pk, source="2A", channel="online", saw="Often hungry."),
            ContactDecided(
                contact=contact, level=Level.COMPLEX, indicators=("parenting.health.unwell",), reasons="It goes on.",
                route=Route.ASSESSMENT if referred else Route.FAMILY_SUPPORT, alternatives="Advice.",
                lawful_basis="public task", family_told="told and agrees",
            ),
        ]  # fmt: skip
        if referred:
            bodies.append(
                ReferralAccepted(contact=contact, source="2A", primary_need="N1", team=city.front_door.pk)
            )
        for body in bodies:
            told = isinstance(body, ContactReceived)
            drafts.append(
                Draft(file=file, body=body, day=day_of(at), at=at, id=contact if told else 0,
                      occasion=occasion if told else 0)
            )  # fmt: skip
    write(drafts, by=city.front_door_manager.actor, may="contact.decide", opening=[NewFile(f) for f in files])
    return files


def accepted(file: int, by: Colleague, worker: Colleague | None = None) -> None:
    """The child is offered to that manager's team, and the manager accepts."""
    offer = Offer.objects.get(file=file, team=by.team.pk, state="open")
    caseflow.accept_child(file=file, offer=offer.id, by=by.actor, worker=worker.worker.pk if worker else 0)


def with_the_team(city: SmallCity, *children: IdentityRecorded) -> list[int]:
    """Children whom the assessment team of area 1 has, with the social worker as worker."""
    files = at_the_front_door(city, *(children or (NIA,)))
    for file in files:
        caseflow.offer_child(
            file=file, team=city.assessment.pk, for_what="assessment", reasons="Of your area.",
            by=city.front_door_worker.actor,
        )  # fmt: skip
        accepted(file, city.assessment_manager, city.social_worker)
    return files


def stepped_up(city: SmallCity) -> int:
    """A child whom family support stepped up to the assessment team, without a referral of its own."""
    (file,) = at_the_front_door(city, NIA, referred=False)
    caseflow.offer_child(
        file=file, team=city.family_support.pk, for_what="family support", reasons="Of your area.",
        by=city.front_door_worker.actor,
    )  # fmt: skip
    accepted(file, city.family_support_manager)
    later()
    step = caseflow.Step(
        up=True, from_part="family support", to_part="assessment", team=city.assessment.pk,
        reasons="It is more than help.", indicators=("parenting.health.unwell",), conversation=spoken(),
    )  # fmt: skip
    caseflow.step_children(files=[file], step=step, by=city.family_support_manager.actor)
    return file


def spoken() -> caseflow.Conversation:
    """The conversation in which two teams agreed on a step."""
    return caseflow.Conversation(
        ("Of the team that gives", "Of the team that takes"), clock.today(), "We go together at four."
    )


def down_to(city: SmallCity) -> actions.StepDown:
    """The step down that was agreed with the family support team of area 1."""
    return actions.StepDown(city.family_support.pk, spoken(), ("Somebody cooks every evening",))


def begun(city: SmallCity, *files: int) -> list[Assessment]:
    """The assessments of these children, begun by the social worker."""
    actions.start_assessment(files=files, focus="Is there food?", by=city.social_worker.actor)
    return [again(Assessment.objects.get(file=file, ended__isnull=True)) for file in files]


def again(row: Assessment) -> Assessment:
    """The row as it stands now."""
    return Assessment.objects.get(id=row.id)


def words_of(row: Assessment, proposes: str = "cin_plan", **more: object) -> AssessmentWritten:
    """What the social worker writes of a child."""
    said: dict[str, object] = {
        "assessment": row.id, "development": "Grows well.", "parenting": "Warm, and tired.",
        "environment": "Two rooms.", "child_words": "I cook when mum sleeps.", "child_wishes": "That mum is well.",
        "family_view": "They want help.", "analysis": "The child carries too much.", "level": "complex/significant",
        "indicators": ("parenting.health.unwell",), "proposes": proposes, "reasons": "Nobody else cooks.",
        "goals": ("Somebody cooks every evening",), "factors": ("4B",), **more,
    }  # fmt: skip
    return AssessmentWritten(**said)  # type: ignore[arg-type]


def waiting(city: SmallCity, proposes: str = "cin_plan", by: Colleague | None = None) -> Assessment:
    """An assessment that was written and waits for a name."""
    (row,) = begun(city, *with_the_team(city))
    later()
    actions.sign_assessment(written={row.id: words_of(row, proposes)}, by=(by or city.social_worker).actor)
    return again(row)
