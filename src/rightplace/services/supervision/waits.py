"""What of supervision waits on My day: sessions to prepare, hold and sign; releases to answer and to know of."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from rightplace.common.caseflow.waits import Waits
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.services.supervision.models import Release, Session

SOON = timedelta(days=7)


def to_prepare(actor: Actor) -> QuerySet[Session] | None:
    """One's own session within a week."""
    if not may(actor, "supervision.see_own"):
        return None
    return scope(actor, Session).filter(
        supervisee=actor.worker, held_on=None, put_off_at=None, planned_on__lte=clock.today() + SOON
    )


def to_hold(actor: Actor) -> QuerySet[Session] | None:
    """A session that one holds today, or should have."""
    if not may(actor, "supervision.hold"):
        return None
    return scope(actor, Session).filter(
        supervisor=actor.worker, held_on=None, put_off_at=None, planned_on__lte=clock.today()
    )


def to_sign(actor: Actor) -> QuerySet[Session] | None:
    """What the supervisor has signed and the worker not yet."""
    if not may(actor, "supervision.see_own"):
        return None
    return scope(actor, Session).filter(
        supervisee=actor.worker, supervisor_signed_at__isnull=False, supervisee_signed_at=None
    )


def to_answer(actor: Actor) -> QuerySet[Release] | None:
    """What another asked, and somebody must confirm or refuse."""
    if not may(actor, "supervision.release"):
        return None
    waiting = scope(actor, Release).filter(answered_by=None)
    return (
        waiting.exclude(recorded_by=actor.worker)
        .exclude(session__supervisee=actor.worker)
        .exclude(session__supervisor=actor.worker)
    )


def let_in(actor: Actor) -> QuerySet[Release] | None:
    """Somebody was let into one's own personal part."""
    if not may(actor, "supervision.see_own"):
        return None
    return scope(actor, Release).filter(
        session__supervisee=actor.worker, confirmed_at__isnull=False, told_at=None
    )


OWN = (
    Waits("supervision-told", let_in, "id", "", "Somebody was let into your supervision", "supervision:mine", 3),
    Waits("supervision-sign", to_sign, "id", "", "Read and sign your supervision", "supervision:mine", 20),
    Waits(
        "supervision-prepare", to_prepare, "id", "planned_on", "Prepare your supervision", "supervision:mine",
        21, by_day=True,
    ),
    Waits(
        "supervision-hold", to_hold, "id", "planned_on", "Hold supervision", "supervision:team", 22, by_day=True
    ),
    Waits(
        "supervision-release", to_answer, "id", "answer_by", "Answer who asks to read a personal part",
        "supervision:releases", 23,
    ),
)  # fmt: skip
