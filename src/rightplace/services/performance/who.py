"""Who leads whom: a team's manager its workers, a head of service the managers. Nobody leads oneself."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership, Worker
from rightplace.foundation.organisation.queries import heads_of_service, holding, manager_of
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode


def staff_now(on: date) -> QuerySet[Membership]:
    """Everybody of the authority who is in a team on a day."""
    found = Membership.objects.filter(
        holding(on), holding(on, "worker__"), holding(on, "team__"), worker__kind="staff"
    )
    return found.select_related("worker", "team").order_by("worker__name", "worker_id", "role")


def led_by(actor: Actor) -> QuerySet[Membership]:
    """Whom this reader leads now."""
    found = staff_now(clock.today()).exclude(worker=actor.worker)
    if not may(actor, "performance.lead"):
        return found.none()
    if actor.role == RoleCode.HEAD_OF_SERVICE:
        return found.filter(role__in=MANAGES_A_TEAM)
    return found.filter(team=actor.team).exclude(role__in=MANAGES_A_TEAM)


def leads(actor: Actor, worker: Worker) -> bool:
    return led_by(actor).filter(worker=worker.pk).exists()


def lead_of(actor: Actor) -> int | None:
    """Who leads this actor: the team's manager, for a manager a head of service, for whoever is above the director."""
    today = clock.today()
    if actor.role in MANAGES_A_TEAM:
        heads = heads_of_service(today)
        return heads[0].pk if heads else None
    manager = manager_of(actor.team, today)
    found = manager.pk if manager else next_above(actor.role)
    return None if found == actor.worker else found


def next_above(role: int) -> int | None:
    """Who stands above those who lead in this role."""
    today = clock.today()
    if role in MANAGES_A_TEAM:
        heads = heads_of_service(today)
        if heads:
            return heads[0].pk
    row = staff_now(today).filter(role=RoleCode.DIRECTOR).first()
    return row.worker_id if row else None


def in_role(*roles: RoleCode) -> list[Worker]:
    """Who is in one of these roles now, each once."""
    return list(
        {row.worker_id: row.worker for row in staff_now(clock.today()).filter(role__in=roles)}.values()
    )
