"""Supervision in a real browser: a worker prepares, the manager holds, both sign, the child's file shows the decision.

Somebody covers who is away, a session is observed, two people let a third read. Another team's manager finds nothing.
Each page is looked at by axe at a desk's width and at a phone's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from rightplace.services.supervision.models import Session
from rightplace.services.supervision.tests.child import child_with
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import SmallCity, small_city
from rightplace.testing.stories import Hand

POINTS = "The dog at the door frightened me, and I did not say so."


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        yield small_city()


def test_a_worker_prepares_the_manager_holds_and_the_decision_stands_in_the_file(hand, city, as_, looked_at):
    nia = child_with(city)
    hand.moves(days=1)
    manager = as_(city.assessment_manager)
    manager.goto("/supervision/supervising/")
    looked_at(manager, "supervising", "Whom you supervise")
    manager.get_by_role("link", name="Plan a session").first.click()
    _day(manager, "On which day?", date(2026, 3, 6))
    looked_at(manager, "plan", "Plan a session with Ned Low")
    manager.get_by_role("button", name="Plan the session").click()
    expect(manager.get_by_text("Planned.")).to_be_visible()
    worker = as_(city.social_worker, PHONE)
    _prepares(worker, looked_at)
    hand.moves(days=2)
    _holds(manager, looked_at)
    hand.moves(hours=1)
    _signs(worker, looked_at)
    worker.goto(f"/child/{nia}/")
    expect(worker.get_by_text("Ring the school about the mornings.").first).to_be_visible()
    number = Session.objects.get().pk
    other = as_(city.other_assessment_manager)
    assert other.goto(f"/supervision/{number}/").status == 404
    assert other.goto(f"/supervision/{number}/?personal=read").status == 404
    _assures(as_(city.head_of_service), number, looked_at)
    worker.goto("/supervision/")
    expect(worker.get_by_text(city.head_of_service.worker.name).first).to_be_visible()
    looked_at(worker, "mine-read", "My supervision")


def _day(page: Page, legend: str, day: date) -> None:
    group = page.get_by_role("group", name=legend).first
    for name, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(name).fill(str(value))


def _prepares(worker: Page, looked_at: Callable[..., None]) -> None:
    worker.goto("/my-day/")
    expect(worker.get_by_role("link", name="Prepare your supervision").first).to_be_visible()
    worker.goto("/supervision/")
    looked_at(worker, "mine", "My supervision")
    worker.get_by_role("button", name="Prepare this session").click()
    worker.get_by_label("What do you want to talk about?").fill(POINTS)
    worker.get_by_role("button", name="Keep it for myself").click()
    expect(worker.get_by_text("Kept. Nobody but you reads it until you sign.")).to_be_visible()
    expect(worker.get_by_label("What do you want to talk about?")).to_have_value(POINTS)
    looked_at(worker, "prepare", "A session of supervision")
    worker.get_by_role("button", name="Share with my supervisor").click()
    expect(worker.get_by_text("Shared with your supervisor.")).to_be_visible()


def _holds(manager: Page, looked_at: Callable[..., None]) -> None:
    manager.goto("/my-day/")
    manager.get_by_role("link", name="Hold supervision").first.click()
    manager.get_by_role("link", name="Fri 6 Mar 2026").first.click()
    expect(manager.get_by_text(POINTS)).to_be_visible()
    looked_at(manager, "hold", "A session of supervision")
    manager.get_by_role("link", name="Write a decision").click()
    manager.get_by_label("What was decided?").fill("Ned visits Nia at school.")
    manager.get_by_label("Why?").fill("Nobody has asked her there.")
    manager.get_by_label("What is done?").fill("Ring the school about the mornings.")
    manager.get_by_role("button", name="Sign into the child’s file").click()
    expect(manager.get_by_text("Say until when").first).to_be_visible()
    _day(manager, "Until when?", date(2026, 3, 13))
    looked_at(manager, "decide", "A decision about Nia Harrow")
    manager.get_by_role("button", name="Sign into the child’s file").click()
    expect(manager.get_by_text("Signed, in the child’s file.")).to_be_visible()
    manager.get_by_label("How the worker is").fill("Tired, and well with the team.")
    manager.get_by_label("Agreed between us").fill("We visit together next week.")
    manager.get_by_role("button", name="Sign the session").click()
    expect(manager.get_by_text("Give how many minutes you talked.").first).to_be_visible()
    expect(manager.get_by_label("How the worker is")).to_have_value("Tired, and well with the team.")
    manager.get_by_label("How many minutes did you talk?").fill("75")
    manager.get_by_role("button", name="Sign the session").click()
    expect(manager.get_by_text("Signed. The worker reads it and signs too.")).to_be_visible()


def _signs(worker: Page, looked_at: Callable[..., None]) -> None:
    worker.goto("/my-day/")
    worker.get_by_role("link", name="Read and sign your supervision").first.click()
    worker.get_by_role("link", name="The session of").first.click()
    expect(worker.get_by_text("Tired, and well with the team.")).to_be_visible()
    worker.get_by_label("Where you see it otherwise").fill("I am not tired; I slept badly that day.")
    worker.get_by_label("I could say what is on my mind").check()
    looked_at(worker, "sign", "A session of supervision")
    worker.get_by_role("button", name="Sign", exact=True).click()
    expect(worker.get_by_text("Signed by both.")).to_be_visible()
    expect(worker.get_by_text("I am not tired; I slept badly that day.")).to_be_visible()


def _assures(head: Page, number: int, looked_at: Callable[..., None]) -> None:
    head.goto("/supervision/assurance/")
    looked_at(head, "assurance", "Assurance of supervision")
    head.goto("/supervision/lines/")
    looked_at(head, "lines", "Who supervises whom")
    head.goto("/supervision/releases/")
    looked_at(head, "releases", "Releases of supervision")
    head.goto(f"/supervision/{number}/")
    expect(head.get_by_text("Tired, and well with the team.")).to_have_count(0)
    looked_at(head, "above", "A session of supervision")
    head.get_by_role("button", name="Read the personal part").click()
    expect(head.get_by_text("Tired, and well with the team.")).to_be_visible()


def test_what_was_agreed_is_looked_at_again_and_an_observed_session_is_read_by_the_supervisor(
    hand, city, as_, looked_at
):
    hand.moves(days=1)
    manager = as_(city.assessment_manager)
    manager.goto("/supervision/supervising/")
    manager.get_by_role("link", name="Plan a session").first.click()
    _day(manager, "On which day?", date(2026, 4, 1))
    manager.get_by_role("button", name="Plan the session").click()
    manager.get_by_role("link", name="Say what became of it").click()
    manager.get_by_label("It is done").check()
    manager.get_by_label("What happened, or why not?").fill("The school rings before nine now.")
    looked_at(manager, "action", "What became of it")
    manager.get_by_role("button", name="Write into the child’s file").click()
    expect(manager.get_by_text("The school rings before nine now.")).to_be_visible()
    head = as_(city.head_of_service)
    head.goto("/supervision/assurance/")
    head.get_by_role("main").get_by_role("link", name="Farida Stone").click()
    _day(head, "When did you sit in?", date(2026, 3, 6))
    head.get_by_label("What went well, and what next?").fill("She waited for the answer.")
    looked_at(head, "supervisor", "Farida Stone as a supervisor")
    head.get_by_role("button", name="Write down what I saw").click()
    manager.goto("/supervision/")
    expect(manager.get_by_text("She waited for the answer.")).to_be_visible()
    expect(manager.get_by_role("heading", name="You as a supervisor")).to_be_visible()
    looked_at(manager, "supervisor-own", "My supervision")


def test_somebody_covers_while_a_supervisor_is_away(hand, city, as_, looked_at, django_db_blocker):
    with django_db_blocker.unblock():
        from rightplace.services.supervision.tests.test_lines import away

        first = hand.now.date()
        away(city.assessment_manager, first, date(2026, 5, 1), city.other_assessment_manager)
    worker = as_(city.social_worker, PHONE)
    worker.goto("/supervision/")
    expect(worker.get_by_text(city.other_assessment_manager.worker.name).first).to_be_visible()
    other = as_(city.other_assessment_manager)
    other.goto("/supervision/supervising/")
    expect(other.get_by_role("heading", name="Whom you cover today")).to_be_visible()
    looked_at(other, "covering", "Whom you supervise")


def test_two_people_let_a_third_read_and_the_worker_is_told(hand, city, as_, looked_at):
    asks, confirms, worker = as_(city.human_resources), as_(city.director), as_(city.social_worker, PHONE)
    asks.goto("/supervision/releases/")
    asks.get_by_role("link", name="Ask for a release").click()
    asks.get_by_label("Whose supervision?").select_option(label="Ned Low, Area 1 assessment")
    asks.get_by_role("button", name="Show when sessions were held").click()
    looked_at(asks, "choose", "Ask for a release")
    asks.get_by_role("link", name="Ask to read it").first.click()
    asks.get_by_label("Why must you read it?").fill("A complaint names this session.")
    looked_at(asks, "ask", "Ask to read a personal part")
    asks.get_by_role("button", name="Ask to read it").click()
    expect(asks.get_by_text("Nothing is open yet.")).to_be_visible()
    confirms.goto("/supervision/releases/")
    confirms.get_by_role("main").get_by_role("link", name="Ned Low").first.click()
    looked_at(confirms, "confirm", "A release of supervision")
    confirms.get_by_role("button", name="Confirm, and tell the worker").click()
    expect(confirms.get_by_text("Tired, and well with the team.")).to_have_count(0)
    asks.reload()
    asks.get_by_role("button", name="Read it now").click()
    expect(asks.get_by_text("Tired, and well with the team.")).to_be_visible()
    looked_at(asks, "released", "A release of supervision")
    worker.goto("/supervision/")
    expect(worker.get_by_text("A complaint names this session.")).to_be_visible()
    looked_at(worker, "told", "My supervision")
    worker.get_by_role("button", name="I have read this").click()
    expect(worker.get_by_text("Somebody was let into your supervision.")).to_have_count(0)
