"""A vacancy on its way: opened, approved by another person, advertised, closed, filled or withdrawn. Its only writers."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.recruiting import Local, StepOf, local_on
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, may, require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Freeze, Kept, Occupancy, Seat
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.recruitment.models import Candidate, Vacancy, VacancyStep
from rightplace.services.recruitment.policy import OF_EVERY_TEAM

KEEP = "recruitment.keep"


@transaction.atomic
def open_vacancy(*, seat: Seat, on: date, because: str, by: Actor) -> Vacancy:
    """Begin to fill a seat in which nobody sits, or an agency worker. Another person approves it."""
    require(by, KEEP)
    found = Seat.objects.select_for_update().select_related("post").get(pk=seat.pk)
    not_after_today(on)
    if not because.strip():
        raise Refused("A vacancy has a reason.", "Say why the seat is to be filled.")
    if Vacancy.objects.filter(seat=found, ended_on=None).exists():
        raise Refused("The seat is being filled already.", "Open the vacancy that there is.")
    if Freeze.objects.filter(holding(on), post_id=found.post_id).exists():
        raise Refused("The post is frozen.", "End the freeze first.")
    sits = Occupancy.objects.filter(holding(on), seat=found).exclude(kind=Occupancy.Kind.AGENCY)
    if sits.exists() or Kept.objects.filter(holding(on), seat=found).exists():
        raise Refused(
            "Somebody sits in the seat, or has the right to come back to it.", "Choose a vacant seat."
        )
    first = local_on(on).steps[0]
    return Vacancy.objects.create(
        seat=found, opened_on=on, because=because.strip(), next_step=first.code,
        next_by=on + timedelta(days=first.usual_days), waits_with=first.waits_with, **recorded(by),
    )  # fmt: skip


@transaction.atomic
def record_vacancy_step(*, vacancy: Vacancy, code: str, on: date, by: Actor) -> VacancyStep:
    """Record the vacancy's next step. Who approves is not who asked (promise 6)."""
    found = open_one(vacancy)
    local = local_on(found.opened_on)
    step = local.step(code)
    if step is None or step.of != "vacancy" or found.next_step != code:
        raise Refused("That is not the next step.", f"Next is: {title_of(local, found.next_step)}.")
    _may_record(found, step, by)
    not_after_today(on)
    last = found.steps.order_by("-on").values_list("on", flat=True).first() or found.opened_on
    if on < last:
        raise Refused("A step is not before the one that it follows.", f"Give a day from {last:%d %B %Y} on.")
    made = VacancyStep.objects.create(vacancy=found, code=code, on=on, **recorded(by))
    after = next_of(local, code, "vacancy")
    found.next_step = after.code if after else ""
    found.next_by = on + timedelta(days=after.usual_days) if after else None
    found.waits_with = after.waits_with if after else ""
    found.save(update_fields=["next_step", "next_by", "waits_with"])
    return made


def _may_record(vacancy: Vacancy, step: StepOf, by: Actor) -> None:
    if step.code != "approved":
        require(by, KEEP)
        return
    if by.role not in OF_EVERY_TEAM or not may(by, "recruitment.see"):
        raise NotAllowed
    if vacancy.recorded_by_id == by.worker:
        raise Refused("Nobody approves what they asked for.", "Ask another head of service or the director.")


@transaction.atomic
def withdraw_vacancy(*, vacancy: Vacancy, on: date, by: Actor) -> None:
    """Fill the seat no more. Each candidate was told before."""
    require(by, KEEP)
    found = open_one(vacancy)
    not_after_today(on)
    waiting = Candidate.objects.filter(vacancy=found, ended_on=None).count()
    if waiting:
        raise Refused(
            f"{waiting} of its candidates have had no word.", "Say what became of each of them first."
        )
    end_vacancy(found, on, Vacancy.Outcome.WITHDRAWN)


def end_vacancy(vacancy: Vacancy, on: date, outcome: str) -> None:
    """The vacancy is over. Called by the actions only."""
    vacancy.ended_on, vacancy.outcome = on, outcome
    vacancy.next_step, vacancy.next_by, vacancy.waits_with = "", None, ""
    vacancy.save(update_fields=["ended_on", "outcome", "next_step", "next_by", "waits_with"])


def open_one(vacancy: Vacancy) -> Vacancy:
    """The vacancy locked; refused when it is over."""
    found = (
        Vacancy.objects.select_for_update(of=("self",)).select_related("seat__post__team").get(pk=vacancy.pk)
    )
    if found.ended_on is not None:
        raise Refused("This vacancy is over.", "Open a new one if the seat is to be filled again.")
    return found


def next_of(local: Local, code: str, of: str) -> StepOf | None:
    """The step after this one, of a vacancy or of a candidate."""
    steps = local.of(of)
    place = next((place for place, step in enumerate(steps) if step.code == code), -1)
    return steps[place + 1] if 0 <= place < len(steps) - 1 else None


def title_of(local: Local, code: str) -> str:
    step = local.step(code)
    return step.title if step else "nothing"


def not_after_today(on: date) -> None:
    if on > clock.today():
        raise Refused("That day is yet to come.", "Record it on the day.")
