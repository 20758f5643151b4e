"""A school raises a concern about two children, by keyboard alone, and follows it. Seen by axe on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from rightplace.foundation.organisation import clock
from rightplace.services.frontdoor.actions import open_contact
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.tests.telling_forms import told_what_comes_of_it
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import MORNING, SmallCity, as_in_browser, postcode_in, small_city

pytestmark = pytest.mark.story
Check = Callable[[Page], None]
FOCUSED = "() => document.activeElement.matches('a, button') ? document.activeElement.innerText : ''"


@pytest.fixture(scope="module")
def city(fresh_database: str) -> Iterator[SmallCity]:
    clock.set_clock(lambda: MORNING)
    yield small_city()
    clock.set_clock(None)


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    """Each test begins at 10:20, whatever the one before said."""
    clock.set_clock(lambda: MORNING)
    yield
    clock.set_clock(lambda: MORNING)


def tab_to(page: Page, what: str) -> None:
    """Press Tab until this is in focus, as somebody without a mouse does."""
    for _ in range(120):
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{what} cannot be reached by keyboard on {page.url}")


def type_into(page: Page, name: str, words: str) -> None:
    tab_to(page, f"[name='{name}']")
    page.keyboard.type(words)


def choose(page: Page, name: str, downwards: int = 0) -> None:
    """Choose an answer: Space for the first, arrows for those below."""
    tab_to(page, f"[name='{name}']")
    page.keyboard.press("Space")
    for _ in range(downwards):
        page.keyboard.press("ArrowDown")


def press(page: Page, words: str) -> None:
    """Reach a button by Tab and press it."""
    for _ in range(120):
        if words in page.evaluate(FOCUSED):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the button {words} cannot be reached by keyboard on {page.url}")


def test_with_the_keyboard_alone(city: SmallCity, page: Page, site: str, axe_finds_nothing: Check) -> None:
    # given a safeguarding lead at her desk
    as_in_browser(page, city.school, site).goto("/concerns/new/")
    axe_finds_nothing(page)
    # when she tells of two children without touching the mouse
    choose(page, "danger", downwards=1)
    type_into(page, "children-0-given", "Kaya")
    type_into(page, "children-0-family", "Doyle")
    type_into(page, "children-0-born_day", "4")
    type_into(page, "children-0-born_month", "5")
    type_into(page, "children-0-born_year", "2018")
    press(page, "Add a brother")
    page.wait_for_selector("[name='children-1-given']")
    assert page.input_value("[name='children-0-given']") == "Kaya", "adding a child loses nothing"
    type_into(page, "children-1-given", "Ben")
    type_into(page, "children-1-born_age", "5")
    choose(page, "together")
    type_into(page, "address_line", "12 Alder Road")
    type_into(page, "address_postcode", postcode_in(1))
    type_into(page, "saw", "Both came in without breakfast for the third day.")
    type_into(page, "wants", "Somebody to see them at home.")
    choose(page, "family_told", downwards=2)
    press(page, "Check what you wrote")
    # then what is missing is said, and the summary leads to it
    page.wait_for_url("**/drafts/**")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Say why the family was not told.")
    axe_finds_nothing(page)
    assert page.input_value("[name='saw']").startswith("Both came in")
    type_into(page, "family_told_reason", "The father waits outside the school.")
    choose(page, "lawful_basis")
    press(page, "Check what you wrote")
    page.wait_for_url("**/check/")
    axe_finds_nothing(page)
    expect(page.locator("main")).to_contain_text("Fri 4 May 2018")
    press(page, "Send to the front door")
    # then she has a number, a team and a time
    page.wait_for_url("**/sent/")
    expect(page.locator(".rp-receipt__number")).to_have_text(Contact.objects.get().receipt)
    expect(page.locator("main")).to_contain_text("you hear by the end of Wed 4 Mar 2026")
    axe_finds_nothing(page)


def test_it_is_followed_until_the_answer(
    city: SmallCity, phone: Page, site: str, axe_finds_nothing: Check
) -> None:
    contact = Contact.objects.latest("received")
    as_in_browser(phone, city.school_2, site)
    # given nobody has opened it for an hour
    clock.set_clock(lambda: MORNING + timedelta(minutes=62))
    phone.goto("/concerns/")
    axe_finds_nothing(phone)
    with phone.expect_navigation():
        phone.get_by_role("link", name="Kaya Doyle").tap()
    # then her colleague is told so, on his phone
    expect(phone.locator("main")).to_contain_text(
        "Not yet opened; raised to the front door manager at 11:20."
    )
    axe_finds_nothing(phone)
    # when it is read, decided and told
    open_contact(contact=contact, by=city.front_door_worker.actor)
    told_what_comes_of_it(Contact.objects.get(pk=contact.pk), city.front_door_manager)
    phone.reload()
    expect(phone.locator("main")).to_contain_text("The school can help here.")
    axe_finds_nothing(phone)
    # and when he disagrees
    with phone.expect_navigation():
        phone.get_by_role("button", name="I disagree").tap()
    expect(phone.locator("main")).to_contain_text("Write why you disagree.")
    axe_finds_nothing(phone)
    phone.get_by_label("Why do you disagree?").fill("They were hungry again today.")
    with phone.expect_navigation():
        phone.get_by_role("button", name="I disagree").tap()
    # then a clock has started
    expect(phone.locator("main")).to_contain_text("You will hear by the end of Fri 6 Mar 2026")
    axe_finds_nothing(phone)


def test_what_is_typed_is_saved_while_typing(
    city: SmallCity, visitor: Callable[..., Page], site: str, axe_finds_nothing: Check
) -> None:
    # given he types on a phone that is then lost
    lost = as_in_browser(visitor(PHONE), city.police, site)
    lost.goto("/concerns/new/")
    lost.get_by_label("What have you seen or heard?").fill("A disturbance at 23:10.")
    expect(lost.locator("[data-autosave-said]")).to_have_text("Saved 10:20")
    address = lost.url
    lost.wait_for_load_state("networkidle")
    stored = lost.evaluate("() => [localStorage.length, sessionStorage.length]")
    assert stored == [0, 0], "nothing is kept on the phone"
    lost.context.close()
    # when he signs in elsewhere, then he goes on
    found = as_in_browser(visitor(), city.police, site)
    found.goto(address)
    expect(found.get_by_label("What have you seen or heard?")).to_have_value("A disturbance at 23:10.")


def test_it_all_works_without_script(city: SmallCity, visitor: Callable[..., Page], site: str) -> None:
    plain = as_in_browser(visitor(java_script_enabled=False), city.health, site)
    plain.goto("/concerns/new/")
    plain.locator("[name=danger][value=no]").check()
    plain.fill("[name='children-0-described']", "girl, about 3, with her aunt")
    plain.check("[name=address_unknown]")
    plain.fill("[name=saw]", "Not seen since January.")
    plain.fill("[name=wants]", "A visit.")
    plain.locator("[name=family_told]").last.check()
    plain.locator("[name=lawful_basis]").first.check()
    plain.get_by_role("button", name="Check what you wrote").click()
    plain.get_by_role("button", name="Send to the front door").click()
    assert plain.locator(".rp-receipt__number").inner_text()
