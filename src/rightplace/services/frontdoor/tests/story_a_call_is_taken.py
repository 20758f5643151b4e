"""A front door worker takes a call: search first, then one dense page. Seen by axe on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from rightplace.foundation.organisation import clock
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.tests.telling_staff import told
from rightplace.testing.browsers import DESK, PHONE
from rightplace.testing.organisation import MORNING, SmallCity, as_in_browser, small_city

pytestmark = pytest.mark.story


@pytest.fixture(scope="module")
def city(fresh_database: str) -> Iterator[SmallCity]:
    clock.set_clock(lambda: MORNING)
    made = small_city()
    told(made.school)
    yield made
    clock.set_clock(None)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_call_about_a_child_who_is_known(
    size: dict[str, int],
    city: SmallCity,
    visitor: Callable[..., Page],
    site: str,
    axe_finds_nothing: Callable[[Page], None],
) -> None:
    page = as_in_browser(visitor(size), city.front_door_worker, site)
    page.goto("/telephone/")
    axe_finds_nothing(page)
    page.get_by_label("Search first").fill("Ayla Brookfield")
    page.locator("main").get_by_role("button", name="Search").click()
    axe_finds_nothing(page)
    page.get_by_label("Ayla Brookfield").first.check()
    page.get_by_role("button", name="Write down what the caller says").click()
    expect(page.locator(".ft-known")).to_contain_text("Ayla Brookfield")
    axe_finds_nothing(page)
    page.get_by_role("button", name="Take this concern in").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose who calls")
    axe_finds_nothing(page)
    page.get_by_label("Who calls?").select_option(label="Neighbour, friend, child minder")
    page.get_by_label("No", exact=True).first.check()
    page.get_by_label("What has the caller seen or heard?").fill("Crying at night for weeks.")
    page.get_by_role("button", name="Take this concern in").click()
    expect(page.locator(".rp-receipt")).to_contain_text("Read the number to the caller")
    axe_finds_nothing(page)
    assert (
        Contact.objects.filter(channel="telephone").latest("received").children
        == Contact.objects.get(channel="online").children[:1]
    )
