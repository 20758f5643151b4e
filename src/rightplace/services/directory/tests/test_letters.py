"""A provider hears that it is asked, and whoever asked that it is answered: by a mail that says nothing of anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from rightplace.domain.practice.entries.directory import Answer
from rightplace.foundation.journal.outbox import deliver_outbox
from rightplace.foundation.organisation import actions, clock
from rightplace.foundation.organisation.models import Membership
from rightplace.services.directory import requests
from rightplace.services.directory.projections import ServiceRequest
from rightplace.services.directory.tests.offering import ASKING, child, directory, family, named
from rightplace.testing.organisation import MORNING, SmallCity, small_city

pytestmark = pytest.mark.django_db
COURSE = "Evening parenting course"
NEVER = ("Ayla", "Brookfield", "parenting", "course", "mother", "twelve", "Josie", "Open Hand")


@pytest.fixture(autouse=True)
def morning():
    with clock.clock_at(MORNING):
        yield


@pytest.fixture
def city() -> SmallCity:
    found = small_city()
    directory()
    return found


def asked(city: SmallCity) -> ServiceRequest:
    written = requests.ask_for_place(
        family=family(city.social_worker, child(city)), service=named(COURSE), asking=ASKING,
        by=city.social_worker.actor,
    )  # fmt: skip
    return ServiceRequest.objects.get(entry=written[0].id)


def mailed() -> list[tuple[str, str]]:
    mail.outbox.clear()
    deliver_outbox()
    assert not [word for m in mail.outbox for word in NEVER if word in m.subject + m.body]
    return [(m.to[0], m.subject) for m in mail.outbox]


def test_the_provider_is_told_that_it_is_asked_and_by_when(city):
    asked(city)
    assert mailed() == [(city.provider.worker.email, "You are asked for a place")]
    assert "Answer by: Tue 10 Mar 2026" in mail.outbox[0].body
    assert "Places asked of you" in mail.outbox[0].body


def test_a_request_that_was_refused_is_mailed_to_nobody(city):
    with pytest.raises(requests.Refused):
        requests.ask_for_place(
            family=family(city.social_worker, child(city)), service=named("Parents’ club"), asking=ASKING,
            by=city.social_worker.actor,
        )  # fmt: skip
    assert mailed() == []


@pytest.mark.parametrize("answer", [Answer.ACCEPTED, Answer.WAITING, Answer.DECLINED])
def test_whoever_asked_is_told_that_there_is_an_answer(city, answer):
    row = asked(city)
    mailed()
    requests.open_request(request=row, by=city.provider.actor)
    assert mailed() == []
    with clock.clock_at(MORNING + timedelta(hours=2)):
        starts = clock.today() if answer is Answer.ACCEPTED else None
        requests.answer_request(
            request=row, answer=answer, by=city.provider.actor, starts=starts, reasons="We begin at twelve."
        )
        told = [(city.social_worker.worker.email, "There is an answer to a place you asked for")]
        assert mailed() == told


def test_the_provider_is_told_that_a_place_is_not_needed_any_more(city):
    row = asked(city)
    mailed()
    with clock.clock_at(MORNING + timedelta(hours=2)):
        requests.withdraw_request(request=row, reasons="They moved.", by=city.social_worker.actor)
        told = [(city.provider.worker.email, "A place you were asked for is not needed any more")]
        assert mailed() == told


def test_who_covers_is_told_and_the_manager_once_the_worker_has_left(city):
    row, worker = asked(city), city.social_worker.worker
    mailed()
    with clock.clock_at(MORNING + timedelta(days=2)):
        Membership.objects.filter(worker=worker).update(ends=clock.today() - timedelta(days=1))
        requests.answer_request(
            request=row, answer=Answer.DECLINED, by=city.provider.actor, reasons="We begin at twelve."
        )
        assert [to for to, _ in mailed()] == [city.assessment_manager.worker.email]


def test_a_cover_is_told_while_the_worker_is_away(city):
    row, covers = asked(city), city.assessment_manager.worker
    mailed()
    actions.record_absence(
        worker=city.social_worker.worker, begins=clock.today(), ends=clock.today() + timedelta(days=9),
        cover=covers, by=city.assessment_manager.actor,
    )  # fmt: skip
    requests.answer_request(
        request=row, answer=Answer.WAITING, by=city.provider.actor, reasons="Third on the list."
    )
    assert [to for to, _ in mailed()] == [covers.email]
