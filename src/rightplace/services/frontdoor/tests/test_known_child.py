"""Whether a child is known is never told at intake: not by the answer, and not by its time."""

from __future__ import annotations

import re
import statistics
import time

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.common.web import steady
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.projections import Duplicate
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.tests.telling_forms import PROFESSIONAL
from rightplace.testing.organisation import MORNING, SmallCity, sign_in, small_city

pytestmark = pytest.mark.django_db
STRANGER = {"children-0-given": "Vesper", "children-0-family": "Quillfeather", "children-1-given": "Odo"}


@pytest.fixture(autouse=True)
def morning():
    with clock.clock_at(MORNING):
        yield


@pytest.fixture
def school(client: Client) -> Client:
    city: SmallCity = small_city()
    raised(sign_in(client, city.police), PROFESSIONAL)
    return sign_in(client, city.school)


def raised(client: Client, typed: dict[str, str]) -> tuple[list[str], float]:
    """Raise a concern; gives every page that was answered, and how long the sending took."""
    form = client.post(reverse("frontdoor:raise")).url
    check = client.post(form, typed | {"do": "check"}).url
    shown = client.get(check).content.decode()
    began = time.perf_counter()
    sent = client.post(check)
    took = time.perf_counter() - began
    receipt = client.get(sent.url).content.decode()
    contact = (
        Contact.objects.exclude(told_by=0)
        .order_by("-entry")
        .get(receipt=re.search(r"number\">([^<]+)<", receipt)[1])
    )  # type: ignore[index]
    follow = client.get(reverse("frontdoor:concern", args=[contact.concern])).content.decode()
    return [shown, receipt, follow], took


def without_what_differs(page: str) -> str:
    """A page without what was typed, its number and its token."""
    page = re.sub(r"(Kaya|Ben|Doyle|Vesper|Odo|Quillfeather)", "X", page)
    page = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "I", page)
    page = re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}", "N", page)
    page = re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", page)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{15,}", "I", page)


def test_no_page_differs_for_a_known_child(school):
    known, _ = raised(school, PROFESSIONAL)
    assert Duplicate.objects.exists(), "the child is known: the front door was told so"
    stranger, _ = raised(school, PROFESSIONAL | STRANGER)
    for one, other in zip(known, stranger, strict=True):
        assert without_what_differs(one) == without_what_differs(other)


def test_the_answer_comes_after_a_whole_step_of_the_clock(school, monkeypatch):
    monkeypatch.setattr(steady, "STEP", 0.3)
    for typed in (PROFESSIONAL, PROFESSIONAL | STRANGER):
        took = raised(school, typed)[1]
        assert 0 <= took % 0.3 < 0.15, took


def test_the_time_does_not_tell_a_known_child(school):
    known, strangers = [], []
    for _ in range(6):
        known.append(raised(school, PROFESSIONAL)[1])
        strangers.append(raised(school, PROFESSIONAL | STRANGER)[1])
    apart = [one - other for one, other in zip(known, strangers, strict=True)]
    assert abs(statistics.median(apart)) < steady.STEP / 2, apart
