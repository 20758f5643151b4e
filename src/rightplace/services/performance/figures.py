"""What is worked out from the journal about a worker here: one month's deadlines. The worker opens it first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from rightplace.common.caseflow import seenfirst
from rightplace.common.caseflow.models import SeenFigures
from rightplace.common.caseflow.seenfirst import ComputedView
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal.folding import rules
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker

KIND: Final = "performance.month"
MONTH_OF_WORK: Final = ComputedView(
    KIND, "What fell due in a month", seenfirst.MONTH, "performance:my-figures", ("performance:figures",)
)
A_WORKERS_OWN: Final = ("social worker", "family support worker", "personal adviser", "front door worker")


def last_month(on: date) -> tuple[date, date]:
    """The last whole month: its first day, and the day after it."""
    ends = on.replace(day=1)
    return (ends - timedelta(days=1)).replace(day=1), ends


def own_month(actor: Actor) -> tuple[date, dict[str, int]]:
    """What fell due for one's own children in the last whole month. Shown now, and so kept as seen."""
    require(actor, "performance.see_own")
    begins, ends = last_month(clock.today())
    owned = [rule.id for rule in rules().rules if rule.owner in A_WORKERS_OWN]
    found = seenfirst.timeliness(actor.worker, begins, ends, owned)
    seenfirst.showing_own(actor, KIND, begins, found)
    return begins, found


def month_as_seen(worker: Worker, by: Actor) -> SeenFigures:
    """The same, for who leads the worker: what the worker saw, and only once the worker has."""
    require(by, "performance.lead", worker)
    return seenfirst.as_seen(worker.pk, KIND, last_month(clock.today())[0])
