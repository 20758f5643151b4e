"""Who may see tokens: administrators, and never the tokens themselves. Registered in apps.py."""

from __future__ import annotations

from django.db.models import Q

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import EVERYTHING, NOTHING, register_scope
from rightplace.gateways.api.models import ApiToken


def register() -> None:
    """Declare the scope of tokens."""
    register_scope(ApiToken, tokens_seen)


def tokens_seen(actor: Actor) -> Q:
    """All of them, for who keeps the directory."""
    return EVERYTHING if "organisation.manage" in role_of(actor.role).permissions else NOTHING
