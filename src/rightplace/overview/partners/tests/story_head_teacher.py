"""A head teacher does the whole job; the link person answers; a manager covers an absence. Seen by axe, desk and phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.actions import set_link_person
from rightplace.foundation.organisation.models import School
from rightplace.services.frontdoor.tests.telling_staff import told
from rightplace.services.funding.counting import count_terms
from rightplace.services.funding.tests import families as funded
from rightplace.services.schools.projections import Question
from rightplace.services.signals.tests import giving
from rightplace.testing.browsers import DESK, PHONE
from rightplace.testing.organisation import MORNING, SmallCity, as_in_browser, small_city

pytestmark = pytest.mark.story
Check = Callable[[Page], None]
FIRST_PAGE = 60_000
"""The first page of a process makes its templates and rules ready, which takes long beside other work."""


@pytest.fixture(scope="module")
def city(fresh_database: str) -> Iterator[SmallCity]:
    clock.set_clock(lambda: MORNING)
    made = small_city()
    school = School.objects.get(pk=made.school.team.agency_id)
    set_link_person(
        school=school,
        worker=made.family_support_worker.worker,
        begins=clock.today(),
        by=made.administrator.actor,
    )
    told(made.school)
    yield made
    clock.set_clock(None)


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    clock.set_clock(lambda: MORNING)
    yield
    clock.set_clock(lambda: MORNING)


def test_a_head_teacher_sees_everything_on_one_page_and_asks(
    city: SmallCity, page: Page, phone: Page, site: str, axe_finds_nothing: Check
) -> None:
    # given she signs in
    as_in_browser(page, city.head_teacher, site).goto("/", timeout=FIRST_PAGE)
    main = page.locator("main")
    expect(main.get_by_role("heading", level=1)).to_have_text("Lark Hill Primary")
    expect(main).to_contain_text("Tamsin Reeve")
    expect(main).to_contain_text("1 concern raised in the last twelve months.")
    axe_finds_nothing(page)
    # when she forgets to say what she wants to know, nothing is lost
    page.get_by_role("link", name="ask your link person").click()
    axe_finds_nothing(page)
    page.get_by_label("A pupil we worry about").check()
    page.get_by_label("Yes").check()
    page.get_by_label("Which pupil?").fill("A.D., year 4")
    page.get_by_role("button", name="Send the question").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Write what you want to know.")
    axe_finds_nothing(page)
    assert page.get_by_label("Which pupil?").input_value() == "A.D., year 4"
    page.get_by_label("What do you want to know?").fill("Who could visit them at home?")
    page.get_by_role("button", name="Send the question").click()
    # then she knows by when she hears
    expect(page.locator("main")).to_contain_text("You will hear by the end of Thu 5 Mar 2026.")
    axe_finds_nothing(page)
    # and the same stands on her phone
    as_in_browser(phone, city.head_teacher, site).goto("/our-page/")
    expect(phone.locator("main")).to_contain_text("A pupil we worry about")
    axe_finds_nothing(phone)
    phone.goto("/our-page/compared/")
    axe_finds_nothing(phone)


def test_a_head_teacher_does_the_whole_job_at_a_desk_and_on_a_phone(
    city: SmallCity, as_: Callable[..., Page], looked_at: Callable[..., None]
) -> None:
    """By what stands on the pages alone: a concern, a signal, a family's team, a dispute, the share, the comparison."""
    the_school_agreed_and_eight_were_helped(city)
    giving.agreed(city, city.school)
    for size in (DESK, PHONE):
        page = as_(city.head_teacher, size)
        page.goto("/", timeout=FIRST_PAGE)
        looked_at(page, "our-page", "Lark Hill Primary")
        main = page.locator("main")
        expect(main).to_contain_text("8 children were helped: at the end 8 were still being helped")
        raises_a_concern(page, looked_at)
        gives_a_signal(page, looked_at)
        reads_the_share(page, looked_at)
        page.goto("/our-page/")
        page.get_by_role("link", name="Attendance and suspensions, compared fairly").click()
        looked_at(page, "compared", "Attendance and suspensions, compared fairly")
        for name, heading in PLACES.items():
            opens(page, name)
            looked_at(page, name.lower().replace(" ", "-"), heading)


PLACES = {
    "Checks asked": "Checks asked", "Joint triage": "Joint triage", "Strategy discussions": "Strategy discussions",
    "Teams around families": "Teams around families", "Disputes": "Disputes",
}  # fmt: skip


def the_school_agreed_and_eight_were_helped(city: SmallCity) -> None:
    """What the school's page shows of its share."""
    school = funded.school_named("Lark Hill Primary")
    funded.priced(city)
    funded.agreed(city, school)
    with clock.clock_at(MORNING - timedelta(days=120)):
        for _ in range(8):
            funded.gave(city, [funded.child_of(city, school.pk)], 60, date(2025, 11, 3))
    count_terms()


def opens(page: Page, name: str) -> None:
    """Follow a place of the navigation, wherever it stands at this width."""
    page.goto("/our-page/")
    address = page.locator("nav a, header a, .rp-further a").filter(has_text=name).first.get_attribute("href")
    assert address, f"no way leads to {name}"
    page.goto(address)


def raises_a_concern(page: Page, looked_at: Callable[..., None]) -> None:
    """The form, its check and the receipt."""
    page.get_by_role("link", name="Raise a concern").or_(
        page.get_by_role("button", name="Raise a concern")
    ).last.click()
    looked_at(page, "raise", "Raise a concern about a child")
    page.get_by_role("group", name="Is a child in danger").get_by_label("No", exact=True).check()
    page.get_by_label("First name").first.fill("Zoë")
    page.get_by_label("Family name").first.fill("Winterborne")
    page.get_by_label("I do not know where they live").check()
    page.get_by_label("What have you seen or heard?").fill(
        "Four days without a coat; no food at home on Sunday."
    )
    page.get_by_label("What do you want to happen?").fill("Support for the family.")
    page.get_by_label("Yes, and they agree").check()
    page.get_by_label("It is part of our work to keep children safe").check()
    page.get_by_label("What is your role?").fill("Head teacher")
    page.get_by_label("On which number can we reach you today?").fill("01632 960100")
    page.get_by_role("button", name="Check what you wrote").click()
    looked_at(page, "raise-check")
    page.get_by_role("button", name="Send").first.click()
    expect(page.locator("main")).to_contain_text("number")
    looked_at(page, "raise-sent")
    opens(page, "Concerns you raised")
    page.get_by_role("link", name="Zoë Winterborne").first.click()
    expect(page.locator("main")).to_contain_text("We received it")
    looked_at(page, "raise-followed")


def gives_a_signal(page: Page, looked_at: Callable[..., None]) -> None:
    """A fact that the school has anyway, by form."""
    opens(page, "Signals")
    looked_at(page, "signals", "Signals")
    page.get_by_role("link", name="Give a signal").or_(
        page.get_by_role("button", name="Give a signal")
    ).first.click()
    looked_at(page, "signal")


def reads_the_share(page: Page, looked_at: Callable[..., None]) -> None:
    """From the own page to the statement, and away with it on paper and as a spreadsheet."""
    page.goto("/our-page/")
    page.get_by_role("link", name="The statement, with what came of it").click()
    looked_at(page, "share", "Lark Hill Primary: its share of family support")
    for link in ("PDF, on A4", "spreadsheet"):
        with page.expect_download() as taken:
            page.get_by_role("link", name=link).click()
        assert Path(taken.value.path()).stat().st_size > 1_000


def test_the_manager_covers_an_absence_and_whoever_covers_answers(
    city: SmallCity,
    page: Page,
    phone: Page,
    visitor: Callable[..., Page],
    site: str,
    axe_finds_nothing: Check,
) -> None:
    question = Question.objects.latest("asked")
    # given the link person falls ill, the manager says so with two choices and a day
    as_in_browser(page, city.family_support_manager, site).goto("/away/")
    axe_finds_nothing(page)
    page.get_by_label("Who is away?").select_option(label="Tamsin Reeve")
    for name, number in (("day", "3"), ("month", "3"), ("year", "2026")):
        page.fill(f"[name=begins_{name}]", number)
    page.get_by_label("Who covers?").select_option(label="Wendell Ashby")
    page.get_by_role("button", name="Say who is away").click()
    expect(page.locator("main")).to_contain_text("Lark Hill Primary")
    axe_finds_nothing(page)
    # then the school sees who covers
    school = as_in_browser(visitor(), city.school, site)
    school.goto("/our-page/")
    expect(school.locator("main")).to_contain_text("Covers for Tamsin Reeve")
    # and the question falls to whoever covers, who reads and answers it on a phone
    as_in_browser(phone, city.family_support_manager, site).goto("/school-questions/")
    expect(phone.locator("main")).to_contain_text("1 question for you today.")
    axe_finds_nothing(phone)
    phone.goto(f"/school-questions/{question.concern}/")
    axe_finds_nothing(phone)
    phone.locator("[name=answer]").fill("The family is known to us.")
    phone.get_by_label("The link person comes to the school").check()
    phone.get_by_role("button", name="Answer the school").click()
    expect(phone.locator("main")).to_contain_text("may say whether a child or family is known to us")
    axe_finds_nothing(phone)
    phone.locator("[name=answer]").fill("I come on Friday and we think it through.")
    phone.get_by_role("button", name="Answer the school").click()
    expect(phone.locator("main")).to_contain_text("No school waits for an answer.")
    # then the school reads exactly these words
    school.goto(f"/link-person/{question.concern}/")
    expect(school.locator("main")).to_contain_text("I come on Friday and we think it through.")
    axe_finds_nothing(school)
    # and when the link person is back, one button gives her schools back
    with_tomorrow = MORNING + timedelta(days=1)
    clock.set_clock(lambda: with_tomorrow)
    page.goto("/away/")
    page.get_by_role("link", name="Back today").click()
    axe_finds_nothing(page)
    page.get_by_role("button", name="Say that they are back today").click()
    expect(page.locator("main")).to_contain_text("Everybody of this team is there.")
    page.goto("/link-people/")
    expect(page.locator("main")).to_contain_text("1 of 1 school can ask somebody today.")
    axe_finds_nothing(page)
    page.get_by_role("link", name="Lark Hill Primary").click()
    axe_finds_nothing(page)


def test_an_administrator_takes_a_list_in(
    city: SmallCity, page: Page, site: str, axe_finds_nothing: Check
) -> None:
    from rightplace.services import schools

    sample = Path(str(schools.__file__)).parent / "samples" / "schools.csv"
    as_in_browser(page, city.administrator, site).goto("/school-lists/")
    axe_finds_nothing(page)
    page.get_by_label("The national list of schools").check()
    page.set_input_files("[name=file]", sample)
    page.get_by_label("Number of our authority").fill("399")
    page.get_by_label("Only try it").check()
    page.get_by_role("button", name="Take the list in").click()
    expect(page.locator("main")).to_contain_text("7 taken, 1 closed, 2 outside the authority and 5 refused")
    expect(page.locator("main")).to_contain_text("Nothing was changed: this was a trial.")
    axe_finds_nothing(page)


def test_a_police_officer_and_a_partner_lead_have_a_page_of_their_own(
    city: SmallCity, page: Page, phone: Page, site: str, axe_finds_nothing: Check
) -> None:
    for who, where in ((city.police, page), (city.police_lead, phone)):
        as_in_browser(where, who, site).goto("/our-page/")
        expect(where.locator("main")).to_contain_text("Nothing waits for your answer.")
        axe_finds_nothing(where)
