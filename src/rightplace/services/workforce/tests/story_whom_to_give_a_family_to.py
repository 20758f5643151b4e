"""Whom to give a family to, in the browser: by the suggestion and against it, "I am full" answered, a post filled.

Each page at a desk's width and at a phone's, with nothing for axe to find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.tests.children_offered import now_of, offered
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions, people
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.workforce.tests.conftest import held
from rightplace.testing.organisation import LONG_AGO, Colleague, SmallCity, colleague, small_city
from rightplace.testing.stories import Hand

pytestmark = pytest.mark.story
LookedAt = Callable[..., None]


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        yield small_city()


def employ(city: SmallCity, who: Colleague, families: int) -> None:
    by, hours = city.human_resources.actor, Decimal(37)
    post = actions.open_post(
        title="Family support worker", grade="GR4", profession="family_support", role=who.membership.role,
        team=who.team, funding="core", hours=hours, begins=LONG_AGO, by=by,
    )  # fmt: skip
    people.say_contract(worker=who.worker, hours=hours, begins=LONG_AGO, by=by)
    people.seat_worker(seat=post.seats.get(), worker=who.worker, kind="substantive", begins=LONG_AGO, by=by)
    for _ in range(families):
        held(who, "family_support", begins=date(2025, 5, 1))


def waits(city: SmallCity) -> int:
    offer = offered(city, city.family_support)
    caseflow.accept_child(file=offer.file, offer=offer.id, by=city.family_support_manager.actor)
    return int(offer.person)


def test_a_manager_allocates_by_the_suggestion_and_against_it(hand, city, as_, looked_at, django_db_blocker):
    with django_db_blocker.unblock():
        vera = colleague("Vera Quine", city.family_support, RoleCode.FAMILY_SUPPORT_WORKER)
        otis = colleague("Otis Brand", city.family_support, RoleCode.FAMILY_SUPPORT_WORKER)
        for who, families in ((city.family_support_worker, 12), (otis, 12), (vera, 0)):
            employ(city, who, families)
        first, second = waits(city), waits(city)
    hand.moves(minutes=5)
    page = as_(city.family_support_manager)
    page.context.set_default_timeout(40_000)
    by_the_suggestion(page, first, looked_at)
    against_it(page, second, looked_at)
    with django_db_blocker.unblock():
        assert (now_of(first).worker, now_of(second).worker) == (vera.worker.pk, otis.worker.pk)
        waits(city)
    hand.moves(minutes=5)
    page.goto(f"/workload/{city.family_support.pk}/waiting/")
    looked_at(page, "waiting", "Who waits for a worker")
    page.goto(f"/workload/{city.family_support.pk}/moves/")
    looked_at(page, "moves", "Moves in")
    page.get_by_role("button", name="Work out worthwhile moves").click()
    expect(page.get_by_role("heading", name="What would be worth it")).to_be_visible()
    looked_at(page, "moves-asked", "Moves in")
    page.goto(f"/workload/{city.family_support.pk}/")
    looked_at(page, "team-load", "Workload of")


def by_the_suggestion(page: Page, child: int, looked_at: LookedAt) -> None:
    page.goto(f"/child/{child}/worker/")
    expect(page.get_by_role("heading", name="Suggested: Vera Quine")).to_be_visible()
    looked_at(page, "suggested")
    page.get_by_role("button", name="Allocate this worker").click()
    expect(page.get_by_text("Allocated.")).to_be_visible()


def against_it(page: Page, child: int, looked_at: LookedAt) -> None:
    page.goto(f"/child/{child}/worker/")
    page.get_by_label("Otis Brand").check()
    page.get_by_role("button", name="Allocate this worker").click()
    expect(page.get_by_text("Say why another worker than the one suggested.").first).to_be_visible()
    looked_at(page, "against")
    page.get_by_label("Anything to remember about this choice").fill("He knows the grandmother.")
    page.get_by_role("button", name="Allocate this worker").click()
    expect(page.get_by_text("Allocated.")).to_be_visible()


def test_a_worker_says_to_be_full_and_is_answered(hand, city, as_, looked_at):
    worker = as_(city.family_support_worker)
    worker.goto("/my-work/")
    looked_at(worker, "my-work", "My work")
    worker.get_by_role("button", name="Say that you are full").click()
    worker.get_by_label("What no longer fits into your week?").fill("Two new families came in one week.")
    worker.get_by_role("main").get_by_role("button").first.click()
    expect(worker.get_by_text("Said. Your manager reads it now")).to_be_visible()
    hand.moves(minutes=30)
    manager = as_(city.family_support_manager)
    manager.goto("/full/")
    looked_at(manager, "full", "Who said to be full")
    manager.get_by_role("main").get_by_role("link", name="Tamsin Reeve").click()
    manager.get_by_label("relief: work is taken away").check()
    manager.get_by_label("What happens, or why not").fill("One family goes to Vera on Monday.")
    manager.get_by_role("button", name="Give this answer").click()
    expect(manager.get_by_text("Answered. The worker reads it on My work.")).to_be_visible()


def test_human_resources_opens_a_post_and_seats_somebody(hand, city, as_, looked_at):
    page = as_(city.human_resources)
    page.goto("/posts/")
    looked_at(page, "posts", "Posts")
    page.get_by_role("button", name="Open a post").click()
    page.get_by_label("Title").fill("Family Help worker")
    page.get_by_label("Grade").fill("GR4")
    page.get_by_label("Which profession?").select_option(label="family support")
    page.get_by_label("Which role here?").select_option(label="family support worker")
    page.get_by_label("Which team?").select_option(label="Area 1 family support")
    page.get_by_label("Who pays for it?").fill("Families First grant")
    page.get_by_label("Hours a week for which there is money").fill("18.5")
    begins(page)
    looked_at(page, "open-post", "Open a post")
    page.get_by_role("button", name="Open this post").click()
    expect(page.get_by_text("Opened. Seat somebody")).to_be_visible()
    looked_at(page, "post", "Family Help worker")
    sits = page.get_by_role("region", name="Let somebody sit there")
    sits.get_by_label("Which seat?").select_option(index=1)
    sits.get_by_label("Who?", exact=True).select_option(label="Imran Dale")
    begins(sits)
    sits.get_by_role("button", name="Seat this worker").click()
    expect(page.get_by_text("Written down.")).to_be_visible()
    page.goto("/posts/people/")
    looked_at(page, "people", "Contracts")
    page.get_by_role("main").get_by_role("link", name="Imran Dale").click()
    looked_at(page, "employed", "Imran Dale")
    page.goto("/posts/leavers/")
    looked_at(page, "leavers", "Leavers")


def begins(inside) -> None:
    today = clock.today()
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        inside.get_by_label(part, exact=True).first.fill(str(value))
