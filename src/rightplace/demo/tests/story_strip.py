"""The guided story, played as a visitor plays it: `rightplace demo` from nothing, then the strip to its last page.

Prints how long the building and the story took. STRIP_SITE names a demonstration that is served already.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from rightplace.testing.browsers import DESK, PHONE

pytestmark = pytest.mark.story
PATIENCE = 30_000
ASKED_TO_DEMO = "demo --size tiny --port 8870"


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The demonstration as a newcomer has it: its own home, its own database, built and served."""
    if site := os.environ.get("STRIP_SITE"):
        yield site
        return
    home = Path(f"/tmp/rightplace-strip-{os.getpid()}")
    environment = {name: value for name, value in os.environ.items() if name != "RIGHTPLACE_TEST_DB"}
    environment |= {"RIGHTPLACE_HOME": str(home), "RIGHTPLACE_MODE": "demo"}
    began = time.perf_counter()
    command = [sys.executable, "-m", "rightplace.gateways.cli.main", *ASKED_TO_DEMO.split()]
    running = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert running.stdout is not None
    address = ""
    for line in running.stdout:
        if "http://" in line:
            address = line.split()[-1]
            break
    assert address, "the demonstration ended before it was served"
    # whatever it goes on to say is read and let go: a full pipe would hold it still
    Thread(target=running.stdout.read, daemon=True).start()
    print(f"\nFrom nothing to the first page: {time.perf_counter() - began:.1f} seconds.")
    yield address
    running.send_signal(signal.SIGTERM)
    running.wait(90)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """A visitor's browser."""
    context = browser.new_context(base_url=served, viewport=DESK, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def seen(axe_finds_nothing: Callable[[Page], None]) -> Callable[[Page, str], None]:
    """The strip says this step, and the page is accessible with it, at a desk and on a phone."""

    def look(page: Page, title: str) -> None:
        expect(strip(page)).to_contain_text(title)
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            axe_finds_nothing(page)

    return look


def strip(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("complementary", name="Guided story")


def be(page: Page, name: str) -> None:
    """Press the strip's one button."""
    strip(page).get_by_role("button", name=f"Be {name}").click()


def example(page: Page, words: str = "Use the example") -> None:
    strip(page).get_by_role("link", name=words, exact=True).click()


def test_the_story_is_played_from_the_first_page_to_the_last(
    page: Page, seen: Callable[[Page, str], None]
) -> None:
    began = time.perf_counter()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Follow one child through the city")
    page.get_by_role("button", name="Begin as Marian Quaye").click()
    seen(page, "A school raises a concern about two siblings")
    the_school_raises_a_concern(page)
    seen(page, "The front door sees it")
    be(page, "Sunita Raval")
    the_front_door_settles_and_asks(page)
    seen(page, "The police answer")
    be(page, "Colin Hanlon")
    example(page)
    page.get_by_role("button", name="Send the answer").click()
    seen(page, "Closing it with advice is refused")
    be(page, "Sunita Raval")
    the_front_door_is_refused_and_decides(page)
    seen(page, "A team accepts")
    be(page, "Tomasz Mazur")
    the_team_accepts(page)
    the_story_is_read_and_why(page, seen)
    be(page, "Marian Quaye")
    expect(page.get_by_text("We think that a family support worker can help this family")).to_be_visible()
    page.reload()
    seen(page, "The director's figure")
    be(page, "Ruth Inskip")
    the_directors_figure_holds_both(page)
    page.goto("/leadership/")
    expect(strip(page)).to_contain_text("The story is told.")
    strip(page).get_by_role("link", name="What you just saw, and what to break").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What you just saw, and what to break")
    expect(page.get_by_text("rightplace verify").first).to_be_visible()
    print(f"\nThe story, played by a browser with axe on the way: {time.perf_counter() - began:.1f} seconds.")


def the_school_raises_a_concern(page: Page) -> None:
    example(page)
    expect(page.get_by_label("First name").first).to_have_value("Keira")
    page.get_by_role("button", name="Check").first.click()
    expect(page.get_by_text("Wrenhollow Close").first).to_be_visible()
    page.get_by_role("button", name="Send to the front door").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have received it")
    assert "Kiera" not in page.content(), "intake never says whether a child is known"


def the_front_door_settles_and_asks(page: Page) -> None:
    page.get_by_role("link", name="Keira Dunstan").first.click()
    page.get_by_role("link", name="Possible same child").first.click()
    example(page)
    page.get_by_role("button", name="Write the decision down").click()
    expect(page.get_by_text("They are one child now")).to_be_visible()
    page.get_by_role("button", name="Grade it", exact=True).click()
    example(page)
    page.get_by_role("button", name="Grade the contact").click()
    page.get_by_role("button", name="Ask an agency").click()
    example(page)
    page.get_by_role("button", name="Show what is sent").click()
    page.get_by_role("button", name="Ask Midvale Police").click()
    expect(page.get_by_text("Midvale Police is asked.")).to_be_visible()


def the_front_door_is_refused_and_decides(page: Page) -> None:
    example(page, "Use the example: advice")
    page.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_text("This was not done, and nothing you typed is lost")).to_be_visible()
    expect(page.get_by_label("Reasons", exact=True)).to_contain_text("breakfast club")
    example(page, "Use the example: family support")
    page.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_text("Decided. Each child who is offered stays with you")).to_be_visible()


def the_team_accepts(page: Page) -> None:
    for child in ("Keira Dunstan", "Jude Dunstan"):
        page.goto("/offers/")
        page.get_by_role("link", name=child).first.click()
        expect(page.get_by_text("Front door").first).to_be_visible()
        example(page)
        page.get_by_role("button", name=f"Accept {child}").click()
        expect(page.get_by_text("South family support answers for the child from now on.")).to_be_visible()


def the_story_is_read_and_why(page: Page, seen: Callable[[Page, str], None]) -> None:
    strip(page).get_by_role("button", name="Go to the page").click()
    seen(page, "The child's story, and why something is due")
    expect(page.get_by_text("Keira is in").first).to_be_visible()
    page.get_by_role("link", name="Allocate a worker").first.click()
    expect(page.get_by_text("2 working days").first).to_be_visible()
    page.reload()
    seen(page, "The school reads what came of it")


def the_directors_figure_holds_both(page: Page) -> None:
    page.get_by_role("link", name="children are open.").first.click()
    everywhere = count_of(page)
    page.get_by_label("Team", exact=True).select_option(label="South family support")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Keira Dunstan")).to_be_visible()
    now = count_of(page)
    if not page.get_by_role("link", name="Jude Dunstan").count():
        page.get_by_role("link", name="Next page").click()
    expect(page.get_by_role("link", name="Jude Dunstan")).to_be_visible()
    page.get_by_label("At what time?").fill("09:00")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("with what was known then")).to_be_visible()
    assert count_of(page) == now - 2, "at nine o'clock the two were not with this team"
    expect(page.get_by_role("link", name="Keira Dunstan")).to_have_count(0)
    assert everywhere > now


def count_of(page: Page) -> int:
    """The figure's number, as its heading says it."""
    found = re.match(r"[\d,]+", page.get_by_role("heading", level=1).inner_text())
    assert found is not None
    return int(found[0].replace(",", ""))


def test_without_the_demo_seeding_nobody_can_be_chosen(served: str, page: Page) -> None:
    page.set_extra_http_headers({"X-Forwarded-For": "203.0.113.9"})
    answered = page.goto("/demo/")
    assert answered is not None
    assert answered.status == 404
