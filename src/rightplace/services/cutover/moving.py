"""One family moves: offered, accepted and allocated in each child's file, in one act, or not at all.

The locks of the files are held from the first look until the commit. Before it commits, the write is held against
what it must keep: one team at every instant, every timescale with the day on which it was due. If not, nothing moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from rightplace.common.caseflow.moving import IN_A_CUT_OVER, ChildMoved, bodies_of
from rightplace.common.caseflow.moving import REORGANISED as TEAM_GOES_ON
from rightplace.common.caseflow.projections import Offer
from rightplace.domain.practice.entries import Body, Draft
from rightplace.domain.practice.entries.caseflow import (
    OfferWithdrawn,
    TeamAccepted,
    TeamOffered,
    WorkerAllocated,
)
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import day_of, from_datetime, start_of_day, to_datetime
from rightplace.foundation.access.actor import RULES_WORKER, Actor
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.journal.writing import hold, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership
from rightplace.services.cutover.keeping import Kept, NotKept, due_of, held_to
from rightplace.services.cutover.models import FamilyMove
from rightplace.services.cutover.routing import successor_teams

REORGANISED = "ORGRST"
"""Why the worker changed: SSDA903, SW_REASON, the code for a reorganisation of services (schema of 2024)."""
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
    asked = offers_among_them(family, list(spans))
    again = {offer.id: new_id() for offer in asked if _goes_to(family, offer) != family.to_team_id}
    drafts = [_taken_back(family, offer, moment, occasion, by) for offer in asked]
    drafts += [draft for span in spans.values() for draft in _drafts(family, span, moment, occasion, by)]
    drafts += [
        _made_again(family, offer, again[offer.id], moment, by) for offer in asked if offer.id in again
    ]
    write(drafts, by=by, may=RUN)
    kept = held_to(family, list(spans), moment, before, {*(offer.id for offer in asked), *again.values()})
    _say_moved(family, list(spans), moment, occasion)
    return Moved(len(spans), kept.instants, kept.timescales)


def _with_the_team(family: FamilyMove) -> dict[int, Span]:
    """The children of the family whom the old team has now; the others have gone their own way."""
    now = clock.now()
    rows = Span.objects.filter(
        person__in=family.children, begins__lte=now, open=True, team=family.from_team_id
    ).exclude(ends__lte=now)
    return {row.person: row for row in rows.order_by("person")}


def offers_among_them(family: FamilyMove, persons: list[int]) -> list[Offer]:
    """Offers of these children to teams that end too: what was taken up and waits for the old manager's yes.

    The next team's manager says it by accepting the family. What another team has to answer it answers first.
    """
    ends = list(successor_teams(family.cutover.programme_id))
    return list(Offer.objects.filter(person__in=persons, state="open", team__in=ends).order_by("file", "id"))


def _goes_to(family: FamilyMove, offer: Offer) -> int:
    """The team that goes on from the one to which the child was offered."""
    return successor_teams(family.cutover.programme_id)[offer.team][0].pk


def _made_again(family: FamilyMove, offer: Offer, number: int, moment: datetime, by: Actor) -> Draft:
    """The offer stands again in the instant after, from the child's next team to the one that goes on; its clock is new."""
    at, who = from_datetime(moment) + 1, family.accepted_by
    body = TeamOffered(
        team=_goes_to(family, offer),
        for_what=offer.for_what,
        reasons=TEAM_GOES_ON,
        because_of=offer.because_of,
    )
    return Draft(
        file=offer.file, body=body, day=day_of(at), at=at, id=number, concern=offer.concern,
        team=family.to_team_id or 0, author=who.worker_id if who else family.worker_id or 0,
        role=who.role if who else by.role,
    )  # fmt: skip


def _taken_back(family: FamilyMove, offer: Offer, moment: datetime, occasion: int, by: Actor) -> Draft:
    """The offer ends in the instant before the child moves, so that no two wait at once."""
    at, who = from_datetime(moment) - 1, family.offered_by
    return Draft(
        file=offer.file, body=OfferWithdrawn(offer=offer.id, reasons=TEAM_GOES_ON), day=day_of(at), at=at,
        occasion=occasion, team=family.from_team_id, author=who.worker_id if who else RULES_WORKER,
        role=who.role if who else by.role,
    )  # fmt: skip


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
            TeamOffered(team=family.to_team_id, for_what=part, reasons=IN_A_CUT_OVER),
            offered,
            family.from_team_id,
            offer,
        )
    )
    told.append((TeamAccepted(offer=offer, note=NOTE), accepted, family.to_team_id, 0))
    changes = span.worker != family.worker_id
    allocated = WorkerAllocated(
        worker=family.worker_id, reasons=IN_A_CUT_OVER, change_reason=REORGANISED if changes else ""
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
