"""One family moves: offered, accepted and allocated in each child's file, in one act, or not at all.

The locks of the files are held from the first look until the commit. Before it commits, the write is held against
what it must keep: one team at every instant, every timescale with the day on which it was due. If not, nothing moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from rightplace.common.caseflow.moving import ChildMoved, bodies_of
from rightplace.domain.practice.entries import Body, Draft
from rightplace.domain.practice.entries.caseflow import TeamAccepted, TeamOffered, WorkerAllocated
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import day_of, from_datetime, start_of_day, to_datetime
from rightplace.foundation.access.actor import RULES_WORKER, Actor
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.journal.writing import hold, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership
from rightplace.services.cutover.keeping import Kept, NotKept, due_of, held_to
from rightplace.services.cutover.models import FamilyMove

REORGANISED = "ORGRST"
"""Why the worker changed: SSDA903, SW_REASON, the code for a reorganisation of services (schema of 2024)."""
REASONS = "Services were reorganised"
NOTE = "Accepted with the families of the team, in one conversation"
State = FamilyMove.State
RUN = "cutover.run"


@dataclass(frozen=True, slots=True)
class Moved:
    """What one family's move came to."""

    children: int = 0
    instants: int = 0
    timescales: int = 0
    gone: bool = False


def first_moment(family: FamilyMove) -> datetime:
    """The first instant of the new structure: midnight in London."""
    return to_datetime(start_of_day(family.cutover.first_day.toordinal()))


@transaction.atomic
def move_family(number: int, by: Actor, *, trial: bool = False) -> Moved:
    """Move one family, or find that it has moved or left. A trial moves also what nobody has accepted yet.

    The row of the family is the key: it is locked first and says afterwards that the family moved, in the same
    transaction as the entries. So a run that is killed leaves a family moved or not moved, and never moves it twice.
    """
    family = (
        FamilyMove.objects.select_for_update(of=("self",))
        .select_related("cutover", "from_team", "to_team", "offered_by", "accepted_by")
        .get(pk=number)
    )
    if family.state == State.MOVED or (not trial and family.state != State.ACCEPTED):
        return Moved()
    hold(family.children)
    spans = _with_the_team(family)
    if not spans:
        if not trial:
            family.state = State.GONE
            family.save(update_fields=["state"])
        return Moved(gone=True)
    moment = _moment(family, list(spans), trial=trial)
    before = due_of(list(spans))
    occasion = new_id()
    drafts = [draft for span in spans.values() for draft in _drafts(family, span, moment, occasion, by)]
    write(drafts, by=by, may=RUN)
    kept = held_to(family, list(spans), moment, before)
    _say_moved(family, list(spans), moment, occasion)
    return Moved(len(spans), kept.instants, kept.timescales)


def _with_the_team(family: FamilyMove) -> dict[int, Span]:
    """The children of the family whom the old team has now; the others have gone their own way."""
    now = clock.now()
    rows = Span.objects.filter(
        person__in=family.children, begins__lte=now, open=True, team=family.from_team_id
    ).exclude(ends__lte=now)
    return {row.person: row for row in rows.order_by("person")}


LATER = """
SELECT EXISTS (SELECT 1 FROM journal_entry e JOIN journal_file f ON f.id = e.file
               WHERE f.person = ANY(%s) AND (e.day >= %s OR e.at >= %s))
"""


def _moment(family: FamilyMove, persons: list[int], *, trial: bool) -> datetime:
    """From when the new team answers: the first day at midnight; where it was accepted or something happened later, now."""
    first, now = first_moment(family), clock.now()
    if now < first:
        if not trial:
            raise Refused(
                "The first day has not come.", f"Families move from {family.cutover.first_day:%-d %B %Y}."
            )
        return first
    with connection.cursor() as cursor:
        cursor.execute(LATER, [persons, family.cutover.first_day.toordinal(), from_datetime(first)])
        later = bool(cursor.fetchone()[0])
    accepted_later = family.accepted_at is None or family.accepted_at > first
    return now if later or accepted_later else first


def _drafts(family: FamilyMove, span: Span, moment: datetime, occasion: int, by: Actor) -> list[Draft]:
    """What is signed in one child's file: by whoever offered, and by the manager who accepted."""
    at = from_datetime(moment)
    offered = family.offered_by
    accepted = family.accepted_by
    assert family.to_team_id and family.worker_id
    told: list[tuple[Body, Membership | None, int, int]] = []
    offer = new_id()
    part = span.part.replace("_", " ")
    told.append(
        (
            TeamOffered(team=family.to_team_id, for_what=part, reasons=REASONS),
            offered,
            family.from_team_id,
            offer,
        )
    )
    told.append((TeamAccepted(offer=offer, note=NOTE), accepted, family.to_team_id, 0))
    changes = span.worker != family.worker_id
    allocated = WorkerAllocated(
        worker=family.worker_id, reasons=REASONS, change_reason=REORGANISED if changes else ""
    )
    told.append((allocated, accepted, family.to_team_id, 0))
    child = ChildMoved(span.person, family.from_team_id, family.to_team_id, span.worker, family.worker_id)
    told += [(body, accepted, family.to_team_id, 0) for body in bodies_of(child)]
    return [
        Draft(
            file=span.person, body=body, day=day_of(at), at=at, id=number, occasion=occasion, team=team,
            author=who.worker_id if who else _stands_in(family, body), role=who.role if who else by.role,
        )
        for body, who, team, number in told
    ]  # fmt: skip


def _stands_in(family: FamilyMove, body: Body) -> int:
    """In a trial nobody may have offered or accepted yet: a rule and the new team's worker stand in for them."""
    return RULES_WORKER if isinstance(body, TeamOffered) else family.worker_id or 0


def _say_moved(family: FamilyMove, persons: list[int], moment: datetime, occasion: int) -> None:
    family.moved_at, family.moved_recorded, family.moved_children = moment, clock.now(), persons
    family.occasion, family.refused = occasion, ""
    if family.accepted_by_id:
        family.state = State.MOVED
    family.save(
        update_fields=["state", "moved_at", "moved_recorded", "moved_children", "occasion", "refused"]
    )


__all__ = ["REORGANISED", "Kept", "Moved", "NotKept", "first_moment", "move_family"]
