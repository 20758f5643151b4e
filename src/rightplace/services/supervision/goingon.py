"""What becomes of planned supervision when a team ends. What was said in earlier sessions is never opened by it.

Who supervises whom follows from the memberships. A planned session with the same supervisor goes along; one with
another is planned anew for the same day, empty: what the worker prepared was for the one to whom it was to be said.
"""

from __future__ import annotations

from django.db.models import QuerySet

from rightplace.common.caseflow.moving import TeamsMoved, register_moving
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.supervision import sealing
from rightplace.services.supervision.lines import chart
from rightplace.services.supervision.models import Line, Session


def planned(moved: TeamsMoved) -> QuerySet[Session]:
    """Sessions of a team that ends which are planned, and neither held nor put off."""
    return Session.objects.filter(team__in=moved.before, held_on=None, put_off_at=None).order_by("pk")


def plan_again(moved: TeamsMoved, by: Actor) -> int:
    """Each goes on in the worker's next team, with whoever supervises there."""
    rows, known = list(planned(moved).select_for_update()), chart(max(moved.on, clock.today()))
    said = set(
        Line.objects.filter(holding(moved.on), worker__in=[row.supervisee_id for row in rows]).values_list(
            "worker_id", "supervisor_id"
        )
    )
    for row in rows:
        team = moved.team_of(row.supervisee_id, row.team_id)
        supervisor = moved.managers.get(team, row.supervisor_id)
        stays = (row.supervisee_id, row.supervisor_id) in said or supervisor in (
            row.supervisor_id, row.supervisee_id,
        )  # fmt: skip
        if stays:
            Session.objects.filter(pk=row.pk).update(team=team)
        else:
            _with_another(row, team, supervisor, known.supervisor_of(supervisor), by)
    return len(rows)


def _with_another(row: Session, team: int, supervisor: int, over: int, by: Actor) -> None:
    """The old plan is put off, and the same day planned with the next supervisor."""
    Session.objects.filter(pk=row.pk).update(
        put_off_at=clock.now(), put_off=Session.PutOff.REORGANISED, team=team
    )
    Session.objects.create(
        supervisee_id=row.supervisee_id, supervisor_id=supervisor, over_id=over or None,
        team_id=team, planned_on=max(row.planned_on, clock.today()), salt=sealing.new_salt(), **recorded(by),
    )  # fmt: skip


def register() -> None:
    """Name it to whatever ends a team."""
    register_moving(
        "Supervision that is planned", planned, plan_again,
        ["supervision.Session.team"], holds=True,
    )  # fmt: skip
