"""Whoever said to be full waits for an answer: the manager first; unanswered it climbs (promise 3)."""

from __future__ import annotations

from django.db.models import QuerySet

from rightplace.common.caseflow.waits import Waits
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode
from rightplace.services.workforce.models import FullSaid


def full_to_answer(actor: Actor) -> QuerySet[FullSaid] | None:
    """Who waits for this reader's answer now: the own team's; what climbed to a head of service; then to the director."""
    if not may(actor, "full.answer"):
        return None
    now = clock.now()
    found = scope(actor, FullSaid).filter(answered_at=None, taken_back_at=None).exclude(worker=actor.worker)
    if actor.role == RoleCode.DIRECTOR:
        return found.filter(climbs_at__lte=now) | found.filter(role=RoleCode.HEAD_OF_SERVICE)
    if actor.role == RoleCode.HEAD_OF_SERVICE:
        climbed = found.filter(answer_by__lte=now) | found.filter(role__in=MANAGES_A_TEAM)
        return climbed.exclude(role=RoleCode.HEAD_OF_SERVICE)
    return found.filter(team=actor.team).exclude(role__in=MANAGES_A_TEAM)


OWN = (
    Waits(
        "full", full_to_answer, "id", "answer_by", "Say what happens: a worker is full", "workforce:full", 4
    ),
)
