"""Who may hand a child over, and which spans and offers each may see. Registered in apps.py."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from rightplace.common.caseflow.projections import Offer
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.scope import register_scope
from rightplace.foundation.journal.policy import persons_seen, register_reach


def register() -> None:
    """Declare this app's permissions. Its scopes stand in `journal` and here, where the rows are."""
    declare("caseflow", "offer.place", "offer.answer", "worker.allocate", "case.close")
    register_scope(Offer, persons_seen)
    register_reach(offered_to)


def offered_to(actor: Actor) -> QuerySet[Any]:
    """Persons who are offered to the actor's team."""
    return Offer.objects.filter(team=actor.team, state="open").values("person")
