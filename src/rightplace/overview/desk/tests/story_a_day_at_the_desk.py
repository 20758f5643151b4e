"""A worker begins the day, reads a child's story, asks why something is due and records a visit; on a phone as well."""

import os
import re
from pathlib import Path

import pytest

from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.identity import RelationshipRecorded
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock
from rightplace.overview.desk.tests.city import labelled_note, two_children
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import MORNING, as_in_browser, small_city

pytestmark = pytest.mark.story
PICTURES = os.environ.get("RIGHTPLACE_PICTURES")


@pytest.fixture(scope="module")
def told(site, django_db_blocker):
    """The small city with its family, committed for a real browser, on the demo's Tuesday."""
    with django_db_blocker.unblock(), clock.clock_at(MORNING):
        city = small_city()
        two = two_children(city)
        at = from_datetime(clock.now())
        manager = city.family_support_manager.actor
        for body in (
            RelationshipRecorded(relation="brother", other_file=two.jonas, same_household=True),
            RelationshipRecorded(relation="mother", name="Ida Lindqvist", parental_responsibility=True),
        ):
            write([Draft(file=two.maya, body=body, day=day_of(at), at=at)], by=manager, may="note.write")
        labelled_note(two.maya, "About somebody at school", manager)
        yield city, two


def picture(page, name):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def looked_at(page, name, axe_finds_nothing):
    axe_finds_nothing(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} is wider than the screen"
    picture(page, name)


def test_a_worker_goes_from_the_day_to_the_child_to_the_reason(visitor, site, told, axe_finds_nothing):
    city, two = told
    page = as_in_browser(visitor(), city.family_support_worker, site)
    page.goto("/my-day/")
    looked_at(page, "my-day", axe_finds_nothing)
    page.get_by_role("link", name="Maya Lindqvist").first.click()
    page.wait_for_url("**/child/*/")
    looked_at(page, "story", axe_finds_nothing)
    assert page.title().startswith("M.L. story")
    page.locator("section[aria-labelledby=due]").get_by_role("link").first.click()
    page.wait_for_url("**/due/*/")
    looked_at(page, "why", axe_finds_nothing)
    page.goto(f"/child/{two.maya}/")
    page.get_by_role("button", name="Record a visit").click()
    page.get_by_label("Seen, and alone").check()
    page.get_by_label("Jonas Lindqvist").check()
    page.get_by_label("What did the child say?").fill("I scored two goals.")
    looked_at(page, "visit", axe_finds_nothing)
    page.get_by_role("button", name="Sign the visit").click()
    page.get_by_text("The visit was signed").wait_for()
    assert page.get_by_text("I scored two goals.").count() == 1
    page.get_by_role("link", name=re.compile("Visit: the child was seen")).first.click()
    page.wait_for_url("**/entries/*/")
    looked_at(page, "entry", axe_finds_nothing)
    page.get_by_role("button", name="Correct this entry").click()
    page.wait_for_url("**/correct/")
    looked_at(page, "correct", axe_finds_nothing)


def test_a_manager_sees_who_waits(visitor, site, told, axe_finds_nothing):
    city, _two = told
    page = as_in_browser(visitor(), city.family_support_manager, site)
    page.goto("/my-day/")
    looked_at(page, "my-day-manager", axe_finds_nothing)
    page.goto(f"/team/{city.family_support.pk}/")
    looked_at(page, "team", axe_finds_nothing)
    page.goto("/team/")
    looked_at(page, "teams", axe_finds_nothing)


def test_a_child_is_found_from_any_page(visitor, site, told, axe_finds_nothing):
    city, _two = told
    page = as_in_browser(visitor(), city.front_door_worker, site)
    page.goto("/my-day/")
    page.keyboard.press("/")
    page.keyboard.type("maia lindquist 2019")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/")
    looked_at(page, "find", axe_finds_nothing)
    assert "lindq" not in page.url.lower()
    assert page.get_by_role("link", name="Maya Lindqvist").count() == 1


def test_all_of_it_works_on_a_phone(visitor, site, told, axe_finds_nothing):
    city, two = told
    page = as_in_browser(visitor(PHONE, has_touch=True, is_mobile=True), city.family_support_worker, site)
    for name, address in (
        ("my-day", "/my-day/"),
        ("story", f"/child/{two.maya}/"),
        ("visit", f"/child/{two.maya}/visit/"),
        ("find", "/find/"),
        ("team", f"/team/{city.family_support.pk}/"),
    ):
        page.goto(address)
        looked_at(page, f"{name}-phone", axe_finds_nothing)
    page.goto(f"/child/{two.maya}/")
    page.locator("section[aria-labelledby=due]").get_by_role("link").first.click()
    looked_at(page, "why-phone", axe_finds_nothing)
