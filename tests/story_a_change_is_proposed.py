"""From a flaw to the papers of the law: a change of structure is proposed, priced, explained and consulted on.

What is in bulk is who holds which post, and the sheet of both sides; everything that is decided is typed. What follows is
told in `story_a_change_is_selected.py`.
"""

from __future__ import annotations

from datetime import date

import pytest

from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.services.restructure.models import Paper
from rightplace.testing.organisation import small_city
from tests.scene_of_change import (
    ALL,
    BEGAN,
    FIRST,
    Change,
    day,
    new_posts,
    part,
    patient,
    people_and_posts,
    press,
    reads,
)

pytestmark = pytest.mark.story
CLERKS = 14
ENDS = "Calls that the website answers"


@pytest.fixture(scope="module")
def made(site, hand, django_db_blocker):
    with django_db_blocker.unblock():
        yield people_and_posts(small_city(), hand, clerks=CLERKS)


@pytest.fixture
def as_(as_):
    return patient(as_)


def the_sheet(made: Change) -> bytes:
    """Both sides as a spreadsheet: old posts by their reference, new ones with those they come of."""
    columns = (
        "Side",
        "Reference",
        "Title",
        "Grade",
        "Profession",
        "Role",
        "Team",
        "Hours",
        "Comes from",
        "How",
        "Because",
    )
    rows = [
        ("old", f"OLD-{place:02d}", *[""] * 8, ENDS if place >= ALL else "") for place in range(len(made.old))
    ]
    rows += [
        ("new", reference, title, "GR5", profession, "family support worker", made.team.name, "37",
         " ".join(f"OLD-{place:02d}" for place in come), "merged", "One team for each family")
        for reference, title, profession, come in new_posts()
    ]  # fmt: skip
    rows.append(("old", "OLD-99", *[""] * 9))
    return "\n".join(",".join(row) for row in (columns, *rows)).encode()


def test_a_change_is_begun_with_its_reasons_and_both_structures(made: Change, as_, looked_at, tmp_path):
    made.on(date(2026, 1, 6))
    hr = as_(made.city.human_resources)
    hr.goto("/changes/")
    looked_at(hr, "changes-none")
    hr.get_by_role("link", name="Begin a programme").click()
    looked_at(hr, "change-begin")
    hr.get_by_label("What is the programme called?").fill("One family help team")
    hr.get_by_label("What is it for?").fill("Families tell their story once.")
    day(hr, "begins", BEGAN)
    hr.get_by_role("button").last.click()
    reads(hr, "Its first day is not set.")
    made.programme = Programme.objects.get()
    hr.get_by_text("Set the first day").first.click()
    day(hr.locator("details[open]"), "on", FIRST)
    press(hr, "Set the first day")
    reads(hr, "Its first day is Tue 1 Sep 2026")
    _reasons(hr)
    looked_at(hr, "change-reasons")
    hr.goto(f"/changes/{made.programme.pk}/take/")
    file = tmp_path / "structure.csv"
    file.write_bytes(the_sheet(made))
    hr.locator("input[type=file]").set_input_files(file)
    press(hr, "Take it in")
    reads(hr, "65 rows taken", "There is no such post.")
    looked_at(hr, "change-taken")
    _what_becomes(made, hr, looked_at)


def _reasons(hr):
    """One line from its flaw to its measure, each step typed on its day."""
    for kind, words in (("flaw", "A family tells its story to three teams."), ("cause", "Each team keeps its own list."),
                        ("change", "One team with one plan."), ("measure", "Families that were asked twice.")):  # fmt: skip
        hr.get_by_text("Say the next step").click()
        form = hr.locator("details[open]")
        if kind != "flaw":
            form.get_by_label("Of which line?").select_option("1")
        form.get_by_label("Which step?").select_option(kind)
        form.get_by_label("What was found").fill(words)
        day(form, "on", date(2026, 1, 6))
        press(form, "Write down this step")
        reads(hr, words)


def _what_becomes(made, hr, looked_at):
    """What works is protected, what ends has a reason, and each grade its cost."""
    number = made.programme.pk
    hr.goto(f"/changes/{number}/structure/")
    reads(hr, "Not accounted for")
    looked_at(hr, "structure")
    part(hr, "old").get_by_role("link", name=made.city.family_support.name).click()
    looked_at(hr, "structure-team")
    for place, what, because in (
        (28, "kept", "Young people know the worker"),
        (27, "ends", ENDS),
        (26, "ends", ENDS),
    ):
        form = part(hr, "say")
        form.get_by_label("Which post?").select_option(str(made.old[place].pk))
        form.get_by_label("What becomes of it?").select_option(what)
        form.get_by_label("Why?").fill(because)
        press(hr, "Write down what becomes of it")
        reads(hr, "Written down.")
    reads(hr, "stays, protected", "ends")
    hr.get_by_text("Say it of a team").click()
    goes = hr.locator("details[open]")
    goes.get_by_label("Which team?").select_option(label=made.team.name)
    goes.get_by_label("How?").select_option("merged")
    goes.get_by_label("Why?").fill("One team for each family")
    press(goes, "Write down this team")
    reads(hr, "Written down.")
    hr.goto(f"/changes/{number}/costs/")
    looked_at(hr, "costs")
    for grade, pounds in (("GR4", "33200"), ("GR5", "36500")):
        hr.get_by_label("Which grade?").select_option(grade)
        hr.get_by_label("Pounds a year").fill(pounds)
        hr.get_by_label("How is it known?").fill("Budget book of 2026, with employer’s costs")
        press(hr, "Write down this cost")
        reads(hr, "Written down.")
    hr.goto(f"/changes/{number}/")
    reads(hr, "44 posts become 22", "Young people know the worker")
    looked_at(hr, "change")


def test_the_unions_are_consulted_and_the_papers_made(made: Change, as_, looked_at):
    made.on(date(2026, 1, 12))
    hr, number = as_(made.city.human_resources), made.programme.pk
    hr.goto(f"/changes/{number}/consultation/")
    reads(hr, "no clock of the law has begun", "Nobody is named yet")
    looked_at(hr, "consultation-none")
    hr.get_by_text("Somebody whom we consult").click()
    form = hr.locator("details[open]")
    form.get_by_label("Name").fill("Unison branch")
    form.get_by_label("For whom they speak").fill("All officers of both teams")
    press(form, "Add to those we consult")
    hr.get_by_role("link", name="Say what is proposed").click()
    looked_at(hr, "terms")
    for name in ("proposed_on", "statement_given", "notified_on"):
        day(hr, name, date(2026, 1, 12))
    for name, on in (
        ("first_notice", date(2026, 4, 14)),
        ("first_dismissal", date(2026, 5, 12)),
        ("last_dismissal", FIRST),
    ):
        day(hr, name, on)
    said = {
        "Employer": "Example City Council", "Establishment": "Area teams", "(a) Why": "Two teams become one.",
        "(d) How people are selected": "Preferences, interviews, two scorers.", "(e) How dismissals": "Redeployment first.",
        "(f) How payments": "By the council’s scheme.",
    }  # fmt: skip
    for label, words in said.items():
        hr.get_by_label(label).first.fill(words)
    press(hr, "Write down what is proposed")
    reads(hr, "dismissals are proposed at most")
    for kind in ("section 188 statement", "advance notice HR1"):
        press(hr, f"Make the {kind}")
        reads(hr, "version 1")
    assert Paper.objects.count() == 2
    hr.get_by_text("A question or counter-proposal").click()
    form = hr.locator("details[open]")
    form.get_by_label("Who asked?").select_option(label="Unison branch")
    day(form, "on", date(2026, 1, 12))
    form.get_by_label("What was asked or proposed?").fill("Who may keep shorter weeks?")
    press(form, "Write it down; its answer is due in ten working days")
    looked_at(hr, "consultation")
    hr.get_by_role("link", name="Who may keep shorter weeks?").click()
    looked_at(hr, "asked")
    hr.get_by_label("answered").check()
    hr.get_by_label("Answer, with reasons").fill("Whoever has one now: each place can be shared.")
    hr.get_by_role("button").last.click()
    reads(hr, "Whoever has one now")
    hr.get_by_role("link", name="Every day of these clocks").click()
    reads(hr, "not yet checked by a lawyer", "The law counts every day")
    looked_at(hr, "clock")
    hr.goto(f"/changes/{number}/consultation/")
    hr.get_by_role("link", name="Section 188 statement, version 1").click()
    reads(hr, "not yet checked by a lawyer")
    looked_at(hr, "paper")


def test_roles_are_evaluated_and_nothing_is_published_before_its_evidence(made: Change, as_, looked_at):
    made.on(date(2026, 1, 13))
    hr, director, number = as_(made.city.human_resources), as_(made.city.director), made.programme.pk
    hr.goto(f"/changes/{number}/evaluations/")
    looked_at(hr, "evaluations")
    hr.get_by_label("Which role?").select_option("Youth worker")
    for label, words in (("Grade", "GR5"), ("Points", "412"), ("Who evaluated?", "Two, both trained"),
                         ("Where can it be read?", "JE/1"), ("With which work", "Work with adults: the same.")):  # fmt: skip
        hr.get_by_label(label).fill(words)
    day(hr, "on", date(2026, 1, 13))
    hr.get_by_label("Yes, looked at and found equal").check()
    press(hr, "Record the evaluation")
    reads(hr, "found equal")
    hr.goto(f"/changes/{number}/stages/")
    hr.get_by_label("What is shown?").select_option("case|flaws and causes|")
    day(hr, "on", date(2026, 1, 13))
    hr.get_by_label("Where can it be read?").fill("Paper 1")
    press(hr, "Write down this evidence")
    reads(hr, "flaws and causes, Tue 13 Jan 2026 (Paper 1)")
    looked_at(hr, "stages")
    director.goto(f"/changes/{number}/publish/")
    looked_at(director, "publish")
    director.get_by_label("What does everybody read").fill("Letters are out.")
    press(director, "Publish the results")
    reads(director, "things stand against publishing the results")


def test_everybody_reads_what_it_means_for_them_and_the_unions_figures_only(made: Change, as_, looked_at):
    own, manager, union = (
        as_(made.people[0]),
        as_(made.city.family_support_manager),
        as_(made.city.union_observer),
    )
    own.goto("/changes/mine/")
    reads(own, "Your post is Family worker of an area", "Results are not published")
    looked_at(own, "mine")
    own.get_by_role("link", name="Say something of yourself").click()
    looked_at(own, "declare")
    own.get_by_label("Disability").select_option("disabled")
    press(own, "Seal it")
    reads(own, "Sealed. Nobody reads it.")
    manager.goto("/changes/")
    manager.get_by_role("link", name="One family help team").click()
    looked_at(manager, "manager-change")
    for page in ("equality", "consultation", "costs"):
        manager.goto(f"/changes/{made.programme.pk}/{page}/")
        looked_at(manager, f"manager-{page}")
    union.goto("/changes/figures/")
    union.get_by_role("link", name="One family help team").click()
    reads(union, "44 posts become 22")
    looked_at(union, "union")
    assert union.goto(f"/changes/{made.programme.pk}/").status == 404
