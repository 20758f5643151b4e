"""The front door's working pages, from the inbox to an offer that a team accepts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import held_at
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.journal.models import Entry, File
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.projections import Duplicate
from rightplace.services.frontdoor.projections import Check
from rightplace.services.frontdoor.tests.telling_staff import AYLA, again, told
from rightplace.testing.organisation import MORNING, SmallCity, sign_in, small_city

pytestmark = pytest.mark.django_db

DECISION = {
    "all-level": "additional",
    "all-indicators": ["parenting.health.unwell"],
    "all-route": "family support team",
    "all-team": "",
    "all-to_agency": "",
    "all-primary_need": "",
    "all-reasons": "The mother is unwell and alone.",
    "all-alternatives": "An assessment; she asks for help herself.",
    "all-dissent": "",
    "all-unseen_reason": "",
    "lawful_basis": "public task",
    "family_told": "told and agrees",
    "family_why": "",
    "text": "",
    "next_steps": "",
    "to_do": "",
    "shared": "",
    "shared_purpose": "",
    "separately": "no",
    "do": "decide",
}


@pytest.fixture
def city() -> SmallCity:
    return small_city()


@pytest.fixture
def at_ten():
    with clock.clock_at(MORNING):
        yield


@pytest.fixture
def worker(city: SmallCity) -> Client:
    return sign_in(Client(), city.front_door_worker)


def at(name: str, *args: int) -> str:
    return reverse(f"frontdoor:{name}", args=args)


def answering(person: int) -> int:
    """The team that answers for a child at this moment."""
    return Span.objects.get(held_at(clock.now()), person=person).team


def test_the_whole_path_from_the_inbox_to_a_team_that_accepts(city: SmallCity, worker: Client):
    with clock.clock_at(MORNING):
        contact = told(city.school)
    with clock.clock_at(MORNING + timedelta(minutes=5)):
        assert "Ayla Brookfield, 8; Joe Brookfield, 5" in worker.get(at("inbox")).content.decode()
        opened = worker.get(at("contact", contact.concern))
        assert opened.status_code == 200
        assert "Came without a coat again." in opened.content.decode()
        assert again(contact).read_by == city.front_door_worker.worker.pk
        graded = worker.post(at("screen", contact.concern), {"grade": "amber", "reasons": "It goes on."})
        assert graded.status_code == 302
        assert again(contact).grade == "amber"
        asked = {
            "agency": city.police.team.agency_id,
            "question": "What do you know?",
            "sent": "Ayla Brookfield, 8",
            "basis": "public task",
            "purpose": "To decide",
            "family_told": "told and agrees",
            "family_why": "",
            "do": "send",
        }
        assert worker.post(at("ask", contact.concern), asked).status_code == 302
    check = Check.objects.get(concern=contact.concern)
    with clock.clock_at(MORNING + timedelta(minutes=20)):
        refused = worker.post(
            at("decide", contact.concern),
            DECISION | {"all-route": "no further action", "all-unseen_reason": "The school sees them daily."},
        )
        said = refused.content.decode()
        assert refused.status_code == 422
        assert "Still open: Have the agency’s answer to the check" in said
        assert at("check", check.pk) in said
        assert "The mother is unwell and alone." in said
        answer = {"known": "nothing", "answer": "", "refused_because": "", "answered_by": "PC Ormond"}
        assert worker.post(at("check", check.pk), answer).status_code == 302
        decided = worker.post(at("decide", contact.concern), DECISION)
        assert decided.status_code == 302, decided.content.decode()
        offers = list(Offer.objects.order_by("id"))
        assert [offer.team for offer in offers] == [city.family_support.pk] * 2
        assert "Area 1 family support" in worker.get(at("contact", contact.concern)).content.decode()
        assert answering(offers[0].person) == city.front_door.pk
    with clock.clock_at(MORNING + timedelta(minutes=40)):
        caseflow.accept_child(file=offers[0].file, offer=offers[0].pk, by=city.family_support_manager.actor)
        assert answering(offers[0].person) == city.family_support.pk


def test_opening_a_contact_is_said_once_and_audited_each_time(city, worker, at_ten):
    contact = told(city.school)
    for _ in range(2):
        worker.get(at("contact", contact.concern))
    assert Entry.objects.filter(file=contact.concern, kind=21).count() == 1
    assert (
        ReadAudit.objects.filter(
            what="contact", files__contains=[contact.concern, contact.children[0]]
        ).count()
        == 2
    )


def test_a_repeat_within_a_week_is_raised_a_grade_and_the_page_says_so(city, worker):
    with clock.clock_at(MORNING - timedelta(days=2)):
        told(city.school, AYLA)
    with clock.clock_at(MORNING):
        contact = told(city.housing, source="4")
        assert "raised by one" in worker.get(at("screen", contact.concern)).content.decode()
        worker.post(at("screen", contact.concern), {"grade": "green", "reasons": "Much the same."})
    assert (again(contact).grade, again(contact).raised) == ("amber", True)


def test_a_possible_same_child_is_compared_and_settled_and_becomes_one(city, worker):
    with clock.clock_at(MORNING - timedelta(days=40)):
        first = told(city.school, AYLA)
        worker.post(
            at("decide", first.concern),
            DECISION | {"all-route": "advice", "all-unseen_reason": "Seen at school each day."},
        )
    with clock.clock_at(MORNING):
        contact = told(city.housing, AYLA, source="4")
        flagged = Duplicate.objects.get(file=contact.children[0])
        page = worker.get(at("same", contact.concern, flagged.entry)).content.decode()
        assert "Why we ask" in page
        closing = DECISION | {"all-route": "no further action", "all-unseen_reason": "Seen at school."}
        refused = worker.post(at("decide", contact.concern), closing)
        assert "This may be the same child as another one we know" in refused.content.decode()
        assert at("same", contact.concern, flagged.entry) in refused.content.decode()
        settled = worker.post(
            at("same", contact.concern, flagged.entry), {"same": "yes", "reasons": "Same birthday."}
        )
        assert settled.status_code == 302
        assert (
            File.objects.filter(id__in=[*first.children, *contact.children])
            .values("person")
            .distinct()
            .count()
            == 1
        )
        assert "Told before, in 12 months (1)" in worker.get(at("contact", contact.concern)).content.decode()
        assert worker.post(at("decide", contact.concern), DECISION).status_code == 302
