"""Killed without warning, again and again, while agencies tell: what was acknowledged is there, and there once.

Each sender tries until it has a receipt; many tell the same twice or thrice at once, and some hang up before they
hear the answer. The control does not wait for the disk, and must lose something: else this test could not fail.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.killed import HOST, Place, a_place

pytestmark = pytest.mark.promise
CONTACTS = 500
SENDERS = 12
KILLS = (("database",), ("web",), ("database",), ("web",), ("database", "web"), ("database",))
HANGS_UP = 0.05
DEADLINE = 150
GIVEN = ("Asha", "Ben", "Chidi", "Dot", "Ewa", "Finn")


@dataclass
class Sent:
    """What the senders know: for each of their ids, every receipt that they were given."""

    receipts: dict[tuple[int, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    met: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def heard(self, sender: tuple[int, str], receipt: str) -> None:
        with self.lock:
            self.receipts[sender].append(receipt)

    def count(self, what: str) -> None:
        with self.lock:
            self.met[what] += 1


def body_of(number: int) -> bytes:
    """What one sender tells; the same bytes each time."""
    chance = random.Random(number)
    children = [
        {
            "given": GIVEN[place],
            "family": f"Invented{number}",
            "born": f"20{10 + number % 14}-03-0{1 + place}",
        }
        for place in range(chance.choice([1, 1, 2]))
    ]
    told = {
        "sender_id": f"N-{number}", "children": children, "saw": f"What was seen, {number}.",
        "lawful_basis": "public task", "referrer": {"name": "A colleague"},
        "address": {"line": f"{number} Cedar Row", "postcode": ""},
    }  # fmt: skip
    return json.dumps(told).encode()


def post(place: Place, token: str, body: bytes, *, hang_up: bool = False) -> tuple[int, dict[str, object]]:
    """Send once. Raises OSError or HTTPException when nothing whole comes back."""
    line = http.client.HTTPConnection(HOST, place.port, timeout=15)
    try:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        line.request("POST", "/api/v1/contacts", body, headers)
        if hang_up:
            time.sleep(0.3)
            raise ConnectionAbortedError
        answered = line.getresponse()
        said = answered.read()
        return answered.status, json.loads(said) if answered.status in (200, 201) else {}
    finally:
        line.close()


def tell_until_heard(place: Place, sent: Sent, number: int, until: float) -> None:
    """One sender: send, and send again, until there is a receipt."""
    agency = number % len(place.tokens)
    chance = random.Random()
    body = body_of(number)
    while time.monotonic() < until:
        sent.count("requests")
        try:
            code, said = post(place, place.tokens[agency], body, hang_up=chance.random() < HANGS_UP)
        except (OSError, http.client.HTTPException, ValueError):
            code, said = 0, {}
        if code in (200, 201):
            sent.heard((agency, f"N-{number}"), str(said["receipt"]))
            return
        sent.count("tried again")
        time.sleep(chance.uniform(0.05, 0.3))
    sent.wrong.append(f"N-{number} was never heard")


def tell_all(place: Place, contacts: int, kills: tuple[tuple[str, ...], ...]) -> Sent:
    """All senders at once, and somebody who pulls the plug each time that so many were acknowledged."""
    sent, until = Sent(), time.monotonic() + DEADLINE
    chance = random.Random(7)
    jobs = [
        (n + chance.random() * 12, n) for n in range(contacts) for _ in range(chance.choice([1, 1, 1, 2, 3]))
    ]
    waiting = [number for _, number in sorted(jobs, reverse=True)]

    def send() -> None:
        while True:
            with sent.lock:
                if not waiting:
                    return
                number = waiting.pop()
            tell_until_heard(place, sent, number, until)

    senders = [threading.Thread(target=send, daemon=True) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    for place_in_row, what in enumerate(kills, start=1):
        _wait_for(lambda n=place_in_row: len(sent.receipts) >= n * contacts // (len(kills) + 1), until)
        place.kill(*what)
        sent.count("kills")
    for sender in senders:
        sender.join(max(1, until - time.monotonic() + 20))
    assert not any(sender.is_alive() for sender in senders)
    assert sent.wrong == []
    return sent


def _wait_for(reached: Callable[[], bool], until: float) -> None:
    while not reached():
        assert time.monotonic() < until, "the senders do not get on"
        time.sleep(0.01)


def lost(place: Place, sent: Sent) -> list[tuple[int, str]]:
    """What was acknowledged and is not there."""
    there = {row[0] for row in place.ask("SELECT receipt FROM frontdoor_contact")}
    return [sender for sender, given in sent.receipts.items() if not set(given) <= there]


def half_done(place: Place) -> dict[str, int]:
    """Rows of a write of which only a part is there: none, since each write is one transaction."""
    questions = {
        "files whose head is not their last entry": "SELECT count(*) FROM journal_file f WHERE head_seq <> "
        "(SELECT count(*) FROM journal_entry e WHERE e.file = f.id)",
        "entries without words": "SELECT count(*) FROM journal_entry e WHERE NOT EXISTS "
        "(SELECT FROM journal_entry_body b WHERE b.id = e.id)",
        "contacts for which no team answers": "SELECT count(*) FROM frontdoor_contact WHERE team = 0",
        "contacts without a clock": "SELECT count(*) FROM frontdoor_contact c WHERE NOT EXISTS "
        "(SELECT FROM journal_timescale t WHERE t.person = c.concern AND t.rule = 'READ-WORKER')",
        "contacts that nobody will be told of": "SELECT count(*) FROM frontdoor_contact c WHERE NOT EXISTS "
        "(SELECT FROM journal_outbox o WHERE (o.payload->>'concern')::bigint = c.concern)",
        "children without a team": "SELECT count(*) FROM frontdoor_contact c, unnest(c.children) child "
        "WHERE NOT EXISTS (SELECT FROM journal_span s WHERE s.person = child AND s.open AND s.team = c.team)",
        "contacts without a receipt": "SELECT count(*) FROM frontdoor_contact c WHERE NOT EXISTS "
        "(SELECT FROM journal_inbound i WHERE i.concern = c.concern AND i.receipt = c.receipt)",
    }
    return {what: number for what, words in questions.items() if (number := place.ask(words)[0][0])}


def test_of_500_contacts_none_acknowledged_is_lost_or_doubled(figure):
    began = time.monotonic()
    with a_place() as place:
        sent = tell_all(place, CONTACTS, KILLS)
        assert len(sent.receipts) == CONTACTS
        assert lost(place, sent) == []
        twice = {sender: given for sender, given in sent.receipts.items() if len(set(given)) != 1}
        assert twice == {}, "one contact, two receipts"
        assert place.ask("SELECT count(*), count(DISTINCT concern) FROM journal_inbound") == [
            (CONTACTS, CONTACTS)
        ]
        assert place.ask("SELECT count(*) FROM frontdoor_contact") == [(CONTACTS,)]
        told = place.ask("SELECT count(*) FROM journal_outbox WHERE task = 'contact.received'")
        assert told == [(CONTACTS,)]
        children = sum(len(json.loads(body_of(number))["children"]) for number in range(CONTACTS))
        assert place.ask("SELECT count(*) FROM people_person") == [(children,)]
        assert half_done(place) == {}
        assert_a_conflict_is_told(place)
        verified, rebuilt = place.commands("verify", "rebuild --check")
        assert (verified["bad"], rebuilt["differences"]) == ([], 0)
        away = max(place.away)
    assert sent.met["kills"] == len(KILLS) >= 6
    figure(
        f"crash: {CONTACTS} contacts, {sum(map(len, sent.receipts.values()))} acknowledged of {sent.met['requests']} "
        f"requests ({sent.met['tried again']} tried again), {len(KILLS)} kills: 0 lost, 0 doubled, 0 half done; "
        f"back after {away:.1f} s at most ({time.monotonic() - began:.0f} s)"
    )


def assert_a_conflict_is_told(place: Place) -> None:
    """The same id with another body is a conflict, and writes nothing."""
    other = json.loads(body_of(3)) | {"saw": "Something else."}
    code, _ = post(place, place.tokens[3 % len(place.tokens)], json.dumps(other).encode())
    assert code == 409
    again, said = post(place, place.tokens[3 % len(place.tokens)], body_of(3))
    assert again == 200
    assert said["receipt"]


@pytest.mark.skipif(
    os.environ.get("PROOF") != "1", reason="the control of the crash test runs with make proof"
)
def test_a_database_that_does_not_wait_for_the_disk_loses_some(figure):
    """The mutant: acknowledged before it is on the disk."""
    with a_place(waits_for_the_disk=False) as place:
        sent = tell_all(place, 80, (("database",), ("database",)))
        gone = lost(place, sent)
    assert gone, "nothing was lost, so the test above proves nothing"
    figure(f"crash: the control, which does not wait for the disk, lost {len(gone)} of 80")
