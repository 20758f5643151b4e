"""Answers and scenarios as a reader may see them. Lists leave out what is large."""

from __future__ import annotations

from django.db.models import BooleanField, Case, ExpressionWrapper, IntegerField, Q, QuerySet, Value, When

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.overview.capacity.models import KeptScenario, Run

LARGE = ("question", "gathered", "progress", "answer", "asked")


def runs(actor: Actor) -> QuerySet[Run]:
    """What somebody may read, one's own first and the latest first, examples last; without its bulk."""
    found = scope(actor, Run).select_related("by").defer(*LARGE)
    others = Case(When(by=actor.worker, then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.order_by("example", others, "-at", "-id")


def one_run(actor: Actor, number: int) -> Run | None:
    """One question with its answer."""
    found = scope(actor, Run).select_related("by").defer("question", "gathered", "progress")
    return (
        found.annotate(
            can_go_on=ExpressionWrapper(Q(question__isnull=False) | Q(done=0), output_field=BooleanField())
        )
        .filter(pk=number)
        .first()
    )


def scenarios(actor: Actor) -> QuerySet[KeptScenario]:
    """The scenarios that people kept."""
    return scope(actor, KeptScenario).select_related("by")
