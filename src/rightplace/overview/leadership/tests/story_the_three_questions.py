"""The director reads three questions, opens a figure's list, and looks back to before the child was told of."""

import pytest

from rightplace.foundation.journal.sealed_minutes import seal_minutes
from rightplace.foundation.organisation import clock
from rightplace.overview.desk.tests.city import RAISED
from rightplace.overview.desk.tests.story_a_day_at_the_desk import looked_at, told
from rightplace.testing.browsers import PHONE
from rightplace.testing.organisation import MORNING, as_in_browser

pytestmark = pytest.mark.story
__all__ = ["told"]


@pytest.fixture(scope="module")
def sealed(told, django_db_blocker):
    with django_db_blocker.unblock(), clock.clock_at(MORNING):
        seal_minutes()
    return told


def test_the_director_asks_opens_and_looks_back(visitor, site, sealed, axe_finds_nothing):
    city, _two = sealed
    page = as_in_browser(visitor(), city.director, site)
    page.goto("/leadership/")
    looked_at(page, "director", axe_finds_nothing)
    page.locator("a[href='/figures/unallocated/']").first.click()
    page.wait_for_url("**/figures/unallocated/")
    looked_at(page, "figure", axe_finds_nothing)
    assert page.get_by_role("link", name="Jonas Lindqvist").count() == 1
    before = RAISED.date().replace(day=RAISED.day - 1)
    for part, value in (("Day", before.day), ("Month", before.month), ("Year", before.year)):
        page.get_by_label(part, exact=True).fill(str(value))
    page.get_by_role("button", name="Show").click()
    page.get_by_text("with what was known then").wait_for()
    looked_at(page, "figure-as-at", axe_finds_nothing)
    assert page.get_by_text("Nobody is waiting for a worker.").count() >= 1
    assert page.get_by_role("link", name="Jonas Lindqvist").count() == 0


def test_the_director_on_a_phone(visitor, site, sealed, axe_finds_nothing):
    city, _two = sealed
    page = as_in_browser(visitor(PHONE, has_touch=True, is_mobile=True), city.director, site)
    for name, address in (
        ("director", "/leadership/"),
        ("figure", "/figures/unallocated/"),
        ("late", "/figures/late/"),
    ):
        page.goto(address)
        looked_at(page, f"{name}-phone", axe_finds_nothing)
