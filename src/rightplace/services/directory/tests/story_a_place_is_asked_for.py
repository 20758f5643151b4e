"""In a real browser: a worker finds and asks, one provider declines, another gives a place; a directory is taken in.

Each page is looked at by axe at a desk's width and at a phone's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.directory.tests.offering import directory, siblings
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import SmallCity, partner, small_city
from rightplace.testing.stories import Hand


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        found = small_city()
        far = partner("Far Clubs", "voluntary", "Bo Lark", role=RoleCode.PROVIDER)
        directory()
        object.__setattr__(found, "far", far)
        object.__setattr__(found, "child", siblings(found, found.social_worker)[0])
        yield found


def ask(page: Page, city: SmallCity, service: str, organisation: str, looked_at=None) -> None:
    page.goto(f"/services/for/{city.child}/?need=relationships")  # type: ignore[attr-defined]
    page.get_by_role("link", name=service).click()
    page.get_by_role("button", name="Ask for a place for Ayla").click()
    page.get_by_label("Who of the family agreed?").fill("The mother, on the telephone")
    page.get_by_role("button", name="Show what is sent").click()
    expect(page.get_by_text(f"{organisation} will see exactly this")).to_be_visible()
    if looked_at:
        looked_at(page, "ask")
    page.get_by_role("button", name=f"Ask {organisation}").click()
    expect(page.get_by_text("The provider is asked.")).to_be_visible()


def test_one_provider_declines_another_gives_a_place(hand, city, as_, looked_at):
    worker = as_(city.social_worker)
    worker.goto(f"/services/for/{city.child}/?need=relationships&must=free&days=2&far=5")
    expect(worker.get_by_text("ages 5–11: fits both")).to_be_visible()
    expect(worker.get_by_text("not known: whether it is free")).to_be_visible()
    looked_at(worker, "find")
    worker.get_by_role("link", name="Show where on a map").click()
    expect(worker.get_by_role("heading", name="Services lie in")).to_be_visible()
    looked_at(worker, "map")
    worker.get_by_role("link", name="Evening parenting course").click()
    looked_at(worker, "service")
    ask(worker, city, "Parents’ club", "Far Clubs")
    ask(worker, city, "Evening parenting course", "Open Hand Families", looked_at)
    looked_at(worker, "asked")

    hand.moves(hours=1)
    far = as_(city.far, PHONE)
    far.goto("/places/")
    looked_at(far, "desk")
    far.get_by_role("table").get_by_role("link").first.click()
    expect(far.get_by_text("Ayla (8).")).to_be_visible()
    assert "Brookfield" not in far.content()
    far.get_by_label("No, we cannot").check()
    far.get_by_role("button", name="Send the answer").click()
    expect(far.get_by_role("link", name="Say why you cannot; the family is told.")).to_be_visible()
    looked_at(far, "answer")
    far.get_by_label("If no, or on the list: why?").fill("We begin at twelve.")
    far.get_by_role("button", name="Send the answer").click()
    expect(far.get_by_text("Nobody waits for an answer.")).to_be_visible()

    hand.moves(hours=1)
    hands = as_(city.provider, PHONE)
    hands.goto("/places/")
    hands.get_by_role("table").get_by_role("link").first.click()
    hands.get_by_label("Yes, there is a place").check()
    for name, value in (("Day", "16"), ("Month", "3"), ("Year", "2026")):
        hands.get_by_label(name).fill(value)
    hands.get_by_role("button", name="Send the answer").click()
    expect(hands.get_by_role("heading", name="Who has a place")).to_be_visible()

    worker.goto("/places-asked/")
    expect(worker.get_by_text("declined")).to_be_visible()
    expect(worker.get_by_text("a place from Mon 16 Mar")).to_be_visible()
    looked_at(worker, "answered")
    worker.get_by_role("row").filter(has_text="declined").get_by_role("link").click()
    expect(worker.get_by_text("We begin at twelve.")).to_be_visible()
    looked_at(worker, "request")


def test_a_provider_keeps_its_own_entry(city, as_, looked_at):
    page = as_(city.provider)
    page.goto("/services/own/")
    looked_at(page, "own")
    page.get_by_role("link", name="Parenting line").click()
    looked_at(page, "keep")
    page.get_by_label("Places left").fill("7")
    page.get_by_role("button", name="Keep it, checked today").click()
    expect(page.get_by_text("7 places, as of Tue 3 Mar 2026")).to_be_visible()


def test_the_administrator_takes_a_directory_in(city, as_, looked_at, tmp_path):
    file = tmp_path / "theirs.json"
    rows = [{"id": "t1", "name": "Their service", "status": "open"}, {"id": "t2", "status": "active"}]
    file.write_text(json.dumps(rows))
    page = as_(city.administrator)
    page.goto("/services/")
    looked_at(page, "services")
    page.get_by_role("link", name="Take in or write out a directory").click()
    looked_at(page, "directories")
    page.get_by_label("The directory").set_input_files(str(file))
    page.get_by_role("button", name="Take it in").click()
    expect(
        page.get_by_text("1 taken, 0 corrected, 0 unchanged, 0 said twice, 1 refused. That is every row.")
    ).to_be_visible()
    looked_at(page, "account")
    page.get_by_role("link", name="Refused (1)").click()
    expect(page.get_by_text("Refused: it has no name.")).to_be_visible()
