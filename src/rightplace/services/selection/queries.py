"""What human resources and heads of service ask of a selection, each in a bounded number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from rightplace.foundation.access.roles import ROLES
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.services.selection.deciding import current
from rightplace.services.selection.models import (
    Appeal,
    Assessment,
    Decision,
    Exercise,
    Letter,
    Member,
    Panel,
    Placement,
    Pool,
    PreferenceList,
    Run,
    RunResult,
    ScoreSheet,
    Share,
    Training,
)
from rightplace.services.selection.policy import HEAR, SCORE
from rightplace.services.selection.preferring import wishes_of

WHOLE_TIME: Final = 35 * 60
"""Minutes a week from which somebody counts as whole-time."""


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
    to_seat: int
    searches: int
    open_appeals: int


def counts(exercise: Exercise) -> Counts:
    """A selection in numbers, as it stands now. Two queries."""
    members = Member.objects.filter(exercise=exercise)
    found = members.aggregate(
        people=Count("pk"), absent=Count("pk", filter=~Q(away="")), acting=Count("pk", filter=Q(acting_in__isnull=False)),
        without_pool=Count("pk", filter=Q(pool=None)), not_reached=Count("pk", filter=~Q(away="") & Q(reached_on=None)),
        without_wishes=Count("pk", filter=~Exists(PreferenceList.objects.filter(member=OuterRef("pk")))),
        offers=Count("offer"), open_offers=Count("offer", filter=Q(offer__answer="")),
        searches=Count("redeployment", filter=Q(redeployment__ended_on=None)),
        open_appeals=Count("pk", filter=Exists(Appeal.objects.filter(member=OuterRef("pk"), outcome=""))),
        sheets=_all_of(ScoreSheet.objects.filter(assessment__member__exercise=exercise, replaced_at=None)),
        signed=_all_of(ScoreSheet.objects.filter(assessment__member__exercise=exercise, signed_at__isnull=False)),
        letters=_all_of(Letter.objects.filter(placement__member__exercise=exercise, published_at=None)),
    )  # fmt: skip
    placed = list(
        Placement.objects.filter(member__exercise=exercise, decision__confirmed_at__isnull=False)
        .order_by("member", "-pk").distinct("member").values_list("job", "seated_at")
    )  # fmt: skip
    held = [seated for job, seated in placed if job]
    return Counts(**found, placed=len(held), unplaced=len(placed) - len(held), to_seat=held.count(None))


def _all_of(rows: QuerySet[Any]) -> Coalesce:
    """How many rows there are, as a number inside another question."""
    counted = (
        rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values("number")
    )
    return Coalesce(Max(Subquery(counted)), 0)


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run in a list: whether it asks a panel, and whether it was taken forward."""

    number_in_all: int
    number: int
    asked: datetime
    state: str
    more: str
    asks: bool
    forward: bool


def runs(exercise: Exercise) -> list[RunLine]:
    """The runs of a selection, the last first. One query, and nothing sealed is opened."""
    rows = Run.objects.filter(exercise=exercise).annotate(
        asks=Exists(RunResult.objects.filter(run=OuterRef("pk"), method="stable", questions__gt=0)),
        forward=Exists(Decision.objects.filter(run=OuterRef("pk"), confirmed_at__isnull=False)),
    )  # fmt: skip
    return [
        RunLine(pk, number, asked, state, "after an appeal" if appeal else "", asks, forward)
        for pk, number, asked, state, appeal, asks, forward in rows.values_list(
            "pk", "number", "recorded_at", "state", "appeal", "asks", "forward"
        )
    ]


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
        .prefetch_related("sheets__scorer", "results")
    )
    return list(rows.order_by("interview_at", "member__worker__name", "pk")[first : first + most])


def to_invite(panel: Panel) -> list[Member]:
    """Who named a place that this panel assesses for, may hold it, and has no interview before it; by name."""
    jobs = {job.pk: set(job.professions) for job in panel.jobs.all()}
    lists = wishes_of(panel.exercise_id)
    wishes = {member: row.jobs for member, row in lists.items()}
    for second, first in Share.objects.filter(exercise=panel.exercise_id).values_list("second", "first"):
        wishes[second] = wishes.get(first, [])
    rows = Member.objects.filter(exercise=panel.exercise_id).exclude(assessments__panel=panel)
    return [
        each
        for each in rows.select_related("worker").order_by("worker__name", "pk")
        if any(each.profession in jobs[job] for job in wishes.get(each.pk, ()) if job in jobs)
    ]


def may_share(exercise: Exercise) -> list[Member]:
    """Who works part-time and shares with nobody yet, by name."""
    rows = Member.objects.filter(exercise=exercise, minutes__lt=WHOLE_TIME)
    taken = Share.objects.filter(exercise=exercise)
    rows = rows.exclude(pk__in=taken.values("first")).exclude(pk__in=taken.values("second"))
    return list(rows.select_related("worker", "exercise").order_by("worker__name", "pk"))


def trained_workers() -> list[Worker]:
    """Everybody who was trained to score and may today, by name: who has left since scores nobody."""
    rows = Worker.objects.filter(pk__in=_may_score_today()).filter(pk__in=Training.objects.values("worker"))
    return list(rows.order_by("name"))


def names_of(workers: Sequence[int]) -> dict[int, str]:
    return dict(Worker.objects.filter(pk__in=workers).values_list("pk", "name"))


def unplaced(exercise: Exercise) -> list[Placement]:
    """Who has no place, by name."""
    rows = [row for row in current(exercise).values() if row.job_id is None]
    return sorted(rows, key=lambda row: row.member.worker.name)


def who_may_score() -> list[Worker]:
    """Everybody whose role may score today, by name."""
    return list(Worker.objects.filter(pk__in=_may_score_today()).order_by("name"))


def _may_score_today() -> QuerySet[Any]:
    """The numbers of those whose role may score today."""
    roles = [code for code, each in ROLES.items() if SCORE in each.permissions]
    return Membership.objects.filter(holding(clock.today()), role__in=roles).values("worker")


def who_may_hear() -> list[Worker]:
    """Everybody whose role may hear an appeal today, by name."""
    roles = [code for code, each in ROLES.items() if HEAR in each.permissions]
    rows = Membership.objects.filter(holding(clock.today()), role__in=roles).values("worker")
    return list(Worker.objects.filter(pk__in=rows).order_by("name"))
