"""The pictures of the README, taken of a freshly built city whose clock stands still: `make pictures`.

Same seed, same clock, same pictures. Each is 1,280 by 800 (a phone's is 390 by 844) and under 150 kB.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

if TYPE_CHECKING:
    from django.db.models import Q

    from rightplace.foundation.organisation.models import Membership

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "pictures"
DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
LARGEST = 150_000


class Hand:
    """The clock of the pictures: it stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def moves(self, minutes: int) -> None:
        """Some minutes go by."""
        self.now += timedelta(minutes=minutes)


def main() -> int:
    """Build the city in a place of its own, play what the pictures show, and take them."""
    home = Path(tempfile.mkdtemp(prefix="rightplace-pictures-", dir="/tmp"))
    os.environ |= {
        "RIGHTPLACE_HOME": str(home),
        "RIGHTPLACE_MODE": "demo",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }
    try:
        with city() as (site, hand):
            take_all(site, hand)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return 0


@contextmanager
def city() -> Iterator[tuple[str, Hand]]:
    """A tiny city, served in this process, with a clock that stands still."""
    from rightplace import dbserver, serving
    from rightplace.gateways.cli.room import make_ready

    with dbserver.ensure_up():
        make_ready()
        from django.core.handlers.wsgi import WSGIHandler

        from rightplace.demo import building
        from rightplace.demo.material.strip import strip
        from rightplace.foundation.organisation import clock
        from rightplace.testing.browsers import _Quiet, _Server

        serving.migrate()
        building.build("tiny", said=lambda words: print(words, file=sys.stderr))  # noqa: T201
        hand = Hand(strip().starts)
        clock.set_clock(lambda: hand.now)
        server = _Server(("127.0.0.1", 0), _Quiet)
        server.set_app(WSGIHandler())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", hand
        server.shutdown()


class Camera:
    """Opens pages as somebody and keeps what they look like."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.browser = browser
        self.site = site

    def page_of(self, row: Membership, size: ViewportSize = DESK) -> Page:
        """A page of somebody who works here, without the strip."""
        from django.conf import settings

        context = self.browser.new_context(
            base_url=self.site, viewport=size, locale="en-GB", timezone_id="Europe/London"
        )
        context.set_default_timeout(30_000)
        cookies = {settings.SESSION_COOKIE_NAME: session_of(row), "strip": "closed"}
        for name, value in cookies.items():
            context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": "/"}])
        return context.new_page()

    def take(self, page: Page, name: str) -> None:
        """Keep a picture of what is seen now."""
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        if "wrong" in page.title().lower():
            raise SystemExit(f"{name}: {page.url} could not be made.")
        file = FOLDER / f"{name}.png"
        page.screenshot(path=str(file))
        with Image.open(file) as taken:
            taken.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
                file, optimize=True
            )
        size = file.stat().st_size
        if size > LARGEST:
            raise SystemExit(f"{file.name} is {size} bytes; {LARGEST} are allowed.")
        print(f"{file.relative_to(FOLDER.parents[1])}: {size // 1000} kB")  # noqa: T201


def session_of(row: Membership) -> str:
    """A session of the demonstration, as choosing whom to be makes one."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from rightplace.foundation.access.models import User
    from rightplace.foundation.access.signin import DEMO_SESSION

    user = User.objects.get(worker_id=row.worker_id)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["membership"], store[DEMO_SESSION] = row.pk, True
    store.save()
    return str(store.session_key)


def take_all(site: str, hand: Hand) -> None:
    """Every picture, in the order in which the story makes them possible."""
    from rightplace.testing.browsers import ARGUMENTS, chromium

    FOLDER.mkdir(parents=True, exist_ok=True)
    found = chromium()
    if found is None:
        raise SystemExit("No Chromium was found: install the package chromium, or name one in CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        camera = Camera(browser, site)
        of_a_child(camera)
        of_a_phone(camera)
        of_partners(camera)
        of_the_decision(camera, hand)
        of_a_figure(camera)
        browser.close()


def person(key: str) -> Membership:
    """Somebody of the guided story."""
    from rightplace.demo import choosing
    from rightplace.demo.material.strip import strip

    found = choosing.membership_of(strip().person(key))
    assert found is not None
    return found


def waits(now: datetime) -> Q:
    """What is not done and not yet overtaken: an eighteenth birthday overtakes things years from now."""
    from django.db.models import Q

    return Q(met__isnull=True) & (Q(overtaken__isnull=True) | Q(overtaken__gt=now))


def of_a_child(camera: Camera) -> None:
    """A child on a protection plan, for whom something is due this week; and why it is due."""
    from rightplace.foundation.journal.projections import Span, Timescale
    from rightplace.foundation.organisation import clock
    from rightplace.foundation.organisation.models import Membership
    from rightplace.foundation.people.projections import Person

    now = clock.now()
    spans = Span.objects.filter(open=True, begins__lte=now, processes__contains=["protection_plan"]).exclude(
        ends__lte=now
    )
    due = Timescale.objects.filter(waits(now), rule="CP-VISIT", due__gt=now, due__lt=now + timedelta(days=14))
    soon = set(due.values_list("person", flat=True))
    named = set(Person.objects.filter(person__in=soon).exclude(given="").values_list("person", flat=True))
    span = min((each for each in spans if each.person in named and each.worker), key=lambda each: each.person)
    row = Membership.objects.filter(worker_id=span.worker, team_id=span.team).select_related("worker").first()
    assert row is not None
    page = camera.page_of(row)
    page.goto(f"/child/{span.person}/")
    camera.take(page, "story")
    page.get_by_role("link", name="Visit the child on a protection plan").first.click()
    camera.take(page, "why")


def of_a_phone(camera: Camera) -> None:
    """The day of the worker for whom most is due this week, on a phone."""
    from collections import Counter

    from rightplace.foundation.journal.projections import Span, Timescale
    from rightplace.foundation.organisation import clock
    from rightplace.foundation.organisation.models import Membership

    now = clock.now()
    due = Timescale.objects.filter(waits(now), due__gt=now - timedelta(days=5))
    persons = set(due.filter(due__lt=now + timedelta(days=5)).values_list("person", flat=True))
    spans = (
        Span.objects.filter(open=True, begins__lte=now, person__in=persons)
        .exclude(ends__lte=now)
        .exclude(worker=0)
    )
    worker, _ = Counter(sorted(span.worker for span in spans)).most_common(1)[0]
    row = Membership.objects.filter(worker_id=worker).select_related("worker").first()
    assert row is not None
    page = camera.page_of(row, PHONE)
    page.goto("/my-day/")
    camera.take(page, "my-day-phone")


def of_partners(camera: Camera) -> None:
    """A head teacher's own page, and a check as a police officer answers it on a phone."""
    from rightplace.foundation.organisation import clock, queries
    from rightplace.foundation.organisation.models import Membership
    from rightplace.foundation.organisation.rolecodes import RoleCode

    school = person("school").team.agency_id
    heads = Membership.objects.filter(
        queries.holding(clock.today()), role=RoleCode.HEAD_TEACHER, team__agency=school
    )
    head = camera.page_of(heads.select_related("worker").order_by("pk")[0])
    head.goto("/our-page/")
    camera.take(head, "school")
    officer = camera.page_of(person("police"), PHONE)
    officer.goto("/checks/")
    officer.get_by_role("main").get_by_role("row").get_by_role("link").first.click()
    officer.get_by_role("heading", level=1, name="What do you know?").wait_for()
    camera.take(officer, "check-phone")


def of_the_decision(camera: Camera, hand: Hand) -> None:
    """A concern is told, and closing it is refused with what to do instead."""
    from rightplace.demo import guiding

    school = camera.page_of(person("school"))
    school.goto("/concerns/new/?example=1")
    school.get_by_role("button", name="Check").first.click()
    school.get_by_role("button", name="Send to the front door").click()
    hand.moves(4)
    contact = guiding.story().contact
    assert contact is not None
    front_door = camera.page_of(person("front_door_worker"))
    front_door.goto(f"/front-door/contact/{contact.concern}/decide/?example=advice")
    front_door.get_by_role("button", name="Sign the decision").click()
    front_door.get_by_text("This was not done").wait_for()
    camera.take(front_door, "decide")


def of_a_figure(camera: Camera) -> None:
    """A director's figure beside its list."""
    page = camera.page_of(person("director"))
    page.goto("/figures/unallocated/")
    camera.take(page, "figure")


if __name__ == "__main__":
    sys.exit(main())
