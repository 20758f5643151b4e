"""Who records what was shared, and who sees it: staff of children whom they may see, an agency its own."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.disclosure.projections import REFUSED, Sharing
from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import NOTHING, may, register_scope
from rightplace.foundation.journal.policy import persons_seen


def register() -> None:
    """Declare this app's permission, scope and place in the navigation."""
    declare("disclosure", "disclosure.record")
    register_scope(Sharing, sharings_seen)
    register_links(own_link)


def sharings_seen(actor: Actor) -> Q:
    """An agency sees what it was given and gave, never what was kept from it; staff what stands in a child's own file.

    What agencies answered the front door stays with the front door, as it does on every other page.
    """
    permissions = role_of(actor.role).permissions
    if actor.is_partner:
        own = Q(agency=actor.agency) & ~Q(way=REFUSED)
        return own if actor.agency and "partner.see" in permissions else NOTHING
    if "disclosure.record" not in permissions:
        return NOTHING
    of_children = Q(of_concern=False) & persons_seen(actor)
    return of_children | Q(of_concern=True) if "contact.see" in permissions else of_children


def own_link(request: HttpRequest) -> Iterable[NavLink]:
    """A partner's own list."""
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor) and actor.is_partner and may(actor, "partner.see"):
        yield NavLink("Given and received", reverse("disclosure:own"), 45)
