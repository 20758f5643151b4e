"""Who may see tokens and webhooks: administrators, and never the tokens or keys themselves. Registered in apps.py."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.caseflow.waits import Waits, register_waits
from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import EVERYTHING, NOTHING, may, register_scope, scope
from rightplace.gateways.api.models import ApiToken, Delivery, Webhook

KEEPS = "organisation.manage"


def register() -> None:
    """Declare the scopes and the place in the navigation."""
    for model in (ApiToken, Webhook, Delivery):
        register_scope(model, seen)
    register_links(links)
    register_waits(
        Waits(
            "webhooks",
            silent,
            "webhook_id",
            "",
            "Partners’ webhooks that do not answer",
            "systems:systems",
            56,
        )
    )


def seen(actor: Actor) -> Q:
    """All of them, for who keeps the directory of teams and agencies."""
    return EVERYTHING if may(actor, KEEPS) else NOTHING


def silent(actor: Actor) -> QuerySet[Delivery] | None:
    """Messages that were given up, of webhooks that go on."""
    if not may(actor, KEEPS):
        return None
    return scope(actor, Delivery).filter(given_up__isnull=False, webhook__ends__isnull=True)


def links(request: HttpRequest) -> Iterable[NavLink]:
    """The page of partners' systems, for whoever keeps them."""
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor) and may(actor, KEEPS):
        yield NavLink("Partners’ systems", reverse("systems:systems"), 85)
