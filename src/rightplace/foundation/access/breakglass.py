"""Breaking the glass: a restricted file opened in an emergency, for an hour, seen by information governance at once.

A sealed file and withdrawn entries take two people. Each breaking is reviewed within one working day by somebody else.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import (
    Duration,
    calendar,
    due,
    from_datetime,
    to_datetime,
    weekday_hours,
)
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.models import Alert, BreakGlass, Restriction
from rightplace.foundation.access.scope import NotAllowed, require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import RoleCode

OPEN_FOR = timedelta(hours=1)
REVIEW_WITHIN = "1 working day"
SOURCE = "Rightplace, docs/promises.md: broken glass is reviewed in one working day"


@transaction.atomic
def break_glass(*, file: int, reason: str, by: Actor) -> BreakGlass:
    """Open a restricted file for an hour. A sealed one waits for a second person."""
    require(by, "breakglass.use")
    return _break(file, _strictest(file), reason, by)


@transaction.atomic
def ask_for_withdrawn(*, file: int, reason: str, by: Actor) -> BreakGlass:
    """Ask to read what was withdrawn from a file; a second officer must agree."""
    require(by, "withdrawn.read")
    return _break(file, BreakGlass.Kind.WITHDRAWN, reason, by)


@transaction.atomic
def be_second(*, broken: BreakGlass, by: Actor) -> None:
    """Agree, as the second person, that a sealed file or withdrawn entries are opened for an hour."""
    broken = BreakGlass.objects.select_for_update().get(pk=broken.pk)
    require(by, "withdrawn.read" if broken.kind == BreakGlass.Kind.WITHDRAWN else "breakglass.confirm")
    if by.worker == broken.worker_id:
        raise Refused("Nobody is their own second.", "Ask a head of service or an officer.", SOURCE)
    if broken.opens is not None or broken.kind == BreakGlass.Kind.RESTRICTED:
        raise Refused("This is already open.", "Nothing more is needed.", SOURCE)
    if clock.now() - broken.at > OPEN_FOR:
        raise Refused(
            "This was asked more than an hour ago.", "Break the glass again, with the reason.", SOURCE
        )
    broken.confirmed_by_id = by.worker
    broken.opens = clock.now()
    broken.until = broken.opens + OPEN_FOR
    broken.save(update_fields=["confirmed_by", "opens", "until"])


@transaction.atomic
def review(*, broken: BreakGlass, outcome: str, words: str, by: Actor) -> None:
    """Say whether a breaking was right. Nobody reviews their own."""
    require(by, "breakglass.review")
    broken = BreakGlass.objects.select_for_update().get(pk=broken.pk)
    if by.worker in (broken.worker_id, broken.confirmed_by_id):
        raise Refused("Nobody reviews their own.", "Another officer reviews this one.", SOURCE)
    if broken.reviewed_at is not None:
        raise Refused("This has already been reviewed.", "Read the review.", SOURCE)
    if not words.strip():
        raise Refused("A review needs words.", "Say in a sentence what you looked at and found.", SOURCE)
    broken.outcome = BreakGlass.Outcome(outcome)
    broken.review_words, broken.reviewed_by_id, broken.reviewed_at = words.strip(), by.worker, clock.now()
    broken.save(update_fields=["outcome", "review_words", "reviewed_by", "reviewed_at"])


@transaction.atomic
def see_alert(*, alert: Alert, by: Actor) -> None:
    """An officer has seen an alert."""
    require(by, "breakglass.review")
    Alert.objects.filter(pk=alert.pk, seen_at__isnull=True).update(seen_by_id=by.worker, seen_at=clock.now())


def unreviewed() -> QuerySet[BreakGlass]:
    """What waits for a review, the first due first. A wish for a second person that nobody granted waits too."""
    return BreakGlass.objects.filter(reviewed_at__isnull=True).select_related("worker").order_by("review_due")


def unseen_alerts(role: int = RoleCode.INFORMATION_GOVERNANCE) -> QuerySet[Alert]:
    """The alerts that nobody of a role has seen yet."""
    found = Alert.objects.filter(role=role, seen_at__isnull=True)
    return found.select_related("break_glass__worker").order_by("at")


def may_read_withdrawn(actor: Actor, file: int) -> bool:
    """Whether two officers have agreed that this one reads what was withdrawn from a file, and the hour is not over."""
    now = clock.now()
    return BreakGlass.objects.filter(
        file=file, worker_id=actor.worker, kind=BreakGlass.Kind.WITHDRAWN, opens__lte=now, until__gt=now
    ).exists()


def review_due(at: datetime) -> datetime:
    """The end of the first working day after."""
    working = calendar()
    limit = due(Duration.parse(REVIEW_WITHIN), from_datetime(at), working, weekday_hours(working))
    return to_datetime(limit)


def _strictest(file: int) -> BreakGlass.Kind:
    """What kind of glass this is; the plain kind where nothing is restricted, so that the answer tells nothing."""
    now = clock.now()
    held = Restriction.objects.filter(file=file, begins__lte=now, kind=Restriction.Kind.SEALED)
    sealed = held.exclude(ends__lte=now).exists()
    return BreakGlass.Kind.SEALED if sealed else BreakGlass.Kind.RESTRICTED


def _break(file: int, kind: BreakGlass.Kind, reason: str, by: Actor) -> BreakGlass:
    if by.is_rule:
        raise NotAllowed
    if not reason.strip():
        raise Refused(
            "Breaking the glass needs a reason.", "Say in a sentence what the emergency is.", SOURCE
        )
    now = clock.now()
    alone = kind is BreakGlass.Kind.RESTRICTED
    broken = BreakGlass.objects.create(
        file=file,
        kind=kind,
        worker_id=by.worker,
        role=by.role,
        team=by.team,
        reason=reason.strip(),
        at=now,
        opens=now if alone else None,
        until=now + OPEN_FOR if alone else None,
        review_due=review_due(now),
    )
    Alert.objects.create(
        kind=Alert.Kind.BREAK_GLASS if alone else Alert.Kind.SECOND_WANTED,
        role=RoleCode.INFORMATION_GOVERNANCE,
        break_glass=broken,
        at=now,
    )
    return broken
