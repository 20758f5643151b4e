"""Who may see figures, their lists and what is done about them. Registered in apps.py."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.web import frame
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import EVERYTHING, NOTHING, may, register_scope
from rightplace.overview.leadership.models import LeaderNote


def register() -> None:
    """Claim the permissions, and stand in the navigation."""
    declare("leadership", "figures.see", "figures.list", "figures.list_names", "figures.note")
    register_scope(LeaderNote, notes_seen)
    frame.register_links(links)


def notes_seen(actor: Actor) -> Q:
    """Whoever sees a figure sees what is done about it."""
    return EVERYTHING if "figures.see" in role_of(actor.role).permissions else NOTHING


def links(request: HttpRequest) -> Iterable[frame.NavLink]:
    """The three questions, for whoever may see figures."""
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor) and may(actor, "figures.see"):
        yield frame.NavLink("Figures", reverse("leadership:director"), 60)
