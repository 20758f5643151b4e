"""Whose drafts anybody sees: their own. Registered in apps.py."""

from __future__ import annotations

from django.db.models import Q

from rightplace.common.questions.models import Draft
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NOTHING, register_scope


def register() -> None:
    """Declare the scope of drafts."""
    register_scope(Draft, own_drafts)


def own_drafts(actor: Actor) -> Q:
    """A worker's own; nobody else's, and never a visitor's."""
    return Q(worker=actor.worker) if actor.worker and not actor.is_rule else NOTHING
