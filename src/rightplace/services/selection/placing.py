"""From a decision to the first day: seats in the establishment by an explicit act, trial periods, redeployment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import DatabaseError, transaction

from rightplace.domain import restructuring
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions, people
from rightplace.foundation.organisation.establishment.tables import Kept, Occupancy, Seat
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.selection.deciding import current
from rightplace.services.selection.models import (
    Appeal,
    Exercise,
    Member,
    Placement,
    Redeployment,
    Share,
    Trial,
    TrialReview,
)
from rightplace.services.selection.policy import KEEP
from rightplace.services.selection.sealing import sealed


@dataclass(frozen=True, slots=True)
class Seated:
    """What came of seating: how many sit, how many sat already, and for whom it could not be done and why."""

    done: int
    before: int
    not_done: tuple[tuple[int, str], ...]


def seat_everybody(*, exercise: Exercise, by: Actor) -> Seated:
    """Write placements into the establishment from the first day. One by one, so that it can be taken up again."""
    require(by, KEEP)
    exercise = Exercise.objects.select_related("programme").get(pk=exercise.pk)
    on = exercise.programme.first_day
    if on is None:
        raise Refused("The first day is not set.", "Set it on the programme's page.")
    if exercise.published_at is None:
        raise Refused("Results are not published.", "Nobody is moved before they were told.")
    if Appeal.objects.filter(member__exercise=exercise, outcome="").exists():
        raise Refused("An appeal is open.", "Whoever appeals may change who sits where: decide it first.")
    pairs = {
        each for row in Share.objects.filter(exercise=exercise) for each in (row.first_id, row.second_id)
    }
    done, before, not_done = 0, 0, []
    for placement in current(exercise).values():
        if placement.seated_at is not None or placement.post is None:
            before += placement.seated_at is not None
            continue
        try:
            with transaction.atomic():
                _seat(placement, on, placement.member_id in pairs, by)
            done += 1
        except Refused as why:
            not_done.append((placement.member_id, f"{why.because} {why.instead}"))
        except DatabaseError:
            not_done.append((placement.member_id, "The database refused it: hours or days beyond the post."))
    return Seated(done, before, tuple(not_done))


def _seat(placement: Placement, on: date, shares: bool, by: Actor) -> None:
    """One person: out of the old seat, into the new one; who is away keeps the right to come back to the new one."""
    worker, hours = placement.member.worker, Decimal(placement.member.minutes) / 60
    away = _leave(worker.pk, on, by)
    assert placement.post is not None
    seat = _own_seat(placement, on, hours, by) if shares else _free_seat(placement, on)
    sits = people.seat_worker(
        seat=seat,
        worker=worker,
        kind=Occupancy.Kind.SUBSTANTIVE,
        begins=on,
        by=by,
        hours=min(hours, seat.hours),
        ends=seat.ends,
    )
    if away:
        people.leave_seat(occupancy=sits, on=on, by=by, kept=away)
    placement.seated_at = clock.now()
    placement.save(update_fields=["seated_at"])


def _leave(worker: int, on: date, by: Actor) -> str:
    """Ends every seat that somebody has on that day; why the person is away, if the right to come back was kept.

    A right that ends with the old post on that very day goes over as well.
    """
    for occupancy in Occupancy.objects.filter(holding(on), worker=worker):
        people.leave_seat(occupancy=occupancy, on=on, by=by)
    away = ""
    for kept in Kept.objects.filter(holding(on - timedelta(days=1)), worker=worker):
        if kept.ends != on:
            people.give_up_seat(kept=kept, on=on, by=by)
        away = "" if kept.why == Kept.Why.ACTING_UP else kept.why
    return away


def _free_seat(placement: Placement, on: date) -> Seat:
    taken = Occupancy.objects.filter(actions.still_holds(on), seat__post=placement.post_id).exclude(ends=on)
    kept = Kept.objects.filter(actions.still_holds(on), seat__post=placement.post_id)
    found = (
        Seat.objects.filter(holding(on), post=placement.post_id)
        .exclude(pk__in=taken.values("seat")).exclude(pk__in=kept.values("seat")).order_by("number").first()
    )  # fmt: skip
    if found is None:
        raise Refused("The new post has no free seat on that day.", "Look at the post.")
    return found


def _own_seat(placement: Placement, on: date, hours: Decimal, by: Actor) -> Seat:
    """Of a shared place each has a seat of the own hours; a single seat is parted when the first sits down."""
    assert placement.post is not None
    seats = list(Seat.objects.filter(holding(on), post=placement.post_id).order_by("number"))
    whole = next((seat for seat in seats if seat.hours > hours and seat.hours == placement.post.hours), None)
    if whole is not None:
        actions.end_seat(seat=whole, on=on, by=by)
        return actions.add_seat(post=placement.post, hours=hours, begins=on, by=by)
    try:
        return _free_seat(placement, on)
    except Refused:
        return actions.add_seat(post=placement.post, hours=hours, begins=on, by=by)


@transaction.atomic
def begin_trial(
    *,
    placement: Placement,
    by: Actor,
    until: date | None = None,
    agreed_on: date | None = None,
    retraining: str = "",
) -> Trial:
    """Begin a trial in the new job on its first day: four weeks, longer only to retrain as agreed in writing before."""
    require(by, KEEP)
    first = placement.member.exercise.programme.first_day
    if first is None or placement.job is None:
        raise Refused("There is no first day in a new job.", "Set the first day, and place the person.")
    if Trial.objects.filter(placement=placement).exists():
        raise Refused("This trial is there already.", "Look at its reviews.")
    try:
        found = restructuring.trial(
            first.toordinal(), until=until.toordinal() if until else None,
            agreed_on=agreed_on.toordinal() if agreed_on else None, retraining=retraining,
        )  # fmt: skip
    except restructuring.NotATrial as why:
        raise Refused(why.because, why.instead, "Employment Rights Act 1996, section 138") from why
    return Trial.objects.create(
        placement=placement, begins=first, ends=date.fromordinal(found.ends), agreed_on=agreed_on,
        **sealed({"says": found.sentence}), **recorded(by),
    )  # fmt: skip


@transaction.atomic
def review_trial(*, trial: Trial, on: date, words: str, by: Actor) -> TrialReview:
    """Write down a review of a trial: what the person and the manager said."""
    require(by, KEEP)
    if not trial.begins <= on <= clock.today() or not words.strip():
        raise Refused("A review is of a day in the trial that has been, and says something.", "Correct it.")
    return TrialReview.objects.create(trial=trial, on=on, **sealed({"words": words.strip()}), **recorded(by))


@transaction.atomic
def end_trial(*, trial: Trial, outcome: str, named_by: Actor, because: str) -> None:
    """Say how a trial ended. A job that does not suit leads to redeployment, with the rights that the person had."""
    require(named_by, KEEP)
    chosen = Trial.Outcome(outcome)
    if trial.outcome:
        raise Refused("This trial has ended.", "Read how.")
    if not because.strip():
        raise Refused("The end of a trial has a reason.", "Say what both found.")
    if chosen is Trial.Outcome.CONFIRMED and clock.today() < trial.ends - timedelta(days=6):
        raise Refused("The trial is not over.", f"Confirm it in its last week, up to {trial.ends:%d %B %Y}.")
    TrialReview.objects.create(
        trial=trial, on=clock.today(), **sealed({"words": because.strip()}), **recorded(named_by)
    )
    trial.outcome, trial.ended_on = chosen, clock.today()
    trial.save(update_fields=["outcome", "ended_on"])
    if chosen is Trial.Outcome.NOT_SUITABLE:
        _seek_again(trial.placement.member, named_by)


def _seek_again(member: Member, by: Actor) -> None:
    Redeployment.objects.update_or_create(
        member=member, defaults={"ended_on": None, "outcome": ""},
        create_defaults={"named_id": by.worker, **recorded(by)},
    )  # fmt: skip


@transaction.atomic
def end_search(*, search: Redeployment, outcome: str, by: Actor) -> None:
    """Say how a search for another post ended: found, placed after all, or by the person's own wish. Never a dismissal."""
    require(by, KEEP)
    if search.ended_on is not None:
        raise Refused("This search has ended.", "Read how.")
    search.ended_on, search.outcome = clock.today(), Redeployment.Outcome(outcome)
    search.save(update_fields=["ended_on", "outcome"])
