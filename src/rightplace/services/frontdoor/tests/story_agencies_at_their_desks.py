"""A police officer's whole job on a phone, and a joint triage of a notice, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from rightplace.domain.practice.entries.contact import Grade
from rightplace.services.frontdoor import actions
from rightplace.services.frontdoor.projected_triage import Triage
from rightplace.services.frontdoor.tests.telling_staff import AYLA, JOE, told
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import SmallCity, small_city
from rightplace.testing.stories import Hand


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        yield small_city()


ASKED = {
    "question": "What do you know about the family?", "basis": "public task", "purpose": "To decide what help is needed",
    "family_told": "told and agrees",
}  # fmt: skip


def test_a_police_officer_does_the_whole_job_on_a_phone(hand, city, as_, looked_at):
    contact = told(city.school, AYLA, JOE)
    for who, grade, sent in (
        (city.police, Grade.RED, "Ayla Brookfield, 8, and Joe Brookfield, 5, 12 Cedar Row."),
        (city.police, Grade.GREEN, "Joe Brookfield, 5, 12 Cedar Row."),
        (city.health, Grade.AMBER, "Ayla Brookfield, 8, 12 Cedar Row."),
    ):
        actions.ask_check(
            contact=contact,
            agency=who.team.agency_id,
            grade=grade,
            sent=sent,
            by=city.front_door_worker.actor,
            **ASKED,
        )
        hand.moves(minutes=2)
    hand.moves(minutes=30)
    page = as_(city.police, size=PHONE, has_touch=True, is_mobile=True)
    page.goto("/checks/", timeout=60_000)  # the first page of a process reads every rule and template
    expect(page.get_by_role("link", name="Tue 3 Mar 2026")).to_have_count(2)
    expect(page.get_by_text("Brookfield")).to_have_count(0)
    looked_at(page, "desk")
    page.get_by_role("link", name="Tue 3 Mar 2026, 10:20").click()
    expect(page.get_by_text("You are asked about those who are named here, and nobody else.")).to_be_visible()
    page.get_by_role("button", name="I take it").click()
    expect(page.get_by_text("You have this check.")).to_be_visible()
    looked_at(page, "desk-check")
    page.get_by_label("We know the child or the family, and say what").check()
    page.get_by_label("Incidents that you hold about the child or the people named").fill(
        "Two calls in May 2025."
    )
    page.get_by_label("Officer in the case").fill("PC 4711 Ormond")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("The front door has your answer.")).to_be_visible()
    expect(page.get_by_role("heading", name="Answered lately")).to_be_visible()
    page.get_by_role("link", name="Tue 3 Mar 2026, 10:22").click()
    expect(page.get_by_role("heading", level=1, name="What do you know?")).to_be_visible()
    page.get_by_label("We will not say, and give the reason").check()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("link", name="A refusal to share needs its reason.")).to_be_visible()
    page.get_by_label("If you will not say: your reason").fill("A court forbids it.")
    page.get_by_role("button", name="Send the answer").click()
    page.goto("/shared/")
    expect(page.get_by_text("Ayla Brookfield, 8, and Joe Brookfield, 5, 12 Cedar Row.")).to_be_visible()
    looked_at(page, "shared-own")
    page.goto("/shared/?gave=1")
    expect(page.get_by_text("A court forbids it.")).to_be_visible()
    door = as_(city.front_door_worker)
    door.goto(f"/front-door/contact/{contact.concern}/")
    expect(door.get_by_text("Two calls in May 2025.")).to_be_visible()
    expect(door.get_by_text("PC 4711 Ormond")).to_be_visible()
    looked_at(door, "answers-beside")
    door.goto(f"/child/{contact.children[0]}/shared/")
    expect(door.get_by_text("Two calls in May 2025.")).to_be_visible()
    looked_at(door, "shared-of-child")


def test_police_health_school_and_social_worker_decide_a_notice_together(hand, city, as_, looked_at):
    contact = told(city.police, JOE, source="6", line="3 Mill Lane", saw="Called to the home last night.")
    door = as_(city.front_door_worker)
    door.goto(f"/front-door/contact/{contact.concern}/")
    door.get_by_role("link", name="Open a joint triage").click()
    for name in ("Example City Police", "Example City Health Visiting"):
        door.get_by_label(name).check()
    door.get_by_label("And the child’s school?").or_(
        door.get_by_label("And the child's school?")
    ).select_option(label="Lark Hill Primary")
    door.get_by_label("Amber: heard").check()
    door.get_by_label("Not told", exact=True).check()
    door.get_by_label("If not, or if they do not agree: why all the same?").fill(
        "It could put the mother in danger."
    )
    looked_at(door, "triage-begin")
    door.get_by_role("button", name="Ask them to the table").click()
    expect(door.get_by_text("Each agency is asked to say what it knows.")).to_be_visible()
    number = Triage.objects.get(concern=contact.concern).id
    for who, text in (
        (city.police, "Third call this year."),
        (city.health, "Missed two visits."),
        (city.school, "Tired."),
    ):
        page = as_(who)
        page.goto("/notices/")
        page.goto(f"/notices/{number}/")
        page.get_by_label("We know the child or the family, and say what").check()
        page.get_by_label("What you know").fill(text)
        page.get_by_label("Complex/significant").check()
        page.get_by_role("button", name="Say it at the table").click()
        expect(page.get_by_text("Everybody at the table can read it.")).to_be_visible()
    looked_at(page, "triage-school")
    door.goto(f"/notices/{number}/decide/")
    door.get_by_label("Additional").check()
    door.get_by_label("Reasons").fill("Three calls, two missed visits; the mother asks for help.")
    door.get_by_label("Did anybody see it differently?").fill("The police would go to a strategy discussion.")
    door.get_by_label("Tell the school?").select_option(label="Lark Hill Primary")
    door.get_by_label("What the school is sent").fill(
        "There was an incident at home. Let him sleep if he is tired."
    )
    door.get_by_role("button", name="Decide, and go on to the contact").click()
    expect(
        door.get_by_text("Our own view").or_(door.get_by_text("has not said what it knows"))
    ).to_be_visible()
    door.get_by_label("If somebody has not spoken: why do you decide without them?").fill(
        "Our own view is the decision."
    )
    looked_at(door, "triage-decide")
    door.get_by_role("button", name="Decide, and go on to the contact").click()
    expect(door.get_by_text("The table has decided.")).to_be_visible()
    expect(door.locator("textarea[name=all-reasons]")).to_have_value(
        "Three calls, two missed visits; the mother asks for help."
    )
    school = as_(city.school)
    school.goto("/shared/")
    expect(school.get_by_text("Let him sleep if he is tired.")).to_be_visible()
