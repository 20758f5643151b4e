"""A head of service who never simulated anything asks what happens in South if eight experienced people leave by Easter.

The worker's slices are taken here one by one, so that the page is seen waiting, with a first answer, stopped, and finished.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from rightplace.overview.capacity import engine, working
from rightplace.overview.capacity.models import Run
from rightplace.overview.capacity.presenters.headlines import FIRST_HINT
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import small_city

pytestmark = pytest.mark.story
pytest.importorskip("numba", reason="the capacity model is not installed")
PATIENCE = 60_000


@pytest.fixture(scope="module")
def city(site, hand, django_db_blocker):
    with django_db_blocker.unblock():
        yield small_city()


@pytest.fixture(autouse=True)
def few_assumptions(monkeypatch):
    """What the answer hangs on is looked for among six assumptions, not sixty: the way through the pages is the same."""
    from rightplace.domain.simulation.scenarios import hanging

    known = hanging.factors
    monkeypatch.setattr(hanging, "factors", lambda given, with_costs: known(given, with_costs)[:6])


@pytest.fixture
def slice_of_work(django_db_blocker):
    """What the background worker does in one slice: one piece of work alone, or all that is left.

    A piece is a number of futures, the first one always as large, so that no clock says what the page shows.
    """

    def work(*, one_piece: bool = False) -> None:
        with django_db_blocker.unblock():
            working.go_on(Run.objects.latest("pk").pk, 0.0 if one_piece else 600.0)

    return work


def asked(page) -> None:
    """From the first page to the question, typed as people type."""
    page.goto("/my-day/")
    page.get_by_role("link", name="Capacity").click()
    page.get_by_role("link", name="Experienced people leave What a team loses").click()
    page.get_by_label("Where do they work?").select_option(label="South")
    page.get_by_label("How many experienced people leave?").fill("eight")
    page.get_by_role("group", name="By when have they left?").get_by_label("Easter, Sun 5 Apr 2026").check()
    page.get_by_label("How far shall we look ahead?").select_option(label="Half a year")
    page.get_by_role("button", name="See what happens").click()
    page.wait_for_url("**/capacity/answers/*/")


def test_a_head_of_service_asks_reads_stops_goes_on_and_shares(as_, city, looked_at, slice_of_work):
    page = as_(city.head_of_service)
    page.set_default_timeout(PATIENCE)
    page.goto("/capacity/")
    looked_at(page, "capacity-first", "What happens if …?")
    asked(page)
    heading = "What happens in South if eight experienced people leave by Easter, Sun 5 Apr 2026?"
    expect(page.get_by_role("heading", name="A first answer is coming")).to_be_visible()
    slice_of_work(one_piece=True)
    expect(page.get_by_role("heading", name="In short")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text(f"{engine.FIRST_PIECE} of 60 possible futures are worked out")).to_be_visible()
    expect(page.locator(".cap-short").get_by_text(FIRST_HINT)).to_be_visible()
    page.get_by_role("button", name="Stop here").click()
    expect(page.get_by_text("It stops after what is being worked out")).to_be_visible(timeout=PATIENCE)
    slice_of_work()
    page.reload()
    expect(page.get_by_role("heading", name="Stopped")).to_be_visible()
    page.get_by_role("button", name="Go on from here").click()
    expect(page.get_by_text("It goes on where it was.")).to_be_visible(timeout=PATIENCE)
    slice_of_work()
    page.reload()
    expect(page.get_by_text("From 60 possible futures").first).to_be_visible()
    looked_at(page, "capacity-answer", heading)
    assert re.search(r"(Worst|Most changed).* in South: on average", page.locator(".cap-short").inner_text())
    expect(page.locator(".cap-rests")).to_contain_text("This rests most on")
    page.get_by_role("button", name="Let colleagues see it").click()
    expect(page.get_by_text("Everybody who may see capacity can now open it")).to_be_visible(timeout=PATIENCE)
    address = page.url
    director = as_(city.director, PHONE, has_touch=True, is_mobile=True)
    director.goto(address)
    expect(director.get_by_role("heading", level=1, name=heading)).to_be_visible()
    expect(director.get_by_text("in South: on average").first).to_be_visible()
    tall = director.evaluate("document.documentElement.scrollHeight")
    assert tall < 5_000, f"on a phone the answer is {tall} pixels long"


def test_it_works_without_script(as_, city, slice_of_work):
    page = as_(city.head_of_service, java_script_enabled=False)
    page.set_default_timeout(PATIENCE)
    asked(page)
    slice_of_work(one_piece=True)
    page.reload()
    expect(page.get_by_role("heading", name="In short")).to_be_visible()
    page.get_by_role("button", name="Stop here").click()
    expect(page.get_by_text("It stops after what is being worked out")).to_be_visible()


def test_the_day_is_asked_only_where_it_is_needed_and_what_is_wrong_is_said_accessibly(as_, city, looked_at):
    page = as_(city.head_of_service)
    page.set_default_timeout(PATIENCE)
    page.goto("/capacity/ask/leaving/")
    expect(page.get_by_label("Month")).to_be_hidden()
    page.get_by_label("Another day").check()
    expect(page.get_by_label("Month")).to_be_visible()
    page.get_by_label("How many experienced people leave?").fill("ninety")
    page.get_by_role("button", name="See what happens").click()
    expect(page.get_by_role("link", name="Give the day, since you chose another day.")).to_be_visible()
    expect(page.get_by_label("Month")).to_be_visible()
    looked_at(page, "capacity-refused", "Experienced people leave")
    page.goto("/capacity/ask/structure/")
    page.get_by_label("A team’s work goes to another team").check()
    page.get_by_role("button", name="See what happens").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Choose which work moves.").click()
    expect(page.get_by_label("Which work moves?")).to_be_focused()
    looked_at(page, "capacity-structure-refused", "Areas merge, or work moves")


def test_the_other_pages_are_looked_at(as_, city, looked_at):
    page = as_(city.head_of_service)
    page.set_default_timeout(PATIENCE)
    for address, heading in (
        ("/capacity/ask/own/", "Build your own"),
        ("/capacity/smallest/", "The smallest establishment that keeps …"),
        ("/capacity/scenarios/", "Compare scenarios"),
        ("/capacity/scenarios/write/", "Write a scenario"),
        ("/capacity/thresholds/", "Have our thresholds moved?"),
    ):
        page.goto(address)
        looked_at(page, f"capacity-{heading.split()[0].lower()}", heading)
