"""Who may see tokens and webhooks: administrators, and never the tokens or keys themselves. Registered in apps.py."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import EVERYTHING, NOTHING, may, register_scope
from rightplace.gateways.api.models import ApiToken, Delivery, Webhook

KEEPS = "organisation.manage"


def register() -> None:
    """Declare the scopes and the place in the navigation."""
    for model in (ApiToken, Webhook, Delivery):
        register_scope(model, seen)
    register_links(links)


def seen(actor: Actor) -> Q:
    """All of them, for who keeps the directory of teams and agencies."""
    return EVERYTHING if may(actor, KEEPS) else NOTHING


def links(request: HttpRequest) -> Iterable[NavLink]:
    """The page of partners' systems, for whoever keeps them."""
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor) and may(actor, KEEPS):
        yield NavLink("Partners’ systems", reverse("systems:systems"), 85)
