"""Given a return that was taken in, when an administrator opens Imports, then each child is accounted for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page

from rightplace.foundation.access.actor import CIN_IMPORT
from rightplace.foundation.access.tests import people
from rightplace.foundation.access.tests.test_routes import signed_in
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.gateways.exchange.cin.importing import import_return
from rightplace.gateways.exchange.cin.tests.oddities import each_in_turn
from rightplace.gateways.exchange.cin.tests.write_sample import a_return

pytestmark = pytest.mark.story


@pytest.fixture(scope="module")
def session(
    fresh_database: str, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, int]:  # type: ignore[no-untyped-def]
    """An administrator's session, and the number of an import with doubts and refusals."""
    with django_db_blocker.unblock():
        path = tmp_path_factory.mktemp("returns") / "return.xml"
        path.write_bytes(a_return(2026, 150, odd=each_in_turn(2)))
        people.actor(RoleCode.HEAD_OF_SERVICE, people.team("leadership"))
        number = import_return(path, by=CIN_IMPORT).number
        client = signed_in(people.actor(RoleCode.ADMINISTRATOR, people.team("assurance")))
        return client.cookies[settings.SESSION_COOKIE_NAME].value, number


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_every_child_can_be_found_with_reason_and_line(
    width: str,
    visitor: Callable[..., Page],
    site: str,
    session: tuple[str, int],
    axe_finds_nothing: Callable[[Page], None],
    tmp_path: Path,
) -> None:
    page = visitor() if width == "desk" else visitor({"width": 390, "height": 844})
    cookie, number = session
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    page.goto("/imports/")
    axe_finds_nothing(page)
    page.get_by_role("link", name="CIN census 2026").click()
    assert page.url.endswith(f"/imports/{number}/")
    axe_finds_nothing(page)
    page.get_by_role("link", name="refused").first.click()
    assert "no LAchildID" in page.inner_text("main")
    assert "(line " in page.inner_text("main")
    axe_finds_nothing(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "nothing stands beyond the edge"
    page.screenshot(path=tmp_path / f"{width}.png", full_page=True)
