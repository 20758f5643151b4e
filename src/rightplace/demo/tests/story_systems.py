"""Given agencies with systems, when the administrator looks, makes a token and registers a webhook, then each is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page

from rightplace import configuration
from rightplace.configuration import Configuration, Mode
from rightplace.demo.seeding import systems
from rightplace.foundation.organisation import clock
from rightplace.gateways.api.models import ApiToken, Webhook
from rightplace.testing.organisation import MORNING, SmallCity, as_in_browser, sign_in, small_city

pytestmark = pytest.mark.story


@pytest.fixture(scope="module")
def city(site: str, django_db_blocker):
    """A city whose agencies have systems with a day of use behind them."""
    chosen, before = Configuration(mode=Mode.TEST, webhooks_may_be_private=True), configuration.current
    configuration.current = lambda: chosen
    clock.set_clock(lambda: MORNING)
    with django_db_blocker.unblock():
        made = small_city()
        systems.seed(1_000, 1)
        # what is read once in a process is read here, and not while a browser waits
        sign_in(Client(), made.administrator).get("/systems/")
        yield made
    clock.set_clock(None)
    configuration.current = before


@pytest.fixture
def ada(page: Page, city: SmallCity, site: str) -> Page:
    """The administrator at a desk."""
    return as_in_browser(page, city.administrator, site)


@pytest.fixture
def looked_at(axe_finds_nothing: Callable[[Page], None], tmp_path: Path) -> Callable[[Page, str], None]:
    """Looks at a page at a desk and on a phone: nothing wrong, nothing beyond the edge."""

    def look(page: Page, name: str) -> None:
        for width, height in ((1280, 800), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            axe_finds_nothing(page)
            wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide <= 0, f"{name} stands beyond the edge at {width}"
            page.screenshot(path=tmp_path / f"{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 800})

    return look


def test_all_systems_are_seen_with_their_use_and_what_does_not_answer(ada, looked_at):
    ada.goto("/systems/")
    shown = ada.inner_text("main")
    assert "Notices from custody" in shown and "does not answer" in shown and "given up" in shown
    looked_at(ada, "systems")
    ada.goto(f"/systems/webhooks/{Webhook.objects.order_by('id').last().pk}/")
    assert "no answer in time" in ada.inner_text("main")
    looked_at(ada, "webhook")


def test_a_token_is_made_shown_once_and_ended(ada, city, looked_at):
    ada.goto("/systems/")
    ada.get_by_role("link", name="Make a token").click()
    ada.get_by_label("Which agency is it for?").fill("Example Homes")
    ada.get_by_label("Which system will use it?").fill("Repairs")
    ada.get_by_label("Tell of a concern").check()
    looked_at(ada, "make-token")
    ada.get_by_role("button", name="Make the token").click()
    assert ada.inner_text("code").startswith("rp_")
    looked_at(ada, "shown")
    ada.get_by_role("link", name="I have passed it on").click()
    assert "Tell of a concern" in ada.inner_text("main") and "rp_" not in ada.content()
    looked_at(ada, "token")
    ada.get_by_role("button", name="End it now").click()
    assert "It ended on" in ada.inner_text("main")
    assert ApiToken.objects.get(name="Repairs").ends is not None


def test_a_webhook_is_registered_and_an_address_that_is_none_is_said(ada, looked_at):
    ada.goto("/systems/webhooks/new/")
    ada.get_by_role("button", name="Register the webhook").click()
    assert "Write the address." in ada.inner_text("main")
    looked_at(ada, "make-webhook")
    ada.get_by_label("Which agency is it for?").fill("city police")
    ada.get_by_label("Which address is told?").fill("http://127.0.0.1:9/hook")
    ada.get_by_label("Your agency is asked what it knows").check()
    ada.get_by_role("button", name="Register the webhook").click()
    assert ada.inner_text("code").startswith("whsec_")
