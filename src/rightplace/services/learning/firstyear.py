"""The supervised first year: begun, reviewed by both, completed; and its load, which the worker sees first."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction

from rightplace.common.caseflow import seenfirst
from rightplace.common.caseflow.load import loads
from rightplace.common.caseflow.seenfirst import ComputedView, Figures
from rightplace.domain.practice.calendars import add_months
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import to_date
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.learning.asking import rules_on
from rightplace.services.learning.models import FirstYear, FirstYearReview
from rightplace.services.learning.sealing import OWN_WORD, REVIEW, sealed

KIND: Final = "learning.first_year"
LOAD: Final = ComputedView(
    KIND, "The load of a first year", seenfirst.WEEK, "learning:first-year", ("learning:first-year",)
)


@transaction.atomic
def begin_first_year(*, worker: Worker, supervisor: Worker, begins: date, by: Actor) -> FirstYear:
    """Begin a supervised first year; its reviews are due from that day."""
    require(by, "learning.keep")
    if worker.pk == supervisor.pk:
        raise Refused("Nobody supervises the own first year.", "Choose an experienced colleague.")
    if FirstYear.objects.filter(worker=worker).exists():
        raise Refused("This worker has a first year already.", "Read it on its page.")
    year = FirstYear.objects.create(worker=worker, supervisor=supervisor, begins=begins, **recorded(by))
    for month in rules_on(begins).first_year.reviews:
        due = to_date(add_months(begins.toordinal(), month))
        FirstYearReview.objects.create(year=year, month=month, due=due, **recorded(by))
    return year


@transaction.atomic
def hold_review(*, review: FirstYearReview, words: str, on: date, by: Actor) -> None:
    """The supervisor writes a review down; the worker adds the own word."""
    found = FirstYearReview.objects.select_for_update(of=("self",)).select_related("year").get(pk=review.pk)
    if found.year.supervisor_id != by.worker:
        raise NotAllowed
    if found.held_on is not None:
        raise Refused("This review was written down already.", "What is new belongs into the next.")
    if not words.strip():
        raise Refused("A review says something.", "Say what goes well, and what is needed.")
    if on > clock.today() or on < found.year.begins:
        raise Refused("The day does not fit.", "Give a day between the beginning of the year and today.")
    if found.year.reviews.filter(month__lt=found.month, held_on=None).exists():
        raise Refused("An earlier review was not held.", "Write that one down first.")
    found.held_on, found.sealed_words = on, sealed(REVIEW, found.pk, words)
    found.save(update_fields=["held_on", "sealed_words"])


@transaction.atomic
def answer_review(*, review: FirstYearReview, words: str, by: Actor) -> None:
    """The worker's own word to a review. Said once."""
    found = FirstYearReview.objects.select_for_update(of=("self",)).select_related("year").get(pk=review.pk)
    if found.year.worker_id != by.worker:
        raise NotAllowed
    if found.held_on is None or found.answered_at is not None:
        raise Refused("No review waits for your word.", "Speak with your supervisor.")
    if not words.strip():
        raise Refused("There is nothing to read yet.", "Say how it looks to you; “I agree” is enough.")
    found.answered_at, found.sealed_own = clock.now(), sealed(OWN_WORD, found.pk, words)
    found.save(update_fields=["answered_at", "sealed_own"])


def load_for(year: FirstYear, by: Actor) -> tuple[Figures | None, Refused | None]:
    """This week's load: counted for the worker who looks, and for the supervisor only as the worker saw it."""
    if by.worker == year.worker_id:
        load = loads([by.worker])[by.worker]
        found: Figures = {"takes": load.takes, "has": load.has, "children": load.children}
        seenfirst.showing_own(by, KIND, clock.today(), found)
        return found, None
    try:
        return seenfirst.as_seen(year.worker_id, KIND, clock.today()).figures, None
    except Refused as why:
        return None, why
