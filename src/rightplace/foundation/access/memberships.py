"""The roles of whoever is signed in, read with each request: one query whose words are written once.

Every page of everybody signed in pays for this, and building the query anew took longer than asking it.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import connection, models
from django.db.models import Exists, OuterRef

from rightplace.foundation.access.models import User
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Membership, Team, Worker

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
A_WORKER, A_DAY = -1, date.max
"""They stand in the written query for the worker and the day that it is asked about."""

_known: dict[str, Exists] = {
    "has_second_factor": Exists(
        Authenticator.objects.filter(user__worker_id=OuterRef("worker_id"), type__in=STRONG)
    )
}


def know_too(name: str, exists: Exists) -> None:
    """Have an app know one thing more of each membership, in the query that reads it: for what a page's frame shows.

    The frame is made when the database is shut, so what it needs is known before the view. It may depend on the
    membership alone: the words of the query are kept, so a day in it would be the day that the program started.
    """
    _known[name] = exists
    _written.cache_clear()


def memberships_of(user: User) -> list[Membership]:
    """The roles that an account has today, each saying whether the account has a second factor."""
    if user.worker_id is None:
        return []
    asked: dict[Any, Any] = {A_WORKER: user.worker_id, A_DAY: clock.today()}
    words, values = _written()
    with connection.cursor() as cursor:
        cursor.execute(words, [asked.get(value, value) for value in values])
        return [_read(row) for row in cursor.fetchall()]


@cache
def _written() -> tuple[str, tuple[Any, ...]]:
    """The organisation's own query with what is known too, in SQL, and the values that belong in it."""
    rows = queries.memberships_of(A_WORKER, A_DAY).annotate(**_known)
    words, values = rows.query.sql_with_params()
    return words, tuple(values)


def _read(row: tuple[object, ...]) -> Membership:
    """A row in Django's order: the membership, what is known too of it, its worker, its team."""
    own, known, worker = len(_columns(Membership)), len(_known), len(_columns(Worker))
    found = Membership.from_db("default", _columns(Membership), row[:own])
    for name, holds in zip(_known, row[own : own + known], strict=True):
        setattr(found, name, holds)
    found.worker = Worker.from_db("default", _columns(Worker), row[own + known : own + known + worker])
    found.team = Team.from_db("default", _columns(Team), row[own + known + worker :])
    return found


@cache
def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]
