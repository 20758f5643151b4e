"""Notice, its taking back, and the last day: every seat becomes free, and what was held is handed over before."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.vocabulary.codes import collection_year, valid
from rightplace.foundation.access.actor import RULES, Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import people
from rightplace.foundation.organisation.establishment.tables import Leaver
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.recruitment.filling import KEEP, not_after_today
from rightplace.services.recruitment.models import Notice


@transaction.atomic
def take_notice(*, worker: Worker, given_on: date, last_day: date, reason: str, by: Actor) -> Notice:
    """Record that a worker gave notice. Its list of what to hand over begins; nothing changes until the last day."""
    require(by, KEEP)
    found = Worker.objects.select_for_update().get(pk=worker.pk)
    not_after_today(given_on)
    if last_day < given_on:
        raise Refused("The last day is not before the notice.", "Give a later last day.")
    if not valid(people.LEAVING_REASONS, reason, collection_year(last_day)) or reason == "7":
        raise Refused("There is no such reason for leaving.", "Choose one of the list.")
    if found.ends is not None and found.ends <= clock.today():
        raise Refused("This worker has left.", "Look at the list of leavers.")
    if Notice.objects.filter(worker=found, taken_back_on=None, leaver=None).exists():
        raise Refused("There is a notice already.", "Open the one that there is.")
    return Notice.objects.create(
        worker=found, given_on=given_on, last_day=last_day, reason=reason, **recorded(by)
    )


def _open(notice: Notice) -> Notice:
    found = Notice.objects.select_for_update(of=("self",)).select_related("worker").get(pk=notice.pk)
    if found.taken_back_on is not None or found.leaver_id is not None:
        raise Refused("This notice is settled.", "Look at what became of it.")
    return found


@transaction.atomic
def take_notice_back(*, notice: Notice, on: date, by: Actor) -> None:
    """The worker stays after all."""
    require(by, KEEP)
    found = _open(notice)
    not_after_today(on)
    found.taken_back_on = on
    found.save(update_fields=["taken_back_on"])


@transaction.atomic
def record_last_day(*, notice: Notice, by: Actor) -> Leaver:
    """The worker is gone after the last day: leaver, free seats, no team, no access. The teams go on answering."""
    require(by, KEEP)
    found = _open(notice)
    not_after_today(found.last_day)
    gone = found.last_day + timedelta(days=1)
    leaver = people.record_leaver(worker=found.worker, on=gone, reason=found.reason, by=by)
    if Worker.objects.filter(holding(gone), pk=found.worker_id).exists():
        organisation.end_worker(worker=found.worker, on=gone, by=RULES)
    found.leaver = leaver
    found.save(update_fields=["leaver"])
    return leaver
