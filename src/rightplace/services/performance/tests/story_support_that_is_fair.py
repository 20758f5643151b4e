"""Valued, and supported fairly, in a real browser: thanks, an objective, informal help, then a formal stage with a companion,
and an end that is good: the plan is met.

Whoever is not named on the support finds nothing there. Each page is looked at by axe at a desk's width and a phone's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from rightplace.services.performance.models import Nudge
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import SmallCity, small_city
from rightplace.testing.stories import Hand

pytestmark = pytest.mark.story
LookedAt = Callable[..., None]
THANKS = "You waited with a frightened boy until he spoke."
HELP = "A morning a week without visits."
ACCOUNT = "Two visits were written up late because the tablet was broken."


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        yield small_city()


def day(page: Page, legend: str, on: date) -> None:
    group = page.get_by_role("group", name=legend).first
    for name, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        group.get_by_label(name, exact=True).fill(str(value))


def test_somebody_of_another_team_thanks_a_worker_who_shares_it(hand, city, as_, looked_at):
    thanks = as_(city.family_support_worker)
    thanks.goto(
        "/my-objectives/", timeout=60_000
    )  # the first page of a process reads every rule and template
    thanks.get_by_role("link", name="Thank somebody").click()
    thanks.get_by_label("A piece of the name").fill("low")
    thanks.get_by_role("button", name="Find them").click()
    looked_at(thanks, "thank", "Thank somebody")
    thanks.get_by_label("Ned Low").check()
    thanks.get_by_label("from me").check()
    thanks.get_by_label("What was good?").fill(THANKS)
    thanks.get_by_role("button", name="Send the thanks").click()
    expect(thanks.get_by_text("They read it on their own page")).to_be_visible()
    expect(thanks.get_by_text(THANKS)).to_have_count(0)
    worker = as_(city.social_worker, PHONE)
    worker.goto("/my-objectives/")
    expect(worker.get_by_text(THANKS)).to_be_visible()
    worker.get_by_role("button", name="Share it with the team").click()
    worker.goto("/thanks/")
    expect(worker.get_by_text(THANKS)).to_be_visible()
    looked_at(worker, "team-thanks", "Thanks in")


def test_an_objective_holds_when_both_agreed(hand, city, as_, looked_at):
    manager = as_(city.assessment_manager)
    manager.goto("/team-objectives/")
    looked_at(manager, "team-objectives", "Objectives of your team")
    manager.get_by_role("link", name="Propose an objective").first.click()
    manager.get_by_label("What is to be reached?").fill("Chair a family group meeting.")
    manager.get_by_label("What helps?").fill("Watch two first.")
    day(manager, "When do you look at it together?", date(2026, 6, 1))
    manager.get_by_role("button", name="Propose the objective").click()
    expect(manager.get_by_text("It holds when both have agreed.")).to_be_visible()
    worker = as_(city.social_worker)
    worker.goto("/my-objectives/")
    looked_at(worker, "my-objectives", "My objectives")
    worker.get_by_role("region", name="Objectives").get_by_role("link", name="Chair a family group").click()
    worker.get_by_role("button", name="I agree to this objective").click()
    expect(worker.get_by_text("agreed by both")).to_be_visible()
    worker.get_by_label("How does it go?").fill("I watched the first one.")
    worker.get_by_role("button", name="Write it down").click()
    expect(worker.get_by_text("I watched the first one.")).to_be_visible()
    looked_at(worker, "objective", "Your objective")


def test_informal_help_comes_first_then_a_formal_stage_with_a_companion(hand, city, as_, looked_at):
    matter = _begins(as_(city.assessment_manager), looked_at)
    _answers_and_names_a_companion(as_(city.social_worker), matter, looked_at)
    hand.moves(days=20)
    _looked_at_together(as_(city.assessment_manager), matter)
    _signs(as_(city.social_worker), matter)
    manager = as_(city.assessment_manager)
    manager.goto(matter)
    manager.get_by_label("Who of human resources?").select_option(index=1)
    manager.get_by_role("button", name="Bring human resources in").click()
    hand.moves(days=1)
    _announces_a_meeting(as_(city.human_resources), matter, looked_at)
    _signs(as_(city.social_worker), matter)
    _the_companion_reads_and_nobody_else(city, as_, matter, looked_at)
    hand.moves(days=14)
    officer = as_(city.human_resources)
    _met(officer, matter)
    _signs(as_(city.social_worker), matter)
    _a_plan_with_help_and_time(officer, matter)
    worker = as_(city.social_worker, PHONE)
    worker.goto(matter)
    expect(worker.get_by_role("heading", name="5. Improvement plan")).to_be_visible()
    looked_at(worker, "own-support", "Support with your work")
    assert Nudge.objects.filter(whom=city.social_worker.worker, done_at=None).exists()
    _signs(worker, matter)
    hand.moves(days=55)
    officer, worker = as_(city.human_resources), as_(city.social_worker)
    _reviewed(officer, matter)
    _signs(worker, matter)
    _met_the_plan(officer, matter)
    _signs(worker, matter)
    _ended_well(as_(city.assessment_manager), matter)
    worker = as_(city.social_worker, PHONE)
    worker.goto(matter)
    expect(worker.get_by_role("heading", name="8. Ended well")).to_be_visible()
    expect(worker.get_by_text("The plan was met").first).to_be_visible()
    looked_at(worker, "ended-well", "Support with your work")
    assert as_(city.director).goto(matter).status == 404


def _begins(manager: Page, looked_at: LookedAt) -> str:
    manager.goto("/team-objectives/")
    manager.get_by_role("main").get_by_role("link", name="Ned Low").click()
    looked_at(manager, "led-worker", "Ned Low")
    manager.get_by_role("link", name="Begin support").click()
    looked_at(manager, "begin", "Begin support")
    manager.get_by_label("What is expected").fill("Each visit is written up within two days.")
    manager.get_by_role("button", name="Begin the support").click()
    expect(manager.get_by_text("Say what is offered.").first).to_be_visible()
    manager.get_by_label("What helps?").fill(HELP)
    manager.get_by_role("button", name="Begin the support").click()
    expect(manager.get_by_text("Support has begun.")).to_be_visible()
    return "/" + manager.url.split("/", 3)[3]


def _answers_and_names_a_companion(worker: Page, matter: str, looked_at: LookedAt) -> None:
    worker.goto("/my-day/")
    worker.get_by_role("link", name="About your work").first.click()
    worker.goto(matter)
    expect(worker.get_by_text(HELP)).to_be_visible()
    worker.get_by_label("I have read it and see it otherwise").check()
    worker.get_by_label("Your own account").fill(ACCOUNT)
    worker.get_by_role("button", name="Sign, with your account beside it").click()
    worker.get_by_label("Somebody of another team?").fill("reeve")
    worker.get_by_role("button", name="Find them").click()
    worker.get_by_label("A colleague or a union representative").select_option(
        label="Tamsin Reeve, Area 1 family support"
    )
    worker.get_by_label("They may read everything on this page").check()
    worker.get_by_role("button", name="Say who comes along").click()
    expect(worker.get_by_text("Tamsin Reeve").first).to_be_visible()
    looked_at(worker, "answered", "Support with your work")


def _looked_at_together(manager: Page, matter: str) -> None:
    manager.goto(matter)
    expect(manager.get_by_text(ACCOUNT)).to_be_visible()
    manager.get_by_role("link", name="Looked at together").click()
    manager.get_by_label("What has changed, and what goes on").fill("Half of the visits are in time.")
    manager.get_by_role("button", name="Write down: Looked at together").click()
    expect(manager.get_by_role("heading", name="2. Looked at together")).to_be_visible()


def _signs(worker: Page, matter: str) -> None:
    worker.goto(matter)
    worker.get_by_label("I agree with what is written").check()
    worker.get_by_role("button", name="Sign, with your account beside it").click()
    expect(worker.get_by_text("Written down.")).to_be_visible()


def _announces_a_meeting(officer: Page, matter: str, looked_at: LookedAt) -> None:
    officer.goto("/support/")
    looked_at(officer, "formal", "Formal support")
    officer.get_by_role("main").get_by_role("link", name="Ned Low").click()
    officer.get_by_role("link", name="Notice of a formal meeting").click()
    officer.get_by_label("What the concern is").fill(
        "Visits that are written up late; the list of dates is attached."
    )
    officer.get_by_label("Adjustments").fill("A new tablet was asked for and ordered.")
    day(officer, "The day of the meeting", date(2026, 3, 25))
    officer.get_by_role("button", name="Write down: Notice").click()
    expect(officer.get_by_text("A formal meeting needs notice in writing").first).to_be_visible()
    day(officer, "The day of the meeting", date(2026, 4, 2))
    looked_at(officer, "notice", "Notice of a formal meeting")
    officer.get_by_role("button", name="Write down: Notice").click()
    expect(officer.get_by_role("heading", name="3. Notice of a formal meeting")).to_be_visible()


def _the_companion_reads_and_nobody_else(city: SmallCity, as_, matter: str, looked_at: LookedAt) -> None:
    companion = as_(city.family_support_worker)
    companion.goto("/my-objectives/")
    companion.get_by_role("link", name="Ned Low").click()
    expect(companion.get_by_text(ACCOUNT)).to_be_visible()
    looked_at(companion, "companion", "Support with Ned Low")
    for who in (city.other_assessment_manager, city.director, city.administrator, city.front_door_worker):
        assert as_(who).goto(matter).status == 404


def _met(officer: Page, matter: str) -> None:
    officer.goto(matter)
    officer.get_by_role("link", name="Formal meeting", exact=True).click()
    officer.get_by_label("What was said by each").fill("Ned and Tamsin spoke; the tablet came last week.")
    officer.get_by_role("button", name="Write down: Formal meeting").click()
    officer.get_by_role("heading", name="4. Formal meeting").wait_for()


def _a_plan_with_help_and_time(officer: Page, matter: str) -> None:
    officer.goto(matter)
    officer.get_by_role("link", name="Improvement plan").click()
    officer.get_by_label("What must change").fill("Nine of ten visits are written up within two days.")
    officer.get_by_label("What helps").fill(HELP)
    officer.get_by_label("Adjustments").fill("The tablet has come.")
    day(officer, "Until when the plan runs", date(2026, 4, 20))
    officer.get_by_role("button", name="Write down: Improvement plan").click()
    expect(officer.get_by_text("A plan leaves at least").first).to_be_visible()
    day(officer, "Until when the plan runs", date(2026, 5, 29))
    officer.get_by_role("button", name="Write down: Improvement plan").click()
    officer.get_by_role("heading", name="5. Improvement plan").wait_for()


def _reviewed(officer: Page, matter: str) -> None:
    officer.goto(matter)
    officer.get_by_role("link", name="Review of the plan").click()
    officer.get_by_label("What was reached of each part").fill("Nineteen of twenty visits within two days.")
    officer.get_by_role("button", name="Write down: Review of the plan").click()
    officer.get_by_role("heading", name="6. Review of the plan").wait_for()


def _met_the_plan(officer: Page, matter: str) -> None:
    officer.goto(matter)
    officer.get_by_role("link", name="Outcome", exact=True).click()
    officer.get_by_label("What was decided, why").fill("The plan is met. Nothing further follows.")
    officer.get_by_label("The plan was met").check()
    officer.get_by_role("button", name="Write down: Outcome").click()
    officer.get_by_role("heading", name="7. Outcome").wait_for()


def _ended_well(manager: Page, matter: str) -> None:
    manager.goto(matter)
    manager.get_by_role("link", name="Ended well").click()
    manager.get_by_label("What was reached").fill("Visits are written up in time, and the tablet stays.")
    manager.get_by_role("button", name="Write down: Ended well").click()
    manager.get_by_role("heading", name="8. Ended well").wait_for()
