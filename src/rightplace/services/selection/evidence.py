"""What the selection tells the programme: evidence of stages from its own rows, outcomes, numbers, and one's own line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.urls import reverse

from rightplace.common.web import words
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.programme import hooks
from rightplace.foundation.organisation.programme.hooks import Counted, OwnLine, Shown
from rightplace.services.selection.models import (
    Appeal,
    Assessment,
    Decision,
    Exercise,
    Job,
    Letter,
    Member,
    Offer,
    Placement,
    Pool,
    Run,
)


def shown(programme: int) -> Iterator[Shown]:
    """Evidence of the stages from pools to the first day, dated by what was done."""
    exercise = Exercise.objects.filter(programme=programme).first()
    if exercise is None:
        return
    reference = f"selection {exercise.pk}"
    for stage, kind, on in _days(exercise):
        if on is not None:
            yield Shown(stage=stage, kind=kind, on=on, reference=reference)
    yield from _scored(exercise, reference)


def _days(exercise: Exercise) -> list[tuple[str, str, date | None]]:
    """What was done on which day, from a handful of questions: each is asked once."""
    members = Member.objects.filter(exercise=exercise).aggregate(
        gone=Count("pk", filter=~Q(away="")), reached=Max("reached_on"),
        not_reached=Count("pk", filter=~Q(away="") & Q(reached_on=None)),
    )  # fmt: skip
    offers = Offer.objects.filter(member__exercise=exercise).aggregate(
        rights=Count("pk"), unjudged=Count("pk", filter=Q(judged_on=None)), unanswered=Count("pk", filter=Q(answer="")),
        judged=Max("judged_on"), answered=Max("answered_on"),
    )  # fmt: skip
    appeals = list(
        Appeal.objects.filter(member__exercise=exercise).values_list("about", "outcome", "answered_on")
    )
    of_pools = [each[1:] for each in appeals if each[0] == Appeal.About.POOL]
    of_results = [each[1:] for each in appeals if each[0] != Appeal.About.POOL]
    decided = _decided(exercise)
    closed = exercise.closes if decided or Run.objects.filter(exercise=exercise).exists() else None
    done = decided.confirmed_at.date() if decided and decided.confirmed_at else None
    reached = members["reached"] if members["gone"] else exercise.closes
    told, out = exercise.told_on, exercise.published_at.date() if exercise.published_at else None
    answered = _appeals_closed(of_results, out)
    return [
        ("pools", "pools agreed", exercise.pools_agreed_on),
        ("pools", "everybody told their pool", told),
        ("pools", "appeals against pools closed", _appeals_closed(of_pools, told)),
        ("preferences", "preferences closed", closed),
        ("preferences", "absent people reached", reached if closed and not members["not_reached"] else None),
        ("offers", "suitable vacancies judged", None if offers["unjudged"] else offers["judged"] or closed),
        ("offers", "offers answered", None if offers["unanswered"] else offers["answered"] or closed),
        ("matching", "ties settled by the panels", _finished(decided)),
        ("matching", "checked independently", _finished(decided)),
        ("matching", "decided by a person", done),
        ("results", "letter to everybody", out),
        ("appeals", "appeals closed", answered),
        ("redeployment", "redeployment sought for everybody displaced", _sought(exercise, answered) if out else None),
    ]  # fmt: skip


def _decided(exercise: Exercise) -> Decision | None:
    """The first decision: what an appeal changed later is not what the results rested on."""
    return (
        Decision.objects.filter(run__exercise=exercise, confirmed_at__isnull=False)
        .select_related("run").defer("sealed", "run__sealed").order_by("pk").first()
    )  # fmt: skip


def _finished(decided: Decision | None) -> date | None:
    """The day of the run that was decided: it has no open question and was found to hold, or it could not be."""
    at = decided.run.finished_at if decided else None
    return at.date() if at else None


def _appeals_closed(appeals: Sequence[tuple[str, date | None]], since: date | None) -> date | None:
    """Once no appeal is open: the last answer, or the day of the telling where nobody appealed."""
    if since is None or any(not outcome for outcome, _ in appeals):
        return None
    return max([since, *(day for _, day in appeals if day is not None)])


def _sought(exercise: Exercise, closed: date | None) -> date | None:
    """A named person for each without a place: sure once the appeals are answered, since they may displace somebody."""
    without = (
        _latest_placements().filter(member__exercise=exercise).values_list("job", "member__redeployment")
    )
    done = all(search is not None for job, search in without if job is None)
    return (closed or exercise.published_at.date()) if exercise.published_at and done else None


def _latest_placements() -> QuerySet[Placement]:
    """What is decided for each member now: the last confirmed decision that touched the person."""
    rows = Placement.objects.filter(decision__confirmed_at__isnull=False)
    return rows.order_by("member", "-pk").distinct("member")


def _scored(exercise: Exercise, reference: str) -> Iterator[Shown]:
    """For each job whose panel has settled every score: by two trained people, and moderated where they were apart."""
    rows = Assessment.objects.filter(panel__exercise=exercise).values("panel").annotate(
        waiting=Count("pk", filter=Q(results=None)), settled=Max("results__recorded_at", filter=Q(results__turn=1))
    )  # fmt: skip
    last = {row["panel"]: row["settled"].date() for row in rows if row["settled"] and not row["waiting"]}
    jobs = Job.objects.filter(exercise=exercise).order_by("title").annotate(
        judges=ArrayAgg("panels", distinct=True, filter=Q(panels__isnull=False), default=Value([])),
        slots=ArrayAgg("pools__name", distinct=True, filter=Q(pools__kind=Pool.Kind.SLOT_IN), default=Value([])),
    )  # fmt: skip
    found = [Roles(*row) for row in jobs.values_list("title", "judges", "slots")]
    for title, panel in sorted({(job.title, panel) for job in found for panel in job.judges}):
        if panel in last:
            yield from _assessed(title, last[panel], reference)
    yield from _slotted(exercise, found, reference)


@dataclass(frozen=True, slots=True)
class Roles:
    """A job with the panels that compare for it, and the pools whose people slot into it."""

    title: str
    judges: Sequence[int]
    slots: Sequence[str]


def _assessed(title: str, on: date, reference: str) -> Iterator[Shown]:
    """Both kinds of evidence that the stage of assessment asks for a role."""
    for kind in ("scored by two trained people", "moderated"):
        yield Shown(stage="assessment", kind=kind, on=on, reference=reference, of=title)


def _slotted(exercise: Exercise, jobs: Sequence[Roles], reference: str) -> Iterator[Shown]:
    """Jobs into which all of their pool slots: nobody is compared, so the agreed pool is what there is to read.

    From the day on which wishes closed: until then a pool may still change, by an appeal or a claim.
    """
    if exercise.pools_agreed_on is None or clock.today() <= exercise.closes:
        return
    compared = {job.title for job in jobs if job.judges or not job.slots}
    for title in sorted({job.title for job in jobs} - compared):
        pools = sorted({name for job in jobs if job.title == title for name in job.slots})
        read = f"{reference}: slotted in without being compared, pool {words.listed(pools)}"
        yield from _assessed(title, max(exercise.pools_agreed_on, exercise.closes), read[:120])


def outcomes(programme: int) -> dict[int, str]:
    """What became of each person: placed, displaced, or waiting for a decision. One question."""
    held = Placement.objects.filter(member=OuterRef("pk"), decision__confirmed_at__isnull=False).order_by(
        "-pk"
    )
    rows = Member.objects.filter(exercise__programme=programme).annotate(
        decided=Subquery(held.values("pk")[:1]), placed=Subquery(held.values("job")[:1])
    )  # fmt: skip
    return {
        worker: hooks.WAITING if decided is None else hooks.PLACED if job else hooks.DISPLACED
        for worker, decided, job in rows.values_list("worker", "decided", "placed")
    }


def figures(programme: int, known: Mapping[int, str]) -> list[Counted]:
    """Numbers without names, of what became of each person. Whoever shows them leaves small ones out."""
    became = list(known.values())
    if not became:
        return []
    appeals = list(
        Appeal.objects.filter(member__exercise__programme=programme).values_list("outcome", flat=True)
    )
    return [
        Counted(says="people under review", parts={
            "placed": became.count(hooks.PLACED), "another post is sought with them": became.count(hooks.DISPLACED),
            "waiting for a decision": became.count(hooks.WAITING),
        }),
        Counted(says="appeals made", parts={
            "that succeeded": appeals.count(Appeal.Outcome.UPHELD),
            "that did not succeed": appeals.count(Appeal.Outcome.NOT_UPHELD), "not decided yet": appeals.count(""),
        }),
    ]  # fmt: skip


def own_lines(programme: int, worker: int) -> list[OwnLine]:
    """What there is for one person: the pool, and once it is published the letter."""
    member = Member.objects.filter(exercise__programme=programme, worker=worker).first()
    if member is None:
        return []
    lines = [
        OwnLine(
            sentence="Your pool, your preferences and your rights",
            href=reverse("selection:own", args=[member.pk]),
        )
    ]
    letter = (
        Letter.objects.filter(placement__member=member, published_at__isnull=False).order_by("-pk").first()
    )
    if letter is not None:
        lines.append(OwnLine(sentence="Your letter", href=reverse("selection:letter", args=[letter.pk])))
    return lines
