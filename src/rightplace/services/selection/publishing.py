"""Letters become readable when the programme's results are published, behind its gate; never one by one before."""

from __future__ import annotations

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.hooks import Author
from rightplace.foundation.organisation.programme.hooks import stands_against_results
from rightplace.services.selection.letters import last_day_to_appeal
from rightplace.services.selection.models import Exercise, Letter, Member


@transaction.atomic
def publish_letters(programme: int, by: Author) -> None:
    """Let everybody read the own letter, on one day for all. Called when a programme's results are published."""
    exercise = Exercise.objects.select_for_update().filter(programme=programme).first()
    if exercise is None or exercise.published_at is not None:
        return
    lettered = Letter.objects.filter(placement__member__exercise=exercise).values("placement__member")
    missing = Member.objects.filter(exercise=exercise).exclude(pk__in=lettered).count()
    if missing:
        raise Refused(f"{missing} people would have no letter.", "Decide for everybody before publishing.")
    _open(exercise)
    exercise.published_at = clock.now()
    exercise.save(update_fields=["published_at"])


@transaction.atomic
def publish_changes(exercise: Exercise) -> int:
    """After an appeal that succeeded: the letters of those for whom something changed, behind the same gate."""
    exercise = Exercise.objects.select_for_update().get(pk=exercise.pk)
    if exercise.published_at is None:
        raise Refused("Results were not published yet.", "The letters go out with all others.")
    against = stands_against_results(exercise.programme_id, clock.today())
    if against:
        raise Refused(against[0], "Add the evidence that is missing.")
    return _open(exercise)


def _open(exercise: Exercise) -> int:
    today = clock.today()
    rows = Letter.objects.filter(placement__member__exercise=exercise, published_at=None)
    return rows.update(published_at=clock.now(), appeal_by=last_day_to_appeal(today))
