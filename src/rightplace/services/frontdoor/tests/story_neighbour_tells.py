"""A neighbour tells, on a phone, without signing in; nothing stays behind. Seen by axe on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from rightplace.common.questions.models import Draft
from rightplace.foundation.organisation import clock
from rightplace.services.frontdoor import limits
from rightplace.services.frontdoor.projections import Contact
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import MORNING, SmallCity, small_city

pytestmark = pytest.mark.story
Check = Callable[[Page], None]


@pytest.fixture(scope="module")
def city(fresh_database: str) -> Iterator[SmallCity]:
    clock.set_clock(lambda: MORNING)
    limits.forget()
    yield small_city()
    clock.set_clock(None)


def go_on(page: Page, seen: Check) -> None:
    """Look at the page, then press Continue."""
    seen(page)
    tap(page, "Continue")


def tap(page: Page, words: str) -> None:
    """Tap a button, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=words).last.tap()


def test_from_the_first_page_to_the_receipt(
    city: SmallCity, visitor: Callable[..., Page], axe_finds_nothing: Check
) -> None:
    phone = visitor(PHONE, has_touch=True, is_mobile=True)
    # given somebody who is not sure
    phone.goto("/tell/")
    axe_finds_nothing(phone)
    expect(phone.locator(".rp-danger")).to_contain_text("call 999")
    tap(phone, "Start now")
    # when each question is answered, or left out
    go_on(phone, axe_finds_nothing)
    expect(phone.locator(".govuk-error-summary")).to_contain_text("You can say that you do not know")
    phone.get_by_label("Yes").check()
    go_on(phone, axe_finds_nothing)
    expect(phone.locator(".ft-now")).to_contain_text("Call 999 first")
    phone.get_by_label("What have you seen or heard?").fill("The little one stood outside in pyjamas.")
    go_on(phone, axe_finds_nothing)
    phone.get_by_label("If you do not know the name").fill("boy, about 6, at number 12")
    go_on(phone, axe_finds_nothing)
    phone.get_by_label("I do not know where they live").check()
    for _ in range(3):
        go_on(phone, axe_finds_nothing)
    files = [
        {"name": "garden.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"},
        {"name": "note.txt", "mimeType": "text/plain", "buffer": b"Seen on Monday."},
    ]
    phone.set_input_files("#files", files)  # type: ignore[arg-type]
    go_on(phone, axe_finds_nothing)
    expect(phone.locator(".govuk-error-message")).to_contain_text("garden.svg")
    expect(phone.locator(".ft-files")).to_contain_text("note.txt")
    go_on(phone, axe_finds_nothing)
    phone.get_by_label("I am a neighbour or a friend").check()
    go_on(phone, axe_finds_nothing)
    phone.get_by_label("No", exact=True).check()
    go_on(phone, axe_finds_nothing)
    # then it is checked and sent
    expect(phone.locator("main")).to_contain_text("boy, about 6, at number 12")
    axe_finds_nothing(phone)
    tap(phone, "Send to children’s services")
    number = phone.locator(".rp-receipt__number").inner_text()
    word = phone.locator(".ft-word").inner_text()
    assert Contact.objects.get(receipt=number).anonymous
    axe_finds_nothing(phone)
    # and cleared: going back shows nothing
    tap(phone, "I have it: clear this page")
    assert phone.url.endswith("/tell/")
    assert [c["name"] for c in phone.context.cookies() if c["name"] == "draft"] == []
    assert not Draft.objects.exists()
    phone.go_back()
    expect(phone.locator("body")).not_to_contain_text(number)
    # and the number with its word says that it came, on any phone
    other = visitor(PHONE)
    other.goto("/follow/")
    axe_finds_nothing(other)
    other.get_by_label("Your number").fill(number)
    other.get_by_role("button", name="See whether it has been read").click()
    expect(other.locator(".govuk-error-summary")).to_contain_text("no such number with this word")
    axe_finds_nothing(other)
    other.get_by_label("The word that came with it").fill(word)
    other.get_by_role("button", name="See whether it has been read").click()
    expect(other.locator("main")).to_contain_text("Not yet read by a worker")
    axe_finds_nothing(other)


def test_leaving_quickly_leaves_nothing(city: SmallCity, visitor: Callable[..., Page]) -> None:
    phone = visitor(PHONE, has_touch=True, is_mobile=True)
    phone.goto("/tell/")
    tap(phone, "Start now")
    phone.get_by_label("Yes").check()
    with phone.expect_event("requestfailed") as elsewhere:
        phone.get_by_role("link", name="Leave this page quickly").tap()
    assert elsewhere.value.url.startswith("https://www.bbc.co.uk/"), "there is no network in a test"
    assert phone.context.cookies() == []
    later = phone.context.new_page()
    later.goto("/tell/2/")
    later.wait_for_url("**/tell/")
