"""At least once, signed, later and later, given up and told; a slow machine holds up nobody else."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from datetime import timedelta

import pytest
from django.core import mail

from rightplace.domain.practice.entries.contact import ContactReceived
from rightplace.domain.practice.entries.identity import IdentityRecorded
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import ONLINE_FORM
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.journal.outbox import deliver_outbox
from rightplace.foundation.organisation import clock
from rightplace.gateways.api.models import Attempt, Delivery
from rightplace.gateways.api.tests.telling import notice
from rightplace.gateways.api.webhooks import keeping, posting, sending
from rightplace.gateways.api.webhooks.events import EVENTS, _Listener
from rightplace.gateways.api.webhooks.tests.receiving import receiver
from rightplace.services.frontdoor import actions
from rightplace.services.frontdoor.intake import ChildTold, Told, raise_concern
from rightplace.services.frontdoor.projections import Check, Contact
from rightplace.services.frontdoor.tests.telling_forms import told_what_comes_of_it
from rightplace.testing.organisation import MORNING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("also_inside")]


def registered(city, address, events=tuple(EVENTS), agency=None):
    return keeping.register_webhook(
        agency=agency or city.police.team.agency, address=address, events=events, by=city.administrator.actor
    )


def is_signed(key: str, headers: dict[str, str], body: bytes) -> bool:
    """As a partner's system would check it, written out once more."""
    secret = base64.b64decode(key.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(wanted, each) for each in headers["webhook-signature"].split())


def read(city) -> Contact:
    """A concern of the police that the front door opens."""
    contact = Contact.objects.order_by("-received").first()
    actions.open_contact(contact=contact, by=city.front_door_worker.actor)
    return contact


def test_a_read_concern_is_told_signed_with_a_number_and_a_link_and_no_name(city, police):
    with receiver() as machine:
        _, key = registered(city, machine.address)
        police.send(notice())
        contact = read(city)
        deliver_outbox()
        assert sending.send_due() == 1
    headers, body = machine.came[0]
    assert is_signed(key, headers, body) and not is_signed(key, headers, body + b" ")
    assert not is_signed(key, headers | {"webhook-timestamp": "1"}, body), "it cannot be played again later"
    told = json.loads(body)
    assert told == {
        "id": headers["webhook-id"],
        "type": "contact.read",
        "timestamp": MORNING.isoformat(),
        "data": {"number": contact.receipt, "link": f"/api/v1/contacts/{contact.receipt}"},
    }
    assert police.client.get(told["data"]["link"]).json()["read"]
    for word in (b"Kaya", b"Doyle", b"Alder", b"disturbance", b"Ormond"):
        assert word not in body


def test_what_comes_of_it_and_what_is_asked_are_told_to_whom_they_concern(city, police):
    with receiver() as machine, receiver() as other:
        registered(city, machine.address, ["contact.decided"])
        registered(city, other.address, agency=city.health.team.agency)
        police.send(notice())
        contact = Contact.objects.get()
        actions.open_contact(contact=contact, by=city.front_door_worker.actor)
        actions.ask_check(
            contact=contact, agency=city.health.team.agency.pk, question="Known?", basis="public task",
            purpose="to decide", sent="Kaya Doyle, 7", by=city.front_door_worker.actor,
        )  # fmt: skip
        deliver_outbox()
        actions.answer_check(check=Check.objects.get(), known="nothing", answer="", by=city.health.actor)
        contact.refresh_from_db()
        told_what_comes_of_it(contact, city.front_door_manager)
        deliver_outbox()
        sending.send_due()
    assert [json.loads(body)["type"] for _, body in machine.came] == ["contact.decided"]
    check = Check.objects.get()
    asked = [json.loads(body) for _, body in other.came]
    assert [(each["type"], each["data"]["number"]) for each in asked] == [("check.asked", str(check.pk))]
    assert b"Kaya" not in other.came[0][1]


def test_the_same_event_told_twice_by_the_outbox_is_one_message(city, police):
    with receiver() as machine:
        registered(city, machine.address, ["contact.read"])
        police.send(notice())
        contact = read(city)
        for _ in range(3):
            _Listener("contact.read")({"concern": contact.concern})
        deliver_outbox()
        sending.send_due()
    assert len(machine.came) == 1 and Delivery.objects.count() == 1


def test_what_the_public_told_is_told_to_no_agency(city):
    with receiver() as machine:
        registered(city, machine.address)
        child = ChildTold(identity=IdentityRecorded(described="a boy", provisional=True, source="public"))
        raise_concern(
            Told(
                children=[child],
                contact=ContactReceived(team=0, source="1B", channel="online", saw="Shouting."),
            ),
            by=ONLINE_FORM,
        )
        read(city)
        deliver_outbox()
    assert not Delivery.objects.exists()


def due_in(minutes: float):
    return clock.clock_at(MORNING + timedelta(minutes=minutes))


@pytest.mark.parametrize("wrong", ["500", "302", "404", "close", "nonsense"])
def test_what_is_not_taken_comes_again_with_the_same_id(city, wrong):
    with receiver(wrong, wrong) as machine:
        webhook, key = registered(city, machine.address)
        keeping.try_out(webhook=webhook, by=city.administrator.actor)
        assert sending.send_due() == 0 and sending.send_due() == 0, "not at once again"
        assert len(machine.came) == 1
        with due_in(0.6):
            assert sending.send_due() == 0
        with due_in(3):
            assert sending.send_due() == 1
    assert len({headers["webhook-id"] for headers, _ in machine.came}) == 1
    assert len({headers["webhook-timestamp"] for headers, _ in machine.came}) == 3
    assert all(is_signed(key, *each) for each in machine.came)
    assert Attempt.objects.count() == 3


@pytest.mark.parametrize("slow", ["hang", "drip"])
def test_a_machine_that_is_slow_holds_up_nobody_else(city, slow, monkeypatch):
    monkeypatch.setattr(sending, "post", lambda *sent: posting.post(*sent, seconds=0.5))
    with receiver(slow, slow) as machine, receiver() as quick:
        one, _ = registered(city, machine.address)
        other, _ = registered(city, quick.address, agency=city.health.team.agency)
        for webhook in (one, other):
            keeping.try_out(webhook=webhook, by=city.administrator.actor)
        began = time.monotonic()
        assert sending.send_due() == 1
        assert time.monotonic() - began < 2
    assert Attempt.objects.get(delivery__webhook=one).said == "no answer in time"
    assert len(quick.came) == 1


def test_it_is_given_up_after_two_days_and_the_administrator_is_told(city):
    with receiver(*["503"] * 20) as machine:
        webhook, _ = registered(city, machine.address)
        keeping.try_out(webhook=webhook, by=city.administrator.actor)
        now = 0.0
        for wait in (timedelta(), *sending.WAITS, timedelta(days=3)):
            now += wait.total_seconds() / 60 + 0.1
            with due_in(now):
                sending.send_due()
    row = Delivery.objects.get()
    assert row.given_up and row.next_try is None and len(machine.came) == sending.MOST_ATTEMPTS == 10
    assert len(mail.outbox) == 1 and mail.outbox[0].to == [city.administrator.user.email]
    assert f"number {webhook.pk}" in mail.outbox[0].subject
    with receiver() as machine:
        webhook.address = machine.address
        webhook.save()
        keeping.send_again(delivery=row, by=city.administrator.actor)
        assert sending.send_due() == 1


def test_an_attempt_of_which_nothing_was_heard_is_made_again(city, monkeypatch):
    with receiver() as machine:
        webhook, _ = registered(city, machine.address)
        keeping.try_out(webhook=webhook, by=city.administrator.actor)
        ready = sending._claim(10)
        assert len(ready) == 1, "and here the machine falls"
        assert sending.send_due() == 0
        with due_in(6):
            assert sending.send_due() == 1
    assert machine.came[0][0]["webhook-id"] == ready[0].delivery.event_id


def test_two_keys_sign_while_one_is_rotated_and_then_the_new_one_alone(city):
    with receiver() as machine:
        webhook, old = registered(city, machine.address)
        new = keeping.rotate_key(webhook=webhook, by=city.administrator.actor)
        keeping.try_out(webhook=webhook, by=city.administrator.actor)
        sending.send_due()
        with due_in(60 * 24 * 8):
            keeping.try_out(webhook=webhook, by=city.administrator.actor)
            sending.send_due()
    assert is_signed(old, *machine.came[0]) and is_signed(new, *machine.came[0])
    assert not is_signed(old, *machine.came[1]) and is_signed(new, *machine.came[1])


def test_a_webhook_that_was_ended_is_told_nothing_more(city, police):
    with receiver() as machine:
        webhook, _ = registered(city, machine.address)
        keeping.try_out(webhook=webhook, by=city.administrator.actor)
        keeping.end_webhook(webhook=webhook, by=city.administrator.actor)
        police.send(notice())
        read(city)
        deliver_outbox()
        sending.send_due()
    assert machine.came == [] and Delivery.objects.get().given_up


def test_an_address_inside_an_event_that_is_not_there_and_a_sixth_are_refused(city, monkeypatch):
    with pytest.raises(Refused, match="no such event"):
        registered(city, "http://127.0.0.1:1/", ["child.found"])
    for _ in range(keeping.MOST):
        registered(city, "http://127.0.0.1:1/")
    with pytest.raises(Refused, match="5 webhooks at most"):
        registered(city, "http://127.0.0.1:1/")
    with pytest.raises(NotAllowed):
        keeping.register_webhook(
            agency=city.police.team.agency,
            address="http://127.0.0.1:1/",
            events=["contact.read"],
            by=city.police.actor,
        )


def test_in_production_an_address_inside_is_not_registered(city, outside_only):
    with pytest.raises(Refused, match="https"):
        registered(city, "http://127.0.0.1:1/")
    with pytest.raises(Refused, match="public internet"):
        registered(city, "https://127.0.0.1/")
