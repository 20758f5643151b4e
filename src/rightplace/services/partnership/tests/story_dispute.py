"""A school raises a dispute, a head of service settles it, and the board reads how it ended; in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import expect

from rightplace.services.partnership import actions
from rightplace.testing.organisation import LONG_AGO, SmallCity, small_city
from rightplace.testing.stories import Hand


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        yield small_city()


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
