"""A concern in a real browser: seen, graded, checked, refused, decided, accepted, and sent back to the head of service.

Each page is looked at by axe at a desk's width and at a phone's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.tests.telling_staff import AYLA, JOE, told
from rightplace.testing.organisation import SmallCity, small_city
from rightplace.testing.stories import Hand


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        yield small_city()


def test_the_front_door_decides_and_a_team_accepts(hand, city, as_, looked_at):
    told(city.other_school, AYLA, line="12 Cedar Row")
    hand.moves(days=1)
    contact = told(city.school, AYLA, JOE)
    told(city.police, JOE, source="6", area=9, danger_now="yes", line="3 Mill Lane")
    hand.moves(minutes=3)
    page = as_(city.front_door_worker)
    page.goto("/front-door/")
    expect(page.get_by_role("heading", name="Inbox", exact=True)).to_be_visible()
    looked_at(page, "inbox")
    page.get_by_role("link", name="Ayla Brookfield, 8; Joe Brookfield, 5").click()
    expect(page.get_by_text("Came without a coat again.")).to_be_visible()
    looked_at(page, "contact")
    page.get_by_role("link", name="Possible same child").first.click()
    looked_at(page, "same", "Possible same child")
    page.get_by_label("Yes, one child").check()
    page.get_by_label("Why do you say so?").fill("Same birthday and address.")
    page.get_by_role("button", name="Write the decision down").click()
    expect(page.get_by_text("They are one child now")).to_be_visible()
    page.get_by_role("button", name="Grade it", exact=True).click()
    looked_at(page, "grade", "Grade the contact")
    page.get_by_label("Green").check()
    page.get_by_label("Why this grade?").fill("It goes on.")
    page.get_by_role("button", name="Grade the contact").click()
    expect(page.get_by_text("raised because it was told again within a week")).to_be_visible()
    page.get_by_role("button", name="Ask an agency").click()
    page.get_by_label("Which agency?").select_option(label="Example City Police")
    page.get_by_label("Told, and they agree").check()
    page.get_by_role("button", name="Show what is sent").click()
    looked_at(page, "ask", "Ask an agency")
    page.get_by_role("button", name="Ask Example City Police").click()
    expect(page.get_by_text("Example City Police is asked.")).to_be_visible()
    _closes_and_is_refused(page, looked_at)
    _answers(as_(city.police), looked_at)
    hand.moves(minutes=10)
    _decides(page, contact, looked_at)
    hand.moves(minutes=5)
    manager = as_(city.family_support_manager)
    manager.goto("/offers/")
    looked_at(manager, "offers")
    manager.get_by_role("link", name="Joe Brookfield").click()
    looked_at(manager, "offer", "Offer of Joe")
    manager.get_by_role("checkbox", name="Ayla").uncheck()  # she waits for the next test's team
    manager.get_by_role("button", name="Accept Joe Brookfield").click()
    expect(manager.get_by_text("Area 1 family support answers for the child from now on.")).to_be_visible()
    looked_at(manager, "accepted")


def _closes_and_is_refused(page: Page, looked_at: Callable[..., None]) -> None:
    page.get_by_role("button", name="Decide what it needs").click()
    looked_at(page, "decide", "Decide: Ayla")
    page.get_by_label("Additional", exact=True).check()
    page.get_by_label("Find an indicator").fill("unwell, and cop")
    page.get_by_label("A parent is low or unwell, and copes on most days").check()
    page.get_by_label("No further action").check()
    page.get_by_label("Reasons", exact=True).fill("The mother says that she copes.")
    page.get_by_label("What else did you think of?").fill("A visit by the school nurse.")
    page.get_by_label("Told, and they agree").check()
    page.get_by_role("button", name="Sign the decision").click()
    page.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_text("Do this instead")).to_be_visible()
    expect(page.get_by_role("link", name="Write down what Example City Police answered")).to_be_visible()
    expect(page.get_by_label("Reasons", exact=True)).to_have_value("The mother says that she copes.")
    looked_at(page, "refused")


def _answers(police: Page, looked_at: Callable[..., None]) -> None:
    police.goto("/checks/")
    looked_at(police, "checks")
    police.get_by_role("rowheader").get_by_role("link").click()
    looked_at(police, "check", "What do you know?")
    police.get_by_label("We know nothing").check()
    police.get_by_role("button", name="Send the answer").click()
    expect(police.get_by_text("The front door has your answer.")).to_be_visible()


def _decides(page: Page, contact: Contact, looked_at: Callable[..., None]) -> None:
    page.goto(f"/front-door/contact/{contact.concern}/decide/")
    page.get_by_label("Additional", exact=True).check()
    page.get_by_label("A parent's mental illness, and the child goes short because of it").check()
    page.get_by_label("Family support team").check()
    page.get_by_label("Reasons", exact=True).fill("The mother is unwell and alone.")
    page.get_by_label("What else did you think of?").fill("An assessment; she asks for help herself.")
    page.get_by_label("Told, and they agree").check()
    page.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_text("was offered to").first).to_be_visible()
    looked_at(page, "decided")


def test_sent_back_twice_goes_to_the_head_of_service_who_places_the_child(
    hand, city, as_, looked_at, django_db_blocker
):
    with django_db_blocker.unblock():
        offer = Offer.objects.filter(state="open").first()
        assert offer is not None
        hand.moves(minutes=1)
        caseflow.send_back(
            file=offer.file, offer=offer.pk, reasons="Lives in area 9 now.", instead="Area 9.",
            by=city.family_support_manager.actor,
        )  # fmt: skip
        hand.moves(minutes=1)
        caseflow.offer_child(
            file=offer.file, team=city.other_family_support.pk, for_what="family support team", reasons="Moved.",
            by=city.front_door_worker.actor,
        )  # fmt: skip
    hand.moves(minutes=1)
    other = as_(city.other_family_support_manager)
    other.goto("/offers/")
    other.get_by_role("link", name="Ayla Brookfield").click()
    other.get_by_text("Send the child back").click()
    other.get_by_label("Why does your team not take this child?").fill("She is back in area 1.")
    other.get_by_label("What should happen instead?").fill("Area 1 knows the family.")
    looked_at(other, "send-back")
    other.get_by_role("button", name="Send back with these reasons").click()
    hand.moves(minutes=1)
    head = as_(city.head_of_service)
    head.goto("/offers/")
    expect(head.get_by_role("heading", name="To place: two teams sent the child back (1)")).to_be_visible()
    expect(head.get_by_text("due today, 14:").or_(head.get_by_text("hours left")).first).to_be_visible()
    looked_at(head, "to-place")
    head.get_by_role("link", name="Ayla Brookfield").click()
    looked_at(head, "place", "Which team answers")
    head.get_by_label("Which team answers from now on?").select_option(label="Area 1 family support")
    head.get_by_label("Why this team?").fill("They know the mother.")
    head.get_by_role("button", name="Place Ayla Brookfield").click()
    expect(head.get_by_text("Placed. The team answers")).to_be_visible()


def test_a_worker_leaves_and_the_child_waits_with_its_age(hand, city, as_, looked_at, django_db_blocker):
    manager = as_(city.family_support_manager)
    with django_db_blocker.unblock():
        file = Offer.objects.filter(state="accepted").values_list("person", flat=True)[0]
    manager.goto(f"/child/{file}/worker/")
    looked_at(manager, "worker")
    manager.get_by_label("Tamsin Reeve").check()
    manager.get_by_role("button", name="Allocate this worker").click()
    expect(manager.get_by_text("Allocated.")).to_be_visible()
    with django_db_blocker.unblock():
        hand.moves(minutes=1)
        organisation.leave_team(
            membership=city.family_support_worker.membership, on=clock.today(), by=city.administrator.actor
        )
    hand.moves(days=3)
    manager.goto(f"/child/{file}/worker/")
    expect(manager.get_by_text("unallocated, 3 days")).to_be_visible()
    for name in ("step", "close"):
        manager.goto(f"/child/{file}/{name}/")
        looked_at(manager, name)


def test_the_pages_beside_the_path_are_sound_as_well(hand, city, as_, looked_at):
    manager = as_(city.front_door_manager)
    for address, name in (
        ("/front-door/rota/", "rota"), ("/front-door/blind/", "cases"), ("/front-door/blind/compare/", "compare"),
    ):  # fmt: skip
        manager.goto(address)
        looked_at(manager, name)
    manager.goto("/front-door/blind/")
    manager.get_by_role("rowheader").get_by_role("link").first.click()
    expect(manager.get_by_role("heading", name="What we were told")).to_be_visible()
    looked_at(manager, "vignette")
