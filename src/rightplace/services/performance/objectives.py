"""Objectives: proposed by either, agreed by both, reviewed by both, ended with what came. The only writers of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, may, require
from rightplace.foundation.journal.writing import new_id
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.performance.models import Objective, Review
from rightplace.services.performance.sealing import HELP, OBJECTIVES, WORDS, sealed
from rightplace.services.performance.waits import no_longer, nudge
from rightplace.services.performance.who import lead_of

FEW: Final = 5
"""More than these at a time are a list, not objectives."""
ANSWER: Final = timedelta(days=7)
LONGEST: Final = timedelta(days=366)


@transaction.atomic
def propose_objective(*, worker: Worker, words: str, support: str, review_by: date, by: Actor) -> Objective:
    """Propose an objective, for oneself or for somebody whom one leads. It holds when both have agreed."""
    own = worker.pk == by.worker
    require(by, *(("performance.see_own",) if own else ("performance.lead", worker)))
    lead = lead_of(by) if own else by.worker
    if lead is None:
        raise Refused("Nobody leads you just now, so nobody could agree.", "Speak with human resources.")
    if not words.strip():
        raise Refused("An objective says what is to be reached.", "Say it in one or two sentences.")
    today = clock.today()
    if not today < review_by <= today + LONGEST:
        raise Refused("An objective is looked at again within a year.", "Give a day within the next year.")
    Worker.objects.select_for_update().get(pk=worker.pk)
    if Objective.objects.filter(worker=worker, closed_at=None).count() >= FEW:
        raise Refused(f"There are {FEW} objectives already.", "End one first: few are kept, many are not.")
    number, now = new_id(), clock.now()
    made = Objective.objects.create(
        id=number, worker=worker, led_by_id=lead, review_by=review_by,
        sealed=sealed(OBJECTIVES, number, WORDS, words), sealed_support=sealed(OBJECTIVES, number, HELP, support),
        agreed_by_worker=now if own else None, agreed_by_lead=None if own else now, **recorded(by),
    )  # fmt: skip
    nudge(number, lead if own else worker.pk, today + ANSWER)
    return made


def _found(objective: Objective, by: Actor) -> tuple[Objective, bool]:
    """The row, locked, and whether it is the writer's own."""
    found = Objective.objects.select_for_update(of=("self",)).select_related("worker").get(pk=objective.pk)
    own = found.worker_id == by.worker
    if not own and not may(by, "performance.lead", found.worker):
        raise NotAllowed
    if found.closed_at is not None:
        raise Refused("This objective has ended.", "Propose a new one.")
    return found, own


@transaction.atomic
def agree_objective(*, objective: Objective, by: Actor) -> None:
    """Agree to what the other proposed."""
    found, own = _found(objective, by)
    name = "agreed_by_worker" if own else "agreed_by_lead"
    if getattr(found, name) is not None:
        raise Refused("You have agreed already.", "The other has to agree now.")
    setattr(found, name, clock.now())
    found.save(update_fields=[name])
    no_longer(found.pk)
    for whom in (found.worker_id, found.led_by_id):
        nudge(found.pk, whom, found.review_by)


@transaction.atomic
def review_objective(*, objective: Objective, words: str, by: Actor) -> Review:
    """Say how an objective goes. What the other says stands beside it; neither is changed."""
    found, _ = _found(objective, by)
    if found.agreed_by_worker is None or found.agreed_by_lead is None:
        raise Refused("It is not agreed by both yet.", "Agree first, or end it and propose another.")
    if not words.strip():
        raise Refused("A review says something.", "Say what was reached, and what would help.")
    number = new_id()
    no_longer(found.pk, by.worker)
    return Review.objects.create(
        id=number, objective=found, sealed=sealed(OBJECTIVES, number, WORDS, words), **recorded(by)
    )


@transaction.atomic
def end_objective(*, objective: Objective, came: str, by: Actor) -> None:
    """End an objective with what came of it. An agreed one only after the worker has said how it went."""
    found, own = _found(objective, by)
    agreed = found.agreed_by_worker is not None and found.agreed_by_lead is not None
    chosen = Objective.Came(came)
    if agreed and own:
        raise Refused(
            "Both look at an agreed objective before it ends.", "Say how it went; your manager ends it."
        )
    if agreed and not found.reviews.filter(recorded_by=found.worker_id).exists():
        raise Refused(
            "The worker has not said yet how it went.", "Ask the worker to write it down here first."
        )
    if not agreed and chosen is not Objective.Came.DROPPED:
        raise Refused("It was never agreed, so nothing came of it.", "End it as no longer right.")
    found.came, found.closed_at = chosen, clock.now()
    found.save(update_fields=["came", "closed_at"])
    no_longer(found.pk)
