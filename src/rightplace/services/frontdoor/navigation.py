"""The places of intake in the navigation, for whoever may go there."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.web.frame import NavLink
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may


def intake_links(request: HttpRequest) -> Iterable[NavLink]:
    """A partner raises and follows concerns; the front door takes them by telephone."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if actor.is_partner and may(actor, "contact.raise"):
        yield NavLink("Raise a concern", reverse("frontdoor:raise"), 10)
        yield NavLink("Concerns you raised", reverse("frontdoor:concerns"), 20)
    if may(actor, "contact.screen"):
        yield NavLink("Take a call", reverse("frontdoor:telephone"), 30)
