"""A cut-over from the programme to its end: planned, accepted, rehearsed, run, interrupted, gone on with, done.

Each page at a desk's width and at a phone's, with nothing for axe to find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from rightplace.foundation.organisation import actions, clock
from rightplace.foundation.organisation.models import School
from rightplace.services.cutover import rehearsing, running
from rightplace.services.cutover.models import Cutover
from rightplace.services.cutover.tests.families import MIDNIGHT, Scene, a_programme, now_of, scene_of
from rightplace.testing.organisation import small_city
from rightplace.testing.stories import Hand

pytestmark = pytest.mark.story
LookedAt = Callable[..., None]


class Killed(BaseException):
    """The run ends in the middle, as when the machine goes down."""


@pytest.fixture(scope="module")
def scene(site: str, hand: Hand, django_db_blocker) -> Iterator[Scene]:
    with django_db_blocker.unblock():
        found = scene_of(small_city())
        a_programme(found)
        city, school = found.city, School.objects.get(area_id=1)
        actions.set_link_person(
            school=school, worker=found.old_worker.worker, begins=clock.today(), by=city.administrator.actor
        )
        yield found


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_a_cut_over_is_planned_accepted_and_rehearsed(hand, scene: Scene, as_, looked_at, django_db_blocker):
    head = as_(scene.city.head_of_service)
    head.context.set_default_timeout(40_000)
    head.goto("/cut-overs/")
    looked_at(head, "every", "Cut-over")
    press(head, "Prepare the cut-over of One family support team")
    press(head, "Make the plan")
    expect(head.get_by_text("3 families: proposed and not yet offered.")).to_be_visible()
    looked_at(head, "planned", "One family support team")
    press(head, "Offer 3 families to the new teams")
    expect(head.get_by_text("waiting for the new team’s manager")).to_be_visible()
    manager = as_(scene.manager)
    manager.context.set_default_timeout(40_000)
    manager.goto("/")
    manager.goto("/cut-overs/mine/")
    looked_at(manager, "mine", "Families that come to your team")
    manager.get_by_role("link", name="Area 1 family support").click()
    looked_at(manager, "receive", "Families from Area 1 family support")
    manager.get_by_role("link", name="Asha Thornbury", exact=True).first.click()
    manager.get_by_label("The worker has no room for the family").check()
    press(manager, "Send the family back")
    expect(manager.get_by_text("sent back").first).to_be_visible()
    manager.get_by_label("With whom of the old team").select_option(label="Wendell Ashby")
    for part, typed in (("Day", "3"), ("Month", "3"), ("Year", "2026")):
        manager.get_by_label(part, exact=True).fill(typed)
    press(manager, "Accept 2 families")
    expect(manager.get_by_text("Your team answers for them from").first).to_be_visible()
    an_exception_is_answered(head, looked_at)
    manager.reload()
    for part, typed in (("Day", "3"), ("Month", "3"), ("Year", "2026")):
        manager.get_by_label(part, exact=True).fill(typed)
    manager.get_by_label("With whom of the old team").select_option(label="Wendell Ashby")
    press(manager, "Accept 1 family")
    rehearsed_in_the_background(head, scene, looked_at, django_db_blocker)


def an_exception_is_answered(head: Page, looked_at: LookedAt) -> None:
    """What came back gets another worker and is offered again."""
    head.goto("/cut-overs/")
    head.get_by_role("link", name="One family support team").click()
    expect(head.get_by_text("1 family: sent back by the new team.")).to_be_visible()
    head.get_by_role("link", name="Every family of the plan").click()
    looked_at(head, "families", "Families of One family support team")
    head.get_by_role("link", name="Sent back (1)").click()
    head.locator("table").get_by_role("link").first.click()
    looked_at(head, "family")
    head.get_by_label("Which worker of which new team?").select_option(
        label="Ottilie Grange, Area 9 family support"
    )
    press(head, "Choose this worker")
    head.goto("/cut-overs/")
    head.get_by_role("link", name="One family support team").click()
    press(head, "Offer 1 family to the new teams")


def rehearsed_in_the_background(head: Page, scene: Scene, looked_at: LookedAt, django_db_blocker) -> None:
    head.reload()
    press(head, "Rehearse the plan")
    expect(head.get_by_text("A rehearsal is under way")).to_be_visible()
    with django_db_blocker.unblock():
        cutover = Cutover.objects.get()
        held = rehearsing.rehearse(cutover.rehearsals.get(), scene.city.head_of_service.actor)
        assert held.succeeded, (held.refusals, held.missing, held.moved_besides)
    head.reload()
    looked_at(head, "rehearsed")
    head.locator("section[aria-labelledby=rehearsal]").get_by_role("link").click()
    looked_at(head, "rehearsal", "Rehearsal")
    expect(head.get_by_text("always exactly one team")).to_be_visible()


def test_the_family_and_its_worker_know_before_the_day(scene: Scene, as_, looked_at):
    worker = as_(scene.along)
    worker.goto("/cut-overs/coming/")
    looked_at(worker, "coming", "Your families in the new structure")
    expect(worker.get_by_text("Asha Thornbury and Ben Thornbury")).to_be_visible()
    manager = as_(scene.manager)
    manager.goto("/cut-overs/mine/")
    manager.get_by_role("link", name="Area 1 family support").click()
    manager.get_by_role("link", name="Asha Thornbury and Ben Thornbury").click()
    manager.get_by_role("link", name="The letter to the family").click()
    looked_at(manager, "letter", "Your worker stays")
    expect(manager.get_by_text("To the family of Asha and Ben")).to_be_visible()
    with manager.expect_download() as saved:
        manager.get_by_role("link", name="Save the letter as PDF").click()
    assert saved.value.suggested_filename.startswith("letter-")


def test_it_runs_is_interrupted_goes_on_and_is_done(hand, scene: Scene, as_, looked_at, django_db_blocker):
    head = as_(scene.city.head_of_service)
    head.context.set_default_timeout(40_000)
    head.goto("/cut-overs/")
    head.get_by_role("link", name="One family support team").click()
    press(head, "Let the run begin")
    expect(head.get_by_text("Ready. Families move from")).to_be_visible()
    looked_at(head, "ready")
    hand.now = MIDNIGHT + timedelta(hours=6)
    with django_db_blocker.unblock(), pytest.raises(Killed):
        running.run_batch(Cutover.objects.get(), told=_dies)
    address = head.url
    head = as_(scene.city.head_of_service)
    head.goto(address)
    expect(head.get_by_text("1 family: moved.")).to_be_visible()
    looked_at(head, "interrupted")
    press(head, "Stop the run")
    expect(head.get_by_text("1 family of 3 moved before it was stopped")).to_be_visible()
    looked_at(head, "stopped")
    press(head, "Go on with the run")
    with django_db_blocker.unblock():
        running.run_batch(Cutover.objects.get())
        assert {now_of(child).team for child in scene.children} == {scene.new.pk}
    head.reload()
    expect(head.get_by_text("Every family has moved. The new teams answer for them.")).to_be_visible()
    looked_at(head, "done")
    one_sentence(as_(scene.manager), scene, looked_at)


def _dies(ran: object) -> None:
    raise Killed


def one_sentence(manager: Page, scene: Scene, looked_at: LookedAt) -> None:
    """The child's story tells the cut-over once."""
    manager.goto(f"/child/{scene.families[0][0]}/")
    told = manager.get_by_text("Area 9 family support answers now: services were reorganised")
    expect(told).to_have_count(1)
    looked_at(manager, "story")
