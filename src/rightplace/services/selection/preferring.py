"""Saying what one would like, up to eight jobs, until the closing day; paper typed in for a person; job shares."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max, Q

from rightplace.domain.matching.model import MOST_PREFERENCES
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.selection.models import Job, Member, Offer, PreferenceList, Share
from rightplace.services.selection.policy import KEEP, PREFER


@transaction.atomic
def say_preferences(
    *, member: Member, jobs: Sequence[Job], by: Actor, paper_of: date | None = None
) -> PreferenceList:
    """Say what a person would like, the best first. The person alone; from paper human resources, who sign the typing."""
    if paper_of is None:
        require(by, PREFER, member)
    else:
        require(by, KEEP)
        if member.worker_id == by.worker:
            raise Refused("These are your own wishes.", "Say them on your own page.")
    said = paper_of or clock.today()
    _in_time(member, said)
    if len(jobs) > MOST_PREFERENCES:
        raise Refused(f"{len(jobs)} jobs are named.", f"Name at most {MOST_PREFERENCES}.")
    if len({job.pk for job in jobs}) < len(jobs):
        raise Refused("A job is named twice.", "Name each job once.")
    if any(job.exercise_id != member.exercise_id for job in jobs):
        raise Refused("One of these jobs is not in this selection.", "Choose from the list.")
    return PreferenceList.objects.create(
        member=member, jobs=[job.pk for job in jobs], paper_of=paper_of, **recorded(by)
    )


def _in_time(member: Member, said: date) -> None:
    exercise = member.exercise
    if said < exercise.opens:
        raise Refused("Preferences are not open yet.", f"Say them from {exercise.opens:%d %B %Y} on.")
    if said > exercise.closes or said > clock.today():
        raise Refused(
            f"Preferences closed on {exercise.closes:%d %B %Y}.",
            "Speak with human resources if you could not be reached.",
        )
    if exercise.runs.exists():
        raise Refused("People were matched already.", "Speak with human resources.")


def wishes_of(exercise_id: int) -> dict[int, PreferenceList]:
    """The list that holds for each member: the last."""
    rows = PreferenceList.objects.filter(member__exercise=exercise_id).order_by("recorded_at", "id")
    return {row.member_id: row for row in rows}


@transaction.atomic
def share_place(*, first: Member, second: Member, by: Actor, reference: str = "") -> Share:
    """Record that two people ask for one place together. Both have said so; the list of the first is that of both."""
    require(by, KEEP)
    if first.pk == second.pk or first.exercise_id != second.exercise_id:
        raise Refused("A job share is of two people under this review.", "Name both.")
    if Share.objects.filter(Q(first__in=[first, second]) | Q(second__in=[first, second])).exists():
        raise Refused("One of them shares a place already.", "End that first.")
    if by.worker in (first.worker_id, second.worker_id):
        raise Refused("You would record your own job share.", "Let a colleague record it.")
    _can_share(first, second)
    return Share.objects.create(
        exercise=first.exercise, first=first, second=second, reference=reference.strip(), **recorded(by)
    )


def _can_share(first: Member, second: Member) -> None:
    """Refuse what no matching could place: too many hours together, a right that cannot wait, or too late."""
    if first.exercise.runs.exists():
        raise Refused("People were matched already.", "Speak with human resources.")
    longest = Job.objects.filter(exercise=first.exercise).aggregate(most=Max("minutes"))["most"] or 0
    together = first.minutes + second.minutes
    if together > longest:
        raise Refused(
            f"Together they have {together / 60:g} hours, and no place has more than {longest / 60:g}.",
            "Agree shorter hours with both first.",
        )
    if Offer.objects.filter(member__in=[first, second]).exclude(answer=Offer.Answer.DECLINED).exists():
        raise Refused(
            "One of them has a right to be offered a place first.",
            "Settle that right first: it is one person's and does not wait for another.",
        )


@transaction.atomic
def end_share(*, share: Share, by: Actor) -> None:
    """The two ask for a place each again. Before anybody is matched."""
    require(by, KEEP)
    if share.exercise.runs.exists():
        raise Refused("People were matched already.", "A new matching needs an appeal that succeeds.")
    share.delete()


def shared_with(member: Member) -> Share | None:
    """The job share that somebody asks for, if there is one."""
    rows = Share.objects.select_related("first__worker", "second__worker")
    return rows.filter(Q(first=member) | Q(second=member)).first()
