"""A police officer does the whole job in a real browser: from the own page, every form typed, at a desk and on a phone.

The first story: a notice is raised and followed, decided together, disagreed with, and taken into a dispute. The second:
checks are answered and refused, a strategy discussion is taken part in, what was agreed is done, and it is all there to
be read afterwards, word for word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from rightplace.domain.practice.entries.contact import Grade, Level
from rightplace.domain.practice.entries.protection import StrategyDecided
from rightplace.services.frontdoor import actions, triage
from rightplace.services.frontdoor.projected_triage import Triage
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.tests.telling_forms import told_what_comes_of_it
from rightplace.services.frontdoor.tests.telling_staff import AYLA, told
from rightplace.services.partnership import actions as partnership
from rightplace.services.partnership.models import Dispute
from rightplace.services.protection import actions as protection
from rightplace.services.protection import queries
from rightplace.services.protection.tests.discussed import again, called, minutes_of
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import SmallCity, postcode_in, small_city
from rightplace.testing.stories import Hand

Look = Callable[..., None]
BASIS = {"basis": "public task", "purpose": "To decide what help is needed"}


@pytest.fixture(scope="module")
def city(site: str, hand: Hand, django_db_blocker) -> Iterator[SmallCity]:
    with django_db_blocker.unblock():
        yield small_city()


def at_home(page: Page) -> None:
    """The officer's own page, where everything that waits stands."""
    page.goto("/our-page/", timeout=60_000)  # the first page of a process reads every rule and template


def test_a_notice_is_raised_followed_decided_together_and_disputed(hand, city, as_, looked_at):
    page = as_(city.police)
    contact = _raises_a_notice(page, looked_at)
    hand.moves(minutes=20)
    _speaks_at_the_triage(page, city, contact, looked_at)
    hand.moves(hours=1)
    _the_table_decides(city, contact)
    hand.moves(minutes=10)
    _disagrees(page, contact, looked_at)
    _raises_a_dispute(page, looked_at)
    hand.moves(hours=2)
    partnership.answer_dispute(
        dispute=Dispute.objects.get(), words="We will look again.", by=city.front_door_manager.actor
    )
    at_home(page)
    page.get_by_role("link", name="Answer in a dispute").click()
    expect(page.get_by_text("We will look again.")).to_be_visible()
    looked_at(page, "officer-dispute-answered")


def _raises_a_notice(page: Page, looked_at: Look) -> Contact:
    at_home(page)
    looked_at(page, "officer-home-empty", "Example City Police")
    page.get_by_role("main").get_by_role("link", name="Raise a concern").first.click()
    page.get_by_label("No", exact=True).first.check()
    page.get_by_label("First name").fill("Dora")
    page.get_by_label("Family name").fill("Penhallow")
    for part, value in (("Day", "4"), ("Month", "5"), ("Year", "2018")):
        page.get_by_label(part, exact=True).first.fill(value)
    page.get_by_label("Postcode, if you know it").fill(postcode_in(1))
    page.get_by_label("What have you seen or heard?").fill(
        "Called at 23:10: her mother was pushed downstairs."
    )
    page.get_by_label("What do you want to happen?").fill("Somebody sees Dora today.")
    family = page.get_by_role("group", name="Have you told the family")
    family.get_by_label("No", exact=True).check()
    page.get_by_label("If you have not told them: why not?").fill("It could put her mother in danger.")
    page.get_by_label("It is part of our work to keep children safe").check()
    page.get_by_label("What is your role?").fill("Response officer")
    page.get_by_label("On which number can we reach you today?").fill("01632 960111")
    looked_at(page, "officer-notice", "Raise a concern")
    page.get_by_role("button", name="Check what you wrote").click()
    looked_at(page, "officer-check-and-send", "Check and send")
    page.get_by_role("button", name="Send to the front door").click()
    looked_at(page, "officer-received", "We have received it")
    page.get_by_role("link", name="Follow this concern").or_(
        page.get_by_role("button", name="Follow this concern")
    ).click()
    expect(page.get_by_text("Nobody has opened it yet.")).to_be_visible()
    looked_at(page, "officer-follows")
    return Contact.objects.get()


def _speaks_at_the_triage(page: Page, city: SmallCity, contact: Contact, looked_at: Look) -> None:
    actions.open_contact(contact=contact, by=city.front_door_worker.actor)
    triage.open_triage(
        contact=Contact.objects.get(), agencies=[city.police.team.agency_id, city.health.team.agency_id],
        sent="Dora Penhallow, 7.", grade=Grade.AMBER, by=city.front_door_worker.actor, **BASIS,
    )  # fmt: skip
    at_home(page)
    looked_at(page, "officer-home")
    page.get_by_role("link", name="Speak at a joint triage").click()
    page.get_by_role("button", name="Say it at the table").click()
    expect(
        page.get_by_role("link", name="Say whether your agency knows the child or the family.")
    ).to_be_visible()
    page.get_by_label("We know the child or the family, and say what").check()
    page.get_by_label("What you know").fill("Third call this year. He is on bail.")
    page.get_by_label("Complex/significant").check()
    looked_at(page, "officer-triage", "Joint triage")
    page.get_by_role("button", name="Say it at the table").click()
    expect(page.get_by_text("Everybody at the table can read it.")).to_be_visible()


def _the_table_decides(city: SmallCity, contact: Contact) -> None:
    triage.decide_triage(
        triage=Triage.objects.get(), contact=Contact.objects.get(concern=contact.concern), level=Level.ADDITIONAL,
        reasons="The mother asks for help.", without_because="Health did not answer in time.",
        by=city.front_door_manager.actor,
    )  # fmt: skip
    told_what_comes_of_it(Contact.objects.get(concern=contact.concern), city.front_door_manager)


def _disagrees(page: Page, contact: Contact, looked_at: Look) -> None:
    page.goto("/concerns/")
    looked_at(page, "officer-concerns")
    number = page.get_by_text(contact.receipt)
    assert number.evaluate("cell => getComputedStyle(cell.closest('td')).whiteSpace") == "nowrap"
    page.get_by_role("rowheader").get_by_role("link").click()
    looked_at(page, "officer-outcome")
    page.get_by_label("Why do you disagree?").fill("He is on bail: she must be seen today.")
    page.get_by_role("button", name="I disagree").or_(
        page.get_by_role("button", name="disagree")
    ).first.click()
    expect(page.get_by_text("He is on bail: she must be seen today.")).to_be_visible()
    looked_at(page, "officer-disagreed")


def _raises_a_dispute(page: Page, looked_at: Look) -> None:
    at_home(page)
    page.get_by_role("main").get_by_role("link", name="Disputes").click()
    page.get_by_role("link", name="Raise a dispute").or_(
        page.get_by_role("button", name="Raise a dispute")
    ).click()
    page.get_by_label("A child’s case").check()
    page.get_by_label("the level of need that was found").check()
    page.get_by_label("What should be done instead, and why?").fill("See her today, with us.")
    looked_at(page, "officer-dispute")
    page.get_by_role("button", name="Raise it").click()
    expect(page.get_by_text("The other side is asked to answer.")).to_be_visible()


def test_checks_are_answered_a_discussion_is_joined_and_what_was_agreed_is_done(hand, city, as_, looked_at):
    _is_asked(city, hand)
    page = as_(city.police, size=PHONE, has_touch=True, is_mobile=True)
    _answers_with_its_log(page, looked_at)
    _refuses_the_other(page)
    rows = called(city)
    hand.now = max(hand.now, rows[0].called)
    _comes_and_says_what_it_knows(page, looked_at)
    hand.moves(hours=4)
    _is_held_with_one_called_in(city, hand, rows)
    _does_its_part(page, looked_at)
    _reads_what_passed(page, looked_at)


def _is_asked(city: SmallCity, hand: Hand) -> None:
    contact = told(city.school, AYLA)
    for grade, sent in ((Grade.RED, "Ayla Brookfield, 8."), (Grade.GREEN, "Ayla Brookfield's father.")):
        actions.ask_check(
            contact=contact, agency=city.police.team.agency_id, grade=grade, sent=sent, question="What do you know?",
            family_told="told and agrees", by=city.front_door_worker.actor, **BASIS,
        )  # fmt: skip
        hand.moves(minutes=2)


def _answers_with_its_log(page: Page, looked_at: Look) -> None:
    at_home(page)
    expect(page.get_by_text("red check")).to_be_visible()
    page.get_by_role("link", name="Say what you know").first.click()
    page.get_by_role("button", name="I take it").click()
    page.get_by_label("We know the child or the family, and say what").check()
    page.get_by_label("Incidents that you hold").fill("Two calls in May 2025.")
    page.get_by_label("Is there anything to attach?").set_input_files(
        {"name": "log of calls.txt", "mimeType": "text/plain", "buffer": b"2 May, 9 May"}
    )
    page.get_by_role("button", name="Add the chosen files").click()
    expect(page.get_by_text("log of calls.txt").first).to_be_visible()
    expect(page.get_by_label("Incidents that you hold")).to_have_value("Two calls in May 2025.")
    looked_at(page, "officer-check")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("The front door has your answer.")).to_be_visible()


def _refuses_the_other(page: Page) -> None:
    at_home(page)
    page.get_by_role("link", name="Say what you know").click()
    page.get_by_label("We will not say, and give the reason").check()
    page.get_by_label("If you will not say: your reason").fill("It is part of an investigation.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("The front door has your answer.")).to_be_visible()


def _comes_and_says_what_it_knows(page: Page, looked_at: Look) -> None:
    at_home(page)
    page.get_by_role("link", name="Say who comes to a strategy discussion").click()
    page.get_by_label("A colleague comes").check()
    page.get_by_label("Who comes?").fill("DC Lena Frost, child abuse investigation")
    page.get_by_label("We know something", exact=True).check()
    page.get_by_label("What your agency knows").fill("Two calls to the address in May.")
    looked_at(page, "officer-strategy", "A strategy discussion")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("Those who called see your answer.")).to_be_visible()


def _is_held_with_one_called_in(city: SmallCity, hand: Hand, rows: list) -> None:
    told_there = queries.entries_told(city.social_worker.actor, [rows[0].file])
    call = next(each.body for each in told_there if isinstance(each.body, StrategyDecided))
    protection.call_in(
        rows=again(rows), call=call, agency=city.housing.team.agency_id, because="It lets them the house.",
        by=city.social_worker.actor,
    )  # fmt: skip
    hand.moves(minutes=30)
    minutes = minutes_of(city, *(row.file for row in rows))
    protection.hold_strategy(rows=again(rows), minutes=minutes, by=city.social_worker.actor)
    hand.moves(minutes=5)


def _does_its_part(page: Page, looked_at: Look) -> None:
    at_home(page)
    page.get_by_role("link", name="Do what was agreed").click()
    expect(page.get_by_text("We see the children today.")).to_be_visible()
    expect(page.get_by_text("The police told of May.")).to_have_count(0)
    expect(page.get_by_text("Example Homes")).to_be_visible()
    looked_at(page, "officer-held")
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_text("It is written down as done.")).to_be_visible()
    at_home(page)
    expect(page.get_by_text("Do what was agreed")).to_have_count(0)


def _reads_what_passed(page: Page, looked_at: Look) -> None:
    page.get_by_role("link", name="What was shared, word for word").click()
    expect(page.get_by_text("about 2 children").first).to_be_visible()
    looked_at(page, "officer-given")
    page.get_by_role("link", name="What you gave").click()
    expect(page.get_by_text("It is part of an investigation.")).to_be_visible()
    expect(page.get_by_role("link", name="log of calls.txt")).to_be_visible()
    looked_at(page, "officer-gave")
    page.get_by_role("link", name="Exactly what was sent").first.click()
    looked_at(page, "officer-exactly", "Exactly what was sent")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save these words as a text file").click()
    assert saved.value.suggested_filename.removesuffix(".txt").isdigit()
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="What Example City Police gave")).to_be_visible()
