"""What waits for somebody here, on My day: a review of a first year, a review to answer, a course to reflect on."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from rightplace.common.caseflow.waits import Waits
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation import clock
from rightplace.services.learning.models import Booking, FirstYearReview

AHEAD = timedelta(days=21)


def reviews_to_hold(actor: Actor) -> QuerySet[FirstYearReview] | None:
    """Those due within three weeks, for whoever supervises the year."""
    if not may(actor, "learning.see_own"):
        return None
    rows = FirstYearReview.objects.filter(year__supervisor=actor.worker, year__ends=None, held_on=None)
    return rows.filter(due__lte=clock.today() + AHEAD)


def reviews_to_answer(actor: Actor) -> QuerySet[FirstYearReview] | None:
    if not may(actor, "learning.see_own"):
        return None
    return FirstYearReview.objects.filter(year__worker=actor.worker, held_on__isnull=False, answered_at=None)


def to_reflect_on(actor: Actor) -> QuerySet[Booking] | None:
    """Courses of the last half year on which the worker has written nothing yet."""
    if not may(actor, "learning.see_own"):
        return None
    since = clock.today() - timedelta(days=182)
    return Booking.objects.filter(
        worker=actor.worker, state=Booking.State.ATTENDED, reflected_at=None, on__gte=since
    )


OWN = (
    Waits("first-year", reviews_to_hold, "id", "due", "Hold a review of a first year", "learning:mine", 72, by_day=True),
    Waits("first-year-own", reviews_to_answer, "id", "", "Add your word to a review", "learning:mine", 73),
    Waits("reflect", to_reflect_on, "id", "", "Reflect on a course", "learning:mine", 74),
)  # fmt: skip
