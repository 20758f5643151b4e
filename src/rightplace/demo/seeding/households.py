"""Families of the story's area whom the assessment team has: told, decided, accepted, allocated. All invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.demo.city.tellers import as_told
from rightplace.demo.material.strip import strip
from rightplace.domain.practice.entries.contact import ContactReceived, Grade, Level, Route
from rightplace.domain.practice.entries.identity import IdentityRecorded
from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, Membership, Team
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.people.actions import located
from rightplace.services.frontdoor import actions as frontdoor
from rightplace.services.frontdoor.deciding import ChildDecision, Decision, Feedback, decide_contact
from rightplace.services.frontdoor.intake import ChildTold, Told, raise_concern
from rightplace.services.frontdoor.projections import Contact


@dataclass(frozen=True)
class Cast:
    """Those of the story who have to do with these families."""

    school: Actor
    door: Actor
    manager: Actor
    worker: Actor
    police: Actor
    health: Actor
    support: Team

    @classmethod
    def of_the_story(cls) -> Cast:
        """The people of the guided story, the manager of its assessment team, and a colleague of health."""
        worker = _named("social_worker")
        members = Membership.objects.select_related("worker", "team")
        manager = members.filter(team_id=worker.team, role=RoleCode.TEAM_MANAGER).order_by("id").first()
        partners = members.filter(role=RoleCode.PROFESSIONAL_REFERRER, team__agency__kind=Agency.Kind.HEALTH)
        health = partners.order_by("id").first()
        support = Team.objects.get(pk=_named("family_support_manager").team)
        if manager is None or health is None:
            raise LookupError("the demonstration has no manager of the assessment team, or nobody of health")
        return cls(
            _named("school"), _named("front_door_worker"), actor_of(manager), worker, _named("police"),
            actor_of(health), support,
        )  # fmt: skip


def _named(key: str) -> Actor:
    person = strip().person(key)
    found = Membership.objects.select_related("worker", "team").filter(
        worker__name=person.name, role=RoleCode[person.role]
    )
    return actor_of(found.order_by("id")[0])


def child(given: str, family: str, born: date, sex: str) -> IdentityRecorded:
    """Who a child is."""
    return IdentityRecorded(given=given, family=family, born=born, sex=sex)


@contextmanager
def at(day: date, hour: int, minute: int = 0) -> Iterator[datetime]:
    """A moment of the past, at which something is written."""
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=strip().starts.tzinfo)
    with clock.clock_at(moment):
        yield moment


def with_the_team(
    cast: Cast, told_on: date, saw: str, home: str, *children: IdentityRecorded, hour: int = 9
) -> list[int]:
    """A school tells, the front door decides for an assessment within the hour, the team accepts. Gives the files."""
    address = located(home, strip().family.postcode)
    with at(told_on, hour):
        told = ContactReceived(
            team=0, source="2A", channel="online", agency=cast.school.agency, saw=saw, wants="Somebody to look into it.",
            referrer_name=cast.school.name, referrer_role="Designated safeguarding lead", family_told="yes",
            danger_now="no", answers=as_told(children),
        )  # fmt: skip
        each = [ChildTold(identity=child, address=address) for child in children]
        receipt = raise_concern(Told(children=each, contact=told), by=cast.school)
    with at(told_on, hour, 12):
        contact = Contact.objects.get(concern=receipt.concern)
        frontdoor.open_contact(contact=contact, by=cast.door)
        frontdoor.screen(
            contact=contact, grade=Grade.AMBER, reasons="It goes on and gets worse.", by=cast.door
        )
    with at(told_on, hour, 25):
        _decide(Contact.objects.get(concern=receipt.concern), cast)
    files = list(contact.children)
    with at(told_on, hour, 40):
        for file in files:
            offer = Offer.objects.get(file=file, state="open")
            if offer.team != cast.worker.team:
                raise LookupError("the story's area is not that of its assessment team")
            caseflow.accept_child(file=file, offer=offer.id, by=cast.manager, worker=cast.worker.worker)
    return files


def _decide(contact: Contact, cast: Cast) -> None:
    children = [
        ChildDecision(
            file=file, level=Level.COMPLEX, indicators=("parenting.health.unwell",), route=Route.ASSESSMENT,
            reasons="What the school tells has gone on for weeks, and help from the school alone has not changed it.",
            alternatives="Family support: the family has not answered them.", primary_need="N1",
        )
        for file in contact.children
    ]  # fmt: skip
    decision = Decision(
        children=children, lawful_basis="public task", family_told="told and agrees",
        feedback=Feedback(outcome="assessment", text="A social work team has been asked to look at what the family needs."),
    )  # fmt: skip
    decide_contact(contact=contact, decision=decision, by=cast.door)


def today() -> date:
    """The day on which the demonstration starts."""
    return strip().starts.date()


def yesterday() -> date:
    """The working day before: the story starts on a Tuesday."""
    return today() - timedelta(days=1)
