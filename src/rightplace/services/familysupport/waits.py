"""What of early help waits for somebody: a team's plans to review, and for a partner the families of the own teams."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from rightplace.common.caseflow.waits import Waits
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.journal.projections import Timescale
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.services.familysupport.projections import Invited, Support
from rightplace.services.familysupport.queries import going_on, invitations

SOON = timedelta(days=7)


def to_review(actor: Actor) -> QuerySet[Support] | None:
    """Families of the reader's team whose plan is to be reviewed within a week, or is late."""
    if actor.team_kind != Team.Kind.FAMILY_SUPPORT or not may(actor, "familysupport.see"):
        return None
    now = clock.now()
    due = Timescale.objects.filter(
        person=OuterRef("person"), rule="FS-REVIEW", begins__lte=now, met__isnull=True, overtaken__isnull=True,
        not_required_from__isnull=True, due__lte=now + SOON,
    ).order_by("due")  # fmt: skip
    found = going_on(actor, actor.team).annotate(review=Subquery(due.values("due")[:1]))
    return found.filter(review__isnull=False)


def teams_of(actor: Actor) -> QuerySet[Invited] | None:
    """The families to whose team a partner belongs."""
    return invitations(actor) if actor.is_partner and may(actor, "familysupport.join") else None


OWN = (
    Waits(
        "reviews",
        to_review,
        "family",
        "review",
        "Family plans of the team to review",
        "familysupport:families",
        25,
    ),
    Waits("around", teams_of, "family", "", "Families to whose team you belong", "familysupport:around", 40),
)
