"""The only writers of posts and seats: opening, freezing and ending a post, and what became of it.

What is impossible is refused here in words, and by the database in any case (migration 0008).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation.establishment.tables import (
    Freeze,
    Kept,
    Lineage,
    Occupancy,
    Post,
    Profession,
    Seat,
)
from rightplace.foundation.organisation.hooks import Author, ask_gate
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.recording import end_row, recorded
from rightplace.foundation.organisation.rolecodes import RoleCode

KEEP = "establishment.keep"


def still_holds(on: date) -> Q:
    """Rows that hold on a day or later."""
    return Q(ends__isnull=True) | Q(ends__gt=on)


@transaction.atomic
def open_post(
    *,
    title: str,
    grade: str,
    profession: str,
    role: int,
    team: Team,
    funding: str,
    hours: Decimal,
    begins: date,
    by: Author,
    reference: str = "",
    seats: Sequence[Decimal] | None = None,
) -> Post:
    """Open a post with its seats: one of all its hours, or those that are named (a job share has two)."""
    ask_gate(by, KEEP)
    if hours <= 0:
        raise Refused("A post has hours.", "Give the hours a week for which there is money.")
    if not title.strip() or not grade.strip():
        raise Refused("A post has a title and a grade.", "Fill in what is missing.")
    if reference and Post.objects.filter(reference=reference).exists():
        raise Refused(f"There is already a post {reference}.", "Give another reference.")
    if team.begins > begins or (team.ends is not None and team.ends <= begins):
        raise Refused("The team is not there on that day.", "Choose a day on which there is the team.")
    post = Post.objects.create(
        reference=reference or f"new-{team.pk}-{Post.objects.count() + 1}-{begins:%y%m%d}",
        title=title.strip(),
        grade=grade.strip(),
        profession=Profession(profession),
        role=RoleCode(role),
        team=team,
        funding=funding.strip(),
        hours=hours,
        begins=begins,
        **recorded(by),
    )
    if not reference:
        post.reference = f"P{post.pk:05d}"
        post.save(update_fields=["reference"])
    for share in seats if seats is not None else [hours]:
        add_seat(post=post, hours=share, begins=begins, by=by)
    return post


@transaction.atomic
def add_seat(*, post: Post, hours: Decimal, begins: date, by: Author) -> Seat:
    """Put one more seat into a post. Refused beyond the post's hours."""
    ask_gate(by, KEEP)
    Post.objects.select_for_update().get(pk=post.pk)
    there = Seat.objects.filter(post=post).filter(still_holds(begins))
    taken = there.aggregate(all=Sum("hours"))["all"] or Decimal(0)
    if hours <= 0 or taken + hours > post.hours:
        raise Refused(
            f"The post has {float(post.hours):g} hours, and its seats would have {float(taken + hours):g}.",
            f"Give at most {float(post.hours - taken):g} hours, or end another seat first.",
        )
    if begins < post.begins or (post.ends is not None and post.ends <= begins):
        raise Refused("There is no such post on that day.", "Choose a day on which there is the post.")
    number = Seat.objects.filter(post=post).count() + 1
    return Seat.objects.create(
        post=post, number=number, hours=hours, begins=begins, ends=post.ends, **_ended_with(post, by)
    )


def _ended_with(post: Post, by: Author) -> dict[str, object]:
    """A seat of a post whose end is known ends with it, and says who recorded that end."""
    at = recorded(by)
    if post.ends is None:
        return dict(at)
    return {**at, "end_recorded_at": at["recorded_at"], "end_recorded_by_id": at["recorded_by_id"]}


@transaction.atomic
def end_seat(*, seat: Seat, on: date, by: Author) -> None:
    """End a seat in which nobody sits and which is kept for nobody from that day on."""
    ask_gate(by, KEEP)
    Seat.objects.select_for_update().get(pk=seat.pk)
    if Occupancy.objects.filter(still_holds(on), seat=seat).exclude(ends=on).exists():
        raise Refused("Somebody sits in it on that day or later.", "Move or end that first.")
    if Kept.objects.filter(still_holds(on), seat=seat).exists():
        raise Refused("It is kept for somebody who has the right to come back.", "Settle that first.")
    end_row(seat, on, by)


@transaction.atomic
def end_post(*, post: Post, on: date, by: Author) -> None:
    """End a post and its seats. Refused while somebody sits in one, or has the right to come back to one."""
    ask_gate(by, KEEP)
    found = Post.objects.select_for_update().get(pk=post.pk)
    for seat in Seat.objects.filter(still_holds(on), post=found).order_by("number"):
        end_seat(seat=seat, on=on, by=by)
    for freeze in Freeze.objects.filter(still_holds(on), post=found, begins__lte=on):
        end_row(freeze, on, by)
    end_row(found, on, by)


@transaction.atomic
def freeze_post(*, post: Post, begins: date, because: str, by: Author, ends: date | None = None) -> Freeze:
    """Say that a post may not be filled, and why. Who sits in it stays."""
    ask_gate(by, KEEP)
    if not because.strip():
        raise Refused("A freeze has a reason.", "Say why the post may not be filled.")
    Post.objects.select_for_update().get(pk=post.pk)
    if Freeze.objects.filter(post=post).filter(still_holds(begins)).exists():
        raise Refused("The post is frozen already.", "End that freeze first.")
    made = Freeze.objects.create(post=post, because=because.strip(), begins=begins, **recorded(by))
    if ends is not None:
        end_row(made, ends, by)
    return made


@transaction.atomic
def thaw_post(*, post: Post, on: date, by: Author) -> None:
    """From that day the post may be filled again."""
    ask_gate(by, KEEP)
    freeze = Freeze.objects.filter(holding(on), post=post).first()
    if freeze is None:
        raise Refused("The post is not frozen on that day.", "Look at the post's history.")
    end_row(freeze, on, by)


@transaction.atomic
def say_lineage(*, before: Post, after: Post, on: date, kind: str, because: str, by: Author) -> Lineage:
    """Say which post goes on from which. A post has no descendant that was its ancestor."""
    ask_gate(by, KEEP)
    from rightplace.foundation.organisation.establishment.queries import descendants

    if before.pk == after.pk or before.pk in descendants(after.pk):
        raise Refused("A post cannot come of itself.", "Name the earlier post as the one before.")
    if not because.strip():
        raise Refused("A change has a reason.", "Say why the post changed.")
    if Lineage.objects.filter(before=before, after=after).exists():
        raise Refused("That is said already.", "Look at the post's history.")
    return Lineage.objects.create(
        before=before, after=after, on=on, kind=Lineage.Kind(kind), because=because.strip(), **recorded(by)
    )
