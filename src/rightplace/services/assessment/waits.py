"""What of assessments waits for somebody: a manager's name under them."""

from __future__ import annotations

from django.db.models import QuerySet

from rightplace.common.caseflow.waits import Waits
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.services.assessment.projections import Assessment
from rightplace.services.assessment.queries import to_authorise


def unsigned(actor: Actor) -> QuerySet[Assessment] | None:
    """Assessments that wait to be read and authorised by this reader."""
    return to_authorise(actor) if may(actor, "assessment.authorise") else None


OWN = (
    Waits("assessments", unsigned, "id", "due", "Assessments to authorise", "assessment:to-authorise", 10),
)
