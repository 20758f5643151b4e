"""A child who is offered to a team, for the tests of hand-overs. Written straight into the journal; invented."""

from __future__ import annotations

from datetime import date

from rightplace.common.caseflow import actions
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import held_at
from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.contact import ContactDecided, ContactReceived, Level, Route
from rightplace.domain.practice.entries.identity import IdentityRecorded
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.journal.writing import NewFile, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.testing.organisation import SmallCity


def at_the_front_door(city: SmallCity) -> int:
    """A child whose contact was decided for family support, and who is offered to nobody yet. Gives the file."""
    file, contact, at = new_id(), new_id(), from_datetime(clock.now())
    bodies = (
        IdentityRecorded(given="Ravi", family="Thornbury", born=date(2016, 2, 1)),
        ContactReceived(team=city.front_door.pk, source="2A", channel="online", saw="Often hungry."),
        ContactDecided(
            contact=contact,
            level=Level.ADDITIONAL,
            indicators=("parenting.health.unwell",),
            route=Route.FAMILY_SUPPORT,
            reasons="The mother is unwell.",
            alternatives="Advice.",
            lawful_basis="public task",
            family_told="told and agrees",
        ),
    )
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
    return file


def offered(city: SmallCity, team: Team, file: int = 0) -> Offer:
    """The same child offered to a team by the front door."""
    file = file or at_the_front_door(city)
    actions.offer_child(
        file=file,
        team=team.pk,
        for_what="family support team",
        reasons="Of your area.",
        by=city.front_door_worker.actor,
    )
    return Offer.objects.get(file=file, team=team.pk, state="open")


def now_of(file: int) -> Span:
    """Who answers for the child at this moment."""
    return Span.objects.get(held_at(clock.now()), person=file)
