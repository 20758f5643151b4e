"""Discussions to be held, calls to be answered, actions to be done: each through the gate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from rightplace.common.caseflow.queries import held_at
from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.access import rls
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode
from rightplace.services.protection.policy import AT_THE_FRONT_DOOR
from rightplace.services.protection.projections import Action, Called, Strategy

SHOWN = 200


def _answered_for(team: int) -> QuerySet[Span, Any]:
    """The children for whom a team answers now: only ever asked inside a list that the gate has narrowed."""
    return Span.objects.filter(held_at(clock.now()), team=team, open=True).values("person")


def to_hold(actor: Actor) -> QuerySet[Strategy]:
    """Discussions called and not held, of the actor's team; the front door sees those that it called."""
    ours = _answered_for(actor.team)
    mine = Q(person__in=ours) | Q(team=actor.team)
    if actor.team_kind in AT_THE_FRONT_DOOR:
        mine |= Q(agencies__gt=0)
    found = scope(actor, Strategy).filter(mine, held__isnull=True, ended__isnull=True)
    return found.order_by(F("due").asc(nulls_last=True), "called", "id")


def held_lately(actor: Actor) -> QuerySet[Strategy]:
    """Discussions that the team's children had and that were called here, the newest first."""
    ours = _answered_for(actor.team)
    found = scope(actor, Strategy).filter(
        Q(person__in=ours) | Q(team=actor.team), held__isnull=False, agencies__gt=0
    )
    return found.order_by("-held", "id")


def children_of(actor: Actor, number: int) -> list[Strategy]:
    """One discussion: a row for each child who is spoken of."""
    return list(scope(actor, Strategy).filter(number=number).order_by("file"))


def calls_to(actor: Actor) -> QuerySet[Called]:
    """What the actor's agency was called to: not held first, then the newest."""
    return scope(actor, Called).order_by(F("held").desc(nulls_first=True), "due", "id")


def late_actions(actor: Actor) -> QuerySet[Action]:
    """What is not done and has climbed to this reader; one's own at once, as everything unread climbs (promise 3)."""
    now = clock.now()
    mine = Q(worker=actor.worker)
    if actor.role in MANAGES_A_TEAM:
        ours = _answered_for(actor.team)
        mine |= Q(person__in=ours, to_manager__lt=now)
    elif actor.role == RoleCode.HEAD_OF_SERVICE:
        mine |= Q(to_head__lt=now)
    found = scope(actor, Action).filter(mine, done__isnull=True)
    return found.order_by(F("due").asc(nulls_last=True), "held", "place", "file")


def undone_by(actor: Actor) -> QuerySet[Action]:
    """What discussions agreed that a partner's agency does, and has not done; the next due first."""
    own = scope(actor, Action).filter(agency=actor.agency, done__isnull=True)
    return own.order_by(F("due").asc(nulls_last=True), "held", "place", "file")


def own_to_do(actor: Actor) -> dict[int, Action]:
    """The next thing that is a partner's to do, by the discussion that agreed it."""
    found: dict[int, Action] = {}
    for row in undone_by(actor)[:SHOWN]:
        found.setdefault(row.number, row)
    return found


def entries_told(actor: Actor, files: Sequence[int]) -> list[Entry]:
    """What stands in these files, in order, as this reader may read it."""
    with rls.reading_as(actor, purpose="strategy"):
        found = reading.entries_of(reading.file_rows(files))
    return [entry for told in found.values() for entry in in_order(standing(told).entries)]
