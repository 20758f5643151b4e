"""Promise 7. Each sharing of information records basis, purpose and what was sent; each refusal its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection

from rightplace.common.disclosure.passing import OF_A_CHILD, OF_A_CONCERN
from rightplace.domain.practice.entries import KINDS, body_bytes, kind_named
from rightplace.domain.practice.entries.contact import CheckAnswered, CheckAsked, Level, ReferrerTold, Route
from rightplace.domain.practice.entries.keeping import InformationShared
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.models import Entry, Outbox
from rightplace.services.frontdoor import actions as frontdoor
from rightplace.services.frontdoor import asking, deciding
from rightplace.services.frontdoor.deciding import ChildDecision, Decision, Feedback, decide_contact
from rightplace.services.frontdoor.projections import Check, Contact
from rightplace.testing.organisation import SmallCity, small_city
from tests.telling import after, again, told

pytestmark = [pytest.mark.django_db, pytest.mark.promise]
ASKED = {
    "question": "What do you know of the family?", "basis": "public task", "purpose": "To decide what help is needed",
    "sent": "Ayla Brookfield, 8, 12 Cedar Row",
}  # fmt: skip


@pytest.fixture
def city() -> SmallCity:
    with after(-24):
        return small_city()


@pytest.fixture
def contact(city) -> Contact:
    with after(0):
        return told(city.school)


def said_in(file: int) -> list:
    """The bodies of a file, as they were signed."""
    with reading.folding():
        return [entry.body for entry in reading.entries_of(reading.file_rows([file]))[file]]


def ask(city: SmallCity, contact: Contact, **other: str) -> object:
    with after(1):
        agency = city.police.team.agency_id
        return frontdoor.ask_check(
            contact=contact, agency=agency, by=city.front_door_worker.actor, **(ASKED | other)
        )


def nothing_is_written(act) -> None:
    before = Entry.objects.count(), Outbox.objects.count()
    with pytest.raises(Refused) as why:
        act()
    assert "Promise 7" in why.value.source
    assert (Entry.objects.count(), Outbox.objects.count()) == before


def test_asking_an_agency_records_basis_purpose_and_the_very_words_that_are_sent(city, contact):
    ask(city, contact, family_told="not told", not_told_reason="It could make it worse.")
    asked = next(body for body in said_in(contact.concern) if isinstance(body, CheckAsked))
    assert {name: getattr(asked, name) for name in ASKED} == ASKED
    assert (asked.family_told, asked.not_told_reason) == ("not told", "It could make it worse.")
    row = Check.objects.get(concern=contact.concern)
    assert (row.agency, row.asked_by) == (city.police.team.agency_id, city.front_door_worker.worker.pk)


@pytest.mark.parametrize("left_out", ["basis", "purpose", "sent"])
def test_without_one_of_them_nothing_is_asked_and_nobody_is_told(city, contact, left_out):
    nothing_is_written(lambda: ask(city, contact, **{left_out: "  "}))


def answer(city: SmallCity, contact: Contact, **said: str) -> object:
    with after(2):
        check = Check.objects.get(concern=contact.concern)
        return frontdoor.answer_check(
            check=check, by=city.police.actor, **({"answer": "", "known": "nothing"} | said)
        )


def test_an_agency_that_refuses_to_share_gives_its_reason(city, contact):
    ask(city, contact)
    nothing_is_written(lambda: answer(city, contact, known="refused"))
    answer(city, contact, known="refused", refused_because="A court has forbidden it.")
    assert Check.objects.get(concern=contact.concern).refused
    said = next(body for body in said_in(contact.concern) if isinstance(body, CheckAnswered))
    assert said.refused_because == "A court has forbidden it."


def decision(city: SmallCity, contact: Contact, **shared: str) -> Decision:
    child = ChildDecision(
        file=contact.children[0], level=Level.UNIVERSAL_PLUS, indicators=("parenting.health.unwell",),
        route=Route.ANOTHER_AGENCY, reasons="Housing can help.", alternatives="Advice.", unseen_reason="Seen at school.",
        to_agency=city.housing.team.agency_id,
    )  # fmt: skip
    words = {
        "basis": "consent",
        "purpose": "To help with the flat",
        "sent": "The family needs a dry flat.",
    } | shared
    return Decision(
        children=[child], lawful_basis="public task", family_told="told and agrees",
        feedback=Feedback(outcome="Another agency helps", text="Thank you. Example Homes will help the family."),
        shared=[InformationShared(with_whom="Example Homes", agency=city.housing.team.agency_id, **words)],
    )  # fmt: skip


def decide(city: SmallCity, contact: Contact, chosen: Decision) -> object:
    with after(1):
        return decide_contact(
            contact=again(contact.concern), decision=chosen, by=city.front_door_worker.actor
        )


def test_what_another_agency_is_sent_stands_in_the_childs_file_with_its_basis(city, contact):
    decide(city, contact, decision(city, contact))
    shared = next(body for body in said_in(contact.children[0]) if isinstance(body, InformationShared))
    assert (shared.basis, shared.purpose) == ("consent", "To help with the flat")
    assert shared.sent == "The family needs a dry flat."
    assert shared.with_whom == "Example Homes"


@pytest.mark.parametrize("left_out", ["basis", "purpose", "sent"])
def test_another_agency_is_sent_nothing_without_them(city, contact, left_out):
    nothing_is_written(lambda: decide(city, contact, decision(city, contact, **{left_out: ""})))


def test_what_the_referrer_is_told_is_signed_word_for_word_on_a_named_basis_and_without_our_reasons(
    city, contact
):
    nothing_is_written(lambda: decide(city, contact, replace(decision(city, contact), lawful_basis="")))
    decide(city, contact, decision(city, contact))
    sent = next(body for body in said_in(contact.concern) if isinstance(body, ReferrerTold))
    assert sent.text == "Thank you. Example Homes will help the family."
    assert b"Housing can help" not in body_bytes(sent)


def test_what_was_sent_is_known_word_for_word_afterwards(city, contact):
    """Promised too in trust terms: every sharing can be made again from the record, byte for byte."""
    ask(city, contact)
    decide_after_answer(city, contact)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry WHERE kind IN (23, 158)")
        shared = cursor.fetchone()[0]
    bodies = [b for file in (contact.concern, *contact.children) for b in said_in(file)]
    told_again = [b for b in bodies if isinstance(b, (CheckAsked, InformationShared))]
    assert len(told_again) == shared == 2
    assert all(b.sent and b.basis and b.purpose for b in told_again)


def decide_after_answer(city: SmallCity, contact: Contact) -> None:
    answer(city, contact)
    with after(3):
        decide_contact(
            contact=again(contact.concern), decision=decision(city, contact), by=city.front_door_worker.actor
        )


# every kind of entry ------------------------------------------------------------------------------------------------

BESIDE = {
    "signal.taken_up": "what agencies gave as signals is on the page of what they gave, before any of it is record",
    "contact.read": "the teller is told that it was opened, and nothing of the child",
    "question.read": "the school is told that it was opened, and nothing of a child",
    "check.read": "the agency itself opened it",
    "check.taken": "the agency says who of its own works on it",
    "contact.piloted": "names the agencies of a pilot; what each is asked or told is an entry of its own",
    "contact.decided": "what another agency is sent stands beside it as information.shared",
    "triage.decided": "what the school is told stands beside it as information.shared",
    "assessment.written": "what is to be sent waits for the manager; nothing has left",
    "assessment.authorised": "what another agency is sent stands beside it as information.shared",
    "familysupport.joined": "what a partner is given stands beside it as information.shared",
}
"""Kinds that have to do with another agency and are no sharing themselves: why not."""
OURS = (
    "identity.recorded", "address.recorded", "address.protected", "relationship.recorded", "relationship.ended",
    "person.died", "duplicate.found", "duplicate.settled", "import.taken", "school.recorded",
    "contact.screened", "referral.accepted", "blind.decided", "team.offered", "offer.read", "team.accepted",
    "team.sent_back", "team.placed", "offer.withdrawn", "worker.allocated", "worker.ended", "concern.passed_on", "step.up",
    "step.down", "case.closed", "supervision.decided", "supervision.acted", "time.given", "familysupport.began",
    "familysupport.assessed", "familysupport.ended", "familysupport.answered", "familysupport.led",
    "familysupport.met", "assessment.began", "assessment.reviewed", "assessment.sent_back", "needplan.began",
    "needplan.reviewed", "needplan.ended", "visit.made", "visit.attempted", "enquiry.began", "enquiry.ended",
    "transfer.notified", "conference.held", "protectionplan.began", "protectionplan.category", "coregroup.met",
    "protectionplan.ended", "preproceedings.began", "familymeeting.answered", "court.applied", "court.disposed",
    "preproceedings.ended", "allegation.made", "allegation.concluded", "emergencyorder.made", "care.began",
    "legal.changed", "placement.began", "placement.ended", "careplan.made", "placementplan.made",
    "placement.notified", "care.reviewed", "care.ended", "care.ceasing_approved", "health.assessed",
    "health.sdq", "education.planned", "missing.began", "missing.ended", "returninterview.held",
    "approval.extended", "carer.approved", "privatefostering.known", "privatefostering.ended", "detained.began",
    "leavingcare.began", "leavingcare.assessed", "pathway.planned", "pathway.reviewed",
    "accommodation.provided", "adviser.visited", "leavingcare.ended", "entry.corrected", "entry.withdrawn",
    "doubt.settled", "timescale.excused", "note.written", "form.signed", "person.linked", "person.unlinked",
    "entry.erased",
)  # fmt: skip
"""Kinds that no agency reads or writes here: they stay with us, and what is sent of them is sent by another entry."""
SHARED = {kind.kind for kind in OF_A_CONCERN | OF_A_CHILD}
OF_AGENCIES = {"agency", "agencies", "called", "school", "to_agency", "with_whom", "attended", "sent"}


def unexplained(kinds) -> set[str]:
    """Kinds of which nobody has said whether something passes with them to or from an agency."""
    return {kind.kind for kind in kinds} - SHARED - set(BESIDE) - set(OURS)


def test_of_every_kind_of_entry_it_is_said_whether_it_shares_something():
    assert unexplained(KINDS.values()) == set(), "to the list of sharings, or say why it is none"
    assert not SHARED & set(BESIDE) and not set(OURS) & (SHARED | set(BESIDE))
    for kind in (*SHARED, *BESIDE, *OURS):
        assert kind_named(kind)


def test_no_kind_that_names_an_agency_passes_for_one_that_stays_with_us():
    naming = {k.kind for k in KINDS.values() if OF_AGENCIES & set(k.__struct_fields__)}
    assert naming & set(OURS) <= {"school.recorded", "conference.held"}, (
        "which school a child goes to; a list of roles"
    )


def test_a_kind_that_is_forgotten_is_caught():
    class Sent:
        kind = "parcel.sent"

    assert unexplained([*KINDS.values(), Sent]) == {"parcel.sent"}
    assert "strategy.held" in SHARED and unexplained([kind_named("strategy.held")]) == set()


# what a rule left out would do --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "check"),
    [
        (asking, test_without_one_of_them_nothing_is_asked_and_nobody_is_told),
        (deciding, test_another_agency_is_sent_nothing_without_them),
    ],
)
def test_a_front_door_that_shares_without_asking_why_is_caught(city, contact, monkeypatch, where, check):
    monkeypatch.setattr(where, "accounted_for", lambda basis, purpose, sent: None)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        check(city, contact, "purpose")
