"""Questions by what is due, answer times counted from real questions, who links which school, and figures by year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import F, QuerySet

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership, School, SchoolListing, Team
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.organisation.serving import serves
from rightplace.services.schools.models import SchoolYear
from rightplace.services.schools.projections import Question

A_YEAR = timedelta(days=365)


def questions(actor: Actor) -> QuerySet[Question]:
    """Every question that the actor may see, the newest first."""
    return scope(actor, Question).order_by("-asked", "concern")


def waiting(actor: Actor) -> QuerySet[Question]:
    """What has not been answered, the next due first."""
    found = scope(actor, Question).filter(answered__isnull=True)
    return found.order_by(F("due").asc(nulls_last=True), "asked")


def climbed(question: Question, now: datetime) -> int:
    """How far an unread question has climbed: 0 with the link person, 1 with the manager, 2 head of service, 3 above."""
    if question.read is not None:
        return 0
    return sum(1 for at in question.climbs if at is not None and at <= now)


@dataclass(frozen=True)
class AnswerTimes:
    """How fast was answered: how many, the middle one, and how many within their clock of those whose clock is over."""

    asked: int
    answered: int
    waiting: int
    middle: timedelta | None
    within: int
    judged: int


def middle_of(took: Sequence[timedelta]) -> timedelta | None:
    """The middle one of several lengths of time."""
    return timedelta(seconds=median(each.total_seconds() for each in took)) if took else None


def answer_times(rows: QuerySet[Question], now: datetime) -> AnswerTimes:
    """How fast questions of the last twelve months were answered: counted from the questions themselves."""
    found = rows.filter(asked__gt=now - A_YEAR, asked__lte=now, due__isnull=False)
    return _times(list(found.order_by().values_list("asked", "answered", "due")), now)


def times_of_questions(rows: Sequence[Question], now: datetime) -> AnswerTimes:
    """The same of questions that are at hand."""
    found = [each for each in rows if now - A_YEAR < each.asked <= now and each.due is not None]
    return _times([(each.asked, each.answered, each.due) for each in found], now)


def _times(said: Sequence[tuple[datetime, datetime | None, datetime | None]], now: datetime) -> AnswerTimes:
    took = [answered - asked for asked, answered, _ in said if answered is not None]
    return AnswerTimes(
        asked=len(said),
        answered=len(took),
        waiting=len(said) - len(took),
        middle=middle_of(took),
        within=sum(1 for _, answered, due in said if answered and due and answered <= due),
        judged=sum(1 for _, answered, due in said if answered or (due and due < now)),
    )


def own_school(actor: Actor) -> School | None:
    """The school that the actor works at."""
    if not actor.is_partner:
        return None
    return School.objects.filter(pk=actor.agency).select_related("agency", "area").first()


def schools_to_link(actor: Actor) -> QuerySet[School]:
    """The schools whose link person the actor may name: open ones of the own area, or all."""
    found = School.objects.filter(holding(clock.today(), "agency__")).select_related("agency", "area")
    if actor.role not in (RoleCode.HEAD_OF_SERVICE, RoleCode.ADMINISTRATOR):
        found = found.filter(serves("area_id", actor.team, actor.area, clock.today()))
    return found.order_by("agency__name", "pk")


def link_workers(school: School, on: date) -> list[Membership]:
    """Who could link a school: members of family support teams, those of its own area first."""
    found = Membership.objects.filter(
        holding(on), holding(on, "worker__"), holding(on, "team__"), team__kind=Team.Kind.FAMILY_SUPPORT
    )
    rows = list(found.select_related("worker", "team").order_by("worker__name", "pk"))
    return sorted(rows, key=lambda row: row.team.area_id != school.area_id)


def figures_of(rows: QuerySet[SchoolYear]) -> dict[tuple[int, int], SchoolYear]:
    """The figures that hold, by school and year: of several rows the one recorded last."""
    return {(row.school_id, row.year): row for row in rows.order_by("id")}


def listings_now(schools: Collection[int] | None = None) -> dict[int, SchoolListing]:
    """What the national list says now, by school."""
    found: Any = SchoolListing.objects.filter(holding(clock.today())).order_by("begins")
    if schools is not None:
        found = found.filter(school__in=list(schools))
    return {row.school_id: row for row in found}
