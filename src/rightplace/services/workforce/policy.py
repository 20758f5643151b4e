"""Who sees posts and loads, and who answers whoever is full. Registered in apps.py.

A worker sees the own load first and in full. A manager sees the own team's, heads of service and the director every
team's. Human resources sees posts and no named load; a union observer figures, small ones left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import EVERYTHING, NOTHING, may, register_relation, register_scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Post
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.queries import members
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode
from rightplace.services.workforce.models import ConflictDeclared, FullSaid, MovesAsked

OF_EVERY_TEAM = frozenset({RoleCode.HEAD_OF_SERVICE, RoleCode.DIRECTOR})


def register() -> None:
    """Declare this app's permissions, scopes and relations."""
    declare(
        "workforce", "establishment.see", "establishment.keep", "establishment.figures", "workload.see_own",
        "workload.see", "full.say", "full.answer", "allocation.see", "allocation.rebalance",
    )  # fmt: skip
    register_scope(Post, posts_seen)
    register_scope(FullSaid, full_seen)
    register_scope(ConflictDeclared, conflicts_seen)
    register_scope(MovesAsked, moves_seen)
    register_relation(Team, "allocation.see", sees_load_of)
    register_relation(Team, "allocation.rebalance", sees_load_of)
    register_relation(Team, "establishment.see", sees_posts_of)
    register_relation(Team, "workload.see", sees_load_of)
    register_relation(FullSaid, "full.answer", answers)
    register_links(workforce_links)


def posts_seen(actor: Actor) -> Q:
    """Human resources, heads of service and the director see every post; a manager those of the own team."""
    if "establishment.see" not in role_of(actor.role).permissions:
        return NOTHING
    return Q(team=actor.team) if actor.role in MANAGES_A_TEAM else EVERYTHING


def sees_posts_of(actor: Actor, team: Team) -> bool:
    return actor.role not in MANAGES_A_TEAM or team.pk == actor.team


def sees_load_of(actor: Actor, team: Team) -> bool:
    """The manager of the team, heads of service and the director."""
    return actor.role in OF_EVERY_TEAM or team.pk == actor.team


def full_seen(actor: Actor) -> Q:
    """One's own; a manager those of the own team; heads of service and the director all."""
    own = Q(worker=actor.worker)
    if "full.answer" not in role_of(actor.role).permissions:
        return own if "full.say" in role_of(actor.role).permissions else NOTHING
    return EVERYTHING if actor.role in OF_EVERY_TEAM else own | Q(team=actor.team)


def conflicts_seen(actor: Actor) -> Q:
    """One's own; a manager those of workers who are in the own team now, since the manager must allocate around them."""
    own = Q(worker=actor.worker)
    if "allocation.see" not in role_of(actor.role).permissions:
        return own if "workload.see_own" in role_of(actor.role).permissions else NOTHING
    if actor.role not in MANAGES_A_TEAM:
        return own
    return own | Q(worker__in=members(actor.team, clock.today()).values("worker"), ended_at=None)


def moves_seen(actor: Actor) -> Q:
    """Of the own team; of every team for heads of service."""
    if "allocation.rebalance" not in role_of(actor.role).permissions:
        return NOTHING
    return EVERYTHING if actor.role in OF_EVERY_TEAM else Q(team=actor.team)


def answers(actor: Actor, said: FullSaid) -> bool:
    """The team's manager; for a manager, or when it climbed, a head of service; the director always. Never oneself."""
    if said.worker_id == actor.worker:
        return False
    if actor.role in OF_EVERY_TEAM:
        return said.role != RoleCode.HEAD_OF_SERVICE or actor.role == RoleCode.DIRECTOR
    return said.team_id == actor.team and said.role not in MANAGES_A_TEAM


def workforce_links(request: HttpRequest) -> Iterable[NavLink]:
    """The workforce's pages in the navigation, each for whoever may open it."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, "workload.see_own"):
        yield NavLink("My work", reverse("workforce:my-work"), 16)
    if may(actor, "workload.see"):
        yield NavLink("Workload", reverse("workforce:workload"), 44)
    if may(actor, "establishment.figures"):
        yield NavLink("Posts", reverse("workforce:establishment"), 63)
    elif may(actor, "establishment.see"):
        yield NavLink("Posts", reverse("workforce:team-posts", args=[actor.team]), 63)
