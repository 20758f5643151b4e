"""Who sees what the capacity model answered, and who asks. Registered in apps.py. No child is in any of it.

An answer is its asker's own until shared; then it opens to everybody who may see capacity, at its address.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from markupsafe import Markup

from rightplace.common.web.frame import NavLink, register_links, register_slot
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import EVERYTHING, NOTHING, may, register_relation, register_scope
from rightplace.overview.capacity.models import KeptScenario, Run

SEE = "capacity.see"
ASK = "capacity.ask"


def register() -> None:
    """Claim the permissions, say which rows each may see, and stand in the navigation and on a head's day."""
    declare("capacity", SEE, ASK)
    register_scope(Run, runs_seen)
    register_scope(KeptScenario, scenarios_seen)
    register_relation(Run, ASK, is_own)
    register_relation(KeptScenario, ASK, is_own)
    register_links(links)
    register_slot("planning", invitation)


def runs_seen(actor: Actor) -> Q:
    """One's own, and what others shared."""
    if SEE not in role_of(actor.role).permissions:
        return NOTHING
    return Q(shared=True) | Q(by=actor.worker)


def scenarios_seen(actor: Actor) -> Q:
    """Scenarios that somebody kept are for all who may see capacity."""
    return EVERYTHING if SEE in role_of(actor.role).permissions else NOTHING


def is_own(actor: Actor, row: Run | KeptScenario) -> bool:
    """Who asked or kept it stops, shares and deletes it. An example is nobody's own."""
    return bool(row.by_id == actor.worker) and not (isinstance(row, Run) and row.example)


def links(request: HttpRequest) -> Iterable[NavLink]:
    """Capacity: in the row for whoever plans with it, so that nobody looks for it; further on for whoever reads."""
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor) and may(actor, SEE):
        yield NavLink("Capacity", reverse("capacity:first"), 12 if may(actor, ASK) else 62)


def invitation(request: HttpRequest) -> str:
    """On a head's own day and beside the figures: the question that can be asked there and then."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not may(actor, ASK):
        return ""
    return Markup(render_to_string("capacity/_invitation.jinja"))  # noqa: S704  a template of ours, which escapes
