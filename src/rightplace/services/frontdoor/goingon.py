"""What becomes of undecided contacts, with their checks, when a front door ends: another team looks after them."""

from __future__ import annotations

from django.db.models import QuerySet

from rightplace.common.caseflow.moving import REORGANISED, TeamsMoved, register_moving
from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.caseflow import ConcernPassedOn
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock
from rightplace.services.frontdoor.projections import Contact


def undecided(moved: TeamsMoved) -> QuerySet[Contact]:
    """Contacts that a team which ends has still to decide."""
    return Contact.objects.filter(team__in=moved.before, decided=None).order_by("concern")


def pass_on(moved: TeamsMoved, by: Actor) -> int:
    """Each goes on with the next team, its clock and its checks with it."""
    rows, at = list(undecided(moved)), from_datetime(clock.now())
    for row in rows:
        body = ConcernPassedOn(team=moved.after[row.team], reasons=REORGANISED)
        write(
            [Draft(file=row.concern, body=body, day=day_of(at), at=at, label=row.label)], by=by, may="cutover.run"
        )  # fmt: skip
    return len(rows)


def register() -> None:
    """Name it to whatever ends a team."""
    register_moving(
        "Contacts to decide, with their checks", undecided, pass_on,
        ["frontdoor.Contact.team"], holds=True,
    )  # fmt: skip
