"""Saying "I am full", taking it back, answering it, and what the worker says to the answer. The only writers of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from rightplace.common.caseflow.load import loads
from rightplace.domain.practice.calendars import calendar
from rightplace.domain.practice.durations import Duration
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import day_of, end_of_day, from_datetime, to_date, to_datetime
from rightplace.domain.practice.workload import weights_on
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.workforce.models import FullAnswer, FullSaid

USUAL = Duration.parse("2 working days")


def after(duration: Duration, at: datetime) -> datetime:
    """The end of the last day of a duration, from the day of a moment."""
    last = duration.last_day(day_of(from_datetime(at - timedelta(seconds=1))), calendar())
    return to_datetime(end_of_day(last))


@transaction.atomic
def say_full(*, because: str, by: Actor, wishes: str = "") -> FullSaid:
    """Say formally that one is full. The load is stamped, and the answer's clock begins."""
    require(by, "full.say")
    if not because.strip():
        raise Refused("It needs a reason.", "Say in a few words what no longer fits into the week.")
    Worker.objects.select_for_update().get(pk=by.worker)
    if unanswered(by.worker) is not None:
        raise Refused("You have said so already, and it waits for an answer.", "Read it on My work.")
    now = clock.now()
    load = loads([by.worker], now)[by.worker]
    table = weights_on(clock.today())
    clocks = table.full if table else None
    answer_by = after(clocks.answer if clocks else USUAL, now)
    return FullSaid.objects.create(
        worker_id=by.worker,
        team_id=by.team,
        role=by.role,
        because=because.strip(),
        wishes=wishes.strip(),
        takes=Decimal(str(load.takes)),
        has=None if load.has is None else Decimal(str(load.has)),
        children=load.children,
        families=len(load.families),
        answer_by=answer_by,
        climbs_at=after(clocks.climbs_after if clocks else USUAL, answer_by),
        **recorded(by),
    )


def unanswered(worker: int) -> FullSaid | None:
    """What a worker said that nobody has answered yet."""
    return FullSaid.objects.filter(worker_id=worker, answered_at=None, taken_back_at=None).first()


@transaction.atomic
def take_back(*, said: FullSaid, by: Actor) -> None:
    """The worker is no longer full, or thinks better of it, before anybody answered."""
    require(by, "full.say")
    found = FullSaid.objects.select_for_update().get(pk=said.pk)
    if found.worker_id != by.worker:
        raise Refused("Only who said it takes it back.", "Answer it instead.")
    if found.answered_at or found.taken_back_at:
        raise Refused("It was answered or taken back already.", "Read what became of it.")
    found.taken_back_at = clock.now()
    found.save(update_fields=["taken_back_at"])


@transaction.atomic
def answer_full(*, said: FullSaid, kind: str, words: str, by: Actor, until: date | None = None) -> FullAnswer:
    """Answer somebody who is full: relief, a named arrangement with its last day, or disagreement with reasons."""
    found = FullSaid.objects.select_for_update().get(pk=said.pk)
    require(by, "full.answer", found)
    if found.answered_at or found.taken_back_at:
        raise Refused("It was answered or taken back already.", "Read what became of it.")
    chosen = FullAnswer.Kind(kind)
    if not words.strip():
        raise Refused("An answer says what happens, or why not.", "Say which work, from when, and who helps.")
    today = to_date(day_of(from_datetime(clock.now())))
    if chosen is FullAnswer.Kind.ARRANGEMENT and (until is None or until <= today):
        raise Refused("An arrangement has a last day.", "Give the day until which it holds.")
    found.answered_at = clock.now()
    found.save(update_fields=["answered_at"])
    return FullAnswer.objects.create(
        full=found, kind=chosen, words=words.strip(), until=until, **recorded(by)
    )


@transaction.atomic
def reply_to_answer(*, answer: FullAnswer, accepted: bool, by: Actor, words: str = "") -> None:
    """What the worker says to the answer: accepted or not, in the worker's own words. Said once."""
    require(by, "full.say")
    found = FullAnswer.objects.select_for_update().select_related("full").get(pk=answer.pk)
    if found.full.worker_id != by.worker:
        raise Refused("Only who was answered replies.", "Speak with the worker.")
    if found.replied_at:
        raise Refused("You have replied already.", "Say anew that you are full if you still are.")
    if not accepted and not words.strip():
        raise Refused("Say what is not right about it.", "A few words are enough.")
    found.accepted, found.reply, found.replied_at = accepted, words.strip(), clock.now()
    found.save(update_fields=["accepted", "reply", "replied_at"])
