"""Choosing whom to be exists in the demonstration alone: its mode, its marker, this machine."""

from __future__ import annotations

import pytest
from django.test import Client

from rightplace.demo import examples
from rightplace.demo.material.strip import strip
from rightplace.domain.practice.need import sample_pack
from rightplace.foundation.access.models import DemoMarker
from rightplace.foundation.organisation import clock
from rightplace.testing.organisation import MORNING, small_city

pytestmark = pytest.mark.django_db
PAGES = ("/demo/", "/demo/roles/", "/demo/after/")


@pytest.fixture
def client() -> Client:
    """A browser on this machine."""
    return Client(headers={"host": "127.0.0.1"})


@pytest.fixture
def city():
    with clock.clock_at(MORNING):
        yield small_city()


@pytest.fixture
def marked(settings, city):
    settings.DEMO = True
    DemoMarker.objects.create(id=1, seeded_at=MORNING)
    return city


@pytest.mark.parametrize("page", PAGES)
def test_outside_the_demonstration_there_is_no_such_page(client: Client, city, page):
    assert client.get(page).status_code == 404


def test_without_the_marker_nobody_can_be_chosen(client: Client, settings, city):
    settings.DEMO = True
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/be/", {"membership": city.director.membership.pk}).status_code == 404


def test_from_another_machine_nobody_can_be_chosen(client: Client, marked):
    chosen = {"membership": marked.director.membership.pk}
    assert client.post("/demo/be/", chosen, REMOTE_ADDR="203.0.113.7").status_code == 404
    assert client.post("/demo/be/", chosen, HTTP_X_FORWARDED_FOR="203.0.113.7").status_code == 404
    assert client.post("/demo/be/", chosen, headers={"host": "rightplace.example"}).status_code in (400, 404)


def test_whoever_is_chosen_acts_from_then_on_without_a_second_factor(client: Client, marked):
    answered = client.post("/demo/be/", {"membership": marked.director.membership.pk, "next": "/leadership/"})
    assert (answered.status_code, answered["Location"]) == (302, "/leadership/")
    page = client.get("/leadership/")
    assert page.status_code == 200
    assert "Alun Prosser" in page.content.decode()


def test_nobody_is_sent_to_another_site(client: Client, marked):
    answered = client.post(
        "/demo/be/", {"membership": marked.director.membership.pk, "next": "https://elsewhere.example/"}
    )
    assert answered["Location"] == "/"


@pytest.mark.parametrize("number", ["0", "", "x", "99999999999"])
def test_nobody_that_is_not_there_can_be_chosen(client: Client, marked, number):
    assert client.post("/demo/be/", {"membership": number}).status_code == 404


def test_roles_lists_somebody_of_each_role(client: Client, marked):
    page = client.get("/demo/roles/").content.decode()
    for person in (marked.police, marked.social_worker, marked.lead_member, marked.administrator):
        assert person.worker.name in page


def test_the_example_of_each_form_is_what_the_form_takes():
    indicators = {each.id for each in sample_pack().indicators}
    for form in ("first_try", "decide"):
        assert set(strip().forms[form].get("indicators", ())) <= indicators
    assert examples.concern()["children-1-given"] == ["Jude"]
    assert [which for which, _ in examples.offered("frontdoor:decide")] == ["advice", "1"]
    assert examples.offered("desk:story") == ()


def test_the_first_page_offers_those_around_the_story_who_are_there(client: Client, marked):
    page = client.get("/demo/").content.decode()
    assert "work begins where the story ends" in page
    assert f"Be {marked.administrator.worker.name}" in page
    assert "Provider" in page
