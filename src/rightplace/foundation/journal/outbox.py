"""Doing what a write promised: each row of the outbox once, after its write was committed.

A row is done in the transaction that marks it done, so what a task does in this database happens exactly once; what it
does outside (a mail) happens at least once. Rows of several deliverers never meet (SKIP LOCKED).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection, transaction

from rightplace.foundation.organisation import clock

Payload = Mapping[str, Any]
Task = Callable[[Payload], None]
MOST_ATTEMPTS = 12
"""After these a row stays, not done, for a person to look at."""

_tasks: dict[str, list[Task]] = {}
log = logging.getLogger("rightplace.outbox")

NEXT = """
SELECT id, task, payload, attempts FROM journal_outbox
WHERE done IS NULL AND attempts < %s AND id > %s ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
"""


def register_task(name: str, task: Task) -> None:
    """Say what is done for rows of that name; called from an app's `ready()`. Several may listen to one name."""
    found = _tasks.setdefault(name, [])
    if task not in found:
        found.append(task)


def deliver_outbox(limit: int = 500) -> int:
    """Do what waits, the oldest first, each row in a transaction of its own. Returns how many were done.

    A row that fails is tried again at the next delivery; it does not hold up those behind it.
    """
    done, last = 0, 0
    for _ in range(limit):
        row, fine = _deliver_next(last)
        if row == 0:
            break
        last = row
        done += fine
    return done


@transaction.atomic
def _deliver_next(after: int) -> tuple[int, bool]:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [MOST_ATTEMPTS, after])
        row = cursor.fetchone()
        if row is None:
            return 0, False
        number, name, payload, attempts = row
        fine = _do(name, payload if isinstance(payload, dict) else _read(payload), attempts)
        now = clock.now() if fine else None
        cursor.execute(
            "UPDATE journal_outbox SET done = %s, attempts = attempts + 1 WHERE id = %s", [now, number]
        )
    return number, fine


def _do(name: str, payload: Payload, attempts: int) -> bool:
    """Let everybody who listens do their part; all of it, or none. Nobody listening is done too."""
    try:
        with transaction.atomic():
            for task in _tasks.get(name, ()):
                task(payload)
    # whatever a task meets, the next delivery tries again; the line names neither payload nor message
    except Exception:
        log.exception("a task of the outbox failed", extra={"job": name, "count": attempts + 1})
        return False
    return True


def _read(stored: str | bytes) -> Payload:
    import msgspec

    return msgspec.json.decode(stored, type=dict[str, Any])


def waiting() -> int:
    """How many rows are not done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_outbox WHERE done IS NULL")
        return int(cursor.fetchone()[0])
