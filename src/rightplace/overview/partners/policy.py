"""Who sees a partner's own pages. Registered in apps.py. What stands on them is scoped by the apps that own it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.scope import may


def register() -> None:
    """Declare this app's permission and its place in the navigation."""
    declare("partners", "partner.see")
    register_links(links)


def links(request: HttpRequest) -> Iterable[NavLink]:
    """The page of one's own agency."""
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor) and actor.is_partner and may(actor, "partner.see"):
        yield NavLink("Our page", reverse("partners:own"), 5)
