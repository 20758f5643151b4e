"""Who sees what the capacity model answered, and who asks. Registered in apps.py. No child is in any of it.

An answer is its asker's own until shared; then it opens to everybody who may see capacity, at its address.
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
from rightplace.overview.capacity.models import KeptScenario, Run

SEE = "capacity.see"
ASK = "capacity.ask"


def register() -> None:
    """Claim the permissions, say which rows each may see, and stand in the navigation."""
    declare("capacity", SEE, ASK)
    register_scope(Run, runs_seen)
    register_scope(KeptScenario, scenarios_seen)
    register_relation(Run, ASK, is_own)
    register_relation(KeptScenario, ASK, is_own)
    register_links(links)


def runs_seen(actor: Actor) -> Q:
    """One's own, and what others shared."""
    if SEE not in role_of(actor.role).permissions:
        return NOTHING
    return Q(shared=True) | Q(by=actor.worker)


def scenarios_seen(actor: Actor) -> Q:
    """Scenarios that somebody kept are for all who may see capacity."""
    return EVERYTHING if SEE in role_of(actor.role).permissions else NOTHING


def is_own(actor: Actor, row: Run | KeptScenario) -> bool:
    """Who asked or kept it stops, shares and deletes it."""
    return bool(row.by_id == actor.worker)


def links(request: HttpRequest) -> Iterable[NavLink]:
    """Capacity, for whoever may see it."""
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor) and may(actor, SEE):
        yield NavLink("Capacity", reverse("capacity:first"), 62)
