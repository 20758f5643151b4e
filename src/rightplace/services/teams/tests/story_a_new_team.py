"""An administrator opens a team, fills it, moves somebody, keeps it managed and ends it; in a real browser.

Whoever is added signs in with the first password, changes it, and is asked for a second factor before anything opens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from rightplace.foundation.organisation import queries
from rightplace.foundation.organisation.models import Membership, Team, Worker
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import SmallCity, small_city
from rightplace.testing.stories import Hand

Look = Callable[..., None]
TEAM = "Area 5 family support"


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        yield small_city()


def test_a_team_is_opened_filled_kept_managed_and_ended(hand, city, as_, visitor, looked_at):
    page = as_(city.administrator)
    _opens_the_team(page, city, looked_at)
    password = _adds_somebody(page, looked_at)
    _signs_in(visitor(PHONE), password, looked_at)
    _moves_them(page, looked_at)
    _is_refused_a_team_without_a_manager(page, looked_at)
    _renames_it(page, looked_at)
    _ends_it(page, looked_at)


def _opens_the_team(page: Page, city: SmallCity, looked_at: Look) -> None:
    page.goto("/", timeout=60_000)  # the first page of a process reads every rule and template
    looked_at(page, "what-waits", "What waits for you")
    page.get_by_role("main").get_by_role("link", name="Teams", exact=True).click()
    looked_at(page, "teams", "Teams")
    page.get_by_role("button", name="Open a team").click()
    page.get_by_label("Name of the team").fill(TEAM)
    page.get_by_label("What does it do?").select_option(label="Family support")
    area = page.get_by_label("For which area?")
    area.select_option(value="5")
    page.get_by_label("Telephone").fill("0121 496 0105")
    page.get_by_role("button", name="Open the team").click()
    expect(page.get_by_role("link", name="Choose who manages it")).to_be_visible()
    looked_at(page, "team-new-refused", "Open a team")
    page.get_by_label("Who is its named manager?").fill(city.family_support_worker.worker.name)
    page.get_by_role("button", name="Open the team").click()
    expect(page.get_by_text("The team is open.")).to_be_visible()
    expect(page.get_by_text("It answers for no child.")).to_be_visible()
    looked_at(page, "team-opened", TEAM)


def _adds_somebody(page: Page, looked_at: Look) -> str:
    page.get_by_role("button", name="Add somebody new").click()
    page.get_by_label("Name", exact=True).fill("Zadie Marlow")
    page.get_by_label("E-mail address at work").fill("zadie.marlow@example.invalid")
    page.get_by_label("Family support worker").check()
    page.get_by_label("Name to sign in with").fill("zadie.marlow")
    looked_at(page, "person-new", "Add somebody")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1, name="Zadie Marlow can sign in")).to_be_visible()
    found = re.search(r"\b\w{4}-\w{4}-\w{4}-\w{4}\b", page.get_by_role("main").inner_text())
    assert found is not None
    looked_at(page, "first-password")
    page.get_by_role("button", name="It is passed on").click()
    looked_at(page, "person", "Zadie Marlow")
    return found.group()


def _signs_in(page: Page, password: str, looked_at: Look) -> None:
    """On a phone: the first password opens nothing but the page on which it is changed."""
    page.goto("/families/")
    page.get_by_label("Username or email").or_(page.get_by_label("Login")).or_(
        page.get_by_label("Username")
    ).first.fill("zadie.marlow")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").first.click()
    expect(page.get_by_role("heading", level=1, name="Change your password")).to_be_visible()
    looked_at(page, "first-sign-in")
    page.goto("/families/")
    expect(page.get_by_role("heading", level=1, name="Change your password")).to_be_visible()
    page.locator("[name=oldpassword]").fill(password)
    for field in ("password1", "password2"):
        page.locator(f"[name={field}]").fill("four-quiet-lanterns-7")
    page.get_by_role("button", name="Change the password").click()
    page.goto("/families/")
    expect(page.get_by_text("second factor").first).to_be_visible()


def _moves_them(page: Page, looked_at: Look) -> None:
    """From tomorrow in another team: put in there, and taken out here."""
    other = Team.objects.get(name="Area 1 family support")
    page.goto(f"/teams/{other.pk}/")
    page.get_by_role("button", name="Put in somebody who is here").click()
    page.get_by_label("Who?").fill("zadie")
    page.get_by_label("Family support worker").check()
    page.get_by_label("Day", exact=True).fill("4")
    looked_at(page, "team-join")
    page.get_by_role("button", name="Put them in").click()
    expect(page.get_by_text("The membership is recorded.")).to_be_visible()
    page.get_by_role("link", name="Zadie Marlow").click()
    row = page.get_by_role("row").filter(has_text=TEAM)
    row.get_by_role("link", name="End it").click()
    page.get_by_label("Day", exact=True).fill("4")
    page.get_by_role("button", name="End the membership").click()
    expect(page.get_by_text("The membership ends.")).to_be_visible()
    zadie = Worker.objects.get(name="Zadie Marlow")
    for day, team in ((3, TEAM), (4, other.name)):
        assert [m.team.name for m in queries.memberships_of(zadie.pk, date(2026, 3, day))] == [team]


def _is_refused_a_team_without_a_manager(page: Page, looked_at: Look) -> None:
    team = Team.objects.get(name=TEAM)
    manages = Membership.objects.get(team=team, ends=None)
    page.goto(f"/memberships/{manages.pk}/end/")
    page.get_by_role("button", name="End the membership").click()
    expect(page.get_by_text("no named manager").first).to_be_visible()
    expect(page.get_by_text("put the next manager").first).to_be_visible()
    looked_at(page, "membership-end-refused")
    manages.refresh_from_db()
    assert manages.ends is None


def _renames_it(page: Page, looked_at: Look) -> None:
    page.goto(f"/teams/{Team.objects.get(name=TEAM).pk}/")
    page.get_by_role("link", name="Change its name or telephone").click()
    page.get_by_label("Name of the team").fill("Brook family support")
    page.get_by_label("Telephone").fill("0121 496 0155")
    looked_at(page, "team-change")
    page.get_by_role("button", name="Record the change").click()
    expect(page.get_by_role("heading", level=1, name="Brook family support")).to_be_visible()
    expect(page.get_by_text(TEAM)).to_be_visible()
    looked_at(page, "team-changed")


def _ends_it(page: Page, looked_at: Look) -> None:
    page.get_by_role("link", name="End this team").click()
    for part, value in (("Day", "5"), ("Month", "3"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    looked_at(page, "team-end", "End Brook family support")
    page.get_by_role("button", name="End the team").click()
    expect(page.get_by_text("its signals, schools and offers would find nobody").first).to_be_visible()
    _another_takes_its_area(page, looked_at)
    page.goto(f"/teams/{Team.objects.get(name='Brook family support').pk}/end/")
    for part, value in (("Day", "5"), ("Month", "3"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="End the team").click()
    expect(page.get_by_text("The team ends, and every membership with it.")).to_be_visible()
    looked_at(page, "team-ended")
    page.goto("/people/?q=zadie")
    looked_at(page, "people", "People")
    assert Team.objects.get(name="Brook family support").ends == date(2026, 3, 5)


def _another_takes_its_area(page: Page, looked_at: Look) -> None:
    page.goto(f"/teams/{Team.objects.get(name='Area 1 family support').pk}/")
    page.get_by_role("link", name="Let it take one more area").click()
    page.get_by_label("Which area does it take?").select_option(value="5")
    page.get_by_label("Day", exact=True).fill("5")
    looked_at(page, "take-area", "Let Area 1 family support take an area")
    page.get_by_role("button", name="Let it take the area").click()
    expect(page.get_by_role("heading", name="Areas that it took besides its own")).to_be_visible()
    looked_at(page, "team-took-an-area")
