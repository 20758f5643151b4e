"""A school attendance officer, who works for several schools: an agreement has run out and is renewed, one signal is
given by form, taken back and given right, many by file, and what became of them is read in numbers that tell of no
child. At a desk and on a phone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from rightplace.foundation.organisation import clock
from rightplace.services.signals import feeds
from rightplace.services.signals.models import Feed, Signal
from rightplace.services.signals.tests import giving
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import MORNING, Colleague, SmallCity, partner, postcode_in, small_city
from rightplace.testing.stories import Hand

Look = Callable[..., None]
KIND = "school.attendance"


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        yield small_city()


@pytest.fixture(scope="module")
def officer(city: SmallCity, django_db_blocker) -> Colleague:
    """Of no school: the council's inclusion service, whose agreement ran out on Sunday, after forty signals."""
    with django_db_blocker.unblock():
        made = partner("Example Education Inclusion", "education", "Noah Redfern")
        with clock.clock_at(MORNING - timedelta(days=40)):
            giving.agreed(city, made, KIND, begins=date(2026, 1, 20), lasts=40)
        with clock.clock_at(MORNING - timedelta(days=20)):
            rows = [
                giving.row(n, kind=KIND, family=f"Family{n}", postcode=postcode_in(1, n % 3))
                for n in range(40)
            ]
            giving.take(made.team.agency_id, rows, made.actor)
        return made


def test_what_is_noticed_is_given_one_by_one_and_as_a_file(hand, city, officer, as_, looked_at):
    page = as_(officer, PHONE)
    _is_told_whom_to_ask(page, city, looked_at)
    _is_renewed(city)
    _gives_one(page, looked_at)
    _takes_it_back_and_gives_it_right(page, looked_at)
    _gives_a_file(page, looked_at)
    _reads_what_became(page, looked_at)


def _is_told_whom_to_ask(page: Page, city: SmallCity, looked_at: Look) -> None:
    page.goto("/our-page/", timeout=60_000)  # the first page of a process reads every rule and template
    page.get_by_role("main").get_by_role("link", name="Signals", exact=True).click()
    expect(page.get_by_text("No agreement with your agency is in force")).to_be_visible()
    expect(page.get_by_text(f"ask {city.head_of_service.worker.name}")).to_be_visible()
    looked_at(page, "officer-signals-expired", "Signals that your agency gives")


def _is_renewed(city: SmallCity) -> None:
    before = Feed.objects.get()
    made = feeds.make_feed(
        agency=before.agency, kinds=[KIND], lawful_basis="public task", purpose=before.purpose, retention_days=60,
        begins=clock.today(), expires=clock.today() + timedelta(days=300), by=city.information_governance.actor,
        renews=before,
    )  # fmt: skip
    feeds.agree(feed=made, by=city.head_of_service.actor)


def _gives_one(page: Page, looked_at: Look) -> None:
    page.reload()
    page.get_by_role("button", name="Give a signal").click()
    _on(page, "9", "3")
    page.get_by_label("Child’s first name").fill("Ines")
    page.get_by_label("What are the facts?").fill("Away on six Mondays.")
    page.get_by_role("button", name="Give this signal").click()
    summary = page.get_by_role("alert")
    for said in ("That day is still to come.", "Give the postcode of the home", "Name the child"):
        expect(summary.get_by_text(said)).to_be_visible()
    looked_at(page, "officer-signal-wrong", "Give a signal")
    _on(page, "2", "3")
    page.get_by_label("Child’s family name").fill("Calloway")
    page.get_by_label("Postcode").fill(postcode_in(1))
    page.get_by_role("button", name="Give this signal").click()
    expect(page.get_by_text("Taken. It is put before the family support team of the area.")).to_be_visible()


def _takes_it_back_and_gives_it_right(page: Page, looked_at: Look) -> None:
    expect(page.get_by_text("Was something in it wrong?")).to_be_visible()
    looked_at(page, "officer-signals-lately", "Signals that your agency gives")
    page.get_by_role("link", name="Away from school").first.click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("alert").get_by_text("Choose what was wrong.")).to_be_visible()
    page.get_by_label("Something in it is wrong, and it is given again put right").check()
    page.get_by_label("What was wrong, and how do you know?").fill("It was five Mondays: one was a holiday.")
    looked_at(page, "officer-take-back", "Take a signal back")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Now give it again, put right.")).to_be_visible()
    expect(page.get_by_label("Day", exact=True).first).to_have_value("2")
    page.get_by_label("Child’s first name").fill("Ines")
    page.get_by_label("Child’s family name").fill("Calloway")
    page.get_by_label("Postcode").fill(postcode_in(1))
    page.get_by_label("What are the facts?").fill("Away on five Mondays.")
    page.get_by_role("button", name="Give this signal").click()
    expect(page.get_by_text("taken back Tue 3 Mar 2026")).to_be_visible()


def _on(page: Page, day: str, month: str) -> None:
    for part, value in (("Day", day), ("Month", month), ("Year", "2026")):
        page.get_by_label(part, exact=True).first.fill(value)


def _gives_a_file(page: Page, looked_at: Look) -> None:
    page.get_by_role("link", name="Give a file of signals").click()
    page.get_by_label("CSV file").set_input_files(_file("Kit,Marsh", "Lou,"))
    page.get_by_role("button", name="Give this file").click()
    expect(page.get_by_text("1 signal was taken.")).to_be_visible()
    expect(page.get_by_text("give the first name and the family name")).to_be_visible()
    looked_at(page, "officer-file", "Give a file of signals")
    page.get_by_label("CSV file").set_input_files(_file("Kit,Marsh", "Lou,Marsh"))
    page.get_by_role("button", name="Give this file").click()
    expect(page.get_by_text("1 row was the same as before.")).to_be_visible()
    expect(page.get_by_text("1 signal was taken.")).to_be_visible()
    assert Signal.objects.filter(kind=KIND, received__date=clock.today()).count() == 4


def _file(*names: str) -> dict[str, object]:
    lines = [
        f"{n},{KIND},02/03/2026,{name},{postcode_in(1, 1)},Away nine days" for n, name in enumerate(names)
    ]
    text = "\r\n".join(["sender_id,kind,noticed,given,family,postcode,words", *lines])
    return {"name": "attendance.csv", "mimeType": "text/csv", "buffer": text.encode()}


def _reads_what_became(page: Page, looked_at: Look) -> None:
    page.get_by_role("link", name="All that your agency gave").click()
    row = page.get_by_role("table", name="What your agency gave").get_by_role("row").nth(1)
    expect(row).to_contain_text("44")
    expect(page.get_by_text("1 refused: incomplete")).to_be_visible()
    assert "Calloway" not in page.content() and "Marsh" not in page.content()
    looked_at(page, "officer-became")
