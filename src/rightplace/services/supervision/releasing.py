"""A personal part for somebody without a right to it: asked by one, confirmed by another, and told to the worker."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction

from rightplace.domain.practice.calendars import calendar
from rightplace.domain.practice.durations import Duration
from rightplace.domain.practice.journey.refusals import Refused, needs_reasons
from rightplace.domain.practice.workdays import day_of, end_of_day, from_datetime, to_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.supervision import sealing
from rightplace.services.supervision.models import Release, Session

LONGEST: Final = 72
ANSWER: Final = Duration.parse("1 working day")


@transaction.atomic
def ask_release(*, session: Session, because: str, hours: int, by: Actor) -> Release:
    """Ask to read the personal part of a session. Nothing opens until somebody else confirms."""
    require(by, "supervision.release", session)
    needs_reasons(because)
    if not 1 <= hours <= LONGEST:
        raise Refused("A release is for some hours.", f"Ask for 1 to {LONGEST} hours.")
    now = clock.now()
    Session.objects.select_for_update().get(pk=session.pk)
    waiting = Release.objects.filter(session=session, recorded_by=by.worker, answered_by=None)
    if waiting.exists():
        raise Refused("You have asked for it already.", "Wait for the answer.")
    last = ANSWER.last_day(day_of(from_datetime(now)), calendar())
    return Release.objects.create(
        session=session,
        because=sealing.sealed(session.salt, session.pk, sealing.REASON, because.strip()),
        hours=hours,
        answer_by=to_datetime(end_of_day(last)),
        **recorded(by),
    )


def reason_of(release: Release) -> str:
    """Why it was asked: for who answers, who asked, and the worker."""
    return sealing.opened(release.session.salt, release.session_id, sealing.REASON, release.because)


@transaction.atomic
def answer_release(*, release: Release, confirms: bool, by: Actor) -> Release:
    """A second person confirms or refuses. The hours run from then, and the worker is told."""
    found = Release.objects.select_for_update().select_related("session").get(pk=release.pk)
    require(by, "supervision.release", found)
    if found.answered_by_id is not None:
        raise Refused("It was answered already.", "Read what became of it.")
    found.answered_by_id = by.worker
    if confirms:
        found.confirmed_at = clock.now()
        found.until = found.confirmed_at + timedelta(hours=found.hours)
    else:
        found.refused_at = clock.now()
    found.save(update_fields=["answered_by", "confirmed_at", "until", "refused_at"])
    return found


@transaction.atomic
def take_note(*, release: Release, by: Actor) -> None:
    """The worker says to have read that somebody was let in."""
    found = Release.objects.select_for_update().select_related("session").get(pk=release.pk)
    require(by, "supervision.see_own", found.session)
    if found.told_at is None:
        found.told_at = clock.now()
        found.save(update_fields=["told_at"])
