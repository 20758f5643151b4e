"""Who sees and keeps the board, who raises and settles disputes. Registered in apps.py."""

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
from rightplace.services.partnership.models import Commitment, Dispute, Meeting, Seat


def register() -> None:
    """Declare this app's permissions, scopes and relations."""
    declare("partnership", "board.see", "board.keep", "dispute.raise", "dispute.settle", "pilot.set")
    for model in (Seat, Meeting, Commitment):
        register_scope(model, board_seen)
    register_scope(Dispute, disputes_seen)
    register_relation(Dispute, "dispute.raise", is_of_the_dispute)
    register_relation(Dispute, "dispute.settle", did_not_raise_it)
    register_links(partnership_links)


def board_seen(actor: Actor) -> Q:
    """The whole board, for whoever may see it."""
    return EVERYTHING if "board.see" in role_of(actor.role).permissions else NOTHING


def speaks_for(actor: Actor, commitment: Commitment) -> bool:
    """Whether somebody says for their own agency how its commitment stands: a partner who sees the board."""
    return actor.is_partner and may(actor, "board.see") and actor.agency == commitment.agency_id


def disputes_seen(actor: Actor) -> Q:
    """Who settles sees all; an agency its own; a worker here what the own team raised."""
    permissions = role_of(actor.role).permissions
    if "dispute.settle" in permissions:
        return EVERYTHING
    if "dispute.raise" not in permissions:
        return NOTHING
    if actor.is_partner:
        return Q(raised_by=actor.agency) | Q(against=actor.agency) if actor.agency else NOTHING
    return Q(raised_in_team=actor.team)


def is_of_the_dispute(actor: Actor, dispute: Dispute) -> bool:
    """Whether the actor speaks for one of the two sides."""
    return actor.agency in (dispute.raised_by_id, dispute.against_id)


def did_not_raise_it(actor: Actor, dispute: Dispute) -> bool:
    """Nobody settles what they raised themselves (promise 6)."""
    return dispute.recorded_by_id != actor.worker


def partnership_links(request: HttpRequest) -> Iterable[NavLink]:
    """The board, and disputes, for whoever may open them."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, "board.see"):
        yield NavLink("Partnership", reverse("partnership:board"), 55)
    if may(actor, "dispute.settle"):
        yield NavLink("Disputes", reverse("partnership:disputes-to-settle"), 56)
    elif may(actor, "dispute.raise") and actor.is_partner:
        yield NavLink("Disputes", reverse("partnership:disputes"), 56)
