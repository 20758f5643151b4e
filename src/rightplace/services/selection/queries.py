"""What human resources and heads of service ask of a selection, each in a bounded number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from rightplace.foundation.access.roles import ROLES
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.services.selection.deciding import current
from rightplace.services.selection.models import (
    Appeal,
    Assessment,
    Exercise,
    Letter,
    Member,
    Offer,
    Placement,
    Pool,
    PreferenceList,
    Redeployment,
    ScoreSheet,
    Training,
)
from rightplace.services.selection.policy import HEAR, SCORE


@dataclass(frozen=True, slots=True)
class Counts:
    """A selection in numbers."""

    people: int
    absent: int
    acting: int
    without_pool: int
    without_wishes: int
    not_reached: int
    offers: int
    open_offers: int
    sheets: int
    signed: int
    placed: int
    unplaced: int
    letters: int
    searches: int
    open_appeals: int


def counts(exercise: Exercise) -> Counts:
    """A selection in numbers, as it stands now."""
    members = Member.objects.filter(exercise=exercise).aggregate(
        people=Count("pk"), absent=Count("pk", filter=~Q(away="")), acting=Count("pk", filter=Q(acting_in__isnull=False)),
        without_pool=Count("pk", filter=Q(pool=None)), not_reached=Count("pk", filter=~Q(away="") & Q(reached_on=None)),
    )  # fmt: skip
    wished = PreferenceList.objects.filter(member__exercise=exercise).values("member").distinct().count()
    offers = Offer.objects.filter(member__exercise=exercise).aggregate(
        offers=Count("pk"), open_offers=Count("pk", filter=Q(answer=""))
    )
    sheets = ScoreSheet.objects.filter(assessment__member__exercise=exercise).aggregate(
        sheets=Count("pk"), signed=Count("pk", filter=Q(signed_at__isnull=False))
    )
    placed = current(exercise)
    held = sum(1 for row in placed.values() if row.job_id)
    return Counts(
        **members, **offers, **sheets, without_wishes=members["people"] - wished, placed=held, unplaced=len(placed) - held,
        letters=Letter.objects.filter(placement__member__exercise=exercise, published_at=None).count(),
        searches=Redeployment.objects.filter(member__exercise=exercise, ended_on=None).count(),
        open_appeals=Appeal.objects.filter(member__exercise=exercise, outcome="").count(),
    )  # fmt: skip


def pools(exercise: Exercise) -> QuerySet[Pool]:
    """The pools with how many people and places each has."""
    return Pool.objects.filter(exercise=exercise).annotate(
        people=Count("members", distinct=True), places=Count("jobs__posts", distinct=True)
    )


def people_of(exercise: Exercise, first: int, most: int) -> list[Member]:
    """A page of those under review, by name."""
    rows = Member.objects.filter(exercise=exercise).select_related("worker", "pool", "post")
    return list(
        rows.annotate(lists=Count("preferences", distinct=True), assessed=Count("assessments__results", distinct=True))
        .order_by("worker__name", "pk")[first : first + most]
    )  # fmt: skip


def assessments_of(panel: int, first: int, most: int) -> list[Assessment]:
    """A page of one panel's assessments."""
    rows = (
        Assessment.objects.filter(panel=panel)
        .select_related("member__worker")
        .prefetch_related("sheets", "results")
    )
    return list(rows.order_by("member__worker__name", "pk")[first : first + most])


def trained_workers() -> list[Worker]:
    """Everybody who was trained to score, by name."""
    return list(Worker.objects.filter(pk__in=Training.objects.values("worker")).order_by("name"))


def names_of(workers: Sequence[int]) -> dict[int, str]:
    return dict(Worker.objects.filter(pk__in=workers).values_list("pk", "name"))


def unplaced(exercise: Exercise) -> list[Placement]:
    """Who has no place, by name."""
    rows = [row for row in current(exercise).values() if row.job_id is None]
    return sorted(rows, key=lambda row: row.member.worker.name)


def who_may_score() -> list[Worker]:
    """Everybody whose role may score today, by name."""
    roles = [code for code, each in ROLES.items() if SCORE in each.permissions]
    rows = Membership.objects.filter(holding(clock.today()), role__in=roles).values("worker")
    return list(Worker.objects.filter(pk__in=rows).order_by("name"))


def who_may_hear() -> list[Worker]:
    """Everybody whose role may hear an appeal today, by name."""
    roles = [code for code, each in ROLES.items() if HEAR in each.permissions]
    rows = Membership.objects.filter(holding(clock.today()), role__in=roles).values("worker")
    return list(Worker.objects.filter(pk__in=rows).order_by("name"))
