"""A child with the assessment team, whose worker is the social worker. Written straight into the journal; invented."""

from __future__ import annotations

from datetime import date

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.domain.practice.entries import Draft
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
from rightplace.testing.organisation import SmallCity, postcode_in

NIA = IdentityRecorded(given="Nia", family="Harrow", born=date(2016, 2, 1), sex="F")


def child_with(city: SmallCity, child: IdentityRecorded = NIA) -> int:
    """A child told of, accepted as a referral, offered to the assessment team and allocated; gives the file."""
    at, file, contact = from_datetime(clock.now()), new_id(), new_id()
    bodies = [
        child,
        located("12 Cedar Row", postcode_in(1)),
        ContactReceived(team=city.front_door.pk, source="2A", channel="online", saw="Often hungry."),
        ContactDecided(
            contact=contact, level=Level.COMPLEX, indicators=("parenting.health.unwell",), reasons="It goes on.",
            route=Route.ASSESSMENT, alternatives="Advice.", lawful_basis="public task", family_told="told and agrees",
        ),
        ReferralAccepted(contact=contact, source="2A", primary_need="N1", team=city.front_door.pk),
    ]  # fmt: skip
    drafts = [
        Draft(
            file=file,
            body=body,
            day=day_of(at),
            at=at,
            id=contact if isinstance(body, ContactReceived) else 0,
        )
        for body in bodies
    ]
    write(drafts, by=city.front_door_manager.actor, may="contact.decide", opening=[NewFile(file)])
    caseflow.offer_child(
        file=file, team=city.assessment.pk, for_what="assessment", reasons="Of your area.", by=city.front_door_worker.actor
    )  # fmt: skip
    offer = Offer.objects.get(file=file, team=city.assessment.pk, state="open")
    caseflow.accept_child(
        file=file, offer=offer.id, by=city.assessment_manager.actor, worker=city.social_worker.worker.pk
    )
    return file
