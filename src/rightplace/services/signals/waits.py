"""What of signals waits for somebody: families of the area, by the day by which somebody must look."""

from __future__ import annotations

from django.db.models import QuerySet

from rightplace.common.caseflow.waits import TeamWaits, Waits
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation.models import Team
from rightplace.services.signals.models import Family
from rightplace.services.signals.queries import waiting


def unseen(actor: Actor) -> QuerySet[Family] | None:
    """Families noticed early in the reader's own area, for whoever decides of them."""
    return waiting(actor) if actor.area and may(actor, "signal.decide") else None


OWN = (
    Waits(
        "early", unseen, "pk", "by", "Families noticed early, to look at", "signals:families", 30, by_day=True
    ),
)


def unseen_in(actor: Actor, team: Team) -> QuerySet[Family] | None:
    """The same of the area of a family support team, for whoever may see signals there."""
    if team.kind != Team.Kind.FAMILY_SUPPORT or not team.area_id or not may(actor, "signal.see"):
        return None
    return waiting(actor).filter(area=team.area_id)


OF_A_TEAM = (TeamWaits(unseen_in, OWN[0]),)
