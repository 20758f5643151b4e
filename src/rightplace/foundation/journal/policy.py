"""Who may do what to a file, and which rows each may see. Registered in apps.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from rightplace.domain.practice.workdays import start_of_day, to_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.reach import hidden_from
from rightplace.foundation.access.scope import EVERYTHING, NOTHING, register_scope
from rightplace.foundation.access.written import write_anew, written
from rightplace.foundation.journal.models import Doubt, File, Happening, Span, Timescale
from rightplace.foundation.organisation import hooks
from rightplace.foundation.organisation.rolecodes import RoleCode


def register() -> None:
    """Declare this app's permissions and the guard that keeps a team while it answers for a child."""
    declare(
        "journal",
        "entry.correct",
        "entry.withdraw",
        "erase.body",
        "doubt.settle",
        "note.write",
        "visit.record",
    )
    hooks.register_team_guard(children_of_team)
    for model in (Span, Timescale, Doubt, Happening):
        register_scope(model, persons_seen)


FINDS_EVERY_CHILD = frozenset(
    {
        RoleCode.FRONT_DOOR_WORKER, RoleCode.FRONT_DOOR_MANAGER, RoleCode.SOCIAL_WORKER, RoleCode.TEAM_MANAGER,
        RoleCode.CONFERENCE_CHAIR, RoleCode.HEAD_OF_SERVICE, RoleCode.AUDITOR, RoleCode.INFORMATION_GOVERNANCE,
    }
)  # fmt: skip
"""Front door and social care find every child who is not restricted: a missed sibling is worse (design, reading)."""
COUNTS_EVERY_CHILD = frozenset({RoleCode.DIRECTOR, RoleCode.ANALYST, RoleCode.LEAD_MEMBER, RoleCode.RULE})
"""Whose figures hold every child, the restricted too, since a child who is not counted is not looked for."""
OF_THEIR_TEAM = frozenset({RoleCode.FAMILY_SUPPORT_WORKER, RoleCode.FAMILY_SUPPORT_MANAGER})

Reach = Callable[[Actor], QuerySet[Any]]
_reaches: list[Reach] = []


def register_reach(reach: Reach) -> None:
    """Name further persons (a queryset of one column) whom somebody of a team may see: those offered to it.

    A reach decides nothing by its actor, and puts only the actor's values into its rows (see `access.written`).
    """
    if reach not in _reaches:
        _reaches.append(reach)
        write_anew()


def persons_seen(actor: Actor) -> Q:
    """Which persons' rows an actor may see, on tables with a column `person`. Deny by default."""
    if actor.role in COUNTS_EVERY_CHILD:
        return EVERYTHING
    if actor.role in FINDS_EVERY_CHILD:
        return ~Q(person__in=hidden_persons(actor))
    if actor.role in OF_THEIR_TEAM:
        return Q(person__in=persons_of_team(actor)) & ~Q(person__in=hidden_persons(actor))
    return NOTHING


def persons_of_team(actor: Actor) -> RawSQL:
    """Persons for whom the actor's team answers now, and those whom other apps say are within its reach."""
    return written(_of_team, actor)


def _of_team(actor: Actor, now: datetime) -> QuerySet[Any]:
    held = Q(begins__lte=now) & (Q(ends__isnull=True) | Q(ends__gt=now))
    found = Span.objects.filter(held, team=actor.team, open=True).values("person")
    for reach in _reaches:
        found = found.union(reach(actor))
    return found


def hidden_persons(actor: Actor) -> RawSQL:
    """Persons with a restricted or sealed file that is not open to this actor."""
    return written(_hidden, actor)


def _hidden(actor: Actor, now: datetime) -> QuerySet[Any]:
    return File.objects.filter(id__in=hidden_from(actor, now).values("file")).values("person")


def children_of_team(team: int, on: date) -> int:
    """For how many children a team answers on a day or later: such a team cannot end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT person) FROM journal_span WHERE team = %s AND open AND (ends IS NULL OR ends > %s)",
            [team, to_datetime(start_of_day(on.toordinal()))],
        )
        return int(cursor.fetchone()[0])
