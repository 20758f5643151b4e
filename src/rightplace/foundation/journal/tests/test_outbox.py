"""What a write promised is done once, after it was committed; what fails is tried again and holds nothing up."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from rightplace.foundation.journal import outbox
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Area


def promise(task: str, count: int = 1) -> None:
    with connection.cursor() as cursor:
        for number in range(count):
            cursor.execute(
                "INSERT INTO journal_outbox (task, payload, written, attempts) VALUES (%s, %s::jsonb, %s, 0)",
                [task, f'{{"concern": {number}}}', clock.now()],
            )


@pytest.fixture
def done(monkeypatch):
    """A task that writes down what it did."""
    monkeypatch.setattr(outbox, "_tasks", {})
    found: list[int] = []
    outbox.register_task("test.do", lambda payload: found.append(payload["concern"]))
    return found


def test_each_is_done_once_in_order(db, done):
    promise("test.do", 3)
    assert outbox.deliver_outbox() == 3 and outbox.deliver_outbox() == 0
    assert done == [0, 1, 2] and outbox.waiting() == 0


def test_what_fails_is_undone_tried_again_and_holds_nothing_up(db, done):
    broken = [True]

    def task(payload):
        Area.objects.filter(pk=1).update(name="half done")
        if broken[0]:
            raise RuntimeError("Kaya Doyle")

    outbox.register_task("test.break", task)
    promise("test.break")
    promise("test.do")
    assert outbox.deliver_outbox() == 1 and done == [0]
    assert Area.objects.get(pk=1).name != "half done" and outbox.waiting() == 1
    broken[0] = False
    assert outbox.deliver_outbox() == 1 and outbox.waiting() == 0
    assert Area.objects.get(pk=1).name == "half done"


def test_what_never_works_stays_for_a_person_to_look_at(db, done):
    outbox.register_task("test.never", lambda payload: 1 / 0)
    promise("test.never")
    for _ in range(outbox.MOST_ATTEMPTS + 3):
        outbox.deliver_outbox()
    with connection.cursor() as cursor:
        cursor.execute("SELECT attempts FROM journal_outbox WHERE done IS NULL")
        assert cursor.fetchall() == [(outbox.MOST_ATTEMPTS,)]


def test_what_nobody_listens_to_is_done(db, done):
    promise("test.nobody")
    assert outbox.deliver_outbox() == 1 and outbox.waiting() == 0


def test_several_deliverers_do_each_once(fresh_database, django_db_blocker, monkeypatch):
    monkeypatch.setattr(outbox, "_tasks", {})
    found: list[int] = []
    lock, gate = threading.Lock(), threading.Barrier(4)

    def task(payload):
        with lock:
            found.append(payload["concern"])

    outbox.register_task("test.many", task)

    def deliver(_):
        try:
            gate.wait(20)
            return outbox.deliver_outbox()
        finally:
            connections.close_all()

    with django_db_blocker.unblock():
        promise("test.many", 40)
        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(deliver, range(4))) == 40
        assert sorted(found) == list(range(40)) and outbox.waiting() == 0
