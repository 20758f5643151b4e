"""A family support team's whole job with one family in the browser, on a desk and on a phone, checked by axe.

Accept, agree, assess, plan, share with the school, review, step up, step down again: one team answers at every instant.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from rightplace.common.caseflow.projections import Offer
from rightplace.foundation.journal import reading
from rightplace.foundation.organisation import clock
from rightplace.services.familysupport.projections import Support
from rightplace.services.familysupport.tests.siblings import now_of, offered
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import MORNING, as_in_browser, small_city

pytestmark = pytest.mark.story
DAY = 24
PICTURES = os.environ.get("RIGHTPLACE_PICTURES")


BOTH = re.compile("Maya and Jonas Lindqvist|Jonas and Maya Lindqvist")


@pytest.fixture(scope="module")
def told(site, django_db_blocker):
    """The small city with two children who are offered to the family support team."""
    with django_db_blocker.unblock():
        with clock.clock_at(MORNING - timedelta(days=1)):
            city = small_city()
            two = offered(city)
        yield city, two


@contextmanager
def after(hours: float):
    """The moment at which somebody acts: time goes on between two acts."""
    with clock.clock_at(MORNING + timedelta(hours=hours)):
        yield


class Screens:
    """Each person's desk and telephone, and what is looked at on both."""

    def __init__(self, visitor, site, check):
        self.visitor, self.site, self.check = visitor, site, check

    def desk(self, person):
        page = as_in_browser(self.visitor(), person, self.site)
        page.context.set_default_timeout(40_000)
        return page

    def looked_at(self, page, name):
        """Nothing wrong for axe, nothing wider than the screen; on a telephone too."""
        size = page.viewport_size
        for width in (size["width"], PHONE["width"]):
            page.set_viewport_size({"width": width, "height": size["height"]})
            self.check(page)
            over = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert over <= 0, f"{name} is wider than {width}"
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"early-help-{name}-{width}.png", full_page=True)
        page.set_viewport_size(size)


@pytest.fixture
def screens(visitor, site, axe_finds_nothing):
    return Screens(visitor, site, axe_finds_nothing)


def test_a_family_is_helped_steps_up_and_comes_back(told, screens):
    city, two = told
    with after(0):
        accept(screens, city.family_support_manager, "Tamsin Reeve")
        answers(two, city.family_support)
    worker = screens.desk(city.family_support_worker)
    with after(1):
        begin(worker, screens)
    with after(2):
        assess(worker, screens)
    with after(3):
        plan(worker, screens)
    with after(4):
        invite(worker, screens)
    with after(5):
        partner(screens, city)
    with after(35 * DAY):
        review(worker, screens)
    with after(36 * DAY):
        step_up(worker, screens, city)
        answers(two, city.family_support)
    with after(37 * DAY):
        accept(screens, city.assessment_manager, "Ned Low")
        answers(two, city.assessment)
        worker.goto("/families/")
        assert worker.get_by_text("Your team works with no family now").count() == 1
    with after(44 * DAY):
        step_down(screens, city, two)
        answers(two, city.assessment)
    with after(45 * DAY):
        accept(screens, city.family_support_manager, "Tamsin Reeve")
        answers(two, city.family_support)
    with after(46 * DAY):
        begin_again(worker, screens)
    for file in two.files:
        states = [state for state in reading.journey(file).states if state.open]
        assert all(state.team for state in states)
        teams = [s.team for n, s in enumerate(states) if n == 0 or states[n - 1].team != s.team]
        assert teams[-3:] == [city.family_support.pk, city.assessment.pk, city.family_support.pk]


def answers(two, team):
    """One team answers for both children at this instant."""
    assert {now_of(file).team for file in two.files} == {team.pk}


def accept(screens, manager, worker):
    page = screens.desk(manager)
    page.goto("/offers/")
    page.get_by_role("link", name="Maya Lindqvist").first.click()
    chosen = (
        page.get_by_label("Which worker?").locator("option", has_text=worker).first.get_attribute("value")
    )
    page.get_by_label("Which worker?").select_option(chosen)
    screens.looked_at(page, f"offer-{manager.team.kind}-{Offer.objects.count()}")
    page.get_by_role("button", name="Accept Maya Lindqvist").click()
    page.get_by_text("answers for the child from now on").wait_for()


def begin(page, screens):
    page.goto("/families/")
    screens.looked_at(page, "families-to-begin")
    page.get_by_role("link", name="Begin with the family").first.click()
    page.get_by_label("What does the family want help with?").fill("Quiet mornings")
    page.get_by_label("Their answer").first.select_option("agrees")
    page.get_by_label("What does Maya say to it?").select_option("agrees")
    screens.looked_at(page, "begin")
    page.get_by_role("button", name="Begin with the family").click()
    page.get_by_text("Begun. The whole-family assessment is due next.").wait_for()
    screens.looked_at(page, "family-begun")


def assess(page, screens):
    page.get_by_role("button", name="Write the assessment").click()
    screens.looked_at(page, "frameworks")
    page.get_by_role("button", name="Begin with: Supporting Families, ten headlines").click()
    page.get_by_label("What does the family want to be different").fill("We want quiet mornings.")
    page.get_by_label("What do the children say").fill("Maya: I want breakfast. Jonas runs to his mother.")
    page.get_by_label("What is going on, taken together?").fill("Ida is not sleeping; mornings are hard.")
    finding(page, 0, "Maya", "Getting a good education", "a need, nothing started", "To be on time")
    page.get_by_role("button", name="Another need or strength").click()
    page.locator("#one-2").wait_for()
    assert (
        page.get_by_label("What is going on, taken together?").input_value().startswith("Ida is not sleeping")
    )
    finding(page, 1, "Ida Lindqvist", "Improved mental and physical health", "help has started", "Sleep")
    page.locator("[data-autosave-said]", has_text="Saved").wait_for()
    screens.looked_at(page, "assess")
    page.get_by_role("button", name="Sign the assessment").click()
    page.get_by_text("It is the baseline; the plan is due next.").wait_for()


def finding(page, place, who, headline, now, needs):
    one = page.locator(f"section[aria-labelledby=one-{place + 1}]")
    one.get_by_label(who, exact=True).check()
    one.get_by_label("Which headline?").select_option(label=headline)
    one.get_by_label(now, exact=True).check()
    one.get_by_label("What is needed?").fill(needs)


def plan(page, screens):
    page.get_by_role("button", name="Make the plan").click()
    goal(page, 0, "Maya is at school on time", "They walk together at half past eight", "Ida Lindqvist", "9")
    goal(page, 1, "Ida sleeps again", "Ring the surgery together", "Tamsin Reeve", "6")
    page.get_by_role("button", name="Another goal").click()
    page.locator("#goal-3").wait_for()
    assert page.get_by_label("What should be different?").nth(1).input_value() == "Ida sleeps again"
    screens.looked_at(page, "plan")
    page.get_by_role("button", name="Sign the plan").click()
    page.get_by_text("The plan was signed.").wait_for()


def goal(page, place, want, does, doer, day):
    one = page.locator(f"section[aria-labelledby=goal-{place + 1}]")
    one.get_by_label("What should be different?").fill(want)
    one.get_by_label("What is done for it?").fill(does)
    one.get_by_label("Who does it?").select_option(label=doer)
    for part, value in (("Day", day), ("Month", "3"), ("Year", "2026")):
        one.get_by_label(part, exact=True).fill(value)


def invite(page, screens):
    page.get_by_role("link", name="Somebody joins").click()
    page.get_by_label("A colleague with an account here").select_option(label="Ruth Okafor")
    page.get_by_label("What they do").fill("Class teacher")
    page.get_by_label("Maya is at school on time").check()
    page.get_by_role("button", name="Take them in").click()
    page.get_by_text("Nothing is shared with another agency without a basis").wait_for()
    page.get_by_label("On what lawful basis").select_option(label="Public task, and the family agrees")
    page.get_by_label("What for?").fill("So that school and we pull the same way")
    screens.looked_at(page, "joins")
    page.get_by_role("button", name="Take them in").click()
    page.get_by_text("They are in the team around the family.").wait_for()


def partner(screens, city):
    page = screens.desk(city.school)
    page.goto("/around-families/")
    screens.looked_at(page, "partner-list")
    page.get_by_role("link", name=BOTH).first.click()
    page.get_by_role("heading", name="What is shared of the plan").wait_for()
    assert page.get_by_text("Maya is at school on time").count() == 1
    assert page.get_by_text("Ida sleeps again").count() == 0, "a part that is not shared is not there"
    screens.looked_at(page, "partner")
    for person in (city.other_school, city.police):
        assert screens.desk(person).goto(page.url).status == 404


def review(page, screens):
    page.goto("/families/")
    page.get_by_role("link", name=BOTH).first.click()
    page.get_by_role("button", name="Review the plan").click()
    page.get_by_label("Ida Lindqvist", exact=True).check()
    page.get_by_label("Done", exact=True).first.check()
    page.get_by_label("Maya: Getting a good education").select_option(label="getting better")
    page.get_by_label("What does the family say").fill("It is quieter.")
    page.get_by_label("What did you look at together?").fill("The two goals.")
    page.get_by_label("The plan goes on").check()
    screens.looked_at(page, "review")
    page.get_by_role("button", name="Sign the review").click()
    page.get_by_text("The review was signed.").wait_for()
    assert (
        page.get_by_role("heading", name="Better than at the start: Maya, getting a good education").count()
        == 1
    )
    screens.looked_at(page, "family")


def step_up(page, screens, city):
    page.get_by_role("button", name="Step up").click()
    fill_step(page, "Area 1 assessment", "Farida Stone, assessment")
    screens.looked_at(page, "step-up")
    page.get_by_role("button", name="Offer the child onward").click()
    page.get_by_text("Your team answers for the child until the other accepts").first.wait_for()
    assert Offer.objects.filter(state="open", team=city.assessment.pk).count() == 2
    assert not Support.objects.exclude(ended__isnull=True).exists()


def fill_step(page, team, theirs):
    page.get_by_label("Which team is the child offered to?").select_option(label=team)
    page.get_by_label("Reasons").fill("What was agreed with the family has changed.")
    page.get_by_label("Who spoke for the other team?").fill(theirs)
    page.get_by_label("What did you both agree?").fill(
        "We go together tomorrow at four; Tamsin tells Ida today."
    )
    page.locator("input[name=indicators]").first.check()


def step_down(screens, city, two):
    page = screens.desk(city.assessment_manager)
    page.goto(f"/child/{two.maya}/step/")
    page.get_by_label("Down: the child needs less").check()
    fill_step(page, "Area 1 family support", "Tamsin Reeve")
    page.get_by_label("The plan that goes along").fill("Maya is at school on time")
    page.get_by_role("button", name="Offer the child onward").click()
    page.get_by_text("Your team answers for the child until the other accepts").first.wait_for()


def begin_again(page, screens):
    page.goto("/families/")
    page.get_by_role("link", name="Begin with the family").first.click()
    page.get_by_label("What does the family want help with?").wait_for()
    assert page.get_by_role("heading", name="The plan that came along").count() == 1
    page.get_by_label("What does the family want help with?").fill("To keep it up")
    page.get_by_label("Their answer").first.select_option("agrees")
    page.get_by_label("What does Maya say to it?").select_option("not asked yet")
    page.get_by_role("button", name="Begin with the family").click()
    page.get_by_text("Begun.").wait_for()
    screens.looked_at(page, "begun-again")


def test_the_team_page_says_hours_and_families(told, screens):
    city, _two = told
    with after(47 * DAY):
        page = screens.desk(city.family_support_manager)
        page.goto(f"/team/{city.family_support.pk}/")
        assert page.get_by_role("heading", name="Capacity in hours").count() == 1
        assert page.get_by_text("The team works with 1 family").count() == 1
        screens.looked_at(page, "team")
