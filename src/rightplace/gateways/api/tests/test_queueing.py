"""A concern is never refused for being one of many: above the rate it waits for its turn, and is taken in once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rightplace.foundation.organisation import clock
from rightplace.gateways.api import queueing, rates
from rightplace.gateways.api.models import Queued
from rightplace.gateways.api.tests.telling import System, notice
from rightplace.services.frontdoor.projections import Contact
from rightplace.testing.organisation import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(rates, "CONCERNS", 2)


def test_what_comes_too_fast_waits_and_is_taken_in_once(police):
    codes = [police.send(notice(sender_id=f"n{n}")).status_code for n in range(5)]
    assert codes == [201, 201, 202, 202, 202]
    assert Contact.objects.count() == 2 and Queued.objects.count() == 3
    assert queueing.take_in_queued() == 3 and queueing.take_in_queued() == 0
    assert Contact.objects.count() == 5 and not Queued.objects.exists()


def test_sent_again_it_waits_once_and_then_gives_its_receipt(police):
    for n in range(2):
        police.send(notice(sender_id=f"n{n}"))
    for _ in range(3):
        assert police.send(notice(sender_id="late")).json()["said"].startswith("Kept")
    assert Queued.objects.count() == 1
    assert police.ask("contacts/sent", sender_id="late").status_code == 202
    queueing.take_in_queued()
    again = police.send(notice(sender_id="late"))
    assert again.status_code == 200
    assert police.ask("contacts/sent", sender_id="late").json()["receipt"] == again.json()["receipt"]


def test_one_with_danger_now_does_not_wait(police):
    for n in range(4):
        police.send(notice(sender_id=f"n{n}"))
    assert police.send(notice(sender_id="now", danger_now="yes")).status_code == 201


def test_other_content_under_the_id_of_one_that_waits_is_a_conflict(police):
    for n in range(3):
        police.send(notice(sender_id=f"n{n}"))
    assert police.send(notice(sender_id="n2", saw="Else.")).status_code == 409
    with clock.clock_at(MORNING + timedelta(minutes=2)):
        assert police.send(notice(sender_id="n2", saw="Else.")).status_code == 409, (
            "also when there is room again"
        )
        assert police.send(notice(sender_id="n2")).status_code == 201, "the same is taken in at once"
    queueing.take_in_queued()
    assert Contact.objects.count() == 3 and not Queued.objects.exists()


def test_what_waits_is_sealed(police):
    for n in range(3):
        police.send(notice(sender_id=f"n{n}"))
    row = Queued.objects.get()
    assert b"Kaya" not in bytes(row.sealed) and b"disturbance" not in bytes(row.sealed)


def test_one_that_cannot_be_taken_in_holds_up_nobody_and_stays(police, monkeypatch):
    for n in range(4):
        police.send(notice(sender_id=f"n{n}"))
    first = queueing.take_in

    def fails(sent, body, by):
        if sent.sender_id == "n2":
            raise RuntimeError
        return first(sent, body, by)

    monkeypatch.setattr(queueing, "take_in", fails)
    assert queueing.take_in_queued() == 1
    assert Queued.objects.get().attempts == 1


def test_everything_else_is_asked_to_wait_and_told_how_long(police, monkeypatch):
    monkeypatch.setattr(rates, "A_MINUTE", 1)
    police.state("X")
    with clock.clock_at(MORNING + timedelta(seconds=20)):
        answer = police.state("X")
    assert answer.status_code == 429 and answer["Retry-After"] == "40"


def test_all_tokens_of_an_agency_count_together_and_those_of_another_do_not(city, police, monkeypatch):
    monkeypatch.setattr(rates, "AN_AGENCY", 2)
    other, health = System(city.police), System(city.health)
    assert [each.state("X").status_code for each in (police, other, other, police)] == [404, 404, 429, 429]
    assert health.state("X").status_code == 404


def test_another_agencys_waiting_concern_is_not_there(city, police):
    for n in range(3):
        police.send(notice(sender_id=f"n{n}"))
    assert System(city.health).ask("contacts/sent", sender_id="n2").status_code == 404
