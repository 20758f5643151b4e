"""Concerns that come faster than they can be taken in: none is refused, all are kept sealed and taken in in turn.

Above its rate an agency's concern is answered with 202 as soon as it is committed, and the background worker takes it
in within seconds. One that says that a child is in danger now never waits. Nothing is searched for before it is taken
in, so a queue says nothing of a child.
"""

from __future__ import annotations

import hashlib
import logging

from django.db import transaction

from rightplace.foundation.access.actor import actor_of
from rightplace.foundation.journal.models import Inbound
from rightplace.foundation.journal.sealing import FileSeal
from rightplace.foundation.organisation import clock
from rightplace.gateways.api.intake import take_in
from rightplace.gateways.api.models import ApiToken, Queued
from rightplace.gateways.api.once import OtherBody, lock_id
from rightplace.gateways.api.schema import ContactIn

MOST_ATTEMPTS = 12
AT_ONCE = 200
"""Concerns that one run of the worker takes in: as many as it can in its ten seconds."""
log = logging.getLogger("rightplace.api")


@transaction.atomic
def queue(token: ApiToken, sender_id: str, body: bytes) -> Queued | None:
    """Keep a concern until it is its turn. None where it was taken in before. Raises OtherBody."""
    lock_id(token.agency_id, sender_id)
    if Inbound.objects.filter(agency=token.agency_id, sender_id=sender_id).exists():
        return None
    if (before := waiting(token.agency_id, sender_id, body)) is not None:
        return before
    return Queued.objects.create(
        token=token,
        agency_id=token.agency_id,
        sender_id=sender_id,
        body_digest=hashlib.sha256(body).digest(),
        sealed=_seal().seal(token.agency_id, _place(sender_id), body),
        came=clock.now(),
    )


def waiting(agency: int, sender_id: str, body: bytes | None = None) -> Queued | None:
    """The concern of that id that waits. Raises OtherBody where another body waits under it."""
    row = Queued.objects.filter(agency_id=agency, sender_id=sender_id).first()
    if row is not None and body is not None and bytes(row.body_digest) != hashlib.sha256(body).digest():
        raise OtherBody
    return row


def take_in_queued(most: int = AT_ONCE) -> int:
    """Take in what waits, the oldest first, each in a transaction of its own. Returns how many."""
    taken, last = 0, 0
    for _ in range(most):
        row, fine = _next(last)
        if row == 0:
            break
        last = row
        taken += fine
    return taken


@transaction.atomic
def _next(after: int) -> tuple[int, bool]:
    rows = Queued.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        id__gt=after, attempts__lt=MOST_ATTEMPTS
    )
    row = rows.select_related("token__membership__worker", "token__membership__team").order_by("id").first()
    if row is None:
        return 0, False
    number = row.pk  # a row that was deleted has none any more
    try:
        with transaction.atomic():
            body = _seal().open(row.agency_id, _place(row.sender_id), bytes(row.sealed))
            take_in(ContactIn.model_validate_json(body), body, actor_of(row.token.membership))
            row.delete()
    # whatever it meets, the next run tries again; the line names neither what was sent nor who sent it
    except Exception:
        log.exception("a queued concern was not taken in", extra={"count": row.attempts + 1})
        Queued.objects.filter(pk=number).update(attempts=row.attempts + 1)
        return number, False
    return number, True


def _seal() -> FileSeal:
    return FileSeal(b"queued concerns")


def _place(sender_id: str) -> int:
    return int.from_bytes(hashlib.sha256(sender_id.encode()).digest()[:8], "big") >> 1
