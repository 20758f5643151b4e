"""No reading without a trace: who saw which files is committed before a byte of them leaves.

`shown` is how a page about children is answered: audit, commit, then render, and a query while rendering is a fault,
since it could show what was not audited. Where the audit cannot be written, nothing is shown.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from typing import Any, TypeVar

from django.db import DatabaseError, connection, connections, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.auditchain import (
    FIRST,
    Reading,
    digest_of,
    mac_of,
    pack_heads,
    packed,
    seal_digest,
)
from rightplace.foundation.access.models import ReadAudit, ReadAuditSeal
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.organisation import clock

T = TypeVar("T")
STILL_OPEN = 10_000
"""How many rows behind the last one a transaction may still be open while the audit is sealed."""


class NoAudit(RuntimeError):
    """The reading could not be recorded, so nothing may be shown."""


class LateQuery(RuntimeError):
    """The database was asked while a page was being made from what had been audited."""


class _Chain(threading.local):
    """Where this thread's chain of the audit has got to."""

    process = 0
    id = 0
    n = 0
    digest = FIRST


_chain = _Chain()


def begin_new_chain() -> None:
    """Go on with a chain of its own: after a fork, and when it is not known whether the last row was kept."""
    _chain.process, _chain.id = os.getpid(), secrets.randbits(62) + 1
    _chain.n, _chain.digest = 0, FIRST


def record_reading(
    actor: Actor,
    files: Collection[int],
    what: str,
    *,
    found: int | None = None,
    reason: str = "",
    purpose: str = "",
    request_id: str = "",
) -> None:
    """Record, in a committed transaction of its own, that an actor is about to see these files.

    Also when nothing was found. Raises NoAudit; then nothing may be shown.
    """
    seen = tuple(sorted(set(files)))
    reading = Reading(
        at=clock.now(),
        worker=actor.worker,
        role=int(actor.role),
        team=actor.team,
        what=what[:80],
        files=seen,
        found=len(seen) if found is None else found,
        reason=reason,
        purpose=purpose[:80],
        request_id=request_id[:64],
    )
    try:
        _append(reading)
    except DatabaseError as fault:
        begin_new_chain()
        raise NoAudit("The reading could not be recorded.") from fault


def _append(reading: Reading) -> None:
    if _chain.process != os.getpid():
        begin_new_chain()
    n = _chain.n + 1
    digest = digest_of(_chain.digest, packed(reading, _chain.id, n))
    with transaction.atomic(durable=True):
        ReadAudit.objects.create(
            **reading._replace(files=())._asdict() | {"files": list(reading.files)},
            chain=_chain.id,
            n=n,
            prev=_chain.digest,
            digest=digest,
            mac=mac_of(digest),
        )
    _chain.n, _chain.digest = n, digest


def disclose(
    actor: Actor,
    make: Callable[[], T],
    *,
    files: Collection[int],
    what: str,
    found: int | None = None,
    reason: str = "",
    purpose: str = "",
    request_id: str = "",
) -> T:
    """Record the reading, then make what is shown, with the database shut. For exports and the API."""
    record_reading(actor, files, what, found=found, reason=reason, purpose=purpose, request_id=request_id)
    with ExitStack() as shut:
        for each in connections.all(initialized_only=True):
            shut.enter_context(each.execute_wrapper(_no_query))
        return make()


def shown(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    files: Iterable[int],
    what: str,
    found: int | None = None,
    reason: str = "",
    purpose: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer with a page that shows something of these files: audit, commit, render. Without audit, no page."""
    actor = actor_in(request)
    try:
        body = disclose(
            actor,
            lambda: render_to_string(template, context, request=request),
            files=list(files),
            what=what,
            found=found,
            reason=reason,
            purpose=purpose,
            request_id=getattr(request, "request_id", ""),
        )
    except NoAudit:
        return not_now()
    return HttpResponse(body, status=status)


def not_now() -> HttpResponse:
    """The page when a reading cannot be recorded. It asks the database nothing and says nothing of any child."""
    return HttpResponse(NOT_NOW, status=503, headers={"Retry-After": "30"})


def _no_query(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> HttpResponseBase:
    raise LateQuery("A page asked the database while it was being made: fetch everything before `shown`.")


def audit_heads(after: int = 0) -> list[tuple[int, int, bytes]]:
    """The last row of each chain that grew after an audit row: chain, place in it, digest."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (chain) chain, n, digest FROM access_read_audit WHERE id > %s "
            "ORDER BY chain, n DESC",
            [after],
        )
        return [(chain, n, bytes(digest)) for chain, n, digest in cursor.fetchall()]


def audit_head() -> bytes:
    """Seal what was read since the last time, and give the digest of that seal for the journal's own."""
    last = ReadAuditSeal.objects.order_by("-id").first()
    prev = bytes(last.digest) if last else FIRST
    upto = ReadAudit.objects.order_by("-id").values_list("id", flat=True).first() or 0
    heads = pack_heads(audit_heads(max(0, upto - STILL_OPEN)))
    if last and bytes(last.heads) == heads:
        return prev
    at = clock.now()
    digest = seal_digest(prev, at, upto, heads)
    ReadAuditSeal.objects.create(at=at, upto=upto, heads=heads, prev=prev, digest=digest)
    return digest


def who_looked(files: Collection[int], limit: int = 200) -> list[ReadAudit]:
    """Who saw any of these files, newest first. A file shows this to whoever may open it."""
    found = ReadAudit.objects.filter(files__overlap=list(files)).order_by("-at", "-id")
    return list(found[:limit])


NOT_NOW = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Not now – Rightplace</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main>
<h1>This cannot be shown just now</h1>
<p>Each reading is recorded before anything is shown, and the record cannot be written at the moment.</p>
<p>Nothing was changed or lost. Try again in a minute. If a child is in danger now, call 999.</p>
</main></body></html>
"""
