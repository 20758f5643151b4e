"""What the selection tells the programme: evidence of stages from its own rows, outcomes, numbers, and one's own line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from rightplace.foundation.organisation.programme import hooks
from rightplace.foundation.organisation.programme.hooks import OwnLine, Shown
from rightplace.services.selection.deciding import current
from rightplace.services.selection.models import (
    Appeal,
    Assessment,
    Decision,
    Exercise,
    Job,
    Letter,
    Member,
    Offer,
    Redeployment,
    Result,
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
    members, decided = Member.objects.filter(exercise=exercise), _decided(exercise)
    away = members.exclude(away="")
    reached = (
        away.order_by("-reached_on").values_list("reached_on", flat=True).first() if away else exercise.closes
    )
    all_reached = not away.filter(reached_on=None).exists()
    offers = Offer.objects.filter(member__exercise=exercise)
    judged = not offers.filter(judged_on=None).exists()
    answered = not offers.filter(answer="").exists()
    closed = exercise.closes if Run.objects.filter(exercise=exercise).exists() else None
    done = decided.confirmed_at.date() if decided and decided.confirmed_at else None
    return [
        ("pools", "pools agreed", exercise.pools_agreed_on),
        ("pools", "everybody told their pool", exercise.told_on),
        ("pools", "appeals against pools closed", _appeals_closed(exercise, Appeal.About.POOL, exercise.told_on)),
        ("preferences", "preferences closed", closed),
        ("preferences", "absent people reached", reached if all_reached and closed else None),
        ("offers", "suitable vacancies judged", _last(offers, "judged_on", closed) if judged else None),
        ("offers", "offers answered", _last(offers, "answered_on", closed) if answered else None),
        ("matching", "ties settled by the panels", _finished(decided)),
        ("matching", "checked independently", _finished(decided)),
        ("matching", "decided by a person", done),
        ("results", "letter to everybody", exercise.published_at.date() if exercise.published_at else None),
        ("appeals", "appeals closed", _appeals_closed(exercise, "", exercise.published_at and exercise.published_at.date())),
        ("redeployment", "redeployment sought for everybody displaced", _sought(exercise) if exercise.published_at else None),
    ]  # fmt: skip


def _decided(exercise: Exercise) -> Decision | None:
    """The first decision: what an appeal changed later is not what the results rested on."""
    return (
        Decision.objects.filter(run__exercise=exercise, confirmed_at__isnull=False)
        .select_related("run")
        .order_by("pk")
        .first()
    )


def _finished(decided: Decision | None) -> date | None:
    """The day of the run that was decided: it has no open question and was found to hold, or it could not be."""
    at = decided.run.finished_at if decided else None
    return at.date() if at else None


def _last(offers, field: str, otherwise: date | None) -> date | None:  # type: ignore[no-untyped-def]
    """The last day of what was done about offers; where nobody has such a right, the day on which that was sure."""
    days = [day for day in offers.values_list(field, flat=True) if day is not None]
    return max(days) if days else otherwise


def _appeals_closed(exercise: Exercise, about: str, since: date | None) -> date | None:
    """Once no appeal is open: the last answer, or the day of the telling where nobody appealed."""
    appeals = Appeal.objects.filter(member__exercise=exercise)
    appeals = appeals.filter(about=about) if about else appeals.exclude(about=Appeal.About.POOL)
    if since is None or appeals.filter(outcome="").exists():
        return None
    days = [day for day in appeals.values_list("answered_on", flat=True) if day is not None]
    return max([*days, since])


def _sought(exercise: Exercise) -> date | None:
    """A named person for each without a place."""
    placed = current(exercise)
    without = {member for member, row in placed.items() if row.job_id is None}
    known = set(Redeployment.objects.filter(member__in=without).values_list("member", flat=True))
    return exercise.published_at.date() if exercise.published_at and without <= known else None


def _scored(exercise: Exercise, reference: str) -> Iterator[Shown]:
    """For each job whose panel has settled every score: by two trained people, and moderated where they were apart."""
    waiting = set(
        Assessment.objects.filter(panel__exercise=exercise, results=None).values_list("panel", flat=True)
    )
    last: dict[int, date] = {}
    found = Result.objects.filter(assessment__panel__exercise=exercise, turn=1).exclude(
        assessment__panel__in=waiting
    )
    for panel, at in found.values_list("assessment__panel", "recorded_at"):
        last[panel] = max(last.get(panel, at.date()), at.date())
    for title, panel in (
        Job.objects.filter(exercise=exercise).exclude(panels=None).values_list("title", "panels").distinct()
    ):
        if panel in last:
            yield Shown(
                stage="assessment",
                kind="scored by two trained people",
                on=last[panel],
                reference=reference,
                of=title,
            )
            yield Shown(stage="assessment", kind="moderated", on=last[panel], reference=reference, of=title)


def outcomes(programme: int) -> dict[int, str]:
    """What became of each person: placed, displaced, or waiting for a decision."""
    found = {}
    for exercise in Exercise.objects.filter(programme=programme):
        placed = current(exercise)
        for member, worker in Member.objects.filter(exercise=exercise).values_list("pk", "worker"):
            row = placed.get(member)
            found[worker] = hooks.WAITING if row is None else hooks.PLACED if row.job_id else hooks.DISPLACED
    return found


def figures(programme: int) -> dict[str, int]:
    """Numbers without names. Whoever shows them leaves small ones out."""
    became = list(outcomes(programme).values())
    if not became:
        return {}
    appeals = Appeal.objects.filter(member__exercise__programme=programme)
    return {
        "people under review": len(became),
        "people placed": became.count(hooks.PLACED),
        "people for whom another post is sought": became.count(hooks.DISPLACED),
        "people waiting for a decision": became.count(hooks.WAITING),
        "appeals made": appeals.count(),
        "appeals that succeeded": appeals.filter(outcome=Appeal.Outcome.UPHELD).count(),
    }


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
