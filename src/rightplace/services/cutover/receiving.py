"""The receiving manager: accepts a team's families in one conversation, and sends single ones back with the reason.

Nothing moves by this. It is what lets a family move on the first day; until then the old team answers.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.organisation.queries import members
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.cutover.models import Conversation, Cutover, FamilyMove

State = FamilyMove.State
PROMISE_1 = "Promise 1: a hand-over is complete when accepted"
ANSWER = "offer.answer"


@transaction.atomic
def accept_families(
    *,
    cutover: Cutover,
    from_team: Team,
    families: Collection[int],
    spoke_with: Worker,
    spoke_on: date,
    by: Actor,
) -> Conversation:
    """Accept families of one team, as agreed in one conversation with it. They move on the first day, not before."""
    require(by, ANSWER)
    rows = list(
        FamilyMove.objects.select_for_update(of=("self",))
        .select_related("offered_by")
        .filter(cutover=cutover, from_team=from_team, to_team=by.team, pk__in=list(families))
        .order_by("pk")
    )
    _all_are_offered(rows, families, by)
    _they_spoke(from_team, spoke_with, spoke_on, by)
    said = Conversation.objects.create(
        cutover=cutover, from_team=from_team, to_team_id=by.team, by_id=by.membership, spoke_with=spoke_with,
        spoke_on=spoke_on, **recorded(by),
    )  # fmt: skip
    FamilyMove.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.ACCEPTED,
        accepted_by_id=by.membership,
        accepted_at=clock.now(),
        conversation=said,
        refused="",
    )
    return said


def _all_are_offered(rows: list[FamilyMove], families: Collection[int], by: Actor) -> None:
    if not rows or len(rows) != len(set(families)) or any(row.state != State.OFFERED for row in rows):
        raise Refused(
            "Some of these families no longer wait for you.",
            "Look at the list as it stands now, and accept what is there.",
            PROMISE_1,
        )
    for row in rows:
        require(by, ANSWER, row)


def _they_spoke(from_team: Team, spoke_with: Worker, spoke_on: date, by: Actor) -> None:
    if spoke_on > clock.today():
        raise Refused(
            "That conversation lies ahead.", "Have it first; then write on which day you spoke.", PROMISE_1
        )
    inside = members(from_team.pk, spoke_on).filter(worker_id=spoke_with.pk).exists()
    if not inside or spoke_with.pk == by.worker:
        raise Refused(
            "Families are handed over between two people, one of each team.",
            "Say with whom of the old team you spoke.",
            PROMISE_1,
        )


@transaction.atomic
def send_family_back(*, family: FamilyMove, why: str, by: Actor) -> None:
    """Do not take one family, with the reason. It stays where it is, and whoever plans finds another place."""
    row = FamilyMove.objects.select_for_update(of=("self",)).select_related("offered_by").get(pk=family.pk)
    require(by, ANSWER, row)
    if row.state not in (State.OFFERED, State.ACCEPTED):
        raise Refused("This family does not wait for you.", "Look at the list as it stands now.", PROMISE_1)
    row.state, row.why, row.sent_back_by_id = State.SENT_BACK, FamilyMove.Why(why), by.membership
    row.accepted_by = row.accepted_at = row.conversation = None
    row.save()
