"""From pools to letters: everybody under review is pooled, heard and scored, and two people decide, in a real browser.

Most wishes and marks are bulk; each decision is typed by whoever takes it. How it came to the pools is told in
`story_a_change_is_proposed.py`, what follows the letters in `story_a_change_is_appealed.py`.
"""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from rightplace.services.selection.models import Letter, Panel, Pool, Result
from rightplace.testing.organisation import small_city
from tests.scene_of_change import (
    ALL,
    FAMILY,
    TIED,
    YOUTH,
    Change,
    day,
    filled_sheet,
    part,
    patient,
    people_and_posts,
    press,
    proposed,
    reads,
    trained,
    unfold,
    wish,
    worked_out,
)

pytestmark = pytest.mark.story


@pytest.fixture(scope="module")
def made(site, hand, django_db_blocker):
    with django_db_blocker.unblock():
        found = people_and_posts(small_city(), hand)
        proposed(found)
        found.on(date(2026, 1, 19))
        trained(found, found.scorers[:2])
        yield found


@pytest.fixture
def as_(as_):
    return patient(as_)


def test_pools_are_made_agreed_and_told(made: Change, as_, looked_at):
    hr = as_(made.city.human_resources)
    hr.goto("/selection/")
    looked_at(hr, "selections-none")
    hr.get_by_label("Which programme?").select_option(label=made.programme.title)
    day(hr, "opens", date(2026, 1, 20))
    day(hr, "closes", date(2026, 1, 30))
    press(hr, "Begin the selection")
    hr.get_by_role("link", name=made.programme.title).click()
    looked_at(hr, "selection-begun")
    hr.get_by_role("link", name="Make a pool").click()
    looked_at(hr, "pool-new")
    _pool(hr, made, "Youth workers", "slotted in", range(FAMILY, FAMILY + YOUTH), "Youth worker")
    reads(hr, "9 people hold these posts and there are 6 places.")
    assert hr.get_by_label("What is the pool called?").input_value() == "Youth workers"
    hr.get_by_label("How do these people stand").select_option(label="ring-fenced")
    press(hr, "Make this pool")
    for name, kind, places, job in (("Family workers", "ring-fenced", range(FAMILY), "Family worker"),
                                    ("The coordinator", "slotted in", [ALL - 1], "Coordinator")):  # fmt: skip
        hr.get_by_role("link", name="Make a pool").click()
        _pool(hr, made, name, kind, places, job)
    press(hr, "Put everybody into the pool of the own post")
    reads(hr, "Everybody who holds a post at risk is in.")
    hr.get_by_label("Where can the agreement be read?").fill("Joint minutes 12")
    press(hr, "Record that the pools were agreed")
    press(hr, "Tell everybody the own pool")
    reads(hr, "Everybody reads the own pool.")
    looked_at(hr, "selection-told")
    hr.get_by_role("link", name="Family workers").click()
    looked_at(hr, "pool")
    assert Pool.objects.get(name="The coordinator").kind == "slot_in"


def _pool(hr, made, name, kind, places, job):
    hr.get_by_label("What is the pool called?").fill(name)
    hr.get_by_label("How do these people stand").select_option(label=kind)
    hr.get_by_label("Why are these posts together?").fill("Most duties go on in the new team.")
    hr.get_by_label("Most duties are in one new job").check()
    hr.get_by_label("The level is similar").check()
    for place in places:
        hr.locator(f"input[name=posts][value='{made.old[place].pk}']").check()
    hr.get_by_label(f"{job}, Family help").check()
    press(hr, "Make this pool")


def test_wishes_a_right_a_job_share_and_a_mix_are_said(made: Change, as_, looked_at):
    made.on(date(2026, 1, 22))
    own, hr = as_(made.people[0]), as_(made.city.human_resources)
    own.goto("/my-day/")
    reads(own, "Say which places you would like")
    own.goto("/my-place/")
    looked_at(own, "own-place")
    own.get_by_role("link", name="Say what you would like").click()
    looked_at(own, "own-wishes")
    own.get_by_label("Number 1").select_option(label="Family worker, Family help")
    press(own, "Record what I would like")
    needs = part(own, "interview")
    unfold(needs, "Ask for this")
    needs.get_by_label("What do you need").fill("A room on the ground floor.")
    press(needs, "Ask for this")
    wish(made, [place for place in range(ALL) if place not in (0, 1)])
    hr.goto("/selection/")
    reads(hr, "an adjustment at the interview to answer")
    looked_at(hr, "hr-waits")
    part(hr, "todo").get_by_role("link", name=made.people[0].worker.name).click()
    hr.get_by_label("What is agreed?").fill("Room 2, on the ground floor.")
    press(hr, "Agree this")
    hr.goto(f"/selection/people/{made.member(1).pk}/")
    wishes = part(hr, "wishes")
    unfold(wishes, "Type in wishes from paper")
    wishes.get_by_label("Number 1").select_option(label="Family worker, Family help")
    day(wishes, "paper_of", date(2026, 1, 21))
    press(wishes, "Type in wishes from paper")
    reads(hr, "typed in by")
    looked_at(hr, "person")
    hr.goto(f"/selection/people/{made.member(5).pk}/")
    right = part(hr, "right")
    unfold(right, "Record the right and the offer")
    right.get_by_label("By which right?").select_option("pregnancy")
    right.get_by_label("Family worker, Family help").check()
    right.get_by_label("Who judged them suitable").fill("Her manager and human resources, 21 January.")
    press(right, "Record the right and the offer")
    mother = as_(made.people[5])
    mother.goto("/my-place/")
    looked_at(mother, "own-right")
    mother.get_by_label("Yes").check()
    press(mother, "Give this answer")
    reads(mother, "Your answer is recorded.")
    _share_and_mix(made, hr, looked_at)


def _share_and_mix(made, hr, looked_at):
    hr.goto(f"/selection/{made.exercise.pk}/shares/")
    for place, label in ((27, "First person"), (28, "Second person")):
        hr.get_by_label(label).select_option(str(made.member(place).pk))
    hr.get_by_label("Where can it be read that both").fill("Letter 7")
    press(hr, "Record this job share")
    reads(hr, "They are one applicant with one list from now on.")
    looked_at(hr, "shares")
    hr.goto(f"/selection/{made.exercise.pk}/mix/")
    hr.get_by_label("Profession").select_option("youth_work")
    hr.get_by_label("At least").fill("5")
    hr.get_by_label("At most").fill("6")
    press(hr, "Ask for this mix")
    reads(hr, "The next matching keeps it, or says why it cannot.")
    looked_at(hr, "mix")


def test_a_panel_scores_alone_one_scorer_is_replaced_and_a_third_settles(
    made: Change, as_, looked_at, tmp_path
):
    made.on(date(2026, 2, 3))
    hr, city = as_(made.city.human_resources), made.city
    hr.goto(f"/selection/{made.exercise.pk}/panels/new/")
    looked_at(hr, "panel-new")
    for each in made.scorers[2:]:
        training = part(hr, "training")
        unfold(training, "Record this training")
        training.get_by_label("Who?").select_option(str(each.worker.pk))
        day(training, "on", date(2026, 1, 12))
        training.get_by_label("Which training?").fill("Fair selection, two days")
        press(training, "Record this training")
        reads(hr, "The training is recorded.")
    hr.get_by_label("What is the panel called?").fill("Family help panel")
    for label in ("Family worker", "Youth worker", *(each.worker.name for each in made.scorers[:2])):
        hr.get_by_label(label, exact=True).check()
    hr.get_by_label("Criteria").fill(
        "3 Work with whole families\n2 Plans that change something\n1 Work with schools"
    )
    press(hr, "Make this panel")
    hr.goto(f"/selection/panels/{Panel.objects.get().pk}/")
    looked_at(hr, "panel-inviting")
    hr.get_by_label("Everybody who waits (29)").check()
    for label, who in zip(("First scorer", "Second scorer"), made.scorers, strict=False):
        hr.get_by_label(label).select_option(str(who.worker.pk))
    day(hr, "on", date(2026, 2, 4))
    hr.get_by_label("At which time").fill("9:30")
    hr.get_by_label("Minutes for each").fill("15")
    hr.get_by_label("Where?").fill("Room 2")
    press(hr, "Invite them")
    reads(hr, "Invited.")
    looked_at(hr, "panel")
    _replaced(made, hr, as_, looked_at)
    made.on(date(2026, 2, 5))
    _scored_by_hand(made, as_, looked_at)
    _scored_by_spreadsheet(made, as_, looked_at, tmp_path)
    head = as_(city.head_of_service)
    head.goto("/selection/")
    part(head, "todo").get_by_role("link", name=made.people[0].worker.name).click()
    looked_at(head, "moderating")
    head.get_by_label("Work with whole families", exact=True).select_option("5")
    head.get_by_label("Why: work with whole families").fill(
        "Both read the written example again: it names what changed."
    )
    press(head, "Settle these marks")
    reads(head, "Settled, with your reasons.")
    looked_at(head, "settled")
    assert Result.objects.count() == FAMILY + YOUTH


def _replaced(made, hr, as_, looked_at):
    """A scorer says to know the person; human resources find it among what waits, and name another."""
    knows, name = as_(made.scorers[1]), made.people[2].worker.name
    knows.goto("/panels/")
    knows.get_by_role("link", name=name).click()
    cannot = part(knows, "cannot")
    unfold(cannot, "Say that I cannot score this person")
    cannot.get_by_label("How do you know each other?").fill("We shared a house until last year.")
    looked_at(knows, "cannot-score")
    press(cannot, "Say that I cannot score this person")
    reads(knows, "Human resources are told, and name somebody else.")
    hr.goto("/selection/")
    part(hr, "todo").get_by_role("link", name=name).click()
    reads(hr, "We shared a house until last year.")
    give = part(hr, "replace")
    give.get_by_label("Who scores instead?").select_option(label=made.scorers[2].worker.name)
    give.get_by_label("Why?").fill("A conflict of interest.")
    press(give, "Let this person score instead")
    reads(hr, "A conflict of interest.")
    looked_at(hr, "replaced")


def _scored_by_hand(made, as_, looked_at):
    """The first person by both scorers, who are apart on one mark; the third by the one who came in."""
    for scorer, place, marks in ((0, 0, ("5", "5", "5")), (1, 0, ("1", "5", "5")), (2, 2, ("5", "5", "3"))):
        page = as_(made.scorers[scorer])
        page.goto("/panels/")
        if scorer == 0:
            looked_at(page, "sheets")
        page.get_by_role("link", name=made.people[place].worker.name).click()
        if scorer == 0:
            reads(page, "Room 2, on the ground floor.")
            looked_at(page, "sheet")
        for code, points in zip(("c1", "c2", "c3"), marks, strict=True):
            page.locator(f"select[name=points_{code}]").select_option(points)
            page.locator(f"textarea[name=evidence_{code}]").fill("Named what changed for the child.")
        if scorer == 1:
            assert "Named what changed" not in page.locator("h1").inner_text()
        page.get_by_label("I am neither kin nor friend").check()
        press(page, "Sign this sheet")
        reads(page, "Signed.")


def _scored_by_spreadsheet(made, as_, looked_at, tmp_path):
    """Everybody else: the template out, filled in, and in again; a row with a mark too high is refused with its reason."""
    for scorer in (0, 1):
        page = as_(made.scorers[scorer])
        page.goto("/panels/")
        address = page.get_by_role("link", name="take your sheets out").get_attribute("href")
        sent = page.request.get(address).body()
        file = tmp_path / "marks.csv"
        page.get_by_role("link", name="take your marks in").click()
        if scorer == 0:
            file.write_bytes(filled_sheet(sent, made, but=(0,), spoilt=4))
            page.locator("input[type=file]").set_input_files(file)
            press(page, "Take in my marks")
            reads(
                page,
                "29 rows: 27 taken, 1 known already, 1 refused.",
                "“9” is no mark for Work with whole families",
            )
            looked_at(page, "marks-told")
        file.write_bytes(filled_sheet(sent, made, but=(0,)))
        page.locator("input[type=file]").set_input_files(file)
        press(page, "Take in my marks")
        reads(
            page,
            "29 rows: 1 taken, 28 known already." if scorer == 0 else "28 rows: 27 taken, 1 known already.",
        )


def test_matching_asks_the_panel_is_checked_and_decided_by_two(made: Change, as_, looked_at):
    made.on(date(2026, 2, 9))
    hr, head = as_(made.city.human_resources), as_(made.city.head_of_service)
    hr.goto(f"/selection/{made.exercise.pk}/")
    press(hr, "Match now")
    reads(hr, "Being worked out.")
    run = worked_out()
    hr.goto(f"/selection/runs/{run.pk}/")
    reads(hr, "A head of service settles it with the panel")
    looked_at(hr, "run-asks")
    head.goto("/selection/")
    part(head, "todo").get_by_role("link", name="Run 1").click()
    part(head, "ties").get_by_role("link", name="Family worker, Family help").click()
    looked_at(head, "tie")
    for number, place in enumerate(TIED, 1):
        head.get_by_label(f"Number {number}").select_option(str(made.people[place].worker.pk))
    head.get_by_label("The further evidence").fill(
        "The panel read both second work samples on 9 February, note 4."
    )
    press(head, "Settle this order")
    reads(head, "Settled on further evidence.")
    hr.goto(f"/selection/{made.exercise.pk}/")
    press(hr, "Match now")
    run = worked_out()
    hr.goto(f"/selection/runs/{run.pk}/")
    press(hr, "Work it out again from the kept bytes")
    reads(hr, "Replay gives the same bytes.", "holds")
    looked_at(hr, "run")
    hr.get_by_label("Nobody stands above an occupant").check()
    hr.get_by_label("Why this one").fill("Nobody can say that a higher score lost to a lower one.")
    press(hr, "Propose this result")
    reads(hr, "waits for the second person")
    head.goto(f"/selection/runs/{run.pk}/")
    looked_at(head, "to-confirm")
    head.get_by_label("Why do you confirm it?").fill("Held against the checker and the panel book.")
    head.get_by_label("Who seeks another post").select_option(label=made.city.human_resources.worker.name)
    press(head, "Confirm this result")
    reads(head, "Confirmed. The letters are written, and wait.")


def test_results_are_refused_until_each_stage_has_evidence_and_then_everybody_reads_the_own_letter(
    made: Change, as_, looked_at
):
    made.on(date(2026, 2, 10))
    director, hr = as_(made.city.director), as_(made.city.human_resources)
    number = made.programme.pk
    director.goto(f"/changes/{number}/publish/")
    director.get_by_label("What does everybody read").fill("Everybody has a letter with the own result.")
    press(director, "Publish the results")
    reads(director, "no dated evidence of “equality impact of the result considered”")
    looked_at(director, "publish-refused")
    own = as_(made.people[3])
    own.goto("/my-place/")
    expect(own.get_by_role("link", name="Read your letter")).to_have_count(0)
    hr.goto(f"/changes/{number}/stages/")
    hr.get_by_label("What is shown?").select_option("impact|equality impact of the result considered|")
    day(hr, "on", date(2026, 2, 10))
    hr.get_by_label("Where can it be read?").fill("Equality paper 3")
    press(hr, "Write down this evidence")
    expect(hr.get_by_label("What is shown?").locator("option[value*=Coordinator]")).to_have_count(
        0
    )  # slotted in
    looked_at(hr, "stages")
    director.goto(f"/changes/{number}/publish/")
    director.get_by_label("What does everybody read").fill("Everybody has a letter with the own result.")
    press(director, "Publish the results")
    reads(director, "The results are published.")
    assert not Letter.objects.filter(published_at=None).exists()
    own.goto("/my-place/")
    own.get_by_role("link", name="Read your letter").click()
    reads(own, "Your place in the new structure is Family worker, Family help.", "You can appeal until")
    looked_at(own, "letter")
    without = as_(made.people[19])
    without.goto("/my-place/")
    without.get_by_role("link", name="Read your letter").click()
    reads(without, "This is not a dismissal", "Who looks for another post with you")
    without.get_by_role("link", name="What each scorer wrote").click()
    looked_at(without, "own-scores")
