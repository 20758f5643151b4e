"""A site that is really served and a real browser in front of it, for stories.

Chromium is the system's. Where there is none a story is skipped with the reason; with REQUIRE_BROWSER=1 that is a
failure, so that the checks of a change cannot pass without having seen the pages.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
]
DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE = 30_000
"""Milliseconds: a busy machine may take long over one page; what is there is found at once all the same."""


def chromium() -> str | None:
    """Where the system's Chromium is; the environment's CHROMIUM first."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *words: object) -> None:
        """Say nothing: addresses do not belong in the tests' output."""


class _Server(ThreadedWSGIServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves in the middle of an answer is no fault."""


@pytest.fixture(scope="module")
def site(fresh_database: str) -> Iterator[str]:
    """The address of a served site over a database of this module's own."""
    server = _Server(("127.0.0.1", 0), _Quiet)
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()
    connections.close_all()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, for the session."""
    found = chromium()
    if found is None:
        sentence = "No Chromium was found: install the package chromium, or name one in CHROMIUM."
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(sentence, pytrace=False)
        pytest.skip(sentence)
    expect.set_options(timeout=PATIENCE / 2)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Makes a page for somebody with a browser of their own: `visitor()`, `visitor(PHONE)`, without script too."""
    opened: list[BrowserContext] = []

    def open_page(size: ViewportSize = DESK, **more: Any) -> Page:
        context = browser.new_context(
            base_url=site, viewport=size, locale="en-GB", timezone_id="Europe/London", **more
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    """A page at a desk, 1,280 by 800."""
    return visitor()


@pytest.fixture
def phone(visitor: Callable[..., Page]) -> Page:
    """A page on a phone, 390 by 844, touched and not clicked."""
    return visitor(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture(scope="session")
def axe_finds_nothing() -> Callable[[Page], None]:
    """Asserts that axe finds nothing wrong with a page, and says what and where if it does."""
    axe = Axe()

    def check(page: Page) -> None:
        # what was just clicked may still be on its way, and an empty page has no heading
        page.wait_for_load_state()
        page.get_by_role("heading", level=1).first.wait_for()
        found = axe.run(page).response["violations"]
        told = [f"{v['id']}: {v['help']} at {[node['target'] for node in v['nodes'][:3]]}" for v in found]
        assert not told, "\n".join([page.url, *told])

    return check
