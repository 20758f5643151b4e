"""A concern told and worked on in the small city, in one line each: for the promises as they hold in the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import held_at
from rightplace.domain.practice.entries.contact import ContactReceived, Level, Route
from rightplace.domain.practice.entries.identity import IdentityRecorded
from rightplace.domain.practice.timescales import RuleBook
from rightplace.foundation.journal import folding
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.actions import located
from rightplace.services.frontdoor.deciding import ChildDecision, Decision, Feedback, decide_contact
from rightplace.services.frontdoor.intake import ChildTold, Told, raise_concern
from rightplace.services.frontdoor.projections import Contact
from rightplace.testing.organisation import MORNING, Colleague, SmallCity, postcode_in


@contextmanager
def after(hours: float) -> Iterator[datetime]:
    """So many hours after the Tuesday morning at 10:20."""
    moment = MORNING + timedelta(hours=hours)
    with clock.clock_at(moment):
        yield moment


def told(by: Colleague, given: str = "Ayla", family: str = "Brookfield", area: int = 1) -> Contact:
    """A concern of that colleague about one child of an area."""
    identity = IdentityRecorded(given=given, family=family, born=date(2017, 5, 4), sex="F")
    contact = ContactReceived(
        team=0, source="2A", channel="form", agency=by.team.agency_id, saw="Came without a coat again.",
        referrer_name=by.worker.name,
    )  # fmt: skip
    child = ChildTold(identity=identity, address=located("12 Cedar Row", postcode_in(area)))
    receipt = raise_concern(Told(children=[child], contact=contact), by=by.actor)
    return again(receipt.concern)


def again(concern: int) -> Contact:
    """The contact as it stands now."""
    return Contact.objects.get(concern=concern)


def decided(city: SmallCity, contact: Contact, route: Route = Route.ASSESSMENT, **more: str) -> Offer | None:
    """The front door decides; gives the offer that follows, if the route makes one."""
    said = {
        "reasons": "The mother is unwell.",
        "alternatives": "Advice.",
        "unseen_reason": "Seen at school.",
    } | more
    child = ChildDecision(
        file=contact.children[0],
        level=Level.COMPLEX,
        indicators=("parenting.health.unwell",),
        route=route,
        **said,
    )
    decision = Decision(
        children=[child], lawful_basis="public task", family_told="told and agrees",
        feedback=Feedback(outcome="A team will help", text="Thank you. A team will see the family."),
    )  # fmt: skip
    decide_contact(contact=again(contact.concern), decision=decision, by=city.front_door_worker.actor)
    return Offer.objects.filter(file=contact.children[0], state="open").first()


def accepted(city: SmallCity, contact: Contact, *, worker: bool = True) -> int:
    """Decided for an assessment, accepted by the team, with its social worker; gives the child's file."""
    offer = decided(city, contact)
    assert offer is not None
    by = city.assessment_manager.actor
    caseflow.accept_child(
        file=offer.file, offer=offer.pk, by=by, worker=city.social_worker.worker.pk if worker else 0
    )
    return offer.file


def span(file: int) -> Span:
    """Where the child is at this moment."""
    return Span.objects.get(held_at(clock.now()), person=file)


def without_rules(*names: str) -> RuleBook:
    """The packs, with these rules left out: what a promise must not survive."""
    book = folding.rules()
    kept = tuple(rule for rule in book.rules if rule.id not in names)
    return RuleBook(rules=kept, calendars=book.calendars, hours=book.hours, version="broken on purpose")
