"""A protected address never goes to a provider: refused with the reason, and nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.identity import ProtectedAddressRecorded
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.journal import actions as journal
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock
from rightplace.services.directory import requests
from rightplace.services.directory.projections import ServiceRequest
from rightplace.services.directory.tests.offering import ASKING, child, directory, family, named, siblings
from rightplace.testing.organisation import MORNING, SmallCity, sign_in, small_city

pytestmark = pytest.mark.django_db
COURSE = "Evening parenting course"
HIDDEN = ProtectedAddressRecorded(line="17 Zqvex Lane", postcode="B17 9QX", reason="Danger.")


@pytest.fixture(autouse=True)
def morning():
    with clock.clock_at(MORNING):
        yield


@pytest.fixture
def city() -> SmallCity:
    found = small_city()
    directory()
    return found


def hide(city: SmallCity, file: int, body: ProtectedAddressRecorded = HIDDEN) -> int:
    at = from_datetime(clock.now())
    draft = Draft(file=file, body=body, day=day_of(at), at=at)
    return write([draft], by=city.assessment_manager.actor, may="note.write")[0].id


def ask(city: SmallCity, file: int, **said: str) -> None:
    requests.ask_for_place(
        family=family(city.social_worker, file), service=named(COURSE), asking=replace(ASKING, **said),
        by=city.social_worker.actor,
    )  # fmt: skip


@pytest.mark.parametrize("field", ["sent", "need", "purpose", "agreed_by"])
def test_every_word_that_the_provider_reads_is_looked_at(city, field):
    file = child(city)
    hide(city, file)
    with pytest.raises(Refused) as why:
        ask(city, file, **{field: "The mother, at 17 zqvex ln"})
    assert "protected address" in why.value.because and "telephone" in why.value.instead
    assert "zqvex" not in (why.value.because + why.value.instead).lower()
    assert not ServiceRequest.objects.exists()


def test_the_address_of_a_brother_at_home_is_held_back_too(city):
    ayla, joe = siblings(city, city.social_worker)
    hide(city, joe)
    with pytest.raises(Refused):
        ask(city, ayla, sent="Ayla (8), B17 9QX")


def test_the_last_saying_counts_and_what_was_misread_is_no_secret(city):
    file = child(city)
    first = hide(city, file)
    journal.correct_entry(
        file=file, entry=first, seen=first, said=ProtectedAddressRecorded(line="9 Qvorn Street"),
        day=clock.today().toordinal(), at=from_datetime(clock.now()), reasons="Misread.", by=city.assessment_manager.actor,
    )  # fmt: skip
    with pytest.raises(Refused):
        ask(city, file, sent="Near Qvorn St")
    ask(city, file, sent="Near Zqvex Lane")


def test_words_that_name_no_protected_address_are_sent(city):
    file = child(city)
    hide(city, file)
    ask(city, file)
    row = ServiceRequest.objects.get()
    with pytest.raises(Refused), clock.clock_at(MORNING + timedelta(hours=1)):
        requests.withdraw_request(request=row, reasons="Moved to 17 Zqvex Lane", by=city.social_worker.actor)


@pytest.mark.parametrize("do", ["look", "send"])
def test_the_page_says_why_and_keeps_every_word(city, do):
    file = child(city)
    hide(city, file)
    typed = {"need": "A course", "sent": "Ayla (8), lives in Zqvex Lane; ring her mother.", "basis": "consent",
             "purpose": "To find a place", "agreed_by": "the mother", "do": do}  # fmt: skip
    typed["seen"] = "\n".join(str(typed[name]) for name in ("need", "sent", "basis", "purpose", "agreed_by"))
    answer = sign_in(Client(), city.social_worker).post(
        reverse("directory:ask", args=[file, named(COURSE).pk]), typed
    )
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "names a protected address of this family" in page and typed["sent"] in page
    assert "will see exactly this" not in page and not ServiceRequest.objects.exists()
