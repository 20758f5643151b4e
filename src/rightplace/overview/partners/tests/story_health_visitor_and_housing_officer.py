"""A health visitor and a housing officer, each from the own page: what waits is answered, what is noticed is given, a
concern is raised, and what was shared is read word for word. Typed on a phone and at a desk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from rightplace.domain.practice.entries.contact import Grade
from rightplace.foundation.organisation import clock
from rightplace.services.frontdoor import actions
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.tests.telling_staff import told
from rightplace.services.partnership.models import Dispute
from rightplace.services.protection.tests.discussed import called
from rightplace.services.signals.models import Signal
from rightplace.services.signals.tests import giving
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import SmallCity, postcode_in, small_city
from rightplace.testing.stories import Hand

Look = Callable[..., None]


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    """Both agencies were asked about the same children, and have an agreement to give what they notice."""
    with django_db_blocker.unblock():
        made = small_city()
        giving.agreed(made, made.health, "health.visitor-concern", "health.checks-missed")
        giving.agreed(made, made.housing, "housing.arrears")
        contact = told(made.school)
        for who in (made.health, made.housing):
            actions.ask_check(
                contact=contact, agency=who.team.agency_id, grade=Grade.AMBER, question="What do you know?",
                sent="Ayla Brookfield, 8, and Joe, 5.", family_told="told and agrees", basis="public task",
                purpose="To decide what help is needed", by=made.front_door_worker.actor,
            )  # fmt: skip
        yield made


def test_a_health_visitor_answers_gives_a_signal_and_raises_a_concern(hand, city, as_, looked_at):
    page = as_(city.health, PHONE)
    page.goto("/our-page/", timeout=60_000)  # the first page of a process reads every rule and template
    expect(page.get_by_text("amber check")).to_be_visible()
    page.get_by_role("link", name="Say what you know").click()
    expect(page.get_by_text("Ayla Brookfield, 8, and Joe, 5.")).to_be_visible()
    page.get_by_label("We know the child or the family, and say what").check()
    page.get_by_label("Health visiting: what you know").or_(page.get_by_role("textbox")).first.fill(
        "Joe missed his review at two and a half."
    )
    looked_at(page, "visitor-check")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("The front door has your answer.")).to_be_visible()
    _notices_a_child(page, looked_at)
    _raises_a_concern(page)
    page.goto("/shared/?gave=1")
    expect(page.get_by_text("Joe missed his review at two and a half.")).to_be_visible()
    looked_at(page, "visitor-gave")


def _notices_a_child(page: Page, looked_at: Look) -> None:
    page.goto("/signals/")
    page.get_by_role("button", name="Give a signal").click()
    page.get_by_role("radio").first.check()
    for part, value in (("Day", "2"), ("Month", "3"), ("Year", "2026")):
        page.get_by_label(part, exact=True).first.fill(value)
    page.get_by_label("Child’s first name").fill("Wren")
    page.get_by_label("Child’s family name").fill("Halloran")
    page.get_by_label("Postcode").fill(postcode_in(1))
    page.get_by_label("What are the facts?").fill(
        "Few words at two and a half. Mother says that nobody visits."
    )
    looked_at(page, "visitor-signal", "Give a signal")
    page.get_by_role("button", name="Give this signal").click()
    expect(page.get_by_text("Taken.")).to_be_visible()
    assert Signal.objects.filter(kind__startswith="health.").count() == 1


def _raises_a_concern(page: Page) -> None:
    page.goto("/our-page/")
    page.get_by_role("main").get_by_role("link", name="Raise a concern").first.or_(
        page.get_by_role("main").get_by_role("button", name="Raise a concern")
    ).first.click()
    page.get_by_label("No", exact=True).first.check()
    page.get_by_label("First name").fill("Wren")
    page.get_by_label("Family name").fill("Halloran")
    page.get_by_label("Postcode, if you know it").fill(postcode_in(1))
    page.get_by_label("What have you seen or heard?").fill("The home was cold and there was no food for her.")
    page.get_by_label("What do you want to happen?").fill("Somebody rings her mother today.")
    family = page.get_by_role("group", name="Have you told the family")
    family.get_by_label("Yes", exact=True).or_(family.get_by_role("radio").first).first.check()
    page.get_by_label("It is part of our work to keep children safe").check()
    page.get_by_label("What is your role?").fill("Health visitor")
    page.get_by_label("On which number can we reach you today?").fill("01632 960112")
    page.get_by_role("button", name="Check what you wrote").click()
    page.get_by_role("button", name="Send to the front door").click()
    expect(page.get_by_role("heading", level=1, name="We have received it")).to_be_visible()
    assert Contact.objects.count() == 2


def test_a_housing_officer_refuses_with_a_reason_comes_to_a_discussion_and_disputes(
    hand, city, as_, looked_at
):
    rows = called(city, city.police, city.health, city.housing)
    hand.now = max(hand.now, clock.now(), rows[0].called)
    page = as_(city.housing)
    page.goto("/our-page/", timeout=60_000)
    looked_at(page, "housing-home", "Example Homes")
    page.get_by_role("link", name="Say what you know").click()
    page.get_by_label("We will not say, and give the reason").check()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("link", name="A refusal to share needs its reason.")).to_be_visible()
    page.get_by_label("If you will not say: your reason").fill("The tenancy is under appeal.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("The front door has your answer.")).to_be_visible()
    _comes(page, looked_at)
    _gives_arrears_of_a_household(page, looked_at)
    _disputes_with_an_agency_found_by_name(page, looked_at)


def _comes(page: Page, looked_at: Look) -> None:
    page.goto("/strategy-calls/")
    expect(page.get_by_text("Say who comes")).to_be_visible()
    looked_at(page, "housing-calls", "Strategy discussions")
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_label("I come myself").check()
    page.get_by_label("We know something", exact=True).check()
    page.get_by_label("What your agency knows").fill("The warden heard shouting in February.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("Those who called see your answer.")).to_be_visible()


def _gives_arrears_of_a_household(page: Page, looked_at: Look) -> None:
    page.goto("/signals/one/")
    for part, value in (("Day", "2"), ("Month", "3"), ("Year", "2026")):
        page.get_by_label(part, exact=True).first.fill(value)
    page.get_by_label("Postcode").fill(postcode_in(1))
    page.get_by_label("What are the facts?").fill("Ten weeks of rent are owed.")
    page.get_by_role("button", name="Give this signal").click()
    expect(page.get_by_role("link", name="Name the adults at home: no child is named.")).to_be_visible()
    looked_at(page, "housing-signal-wrong", "Give a signal")
    page.get_by_label("Adults at home").fill("Dana Frost")
    page.get_by_label("Address", exact=True).fill("9 Cedar Row")
    page.get_by_role("button", name="Give this signal").click()
    expect(page.get_by_text("Taken.")).to_be_visible()


def _disputes_with_an_agency_found_by_name(page: Page, looked_at: Look) -> None:
    page.goto("/disputes/")
    page.get_by_role("button", name="Raise a dispute").click()
    expect(page.get_by_label("Which agency?")).to_have_value("Example City Council")
    page.get_by_label("Which agency?").fill("example")
    page.get_by_label("A way of working").check()
    page.get_by_label("An answer that came late, or not").check()
    page.get_by_label("What should be done instead, and why?").fill("Ring our desk first.")
    page.get_by_role("button", name="Raise it").click()
    expect(page.get_by_role("link", name="Type more of it.")).to_be_visible()
    looked_at(page, "housing-dispute", "Raise a dispute")
    page.get_by_label("Which agency?").fill("city police")
    page.get_by_role("button", name="Raise it").click()
    expect(page.get_by_text("The other side is asked to answer.")).to_be_visible()
    assert Dispute.objects.get().against.name == "Example City Police"
