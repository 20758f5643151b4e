"""The administrator sees each system's token and webhook and their use; a secret is on one page, once."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from rightplace import configuration
from rightplace.configuration import Configuration, Mode
from rightplace.gateways.api.models import ApiToken, Webhook
from rightplace.gateways.api.webhooks import sending
from rightplace.gateways.api.webhooks.tests.receiving import receiver
from rightplace.services.signals.tests import giving
from rightplace.testing.organisation import sign_in

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"(?:rp_|whsec_)[\w+/=-]{20,}")


@pytest.fixture
def ada(city) -> Client:
    return sign_in(Client(), city.administrator)


@pytest.fixture(autouse=True)
def also_inside(monkeypatch):
    chosen = Configuration(mode=Mode.TEST, webhooks_may_be_private=True)
    monkeypatch.setattr(configuration, "current", lambda: chosen)


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_token_is_made_and_shown_once(ada, city):
    asked = {
        "agency": city.police.team.agency.name,
        "name": "Custody",
        "purposes": ["checks:read", "checks:answer"],
    }
    made = ada.post("/systems/tokens/new/", asked)
    (token,) = SECRET.findall(made.content.decode())
    assert made["Cache-Control"] and "no-store" in made["Cache-Control"]
    assert Client(headers={"Authorization": f"Bearer {token}"}).get("/api/v1/checks").status_code == 200
    row = ApiToken.objects.get()
    for address in ("/systems/", f"/systems/tokens/{row.pk}/"):
        page = words(ada, address)
        assert "Custody" in page and not SECRET.search(page)
    assert "Requests in the last day" in words(ada, f"/systems/tokens/{row.pk}/")


def test_it_is_rotated_and_ended_on_its_page(ada, police):
    page = f"/systems/tokens/{police.row.pk}/"
    assert SECRET.search(ada.post(page, {"do": "rotate"}).content.decode())
    assert ada.post(page, {"do": "end"}).status_code == 302
    assert police.state("X").status_code == 401
    assert "It ended on" in words(ada, page) and ada.post(page, {"do": "rotate"}).status_code == 422


def test_what_is_missing_is_said_and_nothing_is_made(ada, city):
    wrong = ada.post("/systems/tokens/new/", {"agency": "x", "ends_0": "1"})
    assert wrong.status_code == 422 and "There is no agency of that name here." in wrong.content.decode()
    both = {
        "agency": city.provider.team.agency.name,
        "name": "A",
        "purposes": ["requests:answer", "signals:write"],
    }
    refused = ada.post("/systems/tokens/new/", both)
    assert refused.status_code == 422 and "Make two tokens" in refused.content.decode()
    assert not ApiToken.objects.exists()


def test_a_token_for_signals_says_that_no_agreement_lets_them_in(ada, city):
    said = {"agency": city.housing.team.agency.name, "name": "Rents", "purposes": ["signals:write"]}
    assert ada.post("/systems/tokens/new/", said).status_code == 200
    page = f"/systems/tokens/{ApiToken.objects.get().pk}/"
    assert "No agreement to signals with this agency is in force" in words(ada, page)
    giving.agreed(city, city.housing, "housing.arrears")
    assert "No agreement to signals" not in words(ada, page)


def test_a_webhook_is_registered_tried_out_and_its_log_shown(ada, city):
    with receiver("503") as machine:
        asked = {
            "agency": city.police.team.agency.name,
            "address": machine.address,
            "events": ["check.asked"],
        }
        assert SECRET.search(ada.post("/systems/webhooks/new/", asked).content.decode())
        page = f"/systems/webhooks/{Webhook.objects.get().pk}/"
        assert ada.post(page, {"do": "try"}).status_code == 302
        sending.send_due()
    log = words(ada, page)
    assert "A try" in log and "503, after" in log and "waiting" in log and not SECRET.search(log)
    assert SECRET.search(ada.post(page, {"do": "rotate"}).content.decode())
    assert "two signatures" in words(ada, page)
    ada.post(page, {"do": "end"})
    assert "given up" in words(ada, page)
    assert ada.post("/systems/webhooks/new/", asked | {"address": "ftp://x/"}).status_code == 422


def test_the_pages_are_the_administrators_alone(city, police):
    for person in (city.police, city.head_of_service, city.director, city.front_door_manager):
        client = sign_in(Client(), person)
        for address in (
            "/systems/",
            "/systems/tokens/new/",
            f"/systems/tokens/{police.row.pk}/",
            "/systems/webhooks/new/",
        ):
            assert client.get(address).status_code == 404
            assert client.post(address).status_code == 404


def test_the_list_takes_few_queries(ada, city, django_assert_max_num_queries):
    ada.get("/systems/")
    with django_assert_max_num_queries(10):
        ada.get("/systems/")
