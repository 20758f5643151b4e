"""A head of service agrees with a school and writes a payment down; the head teacher reads the statement, takes it away."""

import os
from pathlib import Path

import pytest

from rightplace.foundation.organisation import clock
from rightplace.services.funding.tests.families import THIS_YEAR, child_of, gave, priced, school_named
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import MORNING, as_in_browser, small_city

pytestmark = pytest.mark.story
PICTURES = os.environ.get("RIGHTPLACE_PICTURES")


@pytest.fixture(scope="module")
def told(site, django_db_blocker):
    """Ten children of the school were helped; nothing is agreed yet."""
    with django_db_blocker.unblock(), clock.clock_at(MORNING):
        city = small_city()
        school = school_named("Lark Hill Primary")
        priced(city)
        for number in range(10):
            gave(
                city,
                [child_of(city, school.pk)],
                30 + 15 * number,
                doing="visit" if number % 3 else "meeting",
            )
        yield city, school


def looked_at(page, name, axe_finds_nothing):
    axe_finds_nothing(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} is wider than the screen"
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"funding-{name}.png", full_page=True)


def fill_day(scope, day, month, year):
    for part, value in (("Day", day), ("Month", month), ("Year", year)):
        scope.get_by_label(part, exact=True).fill(str(value))


def test_a_head_of_service_agrees_and_a_head_teacher_takes_the_statement_away(
    visitor, site, told, axe_finds_nothing
):
    city, school = told
    page = as_in_browser(visitor(), city.head_of_service, site)
    page.goto("/funding/")
    page.get_by_role("button", name="Make an agreement").click()
    looked_at(page, "agree", axe_finds_nothing)
    page.get_by_label("Which agency pays a share?").select_option(str(school.pk))
    page.get_by_label("What is paid for together?").fill("Family support for our pupils")
    fill_day(page, 1, 4, THIS_YEAR)
    page.get_by_label("Share of the cost in 2025-26, per cent").fill("50")
    page.get_by_label("Contribution in 2025-26, in pounds").fill("1,200.00")
    page.get_by_label("Why is this agreed, and by whom?").fill("Schools Forum, 4 March 2025.")
    page.get_by_role("button", name="Make the agreement").click()
    page.get_by_text("Agreed. Its contributions are due as below.").wait_for()
    looked_at(page, "agreement", axe_finds_nothing)
    page.get_by_role("link", name="2025-26, summer term").click()
    pay = page.locator("section[aria-labelledby=pay]")
    fill_day(pay, 2, 7, THIS_YEAR)
    pay.get_by_label("How much, in pounds?").fill("400")
    pay.get_by_label("Its reference").fill("INV-0042")
    pay.get_by_role("button", name="Write the payment down").click()
    page.get_by_text("The payment is written down.").wait_for()
    looked_at(page, "contribution", axe_finds_nothing)
    for name, address in (
        ("due", "/funding/"),
        ("agreements", "/funding/agreements/"),
        ("bought", "/funding/bought/"),
        ("costs", "/funding/costs/"),
    ):
        page.goto(address)
        looked_at(page, name, axe_finds_nothing)

    page = as_in_browser(visitor(), city.head_teacher, site)
    page.goto("/")
    page.locator(".rp-further summary").click()
    page.get_by_role("link", name="Our share").first.click()
    page.get_by_text("10 children").first.wait_for()
    looked_at(page, "statement", axe_finds_nothing)
    for link, ending in (("PDF, on A4", "pdf"), ("spreadsheet", "xlsx")):
        with page.expect_download() as taken:
            page.get_by_role("link", name=link).click()
        assert taken.value.suggested_filename == f"{school.pk}-{THIS_YEAR}.{ending}"
        assert Path(taken.value.path()).stat().st_size > 1_000
        if PICTURES:
            taken.value.save_as(Path(PICTURES) / f"funding-statement.{ending}")


def test_the_same_on_a_phone(visitor, site, told, axe_finds_nothing):
    city, _school = told
    page = as_in_browser(visitor(PHONE, has_touch=True, is_mobile=True), city.head_of_service, site)
    for name in ("funding", "funding/agreements", "funding/agree", "funding/bought", "funding/costs"):
        page.goto(f"/{name}/")
        looked_at(page, f"phone-{name.replace('/', '-')}", axe_finds_nothing)
    page = as_in_browser(visitor(PHONE, has_touch=True, is_mobile=True), city.head_teacher, site)
    page.goto("/our-share/")
    looked_at(page, "phone-statement", axe_finds_nothing)
