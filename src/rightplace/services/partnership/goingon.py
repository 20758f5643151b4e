"""What becomes of open disputes that a team raised when it ends: the next team sees them and answers."""

from __future__ import annotations

from django.db.models import QuerySet

from rightplace.common.caseflow.moving import TeamsMoved, register_moving
from rightplace.foundation.access.actor import Actor
from rightplace.services.partnership.models import Dispute


def going_on(moved: TeamsMoved) -> QuerySet[Dispute]:
    """Disputes that a team which ends has raised, and that have not ended."""
    return Dispute.objects.filter(raised_in_team__in=moved.before, ended_at=None).order_by("pk")


def pass_on(moved: TeamsMoved, by: Actor) -> int:
    """Each is the next team's; what was said in it and when it is due stay."""
    rows = list(going_on(moved))
    for row in rows:
        Dispute.objects.filter(pk=row.pk).update(raised_in_team=moved.after[row.raised_in_team])
    return len(rows)


def register() -> None:
    """Name it to whatever ends a team."""
    register_moving(
        "Disputes with other agencies", going_on, pass_on,
        ["partnership.Dispute.raised_in_team"], holds=True,
    )  # fmt: skip
