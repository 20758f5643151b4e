"""Answers and scenarios as a reader may see them. Lists leave out what is large."""

from __future__ import annotations

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.overview.capacity.models import KeptScenario, Run

LARGE = ("question", "gathered", "progress", "answer", "asked")


def runs(actor: Actor) -> QuerySet[Run]:
    """What somebody may read, the latest first, without its bulk."""
    return scope(actor, Run).select_related("by").defer(*LARGE)


def one_run(actor: Actor, number: int) -> Run | None:
    """One question with its answer."""
    found = scope(actor, Run).select_related("by").defer("question", "gathered", "progress")
    return (
        found.annotate(can_go_on=ExpressionWrapper(Q(question__isnull=False), output_field=BooleanField()))
        .filter(pk=number)
        .first()
    )


def scenarios(actor: Actor) -> QuerySet[KeptScenario]:
    """The scenarios that people kept."""
    return scope(actor, KeptScenario).select_related("by")
