"""What becomes of schools' unanswered questions when a family support team ends: the next link person answers."""

from __future__ import annotations

from django.db.models import QuerySet

from rightplace.common.caseflow.moving import REORGANISED, TeamsMoved, register_moving
from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.caseflow import ConcernPassedOn
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership
from rightplace.foundation.organisation.queries import holding, link_person
from rightplace.services.schools.projections import Question


def unanswered(moved: TeamsMoved) -> QuerySet[Question]:
    """Questions that a team which ends has still to answer."""
    return Question.objects.filter(team__in=moved.before, answered=None).order_by("concern")


def pass_on(moved: TeamsMoved, by: Actor) -> int:
    """Each goes on with the next team and its school's link person of that day; when it is due stays."""
    rows, now = list(unanswered(moved)), clock.now()
    at = from_datetime(now)
    for row in rows:
        link = link_person(row.school, max(moved.on, clock.today()))
        stays = link is not None and _is_still_there(link.pk, moved)
        team = moved.team_of(link.pk, row.team) if link is not None and stays else moved.after[row.team]
        answers = link.pk if link is not None and stays else moved.managers.get(team, 0)
        body = ConcernPassedOn(team=team, link=answers, reasons=REORGANISED)
        write(
            [Draft(file=row.concern, body=body, day=day_of(at), at=at, label=row.label)], by=by, may="cutover.run"
        )  # fmt: skip
    return len(rows)


def _is_still_there(worker: int, moved: TeamsMoved) -> bool:
    """Whether a link person is in a team that does not end; else the next team's manager answers, as for the school."""
    rows = Membership.objects.filter(holding(max(moved.on, clock.today())), worker=worker)
    return rows.exclude(team__in=moved.before).exists()


def register() -> None:
    """Name it to whatever ends a team."""
    register_moving(
        "Questions of schools to answer", unanswered, pass_on,
        ["schools.Question.team"], holds=True,
    )  # fmt: skip
