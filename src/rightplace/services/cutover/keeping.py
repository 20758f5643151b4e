"""What a move must keep, looked at after the write and before it is committed: one team at every instant, every due day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import connection

from rightplace.services.cutover.models import FamilyMove

Due = dict[tuple[int, str, int, int], tuple[Any, ...]]


class NotKept(Exception):
    """A move that would break what it must keep. It is taken back whole."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How much was looked at."""

    instants: int
    timescales: int


def due_of(persons: Sequence[int]) -> Due:
    """Everything that is due for these children, and by when."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, rule, trigger, about, due, due_statistics, floor, begins, met, overtaken, not_required_from "
            "FROM journal_timescale WHERE person = ANY(%s)",
            [list(persons)],
        )
        return {tuple(row[:4]): tuple(row[4:]) for row in cursor.fetchall()}


def held_to(
    family: FamilyMove,
    persons: Sequence[int],
    moment: datetime,
    before: Due,
    answered: Collection[int] = (),
) -> Kept:
    """Raise unless every child has one team at every instant since it was opened, and every timescale its day.

    `answered` are offers that the move itself ends or makes again: what is due of them is settled, or begins, with it.
    """
    timescales = _due_days_stand(before, due_of(persons), moment, answered)
    return Kept(_one_team_at_every_instant(family, persons, moment), timescales)


def _due_days_stand(before: Due, after: Due, moment: datetime, answered: Collection[int]) -> int:
    """Each row is there with the same day. What was open stays open, or is settled by a worker being allocated."""
    for key, row in before.items():
        now = after.get(key)
        if now is None or now[:4] != row[:4]:
            raise NotKept(f"{key[1]} would be lost or fall due on another day.")
        settled, still = row[4:], now[4:]
        if (
            settled == still
            or key[2] in answered
            or (key[1] in SETTLED_BY_A_WORKER and _open(settled, moment) and moment in still)
        ):
            continue
        raise NotKept(f"{key[1]} would be settled otherwise than it is.")
    for key, row in after.items():
        if key not in before and key[2] not in answered and _open(row[4:], moment):
            raise NotKept(f"{key[1]} would begin with the move and stay open.")
    return len(before)


def _open(settled: tuple[Any, ...], moment: datetime) -> bool:
    """Whether something is still due at the moment; what the law ends, such as an 18th birthday, may lie ahead."""
    met, *ended = settled
    return met is None and all(end is None or end > moment for end in ended)


SETTLED_BY_A_WORKER = frozenset({"ALLOCATE", "FS-LEAD"})
"""What is due because nobody is the child's worker, or leads the family: the move names somebody."""

SPANS = "SELECT person, begins, ends, team, worker, open FROM journal_span WHERE person = ANY(%s) ORDER BY person, begins"


def _one_team_at_every_instant(family: FamilyMove, persons: Sequence[int], moment: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(SPANS, [list(persons)])
        rows = cursor.fetchall()
    instants = 0
    for person in persons:
        own = [row for row in rows if row[0] == person]
        for earlier, later in pairwise(own):
            if earlier[2] != later[1]:
                raise NotKept("A child would have no team, or two, at some instant.")
        if any(row[5] and not row[3] for row in own):
            raise NotKept("A child would be open without a team.")
        _moves_then(family, own, moment)
        instants += 2 * len(own)
    return instants


def _moves_then(family: FamilyMove, own: Sequence[tuple[Any, ...]], moment: datetime) -> None:
    """The old team answers until the moment, the new team and its worker from the moment on."""
    until = [row for row in own if row[1] < moment and row[2] is not None and row[2] >= moment]
    since = [row for row in own if row[1] <= moment and (row[2] is None or row[2] > moment)]
    if len(since) != 1 or (since[0][3], since[0][4]) != (family.to_team_id, family.worker_id):
        raise NotKept("The new team and worker would not answer from the moment on.")
    if since[0][1] == moment and (len(until) != 1 or until[0][3] != family.from_team_id):
        raise NotKept("The old team would not answer until that moment.")
