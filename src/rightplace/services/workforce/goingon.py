"""What becomes of whoever said to be full when the team ends: the manager of the worker's next team answers."""

from __future__ import annotations

from django.db.models import QuerySet

from rightplace.common.caseflow.moving import TeamsMoved, register_moving, register_record
from rightplace.foundation.access.actor import Actor
from rightplace.services.workforce.models import FullSaid


def unanswered(moved: TeamsMoved) -> QuerySet[FullSaid]:
    """Workers of a team that ends who said to be full and wait for an answer."""
    return FullSaid.objects.filter(team__in=moved.before, answered_at=None, taken_back_at=None).order_by("pk")


def pass_on(moved: TeamsMoved, by: Actor) -> int:
    """The next manager has it, by the same hour; what was said and the load of that moment stay as they were."""
    rows = list(unanswered(moved))
    for row in rows:
        FullSaid.objects.filter(pk=row.pk).update(team=moved.team_of(row.worker_id, row.team_id))
    return len(rows)


def register() -> None:
    """Name it to whatever ends a team."""
    register_moving(
        "Workers who said to be full", unanswered, pass_on,
        ["workforce.FullSaid.team"], holds=True,
    )  # fmt: skip
    register_record("Worked out for whoever asked at that moment.", "workforce.MovesAsked.team")
