"""A family support manager's day in the browser: what is offered, who has room, who is away, what schools ask, the end.

Each page at a desk's width and at a phone's, with nothing for axe to find. What the worker writes with the family is
told beside it, in `story_a_family_is_helped.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from rightplace.common.caseflow.projections import Offer
from rightplace.services.familysupport.projections import Support
from rightplace.services.familysupport.tests.siblings import (
    Two,
    again,
    begun,
    now_of,
    offered,
    planned,
    reviewed,
)
from rightplace.testing.organisation import SmallCity, small_city
from rightplace.testing.stories import Hand

pytestmark = pytest.mark.story
NOTHING_FURTHER = "Services ended for any other reason, such as no longer in need"
LookedAt = Callable[..., None]


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        yield small_city()


def test_a_manager_does_the_whole_job(hand, city, as_, looked_at):
    two = offered(city)
    hand.moves(hours=1)
    page = as_(city.family_support_manager)
    page.context.set_default_timeout(40_000)
    sees_the_team(page, city, looked_at)
    sends_back_and_is_asked_again(page, city, two, hand, looked_at)
    accepts_both(page, two, city, looked_at)
    hand.moves(hours=1)
    family = planned(city, family=begun(city, two))
    reads_the_family(page, family.number, looked_at)
    says_who_is_away(page, looked_at)
    reads_what_others_ask(page, looked_at)
    hand.moves(days=30)
    the_review_says_it_can_end(city)
    ends(page, looked_at)
    does_not_let_go_yet(page, two, hand, looked_at)


def sees_the_team(page: Page, city: SmallCity, looked_at: LookedAt) -> None:
    page.goto(f"/team/{city.family_support.pk}/")
    expect(page.get_by_role("link", name="The team’s workload in hours")).to_be_visible()
    for heading in ("Capacity in hours", "Offers to accept", "Workers", "Families"):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    looked_at(page, "manager-team", "Area 1 family support")


def sends_back_and_is_asked_again(
    page: Page, city: SmallCity, two: Two, hand: Hand, looked_at: LookedAt
) -> None:
    """Brothers and sisters in one act, also when they are sent back."""
    page.goto("/offers/")
    looked_at(page, "manager-offers", "Offers")
    page.get_by_role("link", name="Maya Lindqvist").click()
    page.get_by_text("Send the child back", exact=True).click()
    page.get_by_label("Why does your team not take this child?").fill("We do not know yet where they live.")
    page.get_by_label("What should happen instead?").fill("Ask the mother, and offer them again.")
    looked_at(page, "manager-sends-back", "Offer of Maya Lindqvist")
    page.get_by_role("button", name="Send back with these reasons").click()
    expect(page.get_by_text("Sent back, with your reasons.")).to_be_visible()
    assert set(Offer.objects.values_list("state", flat=True)) == {"sent back"}
    hand.moves(hours=1)
    for file in two.files:
        last = Offer.objects.filter(file=file).latest("offered")
        offer_again(city, file, last)
    hand.moves(hours=1)


def offer_again(city: SmallCity, file: int, last: Offer) -> None:
    from rightplace.common.caseflow.actions import offer_child

    offer_child(
        file=file, team=city.family_support.pk, for_what=last.for_what, reasons="They live in Alder Row.",
        by=city.front_door_manager.actor, concern=last.concern,
    )  # fmt: skip


def accepts_both(page: Page, two: Two, city: SmallCity, looked_at: LookedAt) -> None:
    page.goto("/offers/")
    page.get_by_role("link", name="Maya Lindqvist").click()
    expect(page.get_by_label("Jonas Lindqvist").first).to_be_checked()
    worker = page.get_by_label("Which worker?").locator("option", has_text="Tamsin Reeve").first
    page.get_by_label("Which worker?").select_option(worker.get_attribute("value"))
    page.get_by_role("button", name="Accept Maya Lindqvist").click()
    expect(page.get_by_text("answers for the child from now on")).to_be_visible()
    expect(page.get_by_role("link", name="Family and plan")).to_be_visible()
    looked_at(page, "manager-accepted", "Offer of Maya Lindqvist")
    assert {(now_of(file).team, now_of(file).worker) for file in two.files} == {
        (city.family_support.pk, city.family_support_worker.worker.pk)
    }


def reads_the_family(page: Page, family: int, looked_at: LookedAt) -> None:
    page.goto("/families/")
    looked_at(page, "manager-families", "Families")
    page.get_by_role("link", name="Maya and Jonas Lindqvist").click()
    for link in ("Find a service", "Record a visit", "Keep a meeting"):
        expect(page.get_by_role("link", name=link)).to_be_visible()
    looked_at(page, "manager-family", "Maya and Jonas Lindqvist")
    page.get_by_role("link", name="Name who leads").click()
    looked_at(page, "manager-lead", "Name who leads the work")
    assert page.url.endswith(f"/families/{family}/lead/")


def says_who_is_away(page: Page, looked_at: LookedAt) -> None:
    page.goto("/away/")
    looked_at(page, "manager-away")
    page.goto("/link-people/")
    looked_at(page, "manager-link-people")


def reads_what_others_ask(page: Page, looked_at: LookedAt) -> None:
    for address, name in (
        ("/school-questions/", "questions"),
        ("/early/", "early"),
        ("/early/noted/", "noted"),
    ):
        page.goto(address)
        looked_at(page, f"manager-{name}")


def the_review_says_it_can_end(city: SmallCity) -> None:
    reviewed(city, again(city.family_support_worker.actor), "ends")


def ends(page: Page, looked_at: LookedAt) -> None:
    page.goto("/families/")
    page.get_by_role("link", name="Maya and Jonas Lindqvist").click()
    expect(page.get_by_text("The last review says that the work can end")).to_be_visible()
    page.get_by_role("button", name="End with what changed").click()
    page.get_by_label("How does it end?").select_option(index=1)
    page.get_by_label("What is different now?").fill("Maya is on time, and Ida sleeps.")
    page.get_by_label("Why does it end now?").fill("The plan is done, and the family says so.")
    looked_at(page, "manager-ends", "End with what changed")
    page.get_by_role("button", name="End family support").click()
    expect(page.get_by_text("Family support has ended.")).to_be_visible()
    looked_at(page, "manager-ended")
    assert not Support.objects.filter(ended__isnull=True).exists()


def does_not_let_go_yet(page: Page, two: Two, hand: Hand, looked_at: LookedAt) -> None:
    """What is still owed guards the child: whoever told of the children was never answered (promise 2)."""
    hand.moves(hours=1)
    page.goto(f"/child/{two.jonas}/close/")
    page.get_by_label("Why is it over?").select_option(label=NOTHING_FURTHER)
    page.get_by_label("Reasons").fill("Early help is done; school and health go on alone.")
    page.get_by_label("If nobody has seen the child").fill("Seen at home by Tamsin Reeve on Friday.")
    page.get_by_role("button", name="Close the case").click()
    expect(page.get_by_text("Decide what a referral needs and tell the referrer").first).to_be_visible()
    expect(page.get_by_label("Reasons")).to_have_value("Early help is done; school and health go on alone.")
    looked_at(page, "manager-may-not-close")
    assert all(now_of(file).open for file in two.files)
