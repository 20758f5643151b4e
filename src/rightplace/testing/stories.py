"""What a story in a browser is told with: a clock moved by hand, a browser for each person, and a close look.

PICTURES names a folder into which each page that is looked at is photographed.
"""

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rightplace.foundation.organisation import clock
from rightplace.testing.browsers import DESK, PHONE

PICTURES = os.environ.get("PICTURES", "")


class Hand:
    """The clock of the story: it stands still until it is moved, but for a microsecond each time that it is read.

    Two acts at the same instant would have no order, which never happens to people.
    """

    def __init__(self) -> None:
        from rightplace.testing.organisation import MORNING  # models: not before Django is ready

        self.now = MORNING
        self.read = 0

    def reads(self) -> datetime:
        """What the site reads."""
        self.read += 1
        return self.now + timedelta(microseconds=self.read)

    def moves(self, **by: int) -> None:
        """Some time goes by."""
        self.now += timedelta(**by)


@pytest.fixture(scope="module")
def hand() -> Iterator[Hand]:
    """The story's clock, which the site reads too."""
    found = Hand()
    clock.set_clock(found.reads)
    yield found
    clock.set_clock(None)


@pytest.fixture
def as_(visitor: Callable[..., Page], site: str) -> Callable[..., Page]:
    """A browser of that person's own, at a desk or on a phone: `as_(city.police, PHONE)`."""
    from rightplace.testing.organisation import as_in_browser

    return lambda person, *size, **more: as_in_browser(visitor(*size, **more), person, site)


@pytest.fixture
def looked_at(axe_finds_nothing: Callable[[Page], None]) -> Callable[..., None]:
    """The page is accessible at both widths, nothing sticks out, and a picture is taken where one is asked for."""

    def look(page: Page, name: str, heading: str = "") -> None:
        if heading:
            expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        before: Any = page.viewport_size
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            axe_finds_nothing(page)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size["width"], f"{name} is {wide} wide at {size['width']}"
            if PICTURES:
                page.screenshot(path=str(Path(PICTURES) / f"{name}-{size['width']}.png"), full_page=True)
        page.set_viewport_size(before or DESK)

    return look
