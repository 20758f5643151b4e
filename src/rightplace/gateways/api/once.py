"""Done once: the same id with the same content is the same answer, with other content a conflict."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from rightplace.foundation.organisation import clock
from rightplace.gateways.api.models import Once

KEPT = timedelta(days=400)
OTHER_BODY = (
    "This sender_id came before with other content. Nothing was written: send a correction under a new id."
)


class OtherBody(ValueError):
    """The sender used an id again for something else; nothing was written."""


def lock_id(agency: int, sender_id: str) -> None:
    """Let those who send the same id wait for each other, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [sender_id, agency])


@transaction.atomic
def once(
    *, agency: int, what: str, sender_id: str, body: bytes, do: Callable[[], dict[str, Any]], code: int = 201
) -> tuple[int, dict[str, Any]]:
    """Do something that an agency sent, unless it was done. Returns the code and the answer; again is always 200.

    `body` is what was sent, written in one way (gate.canonical_in). The answer holds numbers and times only: nothing
    of a child is kept here. Raises OtherBody.
    """
    lock_id(agency, f"{what} {sender_id}")
    digest = hashlib.sha256(body).digest()
    before = Once.objects.filter(agency_id=agency, what=what, sender_id=sender_id).first()
    if before is not None:
        if bytes(before.body_digest) != digest:
            raise OtherBody
        return 200, dict(before.answer)
    answer = do()
    Once.objects.create(
        agency_id=agency, what=what, sender_id=sender_id, body_digest=digest, code=code, answer=answer,
        at=clock.now(),
    )  # fmt: skip
    return code, answer


def forget_old() -> int:
    """Forget what was answered more than a year ago. Returns how many."""
    return Once.objects.filter(at__lt=clock.now() - KEPT).delete()[0]
