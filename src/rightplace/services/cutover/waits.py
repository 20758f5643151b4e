"""What waits on My day: for a manager families to answer, for a worker families that come."""

from __future__ import annotations

from django.db.models import QuerySet

from rightplace.common.caseflow.waits import Waits
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM
from rightplace.services.cutover.models import FamilyMove

State = FamilyMove.State


def to_answer(actor: Actor) -> QuerySet[FamilyMove] | None:
    """Families that a dissolving team offers to the reader's own team."""
    if not may(actor, "cutover.see") or actor.role not in MANAGES_A_TEAM:
        return None
    return scope(actor, FamilyMove).filter(to_team=actor.team, state=State.OFFERED)


def coming(actor: Actor) -> QuerySet[FamilyMove] | None:
    """Families that come to the reader with the new structure, and those that the reader hands on."""
    if not may(actor, "workload.see_own"):
        return None
    return scope(actor, FamilyMove).filter(state=State.ACCEPTED)


OWN = (
    Waits("cutover-answer", to_answer, "id", "cutover__first_day", "Accept the families of a team that ends",
          "cutover:mine", 6, by_day=True),
    Waits("cutover-coming", coming, "id", "cutover__first_day", "Your families in the new structure",
          "cutover:coming", 70, by_day=True),
)  # fmt: skip
