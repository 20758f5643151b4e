"""A child in the small city, told as it would happen: raised by a school, decided, offered, accepted, visited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.domain.practice.entries import Draft, Label
from rightplace.domain.practice.entries.assessment import VisitMade
from rightplace.domain.practice.entries.contact import ContactReceived, Level, Route
from rightplace.domain.practice.entries.familysupport import FamilySupportBegan
from rightplace.domain.practice.entries.identity import AddressRecorded, IdentityRecorded
from rightplace.domain.practice.entries.keeping import NoteWritten
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal import actions as record
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock
from rightplace.services.frontdoor import deciding
from rightplace.services.frontdoor.intake import ChildTold, Told, raise_concern
from rightplace.services.frontdoor.projections import Contact
from rightplace.testing.organisation import MORNING, SmallCity, postcode_in

RAISED = MORNING - timedelta(days=21)


@dataclass
class Two:
    """Maya, of the family support team, and Jonas, her brother."""

    maya: int
    jonas: int
    concern: int


def told(*children: ChildTold, saw: str = "Came without a coat again.") -> Told:
    contact = ContactReceived(
        team=0, source="2A", channel="online form", saw=saw, wants="Help for the mother", danger_now="no",
        family_told="yes", lawful_basis="public task", professional=True, referrer_name="Ruth Okafor",
    )  # fmt: skip
    return Told(children=children, contact=contact)


def child(given: str, family: str, born: date, place: int = 0, relation: str = "") -> ChildTold:
    return ChildTold(
        identity=IdentityRecorded(given=given, family=family, born=born, sex="F"),
        address=AddressRecorded(line=f"{place + 12} Lark Street", postcode=postcode_in(1, place), area=1),
        relation=relation,
    )


def two_children(city: SmallCity) -> Two:
    """Raised three weeks ago, screened, decided for family support, accepted, allocated, visited once."""
    with clock.clock_at(RAISED):
        raise_concern(
            told(
                child("Maya", "Lindqvist", date(2019, 4, 2)),
                child("Jonas", "Lindqvist", date(2021, 6, 5), relation="brother"),
            ),
            by=city.school.actor,
        )
    contact = Contact.objects.get()
    maya, jonas = contact.children
    with clock.clock_at(RAISED + timedelta(hours=1)):
        decide(city, contact, Route.FAMILY_SUPPORT, city.family_support.pk)
    with clock.clock_at(RAISED + timedelta(hours=3)):
        for file in (maya, jonas):
            offer = Offer.objects.get(file=file)
            caseflow.accept_child(
                file=file, offer=offer.id, by=city.family_support_manager.actor,
                worker=city.family_support_worker.worker.pk if file == maya else 0,
            )  # fmt: skip
        support(maya, city.family_support_worker.actor)
    with clock.clock_at(RAISED + timedelta(days=3)):
        record.record_visit(
            files=(maya,), visit=VisitMade(seen=True, alone=True, where="at school", child_said="I like drawing."),
            by=city.family_support_worker.actor, happened=clock.now() - timedelta(hours=2),
        )  # fmt: skip
    return Two(maya, jonas, contact.concern)


def support(file: int, by: Actor) -> None:
    """Family support begins: an assessment is due."""
    at = from_datetime(clock.now())
    write(
        [Draft(file=file, body=FamilySupportBegan(agreed_by="mother"), day=day_of(at), at=at)],
        by=by,
        may="note.write",
    )


def decide(city: SmallCity, contact: Contact, route: Route, team: int = 0) -> None:
    """The front door decides for every child alike."""
    parts = [
        deciding.ChildDecision(
            file=file, level=Level.ADDITIONAL, indicators=("sample",), route=route, reasons="Help can mend it",
            alternatives="Advice to the school", team=team,
        )
        for file in contact.children
    ]  # fmt: skip
    decision = deciding.Decision(
        children=parts, lawful_basis="public task", family_told="yes",
        feedback=deciding.Feedback(outcome="family support", text="A family support team will ring the mother."),
    )  # fmt: skip
    deciding.decide_contact(contact=contact, decision=decision, by=city.front_door_worker.actor)


def labelled_note(file: int, words: str, by: object, label: Label = Label.ALLEGATION) -> int:
    """A note that not everybody may read."""
    at = from_datetime(clock.now())
    draft = Draft(file=file, body=NoteWritten(text=words), day=day_of(at), at=at, label=int(label))
    return write([draft], by=by, may="note.write")[0].id  # type: ignore[arg-type]


def at(days: int) -> datetime:
    return MORNING + timedelta(days=days)


__all__ = ["RAISED", "Two", "at", "child", "decide", "labelled_note", "told", "two_children"]
