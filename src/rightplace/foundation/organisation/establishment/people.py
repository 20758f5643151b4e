"""Who sits where and what each worker brings: the only writers of occupancies, contracts, particulars and leavers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.vocabulary.codes import collection_year, valid
from rightplace.foundation.organisation.establishment.actions import (
    KEEP,
    add_seat,
    end_post,
    open_post,
    say_lineage,
    still_holds,
)
from rightplace.foundation.organisation.establishment.tables import (
    Contract,
    Freeze,
    Kept,
    Leaver,
    Lineage,
    Occupancy,
    Particulars,
    Post,
    Profession,
    Seat,
)
from rightplace.foundation.organisation.hooks import Author, ask_gate
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.recording import end_row, ended, recorded

LEAVING_REASONS = "leaving_reason"


@transaction.atomic
def seat_worker(
    *,
    seat: Seat,
    worker: Worker,
    kind: str,
    begins: date,
    by: Author,
    hours: Decimal | None = None,
    ends: date | None = None,
) -> Occupancy:
    """Let a worker sit in a seat from a day. Refused where somebody sits, beyond its hours, and in a frozen post."""
    ask_gate(by, KEEP)
    found = Seat.objects.select_for_update().select_related("post").get(pk=seat.pk)
    has = found.hours if hours is None else hours
    _can_sit(found, worker, begins, ends, has)
    end = ended(ends, by) if ends is not None else {}
    return Occupancy.objects.create(
        seat=found, worker=worker, kind=Occupancy.Kind(kind), hours=has, begins=begins, **recorded(by), **end
    )


def _can_sit(seat: Seat, worker: Worker, begins: date, ends: date | None, hours: Decimal) -> None:
    others = Occupancy.objects.filter(still_holds(begins), seat=seat)
    if (others.filter(begins__lt=ends) if ends else others).exclude(ends=begins).exists():
        raise Refused("Somebody sits in this seat then.", "End that first, or choose another seat.")
    if hours <= 0 or hours > seat.hours:
        raise Refused(
            f"The seat has {float(seat.hours):g} hours a week.", f"Give at most {float(seat.hours):g} hours."
        )
    if begins < seat.begins or (seat.ends is not None and (ends is None or ends > seat.ends)):
        raise Refused(
            "The seat is not there on all of these days.", "Choose days on which there is the seat."
        )
    if Freeze.objects.filter(holding(begins), post_id=seat.post_id).exists():
        raise Refused("The post is frozen on that day.", "End the freeze first, or choose another post.")
    if Kept.objects.filter(still_holds(begins), seat=seat, worker=worker).exists():
        raise Refused("The seat is kept for this worker.", "Record that the worker comes back.")


@transaction.atomic
def leave_seat(*, occupancy: Occupancy, on: date, by: Author, kept: str = "") -> Kept | None:
    """From that day the worker sits there no more; `kept` says why the worker has the right to come back.

    The right lasts as long as the seat.
    """
    ask_gate(by, KEEP)
    end_row(occupancy, on, by)
    if not kept:
        return None
    if Kept.objects.filter(still_holds(on), seat_id=occupancy.seat_id).exists():
        raise Refused("The seat is kept for somebody else already.", "Settle that first.")
    until = occupancy.seat.ends
    return Kept.objects.create(
        seat_id=occupancy.seat_id,
        worker_id=occupancy.worker_id,
        why=Kept.Why(kept),
        begins=on,
        **recorded(by),
        **(ended(until, by) if until is not None else {}),
    )


@transaction.atomic
def come_back(*, kept: Kept, on: date, by: Author, hours: Decimal | None = None) -> Occupancy:
    """Let a worker come back to the seat that was kept; who covered in it leaves it on that day."""
    ask_gate(by, KEEP)
    end_row(kept, on, by)
    for cover in Occupancy.objects.filter(holding(on), seat_id=kept.seat_id):
        end_row(cover, on, by)
    for own in Occupancy.objects.filter(holding(on), worker_id=kept.worker_id, kind="acting_up"):
        end_row(own, on, by)
    return seat_worker(
        seat=kept.seat,
        worker=kept.worker,
        kind="substantive",
        begins=on,
        by=by,
        hours=hours,
        ends=kept.seat.ends,
    )


@transaction.atomic
def give_up_seat(*, kept: Kept, on: date, by: Author) -> None:
    """The worker will not come back to the seat."""
    ask_gate(by, KEEP)
    end_row(kept, on, by)


@transaction.atomic
def say_contract(
    *, worker: Worker, hours: Decimal, begins: date, by: Author, basis: str = Contract.Basis.PERMANENT
) -> Contract:
    """Say for how many hours a week a worker is employed, from a day on; what was said before ends there."""
    ask_gate(by, KEEP)
    if not 0 < hours <= 60:
        raise Refused("That is no working week.", "Give the hours a week, between 0 and 60.")
    for earlier in Contract.objects.filter(holding(begins), worker=worker):
        end_row(earlier, begins, by)
    return Contract.objects.create(
        worker=worker, hours=hours, basis=Contract.Basis(basis), begins=begins, **recorded(by)
    )


@transaction.atomic
def say_particulars(
    *,
    worker: Worker,
    profession: str,
    begins: date,
    by: Author,
    in_profession_since: date | None = None,
    qualified: date | None = None,
    registered: bool = False,
    registered_until: date | None = None,
    skills: Sequence[str] = (),
    languages: Sequence[str] = (),
) -> Particulars:
    """Say what a worker brings, from a day on; what was said before ends there."""
    ask_gate(by, KEEP)
    if registered_until is not None and not registered:
        raise Refused("Only a registration can run out.", "Say that the registration was seen.")
    for earlier in Particulars.objects.filter(holding(begins), worker=worker):
        end_row(earlier, begins, by)
    return Particulars.objects.create(
        worker=worker,
        profession=Profession(profession),
        in_profession_since=in_profession_since,
        qualified=qualified,
        registered=registered,
        registered_until=registered_until,
        skills=sorted({each.strip().lower() for each in skills if each.strip()}),
        languages=sorted({each.strip() for each in languages if each.strip()}),
        begins=begins,
        **recorded(by),
    )


@transaction.atomic
def record_leaver(*, worker: Worker, on: date, reason: str, by: Author) -> Leaver:
    """Record that a worker leaves the authority, and why. Every seat becomes free on that day.

    The teams are left by `organisation.actions.end_worker`, which hands over schools and children's work.
    """
    ask_gate(by, KEEP)
    if not valid(LEAVING_REASONS, reason, collection_year(on)):
        raise Refused("There is no such reason for leaving.", "Choose one of the list.")
    seat = substantive_seat_of(worker.pk, on)
    for row in (
        *Occupancy.objects.filter(holding(on), worker=worker),
        *Kept.objects.filter(holding(on), worker=worker),
        *Contract.objects.filter(holding(on), worker=worker),
    ):
        end_row(row, on, by)
    return Leaver.objects.create(worker=worker, on=on, reason=reason, seat=seat, **recorded(by))


def substantive_seat_of(worker: int, on: date) -> Seat | None:
    """The seat that counts as a worker's own on a day: one that is kept, or else the one that is held for good."""
    kept = Kept.objects.filter(holding(on), worker_id=worker).select_related("seat__post").first()
    if kept is not None:
        return kept.seat
    rows = Occupancy.objects.filter(holding(on), worker_id=worker, kind=Occupancy.Kind.SUBSTANTIVE)
    first = rows.select_related("seat__post").order_by("-hours", "begins", "id").first()
    return first.seat if first else None


@transaction.atomic
def succeed_post(
    *,
    post: Post,
    on: date,
    kind: str,
    because: str,
    by: Author,
    team: Team | None = None,
    title: str = "",
    grade: str = "",
    funding: str = "",
    hours: Decimal | None = None,
    reference: str = "",
) -> Post:
    """End a post and open the one that goes on from it, with its seats and the people in them, on one day.

    With fewer hours than its seats have, the people do not pass over of themselves: refused, since somebody must choose.
    """
    ask_gate(by, KEEP)
    seats = list(Seat.objects.filter(holding(on), post=post).order_by("number"))
    sitting = list(Occupancy.objects.filter(still_holds(on), seat__in=seats).select_related("worker"))
    kept = list(Kept.objects.filter(still_holds(on), seat__in=seats).select_related("worker"))
    has = post.hours if hours is None else hours
    if sum((seat.hours for seat in seats), Decimal(0)) > has:
        raise Refused("The new post has fewer hours than the seats of the old one.", "End a seat first.")
    if any(row.begins > on or (row.ends is not None and row.ends > on) for row in sitting):
        raise Refused(
            "Somebody's time in a seat has an end or a beginning after that day.", "Settle that first."
        )
    for row in (*sitting, *kept):
        end_row(row, on, by)
    end_post(post=post, on=on, by=by)
    after = open_post(
        title=title or post.title, grade=grade or post.grade, profession=post.profession, role=post.role,
        team=team or post.team, funding=funding or post.funding, hours=has, begins=on, by=by, seats=(),
        reference=reference,
    )  # fmt: skip
    _sit_again(seats, sitting, kept, after, on, by)
    say_lineage(before=post, after=after, on=on, kind=Lineage.Kind(kind), because=because, by=by)
    return after


def _sit_again(
    seats: Sequence[Seat],
    sitting: Sequence[Occupancy],
    kept: Sequence[Kept],
    after: Post,
    on: date,
    by: Author,
) -> None:
    for seat in seats:
        new = add_seat(post=after, hours=seat.hours, begins=on, by=by)
        for row in (each for each in sitting if each.seat_id == seat.pk):
            seat_worker(seat=new, worker=row.worker, kind=row.kind, begins=on, by=by, hours=row.hours)
        for right in (each for each in kept if each.seat_id == seat.pk):
            Kept.objects.create(seat=new, worker=right.worker, why=right.why, begins=on, **recorded(by))
