"""Who sees and runs a cut-over, and which families each may see. Registered in apps.py.

Heads of service and the director plan, rehearse and run it. A manager sees what goes from and to the own team, and
accepts or sends back what comes. A worker sees, through My day, which families come to them and which they hand on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Func, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import EVERYTHING, NOTHING, may, register_relation, register_scope
from rightplace.foundation.journal.policy import register_reach
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM
from rightplace.services.cutover.models import Cutover, FamilyMove

State = FamilyMove.State
COMING = (State.OFFERED, State.ACCEPTED, State.SENT_BACK)
ARRIVED = (*COMING, State.MOVED)


def register() -> None:
    """Declare this app's permissions, scopes and relations."""
    declare("cutover", "cutover.see", "cutover.run")
    register_scope(Cutover, cutovers_seen)
    register_scope(FamilyMove, families_seen)
    register_relation(FamilyMove, "offer.answer", answers)
    register_reach(coming_to)
    register_links(cutover_links)


def _sees_all(actor: Actor) -> bool:
    return "cutover.run" in role_of(actor.role).permissions


def cutovers_seen(actor: Actor) -> Q:
    """Who runs them sees each; a manager those in which the own team gives or receives."""
    if _sees_all(actor):
        return EVERYTHING
    if "cutover.see" not in role_of(actor.role).permissions:
        return NOTHING
    touched = FamilyMove.objects.filter(_of_team(actor.team)).values("cutover")
    return Q(pk__in=touched)


def families_seen(actor: Actor) -> Q:
    """Who runs it sees each family; a manager what goes from the own team, and what comes once it is offered; a worker
    which families come to them and which they hand on."""
    if _sees_all(actor):
        return EVERYTHING
    if "cutover.see" in role_of(actor.role).permissions:
        return _of_team(actor.team)
    own = "workload.see_own" in role_of(actor.role).permissions
    mine = Q(worker=actor.worker) | Q(before_worker=actor.worker)
    return mine & Q(state__in=ARRIVED) if own else NOTHING


def _of_team(team: int) -> Q:
    return Q(from_team=team) | Q(to_team=team, state__in=ARRIVED)


def answers(actor: Actor, family: FamilyMove) -> bool:
    """The manager of the team to which the family is offered, and not who offered it (promise 6)."""
    offered = family.offered_by.worker_id if family.offered_by else 0
    return actor.role in MANAGES_A_TEAM and family.to_team_id == actor.team and offered != actor.worker


def coming_to(actor: Actor) -> QuerySet[Any]:
    """Children whom a dissolving team offers to the actor's team: its manager must know whom it takes over."""
    in_it = Q(to_team__memberships=actor.membership, to_team__memberships__role__in=MANAGES_A_TEAM)
    rows = FamilyMove.objects.filter(in_it, to_team=actor.team, state__in=COMING)
    return rows.annotate(child=Func(F("children"), function="unnest")).values("child")


def cutover_links(request: HttpRequest) -> Iterable[NavLink]:
    """The cut-over in the navigation, for whoever runs one."""
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor) and may(actor, "cutover.run"):
        yield NavLink("Cut-over", reverse("cutover:all"), 64)
