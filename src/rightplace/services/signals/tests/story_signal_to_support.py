"""A school sends a file; a family appears; a worker takes it up; the team's manager accepts. In a real browser.

Each page is looked at by axe at a desk's width and at a phone's; the worker's decision is made with the keyboard alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import accountable_team
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.people.projections import Person
from rightplace.services.signals.models import Signal
from rightplace.services.signals.tests.giving import agreed, brother, row
from rightplace.services.signals.tests.test_files import as_csv
from rightplace.testing.organisation import SmallCity, small_city
from rightplace.testing.stories import Hand


@pytest.fixture(scope="module")
def people(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        made = small_city()
        agreed(made, made.school)
        agreed(made, made.police, "police.notice", days=30)
        yield made


def test_a_file_of_a_school_becomes_early_help(hand, people, as_, looked_at):
    _the_school_gives(as_(people.school), looked_at)
    _the_police_gives_one(as_(people.police), looked_at)
    worker = as_(people.family_support_worker)
    _the_worker_looks(worker, looked_at)
    hand.moves(minutes=20)
    _the_worker_takes_it_up(worker, looked_at)
    files = list(Person.objects.values_list("person", flat=True))
    assert {accountable_team(file) for file in files} == {people.family_support.pk}
    hand.moves(minutes=30)
    _the_manager_accepts(as_(people.family_support_manager), looked_at, files)
    teams = Span.objects.filter(person__in=files, open=True).values_list("team", flat=True)
    assert set(teams) == {people.family_support.pk}
    assert not Signal.objects.filter(sealed__isnull=False).exists()
    given = as_(people.school)
    given.goto("/signals/")
    expect(given.get_by_text("not yet told").first).to_be_visible()
    looked_at(given, "given", "Signals that your agency gives")


def _the_school_gives(page: Page, looked_at) -> None:
    page.goto("/signals/", timeout=60_000)  # the first page of a process reads every rule and template
    page.get_by_role("link", name="Give a file of signals").click()
    looked_at(page, "give-file", "Give a file of signals")
    wrong = row(3, given="Ida", family="Quince", noticed="yesterday")
    content = as_csv(row(1), brother(2), wrong)
    page.get_by_label("CSV file").set_input_files(
        {"name": "signals.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Give this file").click()
    expect(page.get_by_text("2 signals were taken.")).to_be_visible()
    expect(page.get_by_text("noticed is no day")).to_be_visible()
    looked_at(page, "gave-file")


def _the_police_gives_one(page: Page, looked_at) -> None:
    said = row(kind="police.notice")
    page.goto("/signals/one/")
    looked_at(page, "give", "Give a signal")
    page.get_by_label("Police were called to the home").check()
    dates = page.get_by_role("group", name="On which day?")
    for name, value in (("Day", "2"), ("Month", "3"), ("Year", "2026")):
        dates.get_by_label(name).fill(value)
    page.get_by_label("Child’s first name").fill(str(said["given"]))
    page.get_by_label("Child’s family name").fill(str(said["family"]))
    page.get_by_label("Address").fill(str(said["address"]))
    page.get_by_label("Postcode").fill(str(said["postcode"]))
    page.get_by_label("What are the facts?").fill("Called at eleven at night; the children were upstairs.")
    page.get_by_role("button", name="Give this signal").click()
    expect(page.get_by_text("Taken. It is put before the family support team of the area.")).to_be_visible()


def _the_worker_looks(page: Page, looked_at) -> None:
    page.goto("/early/")
    expect(page.get_by_text("1 family waits to be looked at")).to_be_visible()
    looked_at(page, "families", "Noticed early")
    page.get_by_role("link", name="Maisie Thornbury, Otis Thornbury").click()
    expect(page.get_by_text("Not by letter, text or voicemail")).to_be_visible()
    expect(page.get_by_text("Example City Police")).to_be_visible()
    looked_at(page, "family", "Maisie Thornbury, Otis Thornbury")
    page.get_by_role("link", name="Talk to the school first, not now, or not").click()
    looked_at(page, "decide", "Decide otherwise")
    page.go_back()
    page.get_by_role("link", name="Some of it is about another family").click()
    looked_at(page, "part", "Part")
    page.go_back()


def _the_worker_takes_it_up(page: Page, looked_at) -> None:
    """With the keyboard alone."""
    page.get_by_role("button", name="Take it up").focus()
    page.keyboard.press("Enter")
    looked_at(page, "take-up", "Take up")
    for name in ("Maisie Thornbury", "Otis Thornbury"):
        first = page.get_by_role("group", name=name).get_by_role("radio").first
        first.focus()
        page.keyboard.press("Space")
    page.get_by_label("Why do you take it up?").focus()
    page.keyboard.type("Police at night and both away from school: nobody has asked them.")
    page.get_by_label("Not told yet: they are asked").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Take it up").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Taken up, and offered to the manager of Area 1 family support")).to_be_visible()
    expect(page.get_by_text("No family waits to be looked at.")).to_be_visible()
    page.goto("/early/noted/")
    expect(page.get_by_text("Taken up: away from school and police were called to the home")).to_be_visible()
    looked_at(page, "noted", "Seen and decided")


def _the_manager_accepts(page: Page, looked_at, files: list[int]) -> None:
    page.goto("/offers/")
    page.get_by_role("row").get_by_role("link", name="Thornbury").first.click()
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Area 1 family support answers for the child from now on.")).to_be_visible()
    assert set(Offer.objects.values_list("state", flat=True)) == {"accepted"}
    page.goto(f"/child/{files[0]}/")
    expect(page.get_by_text("Taken up early: what partners had noticed")).to_be_visible()
    looked_at(page, "story-of-a-child-taken-up")


def test_what_is_taken_back_is_read_by_who_acted_on_it(hand, people, as_, looked_at):
    """The school misread its register; by then the family has help because of it."""
    school = as_(people.school)
    school.goto("/signals/")
    school.get_by_label("Something else that your agency gave: its number").fill("row-1")
    school.get_by_role("button", name="Find it").click()
    school.get_by_role("main").get_by_role("link", name="Away from school").click()
    school.get_by_label("It was not so").check()
    school.get_by_label("What was wrong, and how do you know?").fill("She was on a school trip each Monday.")
    school.get_by_role("button", name="Take it back").click()
    expect(school.get_by_text("Taken back. Nobody acts on it from now")).to_be_visible()
    worker = as_(people.family_support_worker)
    worker.goto("/my-day/")
    worker.get_by_role("link", name="Signals taken back after you took them up").first.click()
    expect(worker.get_by_text("She was on a school trip each Monday.")).to_be_visible()
    looked_at(worker, "taken-back", "Taken back")
    worker.get_by_role("link", name="Maisie Thornbury").click()
    expect(worker.get_by_text("She was on a school trip each Monday.").first).to_be_visible()
    looked_at(worker, "story-corrected")
    worker.go_back()
    worker.get_by_role("button", name="I have read it").click()
    expect(worker.get_by_text("Nothing was taken back that nobody has read.")).to_be_visible()


def test_an_agreement_is_made_by_two(people, as_, looked_at):
    officer = as_(people.information_governance)
    officer.goto("/feeds/")
    looked_at(officer, "feeds", "Feeds of signals")
    officer.get_by_role("button", name="Make an agreement").click()
    looked_at(officer, "feed-new", "Make an agreement")
    officer.get_by_label("Which agency?").fill("homes")
    officer.get_by_label("Behind with the rent").check()
    officer.get_by_label("Public task").check()
    officer.get_by_label("For what?").fill("To help before a home is lost")
    officer.get_by_label("After how many days").fill("60")
    for legend, day in (
        ("From which day?", ("3", "3", "2026")),
        ("On which day does it expire?", ("1", "9", "2026")),
    ):
        group = officer.get_by_role("group", name=legend)
        for name, value in zip(("Day", "Month", "Year"), day, strict=True):
            group.get_by_label(name).fill(value)
    officer.get_by_role("button", name="Agree for your side").click()
    expect(officer.get_by_text("The agreement still needs the head of service.")).to_be_visible()
    looked_at(officer, "feed", "Feed from Example Homes")
    head = as_(people.head_of_service)
    head.goto(officer.url)
    head.get_by_role("button", name="Agree for your side").click()
    expect(head.get_by_text("in force", exact=True)).to_be_visible()
