"""A front door worker takes a concern by telephone: search first, then into the child's own file."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.access.reach import restrict
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.projections import Person
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.tests.telling_forms import CALL
from rightplace.services.frontdoor.tests.telling_staff import told
from rightplace.testing.organisation import MORNING, SmallCity, sign_in, small_city

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with clock.clock_at(MORNING):
        yield


@pytest.fixture
def city() -> SmallCity:
    return small_city()


@pytest.fixture
def worker(client: Client, city: SmallCity) -> Client:
    return sign_in(client, city.front_door_worker)


def begin(client: Client, child: int, words: str = "Ayla Brookfield", **more: str) -> str:
    answer = client.post(reverse("frontdoor:telephone-begin"), {"child": child, "words": words, **more})
    assert answer.status_code == 302
    return answer.url


def take(client: Client, form: str, **other: str) -> Contact:
    answer = client.post(form, CALL | {"do": "send"} | other)
    assert answer.status_code == 302, answer.content.decode()
    assert client.get(answer.url).status_code == 200
    return Contact.objects.order_by("-concern").filter(channel="telephone").latest("received")


def test_the_search_stands_before_the_form_and_is_audited(worker, city):
    told(city.school)
    page = worker.post(reverse("frontdoor:telephone"), {"words": "Ayla Brookfield"}).content.decode()
    assert "Ayla Brookfield" in page and "None of these" in page
    assert ReadAudit.objects.filter(what="search", worker=city.front_door_worker.worker.pk, found=1).exists()
    nobody = worker.post(reverse("frontdoor:telephone"), {"words": "Zebedee Quux"}).content.decode()
    assert "Nobody was found" in nobody


def test_a_child_who_was_found_keeps_its_own_file(worker, city):
    known = told(city.school).children[0]
    form = begin(worker, known)
    assert "Ayla Brookfield" in worker.get(form).content.decode()
    contact = take(worker, form)
    assert contact.children == [known] and contact.told_by == city.front_door_worker.worker.pk
    assert Person.objects.count() == 2, "nobody was made anew"


def test_none_of_these_begins_with_the_words_of_the_search(worker, city):
    form = begin(worker, 0, "Zoe Marchbanks 4/5/2019")
    page = worker.get(form).content.decode()
    assert 'value="Zoe"' in page and 'value="Marchbanks"' in page and 'value="2019"' in page
    contact = take(worker, form, **{"children-0-given": "Zoe", "children-0-family": "Marchbanks"})
    assert Person.objects.get(person__in=contact.children).name == "Zoe Marchbanks"
    assert contact.anonymous and not contact.professional


def test_a_second_child_is_searched_for_too(worker, city):
    known = told(city.school).children
    form = begin(worker, known[0])
    again = worker.post(form, CALL | {"do": "search-child"})
    draft = form.rstrip("/").rpartition("/")[2]
    assert again.url == f"{reverse('frontdoor:telephone')}?draft={draft}"
    assert begin(worker, known[1], draft=draft) == form
    assert sorted(take(worker, form).children) == sorted(known)


def test_a_child_that_is_hidden_from_the_worker_cannot_be_chosen(worker, city):
    known = told(city.school).children[0]
    restrict(
        file=known, kind=1, reason="A relative works here.", may_open=[city.head_of_service.worker.pk],
        by=city.head_of_service.actor,
    )  # fmt: skip
    where = reverse("frontdoor:telephone-begin")
    assert worker.post(where, {"child": known, "words": ""}).status_code == 404
    assert worker.post(where, {"child": 987654321, "words": ""}).status_code == 404


def test_nobody_posts_a_child_into_a_form_past_the_search(worker, city):
    known = told(city.school).children[0]
    contact = take(worker, begin(worker, 0), **{"children-0-given": "New", "children-0-file": str(known)})
    assert known not in contact.children


def test_a_professional_caller_says_so(worker, city):
    contact = take(
        worker, begin(worker, 0), source="3B", caller_name="Marta Quill", **{"children-0-given": "New"}
    )
    assert contact.professional and not contact.anonymous and contact.source == "3B"


def test_what_is_missing_is_said_and_what_is_typed_stays(worker, city):
    answer = worker.post(begin(worker, 0, "Zoe"), {"saw": "Crying", "do": "send"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Choose who calls" in page and "Crying</textarea>" in page


def test_only_the_front_door_takes_calls(client, city):
    for person, code in ((city.school, 404), (city.social_worker, 404), (city.night_worker, 200)):
        assert sign_in(client, person).get(reverse("frontdoor:telephone")).status_code == code
