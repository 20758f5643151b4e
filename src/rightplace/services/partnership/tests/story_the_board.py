"""The board's people do their whole job in a real browser: a head of service, a partner's lead and the director.

Seats are given, a meeting is written down with who came, a commitment is made and reported on, a dispute is raised,
answered and settled, a pilot begins and its comparison is read, and what is done about a figure is written beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from rightplace.services.partnership.models import Dispute
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import Colleague, SmallCity, small_city
from rightplace.testing.stories import Hand

Look = Callable[..., None]
MEETING = "Safeguarding partners, spring"
PROMISE = "Answer red checks within two hours"


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        yield small_city()


def test_a_head_of_service_keeps_the_board_and_a_partners_lead_reports(hand, city, as_, looked_at):
    head, lead = as_(city.head_of_service), as_(city.police_lead, PHONE)
    for who in (city.police, city.provider):
        _gives_a_seat(head, who)
    _writes_a_meeting_down(head, looked_at)
    _writes_a_commitment_down(head, looked_at)
    hand.moves(days=2)
    _reports_on_it(lead, looked_at)
    _raises_a_dispute(lead, looked_at)
    hand.moves(hours=3)
    _settles_it(head, looked_at)
    lead.goto(f"/disputes/{Dispute.objects.get().pk}/")
    expect(lead.get_by_text("One name for each shift, from Monday.")).to_be_visible()
    head.goto("/board/")
    expect(head.get_by_role("heading", level=1, name="The partnership")).to_be_visible()
    for said in (PROMISE, MEETING, "another way was found", "1 of 2", "1 dispute in a year, settled"):
        expect(head.get_by_text(said).first).to_be_visible()
    looked_at(head, "board-kept", "The partnership")


def test_the_director_begins_a_pilot_reads_its_comparison_and_notes_what_is_done(hand, city, as_, looked_at):
    page = as_(city.director)
    _begins_a_pilot(page, looked_at)
    hand.moves(days=6)
    _reads_the_comparison(page, looked_at)
    _notes_what_is_done(page, looked_at)


def _day(page: Page, day: str, month: str, year: str = "2026") -> None:
    for part, value in (("Day", day), ("Month", month), ("Year", year)):
        page.get_by_label(part, exact=True).fill(value)


def _gives_a_seat(page: Page, who: Colleague) -> None:
    page.goto("/board/", timeout=60_000)  # the first page of a process reads every rule and template
    page.get_by_role("button", name="Give a seat").click()
    page.get_by_label("Which agency?").fill(who.team.agency.name)
    page.get_by_label("Who sits in it?").fill(f"{who.worker.name}, lead")
    _day(page, "1", "1")
    page.get_by_role("button", name="Give the seat").click()
    expect(page.get_by_text("The agency has a seat.")).to_be_visible()


def _writes_a_meeting_down(page: Page, looked_at: Look) -> None:
    page.get_by_role("button", name="Write down a meeting").click()
    _day(page, "2", "3")
    page.get_by_label("Which meeting?").fill(MEETING)
    page.get_by_label("Example City Police").check()
    page.get_by_label("What was decided?").fill("Red checks come first, at night too.")
    looked_at(page, "meeting-new", "Write down a meeting")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("The meeting is written down.")).to_be_visible()
    page.get_by_role("link", name="Mon 2 Mar 2026").click()
    expect(page.get_by_text("Open Hand Families")).to_be_visible()
    looked_at(page, "meeting", MEETING)
    page.goto("/board/")


def _writes_a_commitment_down(page: Page, looked_at: Look) -> None:
    page.get_by_role("button", name="Write down a commitment").click()
    page.get_by_label("Which agency?").fill("Example City Police")
    page.get_by_label("What does it promise?").fill(PROMISE)
    page.get_by_label("Who answers for it?").fill("Superintendent Beck")
    page.get_by_label("How will you know?").fill("Nine in ten in time")
    _day(page, "1", "4")
    looked_at(page, "commitment-new", "Write down a commitment")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("The commitment stands.")).to_be_visible()


def _reports_on_it(page: Page, looked_at: Look) -> None:
    """The partner's lead, on a phone, says how the agency's own commitment stands."""
    page.goto("/board/")
    page.get_by_role("link", name=PROMISE).click()
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("link", name="Say how it stands.")).to_be_visible()
    page.get_by_label("behind").check()
    page.get_by_label("What shows it?").fill("Seven in ten: nights are short of a desk officer.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Seven in ten: nights are short of a desk officer.")).to_be_visible()
    looked_at(page, "commitment", PROMISE)


def _raises_a_dispute(page: Page, looked_at: Look) -> None:
    page.goto("/board/")
    page.get_by_role("link", name="Raise a dispute").click()
    page.get_by_label("A way of working").check()
    page.get_by_label("an answer that came late, or not").check()
    page.get_by_label("What should be done instead, and why?").fill(
        "We ring at night and nobody knows who decides."
    )
    page.get_by_role("button", name="Raise it").click()
    expect(page.get_by_text("The other side is asked to answer.")).to_be_visible()
    looked_at(page, "disputes", "Disputes")


def _settles_it(page: Page, looked_at: Look) -> None:
    page.goto("/board/")
    page.get_by_role("link", name="Read and settle disputes").click()
    page.get_by_role("link", name="Example City Police with Example City Council").click()
    expect(page.get_by_text("nobody knows who decides")).to_be_visible()
    page.get_by_label("another way was found").check()
    page.get_by_label("Your answer to both sides").fill("One name for each shift, from Monday.")
    page.get_by_label("What was learned, for the board?").fill("Say who decides at night.")
    looked_at(page, "dispute-settle")
    page.get_by_role("button", name="Settle the dispute").click()
    expect(page.get_by_text("It is settled.")).to_be_visible()


def _begins_a_pilot(page: Page, looked_at: Look) -> None:
    page.goto("/board/", timeout=60_000)
    page.get_by_role("button", name="Begin a pilot").click()
    page.get_by_label("Name", exact=True).fill("Joint response in the south")
    page.get_by_role("group", name="Which way of working?").get_by_role("radio").first.check()
    page.get_by_label("Where?").select_option(value="south")
    _day(page, "9", "3")
    page.get_by_label("Who decided it?").fill("The board, on 2 March")
    page.get_by_label("Why?").fill("Police and social care sit apart.")
    page.get_by_label("What is measured?").fill("From a concern to its decision.")
    page.get_by_label("What do you expect?").fill("A day less.")
    looked_at(page, "pilot-new", "Begin a pilot")
    page.get_by_role("button", name="Begin the pilot").click()
    expect(page.get_by_text("what is decided there carries its mark")).to_be_visible()
    page.get_by_role("link", name="Joint response in the south").click()
    expect(page.get_by_text("It begins on Mon 9 Mar 2026")).to_be_visible()
    looked_at(page, "pilot-to-come", "Joint response in the south")


def _reads_the_comparison(page: Page, looked_at: Look) -> None:
    page.reload()
    expect(page.get_by_text("These counts prove nothing by themselves.")).to_be_visible()
    looked_at(page, "pilot", "Joint response in the south")
    page.get_by_role("link", name="A fair comparison").click()
    expect(page.get_by_text("This cannot be compared yet.").first).to_be_visible()
    looked_at(page, "compared")


def _notes_what_is_done(page: Page, looked_at: Look) -> None:
    page.goto("/leadership/")
    looked_at(page, "leadership-empty", "What do we know, how do we know it, what are we doing?")
    page.goto("/figures/contacts_late/")
    page.get_by_label("What is being done, by whom, by when?").fill(
        "A second reader at the door until Easter."
    )
    looked_at(page, "figure")
    page.get_by_role("button", name="Write it down").click()
    page.goto("/leadership/")
    expect(page.get_by_text("A second reader at the door until Easter.")).to_be_visible()
