"""An assessment in a real browser: started, kept, signed, sent back, signed again, authorised by somebody else.

Each page is looked at by axe at a desk's width and at a phone's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from rightplace.common.caseflow.queries import accountable_team
from rightplace.services.assessment.projections import Assessment
from rightplace.services.assessment.tests.assessed import NIA, TOM, with_the_team
from rightplace.testing.organisation import SmallCity, small_city
from rightplace.testing.stories import Hand


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        yield small_city()


def test_two_children_are_assessed_and_a_manager_decides(hand, city, as_, looked_at):
    nia, tom = with_the_team(city, NIA, TOM)
    hand.moves(days=1)
    page = as_(city.social_worker)
    _starts(page, nia, looked_at)
    hand.moves(days=1)
    _writes(page, nia, tom, looked_at)
    hand.moves(minutes=10)
    manager = as_(city.assessment_manager)
    manager.goto("/my-day/")
    expect(manager.get_by_role("link", name="Read and authorise").first).to_be_visible()
    manager.goto("/assessments/")
    looked_at(manager, "assessments", "Assessments")
    manager.get_by_role("table").first.get_by_role("link", name="Nia Harrow").click()
    looked_at(manager, "authorise", "Authorise the assessment of Nia Harrow and Tom Harrow")
    manager.get_by_label("What is missing?").fill("What the father says.")
    manager.get_by_role("button", name="Send it back").click()
    expect(manager.get_by_text("Sent back, with what is missing.")).to_be_visible()
    hand.moves(hours=2)
    _writes_again(page, nia, looked_at)
    hand.moves(minutes=10)
    _authorises(manager, looked_at)
    assert accountable_team(nia) == accountable_team(tom) == city.assessment.pk
    assert {row.outcome for row in Assessment.objects.all()} == {"cin_plan", "early_help"}


def _starts(page: Page, nia: int, looked_at: Callable[..., None]) -> None:
    page.goto(f"/child/{nia}/")
    page.get_by_role("button", name="Assessment").click()
    looked_at(page, "start", "Start an assessment of Nia Harrow and Tom Harrow")
    page.get_by_label("What must this assessment find out?").fill("Whether somebody cooks for the children.")
    page.get_by_label("In supervision, with my manager").check()
    page.get_by_role("button", name="Start the assessment").click()
    expect(page.get_by_text("Started.")).to_be_visible()
    looked_at(page, "begun", "Assessment of")


def _writes(page: Page, nia: int, tom: int, looked_at: Callable[..., None]) -> None:
    page.get_by_role("button", name="Write the assessment").click()
    page.locator(f"#id_c{nia}-development").fill("Nia grows well and reads above her age.")
    page.locator(f"#id_c{nia}-child_words").fill("I cook when mum sleeps.")
    page.get_by_role("button", name="Keep it for later").click()
    expect(page.get_by_text("Nobody but you reads it until you sign.", exact=False).first).to_be_visible()
    expect(page.locator(f"#id_c{nia}-child_words")).to_have_value("I cook when mum sleeps.")
    page.get_by_role("button", name="Sign the assessment").click()
    expect(page.get_by_text("Write what all this means for the children.").first).to_be_visible()
    looked_at(page, "write-wrong", "Write the assessment")
    page.locator(f"#id_c{tom}-development").fill("Tom is often hungry.")
    page.locator(f"#id_c{tom}-child_words").fill("Nia makes toast.")
    for file in (nia, tom):
        page.locator(f"#id_c{file}-child_wishes").fill("That mum is well.")
        page.locator(f"#id_c{file}-indicators summary").nth(1).click()
        page.locator(f"#id_c{file}-indicators").get_by_label("A parent is low or unwell, and copes").check()
        page.locator(f"#id_c{file}-reasons").fill("Nobody else cooks.")
    page.locator(f"input[name=c{nia}-level][value=additional]").check()
    page.locator(f"input[name=c{tom}-level][value=additional]").check()
    page.locator(f"input[name=c{nia}-proposes][value=cin_plan]").check()
    page.locator(f"#id_c{nia}-goals").fill("Somebody cooks every evening\nNia sleeps by nine")
    page.locator(f"input[name=c{tom}-proposes][value=early_help]").check()
    page.locator(f"#id_c{tom}-goals").fill("Tom eats before school")
    page.locator("#id_parenting").fill("Warm, and tired.")
    page.locator("#id_environment").fill("Two rooms; the grandmother lives near.")
    page.locator("#id_family_view").fill("The mother wants help.")
    page.locator("#id_analysis").fill(
        "Nia carries too much; with help in the evening both could be children again."
    )
    looked_at(page, "write", "Write the assessment")
    page.get_by_role("button", name="Sign the assessment").click()
    expect(page.get_by_text("Signed as written.")).to_be_visible()
    expect(page.get_by_text("You wrote this, so somebody else authorises it")).to_be_visible()
    expect(page.get_by_role("button", name="Read it and authorise")).to_have_count(0)
    looked_at(page, "written", "Assessment of")


def _writes_again(page: Page, nia: int, looked_at: Callable[..., None]) -> None:
    page.reload()
    expect(page.get_by_text("What the father says.")).to_be_visible()
    looked_at(page, "sent-back", "Assessment of")
    page.get_by_role("button", name="Write what is missing").click()
    expect(page.locator(f"#id_c{nia}-goals")).to_have_value(
        "Somebody cooks every evening\nNia sleeps by nine"
    )
    page.locator("#id_family_view").fill("The mother wants help; the father works nights and agrees.")
    page.get_by_role("button", name="Sign the assessment").click()
    expect(page.get_by_text("Signed as written.")).to_be_visible()


def _authorises(manager: Page, looked_at: Callable[..., None]) -> None:
    manager.goto("/assessments/to-authorise/")
    looked_at(manager, "to-authorise", "Assessments to authorise")
    manager.get_by_role("link", name="Nia Harrow").click()
    manager.get_by_label("Why do you authorise this?").fill("I agree: the mother asks for it.")
    choice = manager.get_by_label("Which team is offered Tom Harrow?")
    expect(choice.locator("option:checked")).to_have_text("Area 1 family support")
    expect(manager.get_by_label("The plan that goes along")).to_have_value("Tom eats before school")
    manager.get_by_role("button", name="Authorise", exact=True).click()
    expect(manager.get_by_text("Ring the other team first").first).to_be_visible()
    looked_at(manager, "authorise-wrong", "Authorise the assessment")
    manager.get_by_label("Who spoke for the other team?").fill("Pat Moss, family support")
    manager.get_by_label("What did you both agree?").fill(
        "Pat visits with Ellen on Friday; Ellen tells the mother."
    )
    manager.get_by_role("button", name="Authorise", exact=True).click()
    expect(manager.get_by_text("Authorised, with your reasons.")).to_be_visible()
    looked_at(manager, "authorised", "Assessment of")
