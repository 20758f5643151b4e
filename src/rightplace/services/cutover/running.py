"""The run: family after family, each whole, at the pace that was set; stopped, killed or done, it goes on where it was."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from rightplace.common.caseflow.moving import Goes, Move, TeamsMoved, counted, movings
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.cutover.models import BesidesMoved, Cutover, FamilyMove
from rightplace.services.cutover.moving import RUN, NotKept, first_moment, move_family
from rightplace.services.cutover.rehearsing import last_good_rehearsal, teams_moved

State = FamilyMove.State
BATCH_SECONDS = 50.0
NOT_REHEARSED = "This plan has not been rehearsed."


@dataclass(slots=True)
class Ran:
    """What one batch did: families and children moved, families refused, and whether anything is left to do."""

    families: int = 0
    children: int = 0
    refused: int = 0
    left: int = 0


@transaction.atomic
def begin_run(*, cutover: Cutover, by: Actor) -> None:
    """Let the run begin. Refused unless this very plan was rehearsed and every family of it moved."""
    require(by, RUN)
    held = Cutover.objects.select_for_update().get(pk=cutover.pk)
    if held.begun_at is not None and held.stopped_at is None:
        raise Refused("The run has begun already.", "Look at how far it is.")
    if held.finished_at is not None:
        raise Refused("This cut-over is finished.", "What comes later is an ordinary hand-over.")
    if held.begun_at is None and last_good_rehearsal(held) is None:
        raise Refused(
            NOT_REHEARSED,
            "Rehearse the plan as it stands now; the run can begin when every family moves in the rehearsal.",
            "Rehearsed on a copy first",
        )
    if not Membership.objects.filter(pk=by.membership).exists():
        raise Refused(
            "A run is begun by a person in a role.", "Sign in as whoever answers for it.", "Promise 6"
        )
    held.begun_at, held.begun_by_id, held.stopped_at = clock.now(), by.membership, None
    held.save(update_fields=["begun_at", "begun_by", "stopped_at"])


@transaction.atomic
def stop_run(*, cutover: Cutover, by: Actor) -> None:
    """Stop after the family that is moving now. The rest stays with its old team, which goes on answering."""
    require(by, RUN)
    held = Cutover.objects.select_for_update().get(pk=cutover.pk)
    if held.begun_at is None or held.finished_at is not None:
        raise Refused("Nothing is running.", "Begin the run first.")
    held.stopped_at = held.stopped_at or clock.now()
    held.save(update_fields=["stopped_at"])


@transaction.atomic
def set_pace(*, cutover: Cutover, pace: int, by: Actor) -> None:
    """Say how many families move in a minute at most; nought is without a limit."""
    require(by, RUN)
    Cutover.objects.filter(pk=cutover.pk).update(pace=pace)


def who_runs(cutover: Cutover) -> Actor | None:
    """Who began the run, if still in that role: a run signs as a person, never as nobody."""
    rows = Membership.objects.filter(holding(clock.today()), pk=cutover.begun_by_id or 0)
    found = rows.select_related("worker", "team").first()
    return actor_of(found) if found else None


def is_due(cutover: Cutover) -> bool:
    """Whether the run has begun, stands, and its first day is there."""
    begun = cutover.begun_at is not None and cutover.stopped_at is None and cutover.finished_at is None
    return begun and clock.now() >= to_first_moment(cutover)


def to_first_moment(cutover: Cutover) -> datetime:
    """The first instant of the new structure."""
    return first_moment(FamilyMove(cutover=cutover))


def run_batch(
    cutover: Cutover,
    *,
    seconds: float = BATCH_SECONDS,
    rest: Callable[[float], None] = time.sleep,
    told: Callable[[Ran], None] | None = None,
) -> Ran:
    """Move accepted families, one after another, until time is up, nothing is left or somebody stops it."""
    ran, until = Ran(), time.monotonic() + seconds
    by = who_runs(cutover)
    if by is None or not is_due(cutover):
        return ran
    move_besides(cutover, by)
    since = clock.now()
    while time.monotonic() < until:
        now = Cutover.objects.get(pk=cutover.pk)
        number = next_family(now, since)
        if number is None or not is_due(now):
            break
        began = time.monotonic()
        _move(number, by, ran)
        if told is not None:
            told(ran)
        if now.pace:
            rest(max(0.0, 60 / now.pace - (time.monotonic() - began)))
    move_besides(cutover, by)
    ran.left = finish_if_done(cutover)
    return ran


def next_family(cutover: Cutover, since: datetime) -> int | None:
    """The next accepted family: the untried first; one that was refused is tried once in each batch."""
    rows = cutover.families.filter(state=State.ACCEPTED).filter(Q(tried_at=None) | Q(tried_at__lt=since))
    return rows.order_by(F("tried_at").asc(nulls_first=True), "id").values_list("id", flat=True).first()


def _move(number: int, by: Actor, ran: Ran) -> None:
    """One family. A refusal is written down with its reason; the old team goes on answering, and it is tried again."""
    try:
        moved = move_family(number, by)
    except Refused as why:
        _refused(number, why.because, ran)
    except NotKept as broken:
        _refused(number, str(broken), ran)
    else:
        ran.families += bool(moved.children)
        ran.children += moved.children


def _refused(number: int, because: str, ran: Ran) -> None:
    ran.refused += 1
    FamilyMove.objects.filter(pk=number, state=State.ACCEPTED).update(
        refused=because[:240], tried_at=clock.now()
    )


def move_besides(cutover: Cutover, by: Actor) -> None:
    """What else the teams own finds its next owner, each kind in a transaction of its own; again in each batch.

    What came to an old team since the last batch moves with the next. A kind that is refused says why, and is tried again.
    """
    moved = teams_moved(cutover)
    there = counted(moved)
    for moving in movings(Goes.IN_THE_RUN):
        if there[moving.name] and moving.move is not None:
            _move_kind(cutover, moving.name, moving.move, moved, by)


def _move_kind(cutover: Cutover, name: str, move: Move, moved: TeamsMoved, by: Actor) -> None:
    try:
        with transaction.atomic():
            Cutover.objects.select_for_update().get(pk=cutover.pk)
            _besides_moved(cutover, name, by, number=move(moved, by))
    except Refused as why:
        _besides_moved(cutover, name, by, refused=why.because[:240])


def _besides_moved(cutover: Cutover, name: str, by: Actor, *, number: int = 0, refused: str = "") -> None:
    row, _ = BesidesMoved.objects.get_or_create(
        cutover=cutover, name=name, defaults={"number": 0, **recorded(by)}
    )
    row.number, row.refused = row.number + number, refused
    row.save(update_fields=["number", "refused"])


@transaction.atomic
def finish_if_done(cutover: Cutover) -> int:
    """How many families still have to move; when none is left, nor anything else in the run, the cut-over is finished."""
    held = Cutover.objects.select_for_update().get(pk=cutover.pk)
    left = held.families.exclude(state__in=(State.MOVED, State.GONE, State.ASIDE)).count()
    if left or held.finished_at is not None or not held.families.filter(state=State.MOVED).exists():
        return left
    there = counted(teams_moved(held))
    if not any(there[each.name] for each in movings(Goes.IN_THE_RUN)):
        held.finished_at = clock.now()
        held.save(update_fields=["finished_at"])
    return left
