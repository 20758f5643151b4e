"""What of the front door waits for a partner: checks to answer, and joint triages at whose table it sits."""

from __future__ import annotations

from django.db.models import QuerySet

from rightplace.common.caseflow.waits import Waits
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.services.frontdoor.projected_triage import Triage
from rightplace.services.frontdoor.projections import Check
from rightplace.services.frontdoor.queries import checks_asked


def checks(actor: Actor) -> QuerySet[Check] | None:
    """Checks that the reader's agency has not answered."""
    return checks_asked(actor) if actor.is_partner and may(actor, "check.answer") else None


def notices(actor: Actor) -> QuerySet[Triage] | None:
    """Notices of which the reader's agency has not said what it knows."""
    if not actor.is_partner or not may(actor, "notice.triage"):
        return None
    found = scope(actor, Triage).filter(decided__isnull=True)
    return found.exclude(heard__contains=[actor.agency])


OWN = (
    Waits("checks", checks, "id", "due", "Checks to answer", "frontdoor:checks", 8),
    Waits("notices", notices, "id", "tell_by", "Joint triages: say what you know", "frontdoor:notices", 6),
)
