"""How far a reader reaches: who is hidden from whom, and when opening a file asks for a reason first.

Front door and social care staff find every child who is not restricted. Opening a file outside one's own work asks for
a reason, which holds for the day. A restricted file is, for everybody who is not named, not there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from enum import Enum

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.models import AccessReason, BreakGlass, Restriction, RestrictionMember
from rightplace.foundation.access.scope import NotAllowed, may, require
from rightplace.foundation.organisation import clock

OwnWork = Callable[[Actor, Collection[int]], bool]
Existing = Callable[[Actor, Collection[int]], set[int]]
_own_work: list[OwnWork] = []
_existing: list[Existing] = []


class Opening(Enum):
    """What happens when somebody wants to open a file."""

    NOT_THERE = "answered as if there were nothing there"
    ASK_REASON = "asked for a reason in one tap"
    OPEN = "opened"


def register_own_work(rule: OwnWork) -> None:
    """Say whether any of these files is an actor's own work: allocated, own team's, offered to it, own contact."""
    if rule not in _own_work:
        _own_work.append(rule)


def register_existing(rule: Existing) -> None:
    """Say which of these files there are for an actor: one out of reach and one that is not there answer alike."""
    if rule not in _existing:
        _existing.append(rule)


def hidden_from(actor: Actor, now: datetime | None = None) -> QuerySet[Restriction]:
    """The restrictions in force that keep this actor out. Row security asks the same in SQL (migration 0002)."""
    now = now or clock.now()
    holds = Q(begins__lte=now) & (Q(ends__isnull=True) | Q(ends__gt=now))
    named = RestrictionMember.objects.filter(holds, restriction=OuterRef("pk"), worker_id=actor.worker)
    broken = BreakGlass.objects.filter(
        Q(kind=OuterRef("kind")) | Q(kind=BreakGlass.Kind.SEALED),
        file=OuterRef("file"),
        worker_id=actor.worker,
        opens__lte=now,
        until__gt=now,
        kind__in=(BreakGlass.Kind.RESTRICTED, BreakGlass.Kind.SEALED),
    )
    return Restriction.objects.filter(holds).filter(~Exists(named), ~Exists(broken))


def not_hidden(actor: Actor, field: str = "file") -> Q:
    """The rows whose file is not hidden from an actor: a part of every scope over files."""
    return Q(~Exists(hidden_from(actor).filter(file=OuterRef(field))))


def visible_files(actor: Actor, files: Collection[int]) -> set[int]:
    """Those of these files that are not hidden from an actor."""
    hidden = hidden_from(actor).filter(file__in=list(files)).values_list("file", flat=True)
    return set(files) - set(hidden)


def _those_there(actor: Actor, files: Collection[int]) -> set[int]:
    there = set(files)
    for rule in _existing:
        there &= rule(actor, there)
    return there


def is_own_work(actor: Actor, files: Collection[int]) -> bool:
    """Whether any of these files is the actor's own work, as far as any app says so."""
    return any(rule(actor, files) for rule in _own_work)


def opening(actor: Actor, files: Collection[int]) -> Opening:
    """What happens when an actor wants to open a person's files. Files that are hidden from the actor do not count."""
    if not may(actor, "child.open"):
        return Opening.NOT_THERE
    visible = visible_files(actor, _those_there(actor, files))
    if not visible:
        return Opening.NOT_THERE
    if is_own_work(actor, visible) or reason_today(actor, visible):
        return Opening.OPEN
    return Opening.OPEN if open_glass(actor, visible) else Opening.ASK_REASON


def reason_today(actor: Actor, files: Collection[int]) -> AccessReason | None:
    """The reason that an actor gave today for opening any of these files."""
    given = AccessReason.objects.filter(worker_id=actor.worker, day=clock.today(), file__in=list(files))
    return given.order_by("-at").first()


def open_glass(actor: Actor, files: Collection[int]) -> BreakGlass | None:
    """The glass that an actor broke for any of these files and that is still open."""
    now = clock.now()
    broken = BreakGlass.objects.filter(
        worker_id=actor.worker, file__in=list(files), opens__lte=now, until__gt=now
    )
    return broken.exclude(kind=BreakGlass.Kind.WITHDRAWN).order_by("-at").first()


@transaction.atomic
def give_reason(*, file: int, why: str, by: Actor, words: str = "") -> AccessReason:
    """Say why one opens a file outside one's own work; it holds until the end of the day."""
    require(by, "child.open")
    if not visible_files(by, _those_there(by, [file])):
        raise NotAllowed
    chosen = AccessReason.Why(why)
    if chosen is AccessReason.Why.OTHER and not words.strip():
        raise Refused("Another reason needs words.", "Say in a few words why you open this file.")
    return AccessReason.objects.create(
        file=file,
        worker_id=by.worker,
        role=by.role,
        team=by.team,
        why=chosen,
        words=words.strip(),
        day=clock.today(),
        at=clock.now(),
    )


@transaction.atomic
def restrict(*, file: int, kind: int, reason: str, may_open: Collection[int], by: Actor) -> Restriction:
    """Restrict or seal a file. Somebody must be named who may still open it: a child is never out of all sight."""
    require(by, "restriction.set")
    if not may_open:
        raise Refused("Nobody would be able to open this file.", "Name the workers who still may.")
    if not reason.strip():
        raise Refused("A restriction needs a reason.", "Say why fewer people may see this file.")
    now = clock.now()
    made = Restriction.objects.create(
        file=file, kind=Restriction.Kind(kind), reason=reason.strip(), begins=now, by_id=by.worker
    )
    for worker in sorted(set(may_open)):
        let_open(restriction=made, worker=worker, by=by)
    return made


@transaction.atomic
def let_open(*, restriction: Restriction, worker: int, by: Actor) -> RestrictionMember:
    """Name one more worker who may open a restricted file."""
    require(by, "restriction.set")
    now = clock.now()
    there = (
        restriction.members.filter(worker_id=worker).filter(Q(ends__isnull=True) | Q(ends__gt=now)).first()
    )
    return there or RestrictionMember.objects.create(
        restriction=restriction, worker_id=worker, begins=now, by_id=by.worker
    )


@transaction.atomic
def stop_opening(*, restriction: Restriction, worker: int, by: Actor) -> None:
    """A worker may no longer open a restricted file. The last one stays."""
    require(by, "restriction.set")
    now = clock.now()
    Restriction.objects.select_for_update().get(pk=restriction.pk)
    named = restriction.members.filter(Q(ends__isnull=True) | Q(ends__gt=now))
    if not named.exclude(worker_id=worker).exists():
        raise Refused("Nobody would be able to open this file.", "Name another worker first.")
    named.filter(worker_id=worker).update(ends=now)


@transaction.atomic
def end_restriction(*, restriction: Restriction, by: Actor) -> None:
    """End a restriction: the file is found and opened like any other."""
    require(by, "restriction.set")
    now = clock.now()
    Restriction.objects.filter(pk=restriction.pk, ends__isnull=True).update(ends=now, ended_by_id=by.worker)
