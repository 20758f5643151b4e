"""An administrator keeps the schools asked: somebody is taken on, somebody falls ill, the next link person is named.

At a desk and, the next morning, on a phone. The school has somebody to ask at every step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.actions import set_link_person
from rightplace.foundation.organisation.linkpeople import link_person_on
from rightplace.foundation.organisation.models import Absence, School, Worker
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import SmallCity, small_city
from rightplace.testing.stories import Hand

Look = Callable[..., None]
NEW = "Zadie Marlow"


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        made = small_city()
        school = School.objects.get(pk=made.school.team.agency_id)
        worker, by = made.family_support_worker.worker, made.administrator.actor
        set_link_person(school=school, worker=worker, begins=clock.today(), by=by)
        yield made


def test_a_school_has_somebody_to_ask_whoever_comes_is_away_or_is_back(hand, city, as_, looked_at):
    page = as_(city.administrator)
    _takes_somebody_on(page, city, looked_at)
    _says_who_is_away(page, city, looked_at)
    _names_the_next_link_person(page, city, looked_at)
    hand.moves(days=1)
    _says_on_a_phone_that_they_are_back(as_(city.administrator, PHONE), city, looked_at)


def _asked(city: SmallCity) -> str:
    """Whom the school asks now."""
    found = link_person_on(city.school.team.agency_id, clock.today())
    assert found is not None, "a school always has somebody to ask"
    return Worker.objects.get(pk=found.worker).name


def _takes_somebody_on(page: Page, city: SmallCity, looked_at: Look) -> None:
    page.goto("/people/new/", timeout=60_000)  # the first page of a process reads every rule and template
    page.get_by_label("Into which team do they come?").fill("teem")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert").get_by_text("There is no team of that name here.")).to_be_visible()
    looked_at(page, "which-team", "Add somebody")
    page.get_by_label("Into which team do they come?").fill(city.family_support.name)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name", exact=True).fill(NEW)
    page.get_by_label("Family support worker").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1, name=NEW)).to_be_visible()
    looked_at(page, "person-without-account", NEW)


def _says_who_is_away(page: Page, city: SmallCity, looked_at: Look) -> None:
    ill = city.family_support_worker.worker.name
    page.goto("/away/")
    page.get_by_label("Another team").select_option(label=city.family_support.name)
    page.get_by_role("button", name="Show the team").click()
    page.get_by_label("Who is away?").select_option(label=ill)
    _on(page, "3")
    page.get_by_label("Who covers?").select_option(label=ill)
    page.get_by_role("button", name="Say who is away").click()
    expect(page.get_by_role("alert").get_by_text("Nobody covers for themselves.")).to_be_visible()
    page.get_by_label("Who covers?").select_option(label=NEW)
    looked_at(page, "away-saying", "Who is away")
    page.get_by_role("button", name="Say who is away").click()
    expect(page.get_by_text(f"{ill} is away.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=ill)).to_contain_text(city.school.team.agency.name)
    looked_at(page, "away", "Who is away")
    assert _asked(city) == NEW


def _names_the_next_link_person(page: Page, city: SmallCity, looked_at: Look) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Link people").click()
    row = page.get_by_role("row").filter(has_text=city.school.team.agency.name)
    expect(row).to_contain_text(NEW)
    expect(row).to_contain_text("covered")
    looked_at(page, "link-people", "Link people")
    row.get_by_role("link").click()
    page.get_by_label("Who is the next link person?").select_option(
        label=city.family_support_manager.worker.name
    )
    looked_at(page, "link-person", city.school.team.agency.name)
    page.get_by_role("button", name="Name the link person").click()
    expect(page.get_by_text(f"links {city.school.team.agency.name} from")).to_be_visible()
    assert _asked(city) == city.family_support_manager.worker.name


def _says_on_a_phone_that_they_are_back(page: Page, city: SmallCity, looked_at: Look) -> None:
    ill = city.family_support_worker.worker
    page.goto(f"/away/?team={city.family_support.pk}")
    page.get_by_role("row").filter(has_text=ill.name).get_by_role("link", name="Back today").click()
    looked_at(page, "back", f"{ill.name} is back")
    page.get_by_role("button", name="Say that they are back today").click()
    expect(page.get_by_text("Everybody of this team is there.")).to_be_visible()
    assert Absence.objects.get().ends == clock.today()


def _on(page: Page, day: str) -> None:
    for part, value in (("Day", day), ("Month", "3"), ("Year", "2026")):
        page.get_by_label(part, exact=True).first.fill(value)
