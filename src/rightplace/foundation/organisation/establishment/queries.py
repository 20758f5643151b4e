"""How the establishment stands on a day: posts, seats and who sits in them, in one question of the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from django.db import connection
from django.db.models import F, Q, QuerySet

from rightplace.foundation.organisation.establishment.standing import PostStanding, SeatStanding
from rightplace.foundation.organisation.establishment.tables import (
    Contract,
    Kept,
    Lineage,
    Occupancy,
    Particulars,
    Post,
    Seat,
)
from rightplace.foundation.organisation.queries import holding

STANDING: Final = """
SELECT p.id, p.reference, p.title, p.grade, p.profession, p.role, p.team_id, t.name, p.funding, p.hours,
       EXISTS (SELECT 1 FROM organisation_freeze f WHERE f.post_id = p.id AND f.begins <= %(on)s
               AND (f.ends IS NULL OR f.ends > %(on)s)),
       s.id, s.number, s.hours, o.id, o.worker_id, w.name, o.kind, o.hours, o.ends, k.worker_id, kw.name, k.why
FROM organisation_post p
JOIN organisation_team t ON t.id = p.team_id
LEFT JOIN organisation_seat s ON s.post_id = p.id AND s.begins <= %(on)s AND (s.ends IS NULL OR s.ends > %(on)s)
LEFT JOIN organisation_occupancy o ON o.seat_id = s.id AND o.begins <= %(on)s AND (o.ends IS NULL OR o.ends > %(on)s)
LEFT JOIN organisation_worker w ON w.id = o.worker_id
LEFT JOIN organisation_kept k ON k.seat_id = s.id AND k.begins <= %(on)s AND (k.ends IS NULL OR k.ends > %(on)s)
LEFT JOIN organisation_worker kw ON kw.id = k.worker_id
WHERE p.begins <= %(on)s AND (p.ends IS NULL OR p.ends > %(on)s)
  AND (%(teams)s::bigint[] IS NULL OR p.team_id = ANY(%(teams)s)) AND (%(post)s::bigint IS NULL OR p.id = %(post)s)
ORDER BY t.name, p.team_id, p.role DESC, p.title, p.id, s.number
"""


def standing(on: date, teams: Iterable[int] | None = None, post: int | None = None) -> list[PostStanding]:
    """Every post on a day with its seats: of some teams, of one post, or of all. One query."""
    wanted = list(teams) if teams is not None else None
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"on": on, "teams": wanted, "post": post})
        rows = cursor.fetchall()
    found: dict[int, PostStanding] = {}
    for row in rows:
        made = found.get(row[0]) or found.setdefault(row[0], PostStanding(*row[:11]))
        if row[11] is not None:
            made.seats.append(SeatStanding(*row[11:]))
    return list(found.values())


def posts(on: date, team: int | None = None) -> QuerySet[Post]:
    """The posts there are on a day, of a team or of all."""
    found = Post.objects.filter(holding(on)).select_related("team")
    found = found.filter(team_id=team) if team is not None else found
    return found.order_by("team__name", "-role", "title", "id")


def occupancies(on: date, worker: int | None = None) -> QuerySet[Occupancy]:
    """Who sits where on a day."""
    found = Occupancy.objects.filter(holding(on)).select_related("seat__post__team", "worker")
    return (found.filter(worker_id=worker) if worker is not None else found).order_by(
        "seat__post__title", "id"
    )


def vacant_seats(on: date, team: int | None = None) -> list[tuple[PostStanding, SeatStanding]]:
    """Seats that may be filled on a day: nobody sits in them, nobody will come back, the post is not frozen."""
    found = standing(on, [team] if team is not None else None)
    return [(post, seat) for post in found for seat in post.seats if seat.is_empty and not post.frozen]


def hours_of(workers: Iterable[int], on: date) -> dict[int, Decimal]:
    """The hours a week that workers really have on a day: those they sit for, at most those of their contract.

    Who sits nowhere, or has no contract written down, is not in the answer: unknown is not nought (promise 4).
    """
    wanted = list(workers)
    sits: dict[int, Decimal] = {}
    for worker, hours in Occupancy.objects.filter(holding(on), worker_id__in=wanted).values_list(
        "worker_id", "hours"
    ):
        sits[worker] = sits.get(worker, Decimal(0)) + hours
    held = Contract.objects.filter(holding(on), worker_id__in=wanted)
    contracts = dict(held.values_list("worker_id", "hours"))
    return {worker: min(hours, contracts.get(worker, hours)) for worker, hours in sits.items()}


def particulars_of(workers: Iterable[int], on: date) -> dict[int, Particulars]:
    """What each of these workers brings, as it is said on a day."""
    rows = Particulars.objects.filter(holding(on), worker_id__in=list(workers))
    return {row.worker_id: row for row in rows}


def kept_seats(on: date, worker: int | None = None) -> QuerySet[Kept]:
    """Seats to which somebody has the right to come back."""
    found = Kept.objects.filter(holding(on)).select_related("seat__post__team", "worker")
    return (found.filter(worker_id=worker) if worker is not None else found).order_by("begins", "id")


def history_of(post: int) -> list[Occupancy]:
    """Everybody who ever sat in a post, the latest first."""
    rows = Occupancy.objects.filter(seat__post_id=post).exclude(ends=F("begins"))
    return list(rows.select_related("worker", "seat").order_by("-begins", "seat__number", "id"))


def lineage_of(post: int) -> list[Lineage]:
    """What a post came of and what became of it, over every change, in the order of the days."""
    wanted = {*ancestors(post), *descendants(post), post}
    rows = Lineage.objects.filter(Q(before_id__in=wanted) & Q(after_id__in=wanted))
    return list(rows.select_related("before__team", "after__team").order_by("on", "id"))


def ancestors(post: int) -> set[int]:
    """Every post that a post came of."""
    return _walk(post, "after_id", "before_id")


def descendants(post: int) -> set[int]:
    """Every post that came of a post."""
    return _walk(post, "before_id", "after_id")


def _walk(post: int, here: str, there: str) -> set[int]:
    sql = f"""
        WITH RECURSIVE line(id) AS (
            SELECT {there} FROM organisation_lineage WHERE {here} = %s
            UNION SELECT l.{there} FROM organisation_lineage l JOIN line ON l.{here} = line.id)
        SELECT id FROM line"""  # noqa: S608  (the two names are this module's own)
    with connection.cursor() as cursor:
        cursor.execute(sql, [post])
        return {number for (number,) in cursor.fetchall()}


def seats_of(post: int, on: date) -> Sequence[Seat]:
    """The seats of a post on a day."""
    return list(Seat.objects.filter(holding(on), post_id=post).order_by("number"))
