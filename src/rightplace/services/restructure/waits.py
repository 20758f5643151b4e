"""What of a programme waits with whom: the questions of unions and staff that one was named to answer."""

from __future__ import annotations

from django.db.models import QuerySet

from rightplace.common.caseflow.waits import Waits
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.services.restructure.models import Asked


def to_answer(actor: Actor) -> QuerySet[Asked] | None:
    """Questions and counter-proposals that the reader answers and has not."""
    if not may(actor, "restructure.keep"):
        return None
    return scope(actor, Asked).filter(owner=actor.worker, answered_on=None)


OWN = (
    Waits("restructure-asked", to_answer, "id", "answer_by", "Questions in a consultation to answer", "restructure:programmes",
          38, by_day=True),
)  # fmt: skip
