"""Who may hand a child over, and which spans and offers each may see. Registered in apps.py."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.caseflow.projections import Offer
from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.scope import may, register_relation, register_scope
from rightplace.foundation.journal.policy import persons_seen, register_reach


def register() -> None:
    """Declare this app's permissions. Its scopes stand in `journal` and here, where the rows are."""
    declare("caseflow", "offer.place", "offer.answer", "worker.allocate", "case.close")
    register_scope(Offer, persons_seen)
    register_reach(offered_to)
    register_relation(Offer, "offer.answer", is_offered_to)
    register_relation(Offer, "offer.place", has_offered)
    register_links(caseflow_links)


def is_offered_to(actor: Actor, offer: Offer) -> bool:
    """Whether the child is offered to the actor's own team."""
    return offer.team == actor.team


def has_offered(actor: Actor, offer: Offer) -> bool:
    """Whether the actor's own team made the offer."""
    return offer.from_team == actor.team


def caseflow_links(request: HttpRequest) -> Iterable[NavLink]:
    """Where offers wait, for who may answer them or place a child."""
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor) and may(actor, "offer.answer"):
        yield NavLink("Offers", reverse("caseflow:offers"), 25)


def offered_to(actor: Actor) -> QuerySet[Any]:
    """Persons who are offered to the actor's team."""
    return Offer.objects.filter(team=actor.team, state="open").values("person")
