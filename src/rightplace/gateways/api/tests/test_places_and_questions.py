"""A provider's system answers for places, a school's reads its answers; neither sees another's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rightplace.domain.practice.entries.questions import ComesNext, Topic
from rightplace.foundation.journal.outbox import deliver_outbox
from rightplace.foundation.organisation.models import School
from rightplace.gateways.api.models import Delivery, Webhook
from rightplace.gateways.api.tests.telling import System
from rightplace.services.directory import requests as places
from rightplace.services.directory.projections import ServiceRequest
from rightplace.services.directory.tests.offering import ASKING, child, directory, family, named
from rightplace.services.schools import actions
from rightplace.services.schools.projections import Question
from rightplace.testing.organisation import MORNING

pytestmark = pytest.mark.django_db


def listening(city, agency, event: str) -> None:
    Webhook.objects.create(
        agency=agency, address="https://partner.example/", events=[event], begins=MORNING,
        made_by=city.administrator.worker,
    )  # fmt: skip


@pytest.fixture
def asked(city) -> ServiceRequest:
    directory()
    listening(city, city.provider.team.agency, "request.made")
    own = family(city.social_worker, child(city))
    places.ask_for_place(
        family=own, service=named("Evening parenting course"), asking=ASKING, by=city.social_worker.actor
    )
    return ServiceRequest.objects.get()


@pytest.fixture
def provider(city) -> System:
    return System(city.provider, "requests:read", "requests:answer")


def test_a_place_is_asked_for_told_and_given_once(provider, asked):
    deliver_outbox()
    told = Delivery.objects.get()
    assert (told.event, told.number) == ("request.made", str(asked.entry))
    (line,) = provider.ask("requests").json()["requests"]
    assert line["request"] == told.link and b"Ayla" not in provider.ask("requests").content
    whole = provider.client.get(told.link).json()
    assert (whole["sent"], whole["agreed_by"]) == (ASKING.sent, ASKING.agreed_by)
    path = f"requests/{asked.entry}/answer"
    place = {"sender_id": "p1", "answer": "accepted", "starts": str(MORNING.date() + timedelta(days=7))}
    assert [provider.give(path, place).status_code for _ in range(2)] == [201, 200]
    assert provider.give(path, place | {"answer": "waiting"}).status_code == 409
    assert (
        ServiceRequest.objects.get().answer == "accepted"
        and provider.ask("requests").json()["requests"] == []
    )


@pytest.mark.parametrize("wrong", [{"answer": "accepted"}, {"answer": "declined"}, {"answer": "perhaps"}, {}])
def test_an_answer_that_is_not_whole_writes_nothing(provider, asked, wrong):
    assert provider.give(f"requests/{asked.entry}/answer", {"sender_id": "p"} | wrong).status_code == 422
    assert ServiceRequest.objects.get().answered is None


def test_anothers_request_is_not_there(city, asked):
    token = System(city.health, "requests:read", "requests:answer")
    assert token.ask(f"requests/{asked.entry}").content == token.ask("requests/1").content
    assert (
        token.give(f"requests/{asked.entry}/answer", {"sender_id": "p", "answer": "waiting"}).status_code
        == 404
    )
    assert token.ask("requests").json()["requests"] == []


def test_a_school_reads_what_it_was_answered_and_another_school_does_not(city):
    school = School.objects.get(pk=city.school.team.agency_id)
    listening(city, city.school.team.agency, "question.answered")
    concern = actions.ask(
        school=school, topic=Topic.FAMILY, question="Who helps with sleep?", by=city.school.actor
    )
    system = System(city.school, "questions:read")
    assert system.ask(f"questions/{concern}").json()["answer"] == ""
    actions.answer(
        question=Question.objects.get(), text="The children's centre, on Mondays.", comes_next=ComesNext.NOTHING,
        by=city.family_support_manager.actor,
    )  # fmt: skip
    deliver_outbox()
    whole = system.client.get(Delivery.objects.get(event="question.answered").link).json()
    assert (whole["words"], whole["answer"]) == (
        "Who helps with sleep?",
        "The children's centre, on Mondays.",
    )
    assert [each["number"] for each in system.ask("questions").json()["questions"]] == [str(concern)]
    other = System(city.other_school, "questions:read")
    assert (
        other.ask(f"questions/{concern}").status_code == 404
        and other.ask("questions").json()["questions"] == []
    )
