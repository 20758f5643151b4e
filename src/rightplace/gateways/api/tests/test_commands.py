"""`rightplace tokens` and `rightplace webhooks`: secrets are shown once, and lists hold none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from click.testing import Result
from django.test import Client
from typer.testing import CliRunner

from rightplace import configuration
from rightplace.configuration import Configuration, Mode
from rightplace.gateways.api.models import ApiToken, Webhook
from rightplace.gateways.cli import main, tokens, webhooks

pytestmark = pytest.mark.django_db


@contextmanager
def room() -> Iterator[None]:
    """The test's own database is up already."""
    yield


@pytest.fixture(autouse=True)
def in_the_tests_room(monkeypatch, city):
    for command in (tokens, webhooks):
        monkeypatch.setattr(command, "open_room", room)


def run(*words: str) -> Result:
    return CliRunner().invoke(main.build_app(), list(words))


def told(*words: str) -> Any:
    ran = run(*words, "--json")
    assert ran.exit_code == 0, ran.output
    (line,) = ran.stdout.splitlines()
    return json.loads(line)


def opens(token: str) -> int:
    return Client(headers={"Authorization": f"Bearer {token}"}).get("/api/v1/checks").status_code


def test_a_token_is_made_for_purposes_rotated_and_revoked(city):
    made = told(
        "tokens", "add", "Example City Police", "--for", "checks:read", "--days", "90", "--name", "Desk"
    )
    assert made["purposes"] == ["checks:read"] and made["ends"] and opens(made["token"]) == 200
    after = told("tokens", "rotate", str(made["id"]), "--overlap", "1")
    assert opens(made["token"]) == opens(after["token"]) == 200
    told("tokens", "revoke", str(made["id"]))
    assert opens(made["token"]) == 401 and opens(after["token"]) == 200
    listed = run("tokens", "list")
    assert "checks:read" in listed.stdout and "ended" in listed.stdout and "rp_" not in listed.stdout
    assert ApiToken.objects.count() == 2


def test_what_cannot_be_done_says_what_to_do_instead(city):
    assert "signals:write" in run("tokens", "purposes").stdout
    wrong = run("tokens", "add", "Example City Police", "--for", "children:read")
    assert wrong.exit_code == 1 and "no purpose children:read" in str(wrong.exception)
    assert "no such agency" in str(run("tokens", "add", "Nobody").exception)
    assert "no such token" in str(run("tokens", "revoke", "9").exception)


def test_a_webhook_is_registered_and_ended_and_an_address_inside_is_refused(city, monkeypatch):
    inside = ("webhooks", "add", "Example City Police", "https://127.0.0.1/", "--on", "check.asked")
    chosen = Configuration(mode=Mode.TEST)
    monkeypatch.setattr(configuration, "current", lambda: chosen)
    refused = run(*inside)
    assert refused.exit_code == 1 and "public internet" in str(refused.exception)
    chosen = Configuration(mode=Mode.TEST, webhooks_may_be_private=True)
    made = told(*inside)
    assert made["key"].startswith("whsec_") and made["events"] == ["check.asked"]
    assert told("webhooks", "rotate", str(made["id"]))["key"] != made["key"]
    assert "whsec_" not in run("webhooks", "list").stdout
    told("webhooks", "end", str(made["id"]))
    assert Webhook.objects.get().ends is not None
