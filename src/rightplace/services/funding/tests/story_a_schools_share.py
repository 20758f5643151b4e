"""A head of service agrees with a school and writes a payment down; the head teacher reads the statement, takes it away."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from rightplace.foundation.organisation import clock
from rightplace.services.funding.counting import count_terms
from rightplace.services.funding.tests.families import THIS_YEAR, child_of, gave, priced, school_named
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import MORNING, as_in_browser, small_city

pytestmark = pytest.mark.story
AUTUMN = datetime(2025, 11, 3, 16, tzinfo=UTC)


@pytest.fixture(scope="module")
def told(site, django_db_blocker):
    """Ten children of the school were helped; nothing is agreed yet."""
    with django_db_blocker.unblock(), clock.clock_at(MORNING):
        city = small_city()
        school = school_named("Lark Hill Primary")
        priced(city)
        for number in range(10):
            with clock.clock_at(AUTUMN):
                child = child_of(city, school.pk)
                gave(city, [child], 30 + 15 * number, AUTUMN.date())
                gave(city, [child], 60, AUTUMN.date(), doing="meeting")
        yield city, school


def fill_day(scope, day, month, year):
    for part, value in (("Day", day), ("Month", month), ("Year", year)):
        scope.get_by_label(part, exact=True).fill(str(value))


def test_a_head_of_service_agrees_and_a_head_teacher_takes_the_statement_away(visitor, site, told, looked_at):
    city, school = told
    page = as_in_browser(visitor(), city.head_of_service, site)
    page.goto("/funding/")
    page.get_by_role("button", name="Make an agreement").click()
    looked_at(page, "agree")
    page.get_by_label("Which agency pays a share?").fill(school.name)
    page.get_by_label("What is paid for together?").fill("Family support for our pupils")
    fill_day(page, 1, 4, THIS_YEAR)
    page.get_by_label("Share of the cost in 2025-26, per cent").fill("50")
    page.get_by_label("Contribution in 2025-26, in pounds").fill("1,200.00")
    page.get_by_label("Why is this agreed, and by whom?").fill("Schools Forum, 4 March 2025.")
    page.get_by_role("button", name="Make the agreement").click()
    page.get_by_text("Agreed. Its contributions are due as below.").wait_for()
    looked_at(page, "agreement")
    page.get_by_role("link", name="2025-26, summer term").click()
    pay = page.locator("section[aria-labelledby=pay]")
    fill_day(pay, 2, 7, THIS_YEAR)
    pay.get_by_label("How much, in pounds?").fill("400")
    pay.get_by_label("Its reference").fill("INV-0042")
    pay.get_by_role("button", name="Write the payment down").click()
    page.get_by_text("The payment is written down.").wait_for()
    looked_at(page, "contribution")
    for name, address in (
        ("due", "/funding/"),
        ("agreements", "/funding/agreements/"),
        ("bought", "/funding/bought/"),
        ("costs", "/funding/costs/"),
        ("costs-price", "/funding/costs/?set=price"),
        ("costs-budget", "/funding/costs/?set=budget"),
    ):
        page.goto(address)
        looked_at(page, name)

    count_terms()
    page = as_in_browser(visitor(), city.head_teacher, site)
    page.goto("/")
    page.locator(".rp-further summary").click()
    page.get_by_role("link", name="Our share").first.click()
    page.get_by_text("In the summer and autumn terms, 10 children were helped").first.wait_for()
    looked_at(page, "statement")
    for link, ending in (("PDF, on A4", "pdf"), ("spreadsheet", "xlsx")):
        with page.expect_download() as taken:
            page.get_by_role("link", name=link).click()
        assert taken.value.suggested_filename == f"{school.pk}-{THIS_YEAR}.{ending}"
        assert Path(taken.value.path()).stat().st_size > 1_000


def test_the_same_on_a_phone(visitor, site, told, looked_at):
    city, _school = told
    page = as_in_browser(visitor(PHONE, has_touch=True, is_mobile=True), city.head_of_service, site)
    for name in (
        "funding",
        "funding/agreements",
        "funding/agree",
        "funding/bought",
        "funding/costs",
        "funding/costs/?set=price",
    ):
        page.goto(f"/{name}" if "?" in name else f"/{name}/")
        looked_at(page, f"phone-{name.replace('/', '-').replace('?', '')}")
    page = as_in_browser(visitor(PHONE, has_touch=True, is_mobile=True), city.head_teacher, site)
    page.goto("/our-share/")
    looked_at(page, "phone-statement")
