"""Who acts in each request: the worker of the account, in the membership that the session chose."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from rightplace.foundation.access import signin
from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.access.audit import NoAudit, not_now
from rightplace.foundation.access.memberships import memberships_of
from rightplace.foundation.access.models import User
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership, Worker

CHOSEN = "membership"
SEEN_EVERY = timedelta(minutes=30)


class ActorMiddleware:
    """Sets `request.actor`: an Actor, or None. One query for somebody signed in, none for anybody else.

    Memberships are read anew each time, so that one that ended gives no access from that moment on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = secrets.token_hex(8)  # type: ignore[attr-defined]
        request.actor = None  # type: ignore[attr-defined]
        request.memberships = []  # type: ignore[attr-defined]
        request.needs_second_factor = False  # type: ignore[attr-defined]
        if request.COOKIES.get(_cookie_name()) and SESSION_KEY in request.session:
            self._know(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Nothing is shown of what could not be recorded, whichever view forgot to say so."""
        return not_now() if isinstance(exception, NoAudit) else None

    def _know(self, request: HttpRequest) -> None:
        user = request.user
        if not isinstance(user, (User, SimpleLazyObject)) or not user.is_authenticated:
            return
        _keep_seen(user)
        rows = memberships_of(user)
        request.memberships = rows  # type: ignore[attr-defined]
        request.actor = actor_among(rows, request.session)  # type: ignore[attr-defined]
        request.needs_second_factor = any(  # type: ignore[attr-defined]
            row.worker.kind == Worker.Kind.STAFF and not row.has_second_factor  # type: ignore[attr-defined]
            for row in rows
        ) and not signin.is_demo_session(request)


def actor_among(rows: list[Membership], session: object) -> Actor | None:
    """The actor of the chosen membership; the only one there is need not be chosen."""
    chosen = session.get(CHOSEN)  # type: ignore[attr-defined]
    found = [row for row in rows if row.pk == chosen] or (rows if len(rows) == 1 else [])
    if not found:
        return None
    key = str(session.session_key)  # type: ignore[attr-defined]
    return actor_of(found[0], hashlib.sha256(key.encode()).hexdigest()[:16])


def _keep_seen(user: User) -> None:
    now = clock.now()
    if user.last_seen is None or not timedelta(0) <= now - user.last_seen < SEEN_EVERY:
        User.objects.filter(pk=user.pk).update(last_seen=now)


def _cookie_name() -> str:
    from django.conf import settings

    return settings.SESSION_COOKIE_NAME
