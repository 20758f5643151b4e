"""A strategy discussion in a real browser: called, answered by police and health, held, and its actions done.

Each page is looked at by axe at a desk's width and at a phone's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from rightplace.foundation.organisation import clock
from rightplace.services.protection.projections import Strategy
from rightplace.services.protection.tests.discussed import with_the_team
from rightplace.testing.organisation import SmallCity, small_city
from rightplace.testing.stories import Hand


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        yield small_city()


def test_police_and_health_are_heard_before_an_enquiry_begins(hand, city, as_, looked_at):
    ida, sol = with_the_team(city)
    clock.set_clock(lambda: hand.now)
    hand.moves(minutes=30)
    page = as_(city.social_worker)
    _calls(page, sol, looked_at)
    hand.moves(minutes=20)
    police = as_(city.police)
    _answers(police, "Two calls to the address in May.", looked_at)
    health = as_(city.health)
    health.goto("/strategy-calls/")
    health.get_by_role("rowheader").get_by_role("link").click()
    health.get_by_label("Nobody can come").check()
    health.get_by_label("We know something", exact=True).check()
    health.get_by_label("What your agency knows").fill("Sol was weighed in January.")
    health.get_by_role("button", name="Send the answer").click()
    expect(health.get_by_text("Those who called see your answer.")).to_be_visible()
    hand.moves(hours=3)
    _is_refused_without_health(page, ida, sol, looked_at)
    _is_held(page, ida, sol, looked_at)
    hand.moves(minutes=10)
    _police_does_its_part(police, looked_at)
    _own_action_is_done(page, looked_at)
    rows = {row.file: row for row in Strategy.objects.all()}
    assert (rows[sol].enquiry, rows[ida].enquiry) == (True, False)


def _calls(page: Page, sol: int, looked_at: Callable[..., None]) -> None:
    page.goto(f"/child/{sol}/", timeout=60_000)  # the first page of a process reads every rule and template
    page.get_by_role("button", name="Strategy discussion").click()
    expect(
        page.get_by_role("heading", level=1, name="Call a strategy discussion about Sol Fernley")
    ).to_be_visible()
    page.get_by_label("Ida Fernley").check()
    page.get_by_label("Why do you suspect significant harm?").fill("A bruise of a hand on Sol's cheek.")
    page.get_by_label("At what time?").fill("13:30")
    page.get_by_label("Where, or by which call?").fill("By video; the address is in the e-mail")
    page.get_by_label("What the agencies are sent").fill(
        "Ida and Sol Fernley, 12 Cedar Row. A bruise on Sol's cheek."
    )
    page.get_by_label("Not told").check()
    page.get_by_role("button", name="Call the discussion").click()
    expect(page.get_by_text("Say why the family was not told", exact=False).first).to_be_visible()
    looked_at(page, "strategy-call", "Call a strategy discussion")
    page.get_by_label("If not, or if they do not agree: why?").fill("It could put Sol in danger.")
    page.get_by_role("button", name="Call the discussion").click()
    expect(page.get_by_text("Called. Each agency sees it on its own desk")).to_be_visible()
    looked_at(page, "strategy-called", "Strategy discussion about")


def _answers(police: Page, knows: str, looked_at: Callable[..., None]) -> None:
    police.goto("/strategy-calls/")
    looked_at(police, "strategy-calls", "Strategy discussions")
    police.get_by_role("rowheader").get_by_role("link").click()
    expect(police.get_by_text("A bruise on Sol's cheek.")).to_be_visible()
    expect(police.get_by_text("A bruise of a hand")).to_have_count(0)
    police.get_by_label("A colleague comes").check()
    police.get_by_label("Who comes?").fill("DC Lena Frost, child abuse investigation")
    police.get_by_label("We know something", exact=True).check()
    police.get_by_label("What your agency knows").fill(knows)
    looked_at(police, "strategy-answer", "A strategy discussion")
    police.get_by_role("button", name="Send the answer").click()
    expect(police.get_by_text("Those who called see your answer.")).to_be_visible()


def _is_refused_without_health(page: Page, ida: int, sol: int, looked_at: Callable[..., None]) -> None:
    page.goto("/strategy/")
    looked_at(page, "strategy-list", "Strategy discussions")
    page.get_by_role("rowheader").get_by_role("link").click()
    expect(page.get_by_text("Two calls to the address in May.")).to_be_visible()
    looked_at(page, "strategy-answered", "Strategy discussion about")
    page.get_by_role("button", name="Write the minutes").click()
    looked_at(page, "strategy-minutes", "Minutes")
    there = page.locator("input[type=radio][name$=-there]")
    expect(there).to_have_count(4)
    page.get_by_role("group", name="Was Example City Police there?").get_by_label("Yes").check()
    page.get_by_role("group", name="Was Example City Health Visiting there?").get_by_label("No").check()
    page.locator("#id_minutes").fill("The police told of May. Sol was hit by his uncle.")
    page.locator(f"input[name=enquiry-{sol}][value=yes]").check()
    page.locator(f"input[name=enquiry-{ida}][value=no]").check()
    page.get_by_label("Why was it decided so?").fill("The bruise is that of a hand.")
    page.get_by_label("If police or health were not there: why not?").fill(
        "The health visitor is on a visit."
    )
    page.locator("#id_a0-what").fill("Check the log of calls")
    page.locator("#id_a0-whose").select_option(label="Example City Police")
    page.locator("#id_a1-what").fill("See Sol and Ida at school")
    page.locator("#id_a1-whose").select_option(label="Ned Low")
    for line in (0, 1):
        for part, value in (("day", "4"), ("month", "3"), ("year", "2026")):
            page.locator(f"#id_a{line}-due-{part}").fill(value)
    page.get_by_label("What the agencies that were called are given").fill("We see the children today.")
    page.get_by_role("button", name="Sign the minutes").click()
    expect(page.get_by_text("An enquiry cannot begin")).to_be_visible()
    expect(page.get_by_text("Ring whoever was missing")).to_be_visible()
    expect(page.locator("#id_minutes")).to_have_value("The police told of May. Sol was hit by his uncle.")
    looked_at(page, "strategy-refused", "Minutes")


def _is_held(page: Page, ida: int, sol: int, looked_at: Callable[..., None]) -> None:
    health = page.get_by_role("group", name="Was Example City Health Visiting there?")
    health.get_by_label("Yes").check()
    page.locator("input[name$=-who][name^=t]").nth(0).fill("Marta Quill, health visitor")
    page.locator("input[name$=-who][name^=t]").nth(1).fill("DC Lena Frost")
    page.get_by_label("If police or health were not there: why not?").fill("")
    page.get_by_role("button", name="Sign the minutes").click()
    expect(page.get_by_text("Signed. Each agency sees what it is given")).to_be_visible()
    expect(page.get_by_text("held with its quorum")).to_be_visible()
    looked_at(page, "strategy-held", "Strategy discussion about")


def _police_does_its_part(police: Page, looked_at: Callable[..., None]) -> None:
    police.reload()
    expect(police.get_by_text("We see the children today.")).to_be_visible()
    expect(police.get_by_text("Sol was hit by his uncle.")).to_have_count(0)
    expect(police.get_by_text("See Sol and Ida at school")).to_have_count(0)
    looked_at(police, "strategy-given", "A strategy discussion")
    police.get_by_role("button", name="It is done").click()
    expect(police.get_by_text("It is written down as done.")).to_be_visible()


def _own_action_is_done(page: Page, looked_at: Callable[..., None]) -> None:
    page.goto("/strategy/actions/")
    looked_at(page, "strategy-actions", "Actions of strategy discussions")
    page.get_by_role("link", name="Fernley").first.click()
    looked_at(page, "strategy-action", "Agreed about")
    page.get_by_label("What was done?").fill("Both seen at school; Sol spoke alone with me.")
    page.get_by_role("button", name="Say that it is done").click()
    expect(page.get_by_text("Nothing that was agreed waits for you.")).to_be_visible()
