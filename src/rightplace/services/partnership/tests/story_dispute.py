"""A school raises a dispute, a head of service settles it, and the board reads how it ended; in a real browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rightplace.foundation.organisation import clock
from rightplace.services.partnership import actions
from rightplace.testing.browsers import DESK, PHONE
from rightplace.testing.organisation import LONG_AGO, MORNING, Colleague, SmallCity, as_in_browser, small_city

PICTURES = os.environ.get("PICTURES", "")


class Hand:
    """The clock of the story: it stands still until it is moved."""

    def __init__(self) -> None:
        self.now = MORNING

    def moves(self, **by: int) -> None:
        """Some time goes by."""
        self.now += timedelta(**by)


@pytest.fixture(scope="module")
def hand() -> Iterator[Hand]:
    found = Hand()
    clock.set_clock(lambda: found.now)
    yield found
    clock.set_clock(None)


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        yield small_city()


@pytest.fixture
def as_(visitor: Callable[..., Page], site: str, city: SmallCity) -> Callable[..., Page]:
    """A browser of that person's own, at a desk or on a phone."""

    def open_page(person: Colleague, **more: object) -> Page:
        return as_in_browser(visitor(**more), person, site)

    return open_page


@pytest.fixture
def looked_at(axe_finds_nothing: Callable[[Page], None]) -> Callable[..., None]:
    """The page is accessible at both widths, nothing sticks out, and a picture is taken where one is asked for."""

    def look(page: Page, name: str) -> None:
        was = page.viewport_size
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            axe_finds_nothing(page)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size["width"], f"{name} is {wide} wide at {size['width']}"
            if PICTURES:
                page.screenshot(path=str(Path(PICTURES) / f"{name}-{size['width']}.png"), full_page=True)
        page.set_viewport_size(was or DESK)

    return look


def test_a_dispute_is_raised_and_settled_and_the_board_reads_how_it_ended(hand, city, as_, looked_at):
    for who in (city.police, city.provider, city.school):
        actions.give_seat(
            agency=who.team.agency, sits=who.worker.name, begins=LONG_AGO, by=city.head_of_service.actor
        )
    actions.commit_to(
        agency=city.police.team.agency, owner="Superintendent Beck", what="Answer red checks within two hours",
        measure="Nine in ten in time", due=date(2026, 3, 1), by=city.head_of_service.actor,
    )  # fmt: skip
    page = as_(city.head_teacher)
    page.goto("/disputes/new/")
    page.get_by_label("A way of working").check()
    page.get_by_label("An answer that came late").or_(
        page.get_by_label("an answer that came late, or not")
    ).check()
    page.get_by_label("What should be done instead, and why?").fill("We waited two weeks. Name one person.")
    looked_at(page, "dispute-new")
    page.get_by_role("button", name="Raise it").click()
    expect(page.get_by_text("The other side is asked to answer.")).to_be_visible()
    page.get_by_role("link", name="Lark Hill Primary with Example City Council").click()
    looked_at(page, "dispute")
    head = as_(city.head_of_service)
    head.goto("/settling/")
    head.get_by_role("link", name="Lark Hill Primary with Example City Council").click()
    head.get_by_label("another way was found").check()
    head.get_by_label("Your answer to both sides").fill("Your link person answers within two days.")
    head.get_by_label("What was learned, for the board?").fill("Say who answers.")
    head.get_by_role("button", name="Settle the dispute").click()
    expect(head.get_by_text("It is settled.")).to_be_visible()
    page.goto("/board/")
    expect(page.get_by_text("another way was found")).to_be_visible()
    expect(page.get_by_text("Answer red checks within two hours")).to_be_visible()
    looked_at(page, "board")
