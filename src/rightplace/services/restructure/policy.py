"""Who sees a programme, who keeps it, who publishes, and who sees figures alone. Registered in apps.py.

A manager sees the programmes that touch the own team's posts; heads of service, the director and human resources all.
Everybody reads what a programme means for oneself. What people declared of themselves nobody reads.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.web.frame import NavLink
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import EVERYTHING, NOTHING, may, register_scope
from rightplace.foundation.organisation.programme.tables import Programme, ProgrammePost
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM
from rightplace.services.restructure.models import Asked, Paper


def register() -> None:
    """Declare this app's permissions and scopes."""
    declare(
        "restructure", "restructure.see_own", "restructure.see", "restructure.keep", "restructure.publish",
        "restructure.figures",
    )  # fmt: skip
    register_scope(Programme, programmes_seen)
    register_scope(Asked, by_programme)
    register_scope(Paper, by_programme)


def programmes_seen(actor: Actor) -> Q:
    """Every programme for those who see or keep all of them, or figures; a manager's own team's."""
    permissions = role_of(actor.role).permissions
    if "restructure.see" in permissions and actor.role in MANAGES_A_TEAM:
        # a subquery, since a join would give a programme once for each of the team's posts
        touched = ProgrammePost.objects.filter(post__team=actor.team).values("programme")
        return Q(pk__in=touched)
    if permissions & {"restructure.see", "restructure.figures"}:
        return EVERYTHING
    return NOTHING


def by_programme(actor: Actor) -> Q:
    """What belongs to a programme is seen by whoever sees the programme itself, never by figures alone."""
    if "restructure.see" not in role_of(actor.role).permissions:
        return NOTHING
    if actor.role in MANAGES_A_TEAM:
        return Q(programme__in=Programme.objects.filter(programmes_seen(actor)).values("pk"))
    return EVERYTHING


def restructure_links(request: HttpRequest) -> Iterable[NavLink]:
    """The programmes in the navigation, each page for whoever may open it."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, "restructure.see"):
        yield NavLink("Changes", reverse("restructure:programmes"), 66)
    elif may(actor, "restructure.figures"):
        yield NavLink("Changes", reverse("restructure:every-figure"), 66)
    if may(actor, "restructure.see_own"):
        yield NavLink("What changes for me", reverse("restructure:own"), 67)
