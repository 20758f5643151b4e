"""What waits for somebody here, on My day: how many and by when, never what it is."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from rightplace.common.caseflow.waits import Waits
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.services.performance.models import Nudge


def nudge(about: int, whom: int | None, due: date) -> None:
    """Something waits for somebody, until a day; once for each thing."""
    if whom is not None:
        Nudge.objects.update_or_create(about=about, whom_id=whom, done_at=None, defaults={"due": due})


def no_longer(about: int, whom: int | None = None) -> None:
    """It waits no longer: for one of them, or for nobody."""
    found = Nudge.objects.filter(about=about, done_at=None)
    (found if whom is None else found.filter(whom=whom)).update(done_at=clock.now())


def for_me(actor: Actor) -> QuerySet[Nudge] | None:
    if not may(actor, "performance.see_own"):
        return None
    return scope(actor, Nudge).filter(done_at=None)


OWN = (
    Waits("performance", for_me, "id", "due", "About your work: agree, answer or read", "performance:mine", 71, by_day=True),
)  # fmt: skip
