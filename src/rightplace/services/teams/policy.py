"""Who keeps teams, people and memberships: whoever manages the organisation. Registered in apps.py.

The permission itself belongs to `foundation.access`; an administrator holds it, and sees no child.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.models import User
from rightplace.foundation.access.scope import EVERYTHING, NOTHING, may, register_scope
from rightplace.foundation.organisation.models import Membership, Team, TeamArea, Worker
from rightplace.services.teams.models import TeamChange

KEEPS = "organisation.manage"


def register() -> None:
    """Declare the scopes and the places in the navigation."""
    for model in (Team, TeamArea, Membership, User, TeamChange):
        register_scope(model, seen)
    register_scope(Worker, people_seen)
    register_links(links)


def seen(actor: Actor) -> Q:
    """All of them, for who keeps the directory of teams."""
    return EVERYTHING if may(actor, KEEPS) else NOTHING


def people_seen(actor: Actor) -> Q:
    """Everybody who can have a role: no rule, and not the public's form."""
    people = Q(kind__in=(Worker.Kind.STAFF, Worker.Kind.PARTNER))
    return people if may(actor, KEEPS) else NOTHING


def links(request: HttpRequest) -> Iterable[NavLink]:
    """Teams and people, for whoever keeps them."""
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor) and may(actor, KEEPS):
        yield NavLink("Teams", reverse("teams:teams"), 10)
        yield NavLink("People", reverse("teams:people"), 11)
