"""After the letters: an appeal that succeeds and one that fails, a trial, the first day, and figures for the unions.

How it came to the letters is told in `story_a_change_is_selected.py`; here that is written in bulk.
"""

from __future__ import annotations

from datetime import date

import pytest

from rightplace.foundation.organisation.establishment.tables import Occupancy
from rightplace.foundation.organisation.programme import hooks
from rightplace.services.restructure import actions as restructure
from rightplace.services.selection import deciding, matching
from rightplace.services.selection.models import Job, Letter, Run
from rightplace.testing.organisation import small_city
from tests.scene_of_change import (
    FIRST,
    TIED,
    Change,
    day,
    part,
    patient,
    people_and_posts,
    pooled,
    press,
    proposed,
    reads,
    scored,
    unfold,
    worked_out,
)

pytestmark = pytest.mark.story
LOSES, FAILS = 15, 19
"""Who is below the last place and right to appeal; and who is last, and is not."""


@pytest.fixture(scope="module")
def made(site, hand, django_db_blocker):
    with django_db_blocker.unblock():
        found = people_and_posts(small_city(), hand)
        proposed(found)
        pooled(found)
        scored(found)
        _published(found)
        yield found


@pytest.fixture
def as_(as_):
    return patient(as_)


def _published(made: Change) -> None:
    made.on(date(2026, 2, 9))
    matching.ask_run(exercise=made.exercise, by=made.hr)
    run, job = worked_out(), Job.objects.get(title="Family worker")
    head = made.city.head_of_service.actor
    if run.results.get(method="stable").questions:
        pair = [made.people[place].worker.pk for place in TIED]
        matching.settle_tie(run=run, job=job, people=pair, evidence="Panel note 4 of 9 February.", by=head)
        matching.ask_run(exercise=made.exercise, by=made.hr)
        run = worked_out()
    proposal = deciding.propose(run=run, method="stable", reasons="No claim is left.", by=made.hr)
    deciding.confirm(decision=proposal, reasons="Agreed", named=made.city.human_resources.worker, by=head)
    restructure.show_stage(
        programme=made.programme, stage="impact", kind="equality impact of the result considered", on=date(2026, 2, 9),
        reference="Paper 3", by=made.hr,
    )  # fmt: skip
    made.on(date(2026, 2, 10))
    restructure.publish(
        programme=made.programme, words="Everybody has a letter.", by=made.city.director.actor
    )


def test_one_appeal_succeeds_and_one_fails(made: Change, as_, looked_at):
    made.on(date(2026, 2, 12))
    assert _no_place(made, LOSES) and _no_place(made, FAILS)
    right, wrong = as_(made.people[LOSES]), as_(made.people[FAILS])
    for page, about, grounds in ((right, "a score", "My written example was not read: it is on page 3 of my papers."),
                                 (wrong, "the result", "I have worked here longest.")):  # fmt: skip
        page.goto("/my-place/")
        page.get_by_role("link", name="Appeal", exact=True).click()
        page.get_by_label(about).check()
        page.get_by_label("What was not right?").fill(grounds)
        press(page, "Make this appeal")
        reads(page, "Your appeal is made.")
    looked_at(right, "own-appeal")
    hr = as_(made.city.human_resources)
    hr.goto("/selection/")
    reads(hr, "an appeal that nobody hears yet")
    for place, first in ((LOSES, True), (FAILS, False)):
        hr.goto("/selection/")
        part(hr, "todo").get_by_role("link", name=made.people[place].worker.name).click()
        if first:
            looked_at(hr, "appeal-appoint")
            hr.get_by_label("Who hears it?").select_option(label=made.city.head_of_service.worker.name)
            day(hr, "hearing_on", date(2026, 2, 17))
            press(hr, "Appoint")
            reads(hr, "This person took part in what the appeal is about.")
        hr.get_by_label("Who hears it?").select_option(label=made.city.director.worker.name)
        day(hr, "hearing_on", date(2026, 2, 17))
        press(hr, "Appoint")
        reads(hr, "Appointed.")
    made.on(date(2026, 2, 17))
    director = as_(made.city.director)
    director.goto("/hearings/")
    looked_at(director, "hearings")
    for place, outcome, reasons in (
        (
            LOSES,
            "The appeal succeeds",
            "The written example is in the papers and neither sheet speaks of it.",
        ),
        (
            FAILS,
            "The appeal does not succeed",
            "Length of employment was no criterion, and both sheets give evidence for each mark.",
        ),
    ):
        director.goto("/hearings/")
        director.get_by_role("link", name=made.people[place].worker.name).click()
        if place == LOSES:
            looked_at(director, "hearing")
            director.get_by_label("What is scored anew").select_option(label="Family help panel")
        day(director, "heard_on", date(2026, 2, 17))
        director.get_by_label(outcome, exact=True).check()
        director.get_by_label("Your reasons").fill(reasons)
        press(director, "Give this decision")
        reads(director, "Decided.")
    wrong.goto("/my-place/")
    reads(wrong, "did not succeed")
    right.goto("/my-place/")
    reads(right, "succeeded")


def _no_place(made: Change, place: int) -> bool:
    return not Letter.objects.get(placement__member=made.member(place)).placement.job_id


def test_who_was_right_is_scored_anew_by_others_and_only_whom_it_concerns_has_a_new_letter(
    made: Change, as_, looked_at
):
    made.on(date(2026, 2, 18))
    hr = as_(made.city.human_resources)
    number = made.member(LOSES).appeals.get().pk
    hr.goto(f"/selection/appeals/{number}/")
    looked_at(hr, "appeal-upheld")
    for label, who in zip(("First scorer", "Second scorer"), made.scorers[2:], strict=True):
        hr.get_by_label(label).select_option(label=who.worker.name)
    press(hr, "Have the person scored anew")
    reads(hr, "They score alone now.")
    for who in made.scorers[2:]:
        page = as_(who)
        page.goto("/my-day/")
        reads(page, "Score sheets to sign")
        page.goto("/panels/")
        page.get_by_role("link", name=made.people[LOSES].worker.name).click()
        for code in ("c1", "c2", "c3"):
            page.locator(f"select[name=points_{code}]").select_option("4")
            page.locator(f"textarea[name=evidence_{code}]").fill(
                "The written example: a plan with days, and what came of it."
            )
        page.get_by_label("I am neither kin nor friend").check()
        press(page, "Sign this sheet")
        reads(page, "Signed.")
    hr.goto(f"/selection/appeals/{number}/")
    press(hr, "Match anew with the new score")
    reads(hr, "Being worked out.")
    run = worked_out()
    hr.goto(f"/selection/runs/{run.pk}/")
    reads(hr, "Whom it would move", made.people[LOSES].worker.name)
    looked_at(hr, "whom-it-would-move")
    hr.get_by_label("Nobody stands above an occupant").check()
    hr.get_by_label("Why this one").fill("The appeal that succeeded changes one score.")
    press(hr, "Propose this result")
    head = as_(made.city.head_of_service)
    head.goto(f"/selection/runs/{run.pk}/")
    head.get_by_label("Why do you confirm it?").fill("It follows from the appeal alone.")
    head.get_by_label("Who seeks another post").select_option(label=made.city.human_resources.worker.name)
    press(head, "Confirm this result")
    reads(head, "Confirmed.")
    moved = Letter.objects.filter(published_at=None)
    concerned = {
        each.placement.member.worker.name for each in moved.select_related("placement__member__worker")
    }
    assert made.people[LOSES].worker.name in concerned and len(concerned) == 2
    hr.goto(f"/selection/{made.exercise.pk}/")
    press(hr, "Send 2 letters of those for whom an appeal changed something")
    reads(hr, "The letters are out.")
    own = as_(made.people[LOSES])
    own.goto("/my-place/")
    own.get_by_role("link", name="Read your letter").click()
    reads(own, "You were scored anew after your appeal.", "Your place in the new structure is Family worker")
    assert Run.objects.latest("pk").appeal_id == number


def test_a_trial_is_set_and_everybody_sits_in_the_new_structure_on_its_first_day(
    made: Change, as_, looked_at
):
    hr = as_(made.city.human_resources)
    made.on(date(2026, 8, 24))
    hr.goto(f"/selection/people/{made.member(0).pk}/")
    unfold(part(hr, "trial"), "Set a trial of four weeks")
    press(hr, "Set a trial of four weeks")
    reads(hr, "The trial is set.")
    hr.goto(f"/selection/{made.exercise.pk}/")
    press(hr, "Seat 21 people from the first day")
    reads(hr, "Everybody who could be seated is seated.")
    looked_at(hr, "seated")
    assert Occupancy.objects.filter(seat__post__in=made.new, begins=FIRST).count() == 21
    made.on(date(2026, 9, 28))
    hr.goto("/selection/")
    reads(hr, "a trial that ends")
    part(hr, "todo").get_by_role("link", name=made.people[0].worker.name).click()
    unfold(part(hr, "trial"), "End the trial")
    hr.get_by_label("the job suits and is confirmed").check()
    hr.get_by_label("What both found").fill("Both are content.")
    press(hr, "End the trial")
    reads(hr, "the job suits and is confirmed")
    looked_at(hr, "trial-ended")


def test_the_unions_see_figures_with_small_numbers_left_out_and_no_name(made: Change, as_, looked_at):
    union = as_(made.city.union_observer)
    union.goto("/changes/figures/")
    looked_at(union, "union-list")
    union.get_by_role("link", name=made.programme.title).click()
    reads(union, "People under review", "left out")
    looked_at(union, "union-figures")
    said = union.locator("main").inner_text()
    assert not [each.worker.name for each in made.people if each.worker.name in said]
    for path in (f"/changes/{made.programme.pk}/", f"/selection/{made.exercise.pk}/", "/selection/"):
        assert union.goto(path).status == 404
    assert set(hooks.outcomes(made.programme.pk).values()) == {hooks.PLACED, hooks.DISPLACED}
