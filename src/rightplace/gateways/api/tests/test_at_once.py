"""Ten at once are one contact and one receipt; two of them with other content are a conflict."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from rightplace.common.web import steady
from rightplace.foundation.organisation import clock
from rightplace.gateways.api.tests.telling import System, notice
from rightplace.services.frontdoor.projections import Contact
from rightplace.testing.organisation import MORNING, small_city


@pytest.fixture(scope="module")
def police(fresh_database: str, django_db_blocker):
    with django_db_blocker.unblock():
        before, steady.STEP = steady.STEP, 0.001
        clock.set_clock(lambda: MORNING)
        yield System(small_city().police)
        clock.set_clock(None)
        steady.STEP = before


def together(count: int, send: Callable[[int], object]) -> list[object]:
    """Let so many send at the same moment, each in a thread and connection of its own."""
    gate = threading.Barrier(count)

    def one(place: int) -> object:
        try:
            gate.wait(30)
            return send(place)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def post(system: System, body: object) -> tuple[int, str]:
    client = Client(headers={"Authorization": f"Bearer {system.token}"})
    answer = client.post("/api/v1/contacts", json.dumps(body), content_type="application/json")
    return answer.status_code, answer.json().get("receipt", "")


def test_ten_at_once_are_one_contact_and_one_receipt(police):
    answers = together(10, lambda place: post(police, notice(sender_id="ten")))
    assert sorted(code for code, _ in answers) == [200] * 9 + [201]
    assert len({receipt for _, receipt in answers}) == 1
    assert Contact.objects.count() == 1


def test_of_two_contents_under_one_id_one_wins_and_the_others_are_told(police):
    answers = together(8, lambda place: post(police, notice(sender_id="two", saw=f"Told {place % 2}.")))
    codes = sorted(code for code, _ in answers)
    assert codes == [200] * 3 + [201] + [409] * 4
    assert len({receipt for _, receipt in answers if receipt}) == 1


def test_different_ids_about_the_same_child_do_not_wait_for_each_other_in_a_circle(police):
    before = Contact.objects.count()
    answers = together(8, lambda place: post(police, notice(sender_id=f"many-{place}")))
    assert [code for code, _ in answers] == [201] * 8
    assert Contact.objects.count() == before + 8
