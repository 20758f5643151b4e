"""A voluntary provider's whole job: what waits, whom it is for, yes, no with a reason, the list, a place given back; its
places, a service that is new and one that is closed for a time; and a concern of its own. On a phone and at a desk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from rightplace.services.directory import requests
from rightplace.services.directory.families import family_of
from rightplace.services.directory.models import Service
from rightplace.services.directory.prefilled import least_to_send
from rightplace.services.directory.tests.offering import directory, named, siblings
from rightplace.testing.browsers import DESK, PHONE
from rightplace.testing.organisation import SmallCity, small_city
from rightplace.testing.stories import Hand

Look = Callable[..., None]


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    """Two brothers and sisters for whom a worker has asked places."""
    with django_db_blocker.unblock():
        found = small_city()
        directory()
        for child in siblings(found, found.social_worker):
            family = family_of(found.social_worker.actor, child)
            asking = requests.Asking(
                need="A parenting course", sent=least_to_send(family, found.social_worker.actor), basis="consent",
                purpose="To find out whether there is a place", agreed_by="The mother, at home",
            )  # fmt: skip
            requests.ask_for_place(
                family=family,
                service=named("Evening parenting course"),
                asking=asking,
                by=found.social_worker.actor,
            )
        yield found


def test_a_provider_answers_keeps_its_places_and_closes_a_service(hand, city, as_, looked_at):
    hand.moves(hours=1)
    page = as_(city.provider, PHONE)
    page.goto("/our-page/", timeout=60_000)  # the first page of a process reads every rule and template
    expect(page.get_by_role("link", name="Say whether there is a place")).to_have_count(2)
    looked_at(page, "provider-home", "Open Hand Families")
    _says_yes(page, looked_at)
    _puts_on_the_list(page)
    _takes_a_place_back(page)
    page.set_viewport_size(DESK)
    _says_how_many_places(page, looked_at)
    _adds_a_service(page, looked_at)
    _closes_it_for_a_time(page, looked_at)


def _says_yes(page: Page, looked_at: Look) -> None:
    page.goto("/places/")
    expect(page.get_by_role("link", name="Ayla (8)")).to_be_visible()
    assert "Brookfield" not in page.content()
    looked_at(page, "provider-desk", "Places asked of you")
    page.get_by_role("link", name="Ayla (8)").click()
    page.get_by_label("Yes, there is a place").check()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("link", name="Say from when the child can come.")).to_be_visible()
    for part, value in (("Day", "16"), ("Month", "3"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("to arrange the first time.")).to_be_visible()
    expect(
        page.get_by_role("region", name="Who has a place").get_by_role("link", name="Ayla (8)")
    ).to_be_visible()


def _puts_on_the_list(page: Page) -> None:
    page.get_by_role("table").first.get_by_role("link").first.click()
    page.get_by_label("Not now: on our waiting list").check()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("link", name="Say how long the list is")).to_be_visible()
    page.get_by_label("If no, or on the list: why?").fill("Second on the list; after Easter.")
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_role("region", name="On your waiting list").get_by_role("link").click()
    expect(page.get_by_text("A place has come free")).to_be_visible()
    page.get_by_label("No, we cannot").check()
    page.get_by_label("If no, or on the list: why?").fill("The course is for older children.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("Nobody waits for an answer.")).to_be_visible()


def _takes_a_place_back(page: Page) -> None:
    page.get_by_role("region", name="Who has a place").get_by_role("link").click()
    page.get_by_label("Why?").fill("The family moves away.")
    page.get_by_role("button", name="The place is free again").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    expect(page.get_by_role("region", name="Who has a place")).to_have_count(0)


def _says_how_many_places(page: Page, looked_at: Look) -> None:
    page.get_by_role("link", name="Keep your own services").click()
    page.get_by_label("Evening parenting course").fill("many")
    page.get_by_role("button", name="Keep these numbers").click()
    expect(page.get_by_role("link", name="Evening parenting course: a number")).to_be_visible()
    page.get_by_label("Evening parenting course").fill("6")
    page.get_by_role("button", name="Keep these numbers").click()
    expect(page.get_by_text("The places of 1 service are as you say.")).to_be_visible()
    looked_at(page, "provider-services", "Your services")
    assert named("Evening parenting course").places == 6


def _adds_a_service(page: Page, looked_at: Look) -> None:
    page.get_by_role("button", name="Add a service").click()
    page.get_by_label("Name of the service").fill("Friday football")
    page.get_by_label("What is it, and for whom?").fill("For girls and boys.")
    page.get_by_label("From what age").fill("11")
    page.get_by_label("Up to what age").fill("8")
    page.get_by_label("What it costs, in pounds").fill("£1.50")
    page.get_by_role("button", name="Add the service").click()
    expect(page.get_by_role("link", name="The oldest is younger than the youngest.")).to_be_visible()
    looked_at(page, "provider-add", "Add a service")
    page.get_by_label("Up to what age").fill("16")
    page.get_by_role("button", name="Add the service").click()
    expect(page.get_by_text("Whoever looks for it finds it now.")).to_be_visible()


def _closes_it_for_a_time(page: Page, looked_at: Look) -> None:
    page.get_by_role("button", name="Check and change it").click()
    page.get_by_label("Closed for a time").check()
    page.get_by_label("Something to know at once").fill("Back after the summer.")
    page.get_by_role("button", name="Keep it, checked today").click()
    expect(page.get_by_text("Nobody finds it while it is not offered")).to_be_visible()
    looked_at(page, "provider-closed", "Friday football")
    assert Service.objects.get(name="Friday football").state == "temporarily closed"
