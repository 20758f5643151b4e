"""Learning in a real browser: what a role asks for, a course taken, what became of it, and a supervised first year.

Each page is looked at by axe at a desk's width and a phone's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from rightplace.foundation.organisation.establishment.people import say_particulars
from rightplace.services.learning import actions, firstyear
from rightplace.services.learning.models import FirstYear
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import SmallCity, small_city
from rightplace.testing.stories import Hand

pytestmark = pytest.mark.story
LookedAt = Callable[..., None]


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        made = small_city()
        for title, kind in (("Information in our hands", "information"), ("Writing for the court", "court")):
            actions.add_course(
                title=title, kind=kind, provider="Own learning team", days=Decimal("0.5"), begins=date(2020, 1, 1),
                cost_pence=0, by=made.human_resources.actor,
            )  # fmt: skip
        say_particulars(
            worker=made.social_worker.worker, profession="social_work", begins=date(2025, 12, 8),
            by=made.human_resources.actor, in_profession_since=date(2025, 12, 8), qualified=date(2025, 7, 1),
            registered=True,
        )  # fmt: skip
        yield made


def day(inside, legend: str, on: date) -> None:
    group = inside.get_by_role("group", name=legend).first
    for name, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        group.get_by_label(name, exact=True).fill(str(value))


def test_what_a_role_asks_for_is_booked_taken_and_thought_about(hand, city, as_, looked_at):
    worker = as_(city.social_worker, PHONE)
    worker.goto("/my-learning/")
    expect(worker.get_by_text("not known").first).to_be_visible()
    looked_at(worker, "my-learning", "My learning")
    worker.get_by_role("link", name="Book a course").first.click()
    day(worker, "On which day?", date(2026, 3, 2))
    worker.get_by_role("button", name="Book the course").click()
    expect(worker.get_by_text("That day is past.").first).to_be_visible()
    day(worker, "On which day?", date(2026, 3, 4))
    looked_at(worker, "book", "Book")
    worker.get_by_role("button", name="Book the course").click()
    expect(worker.get_by_text("booked for Wed 4 Mar 2026").first).to_be_visible()
    hand.moves(days=2)
    _was_there(as_(city.human_resources), looked_at)
    worker.goto("/my-day/")
    worker.goto("/my-learning/")
    worker.get_by_role("region", name="Your courses").get_by_role(
        "link", name="Information in our hands"
    ).click()
    worker.get_by_label("What do you take from it?").fill("I lock the screen when the door opens.")
    worker.get_by_role("button", name="Keep it", exact=True).click()
    expect(worker.get_by_text("Kept.")).to_be_visible()
    looked_at(worker, "own-course", "Information in our hands")
    worker.goto("/my-learning/career/")
    looked_at(worker, "career", "Steps of my career")


def _was_there(officer: Page, looked_at: LookedAt) -> None:
    officer.goto("/courses/")
    looked_at(officer, "courses", "Courses")
    officer.get_by_role("main").get_by_role("link", name="Information in our hands").click()
    looked_at(officer, "course", "Information in our hands")
    officer.get_by_role("button", name="Ned Low attended").click()
    expect(officer.get_by_text("Nobody is booked.")).to_be_visible()


def test_a_manager_and_leaders_see_what_is_due_and_what_became_of_it(hand, city, as_, looked_at):
    manager = as_(city.assessment_manager)
    manager.goto("/learning/")
    expect(manager.get_by_role("rowheader", name="Ned Low")).to_be_visible()
    looked_at(manager, "team-learning", "Learning of")
    manager.get_by_role("link", name="What became of training").click()
    manager.get_by_role("link", name="2026").click()
    expect(manager.get_by_text("fewer than 8")).to_be_visible()
    expect(manager.get_by_text("Ned Low")).to_have_count(0)
    looked_at(manager, "effect", "What became of training")


def test_a_supervised_first_year_is_read_by_the_two_the_worker_first(hand, city, as_, looked_at):
    officer = as_(city.human_resources)
    officer.goto("/courses/")
    begin = officer.get_by_role("region", name="Begin a supervised first year")
    begin.get_by_label("Who begins?").select_option(label="Ned Low, Area 1 assessment")
    begin.get_by_label("Who supervises?").select_option(label="Farida Stone, Area 1 assessment")
    day(begin, "From which day?", date(2025, 12, 8))
    begin.get_by_role("button", name="Begin the first year").click()
    expect(officer.get_by_text("Written down.")).to_be_visible()
    manager = as_(city.assessment_manager)
    _opens_the_year(manager)
    expect(manager.get_by_text("Ask the worker to open it")).to_be_visible()
    worker = as_(city.social_worker, PHONE)
    _opens_the_year(worker)
    expect(worker.get_by_text("Farida Stone writes the review after 3 months")).to_be_visible()
    looked_at(worker, "own-year", "Your supervised first year")
    manager.reload()
    expect(manager.get_by_text("As the worker saw it this week.")).to_be_visible()
    manager.get_by_label("What goes well, and what is needed").fill(
        "Calm in hard talks; fewer families until Easter."
    )
    day(manager, "On which day was it held?", date(2026, 3, 5))
    looked_at(manager, "year", "First year of Ned Low")
    manager.get_by_role("button", name="Write it down").click()
    expect(manager.get_by_text("Ned Low adds an own word")).to_be_visible()
    worker.reload()
    worker.get_by_label("Your own word to the review").fill("The fortnightly talks carry me.")
    worker.get_by_role("button", name="Write it down").click()
    expect(worker.get_by_text("The fortnightly talks carry me.")).to_be_visible()
    for who in (city.other_assessment_manager, city.head_of_service, city.human_resources):
        assert as_(who).goto(worker.url).status == 404


def _opens_the_year(page: Page) -> None:
    page.goto("/my-learning/")
    page.get_by_role("region", name="Supervised first years").get_by_role("link", name="Ned Low").click()


def test_when_the_first_year_is_completed_the_next_step_of_the_career_opens(hand, city, as_, looked_at):
    """The other three reviews are written down as on the page before; what the step then asks leads to a course."""
    worker = as_(city.social_worker, PHONE)
    worker.goto("/my-learning/career/")
    expect(worker.get_by_role("heading", name="Your next step: Social worker")).to_be_visible()
    year = FirstYear.objects.get(worker=city.social_worker.worker)
    for review in year.reviews.filter(held_on=None).order_by("month"):
        firstyear.hold_review(
            review=review, words="Steady and kind.", on=hand.now.date(), by=city.assessment_manager.actor
        )
    worker.reload()
    expect(worker.get_by_role("heading", name="Your next step: Experienced social worker")).to_be_visible()
    looked_at(worker, "next-step", "Steps of my career")
    worker.get_by_role("region", name="Your next step").get_by_role("link").first.click()
    expect(worker.get_by_role("heading", name="Writing for the court")).to_be_visible()
