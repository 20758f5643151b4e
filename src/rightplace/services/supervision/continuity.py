"""How many workers a child has had, in twelve months and in all: by what the journal says of who had the child when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import QuerySet

from rightplace.common.caseflow.queries import open_spans
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.organisation.rolecodes import RoleCode

YEAR: Final = timedelta(days=365)
EVERY_TEAM: Final = (RoleCode.HEAD_OF_SERVICE, RoleCode.DIRECTOR)
OF_A_TEAM: Final = """
WITH ours AS (
    SELECT s.person FROM journal_span s
    WHERE s.team = %(team)s AND s.open AND s.begins <= %(now)s AND (s.ends IS NULL OR s.ends > %(now)s)
)
SELECT count(DISTINCT p.worker) FILTER (WHERE p.worker <> 0 AND (p.ends IS NULL OR p.ends > %(since)s)),
       count(DISTINCT p.worker) FILTER (WHERE p.worker <> 0)
FROM ours JOIN journal_span p ON p.person = ours.person AND p.begins <= %(now)s
GROUP BY ours.person
"""


@dataclass(frozen=True)
class Spread:
    """How many children of a team had so many workers: in twelve months, and in all."""

    in_a_year: Counter[int]
    in_all: Counter[int]

    @property
    def children(self) -> int:
        return self.in_all.total()


@dataclass(frozen=True, slots=True)
class HadBy:
    """One worker who had the child, from when until when."""

    worker: int
    name: str
    begins: datetime
    ends: datetime | None


def of_team(team: Team, now: datetime) -> Spread:
    """How many workers the children of a team have had. Figures only, so every child counts. One question."""
    with connection.cursor() as cursor:
        cursor.execute(OF_A_TEAM, {"team": team.pk, "now": now, "since": now - YEAR})
        rows = cursor.fetchall()
    return Spread(Counter(row[0] for row in rows), Counter(row[1] for row in rows))


def open_to(actor: Actor, person: int) -> QuerySet[Span]:
    """The open child, for the team that answers and for leaders; empty for everybody else."""
    found = open_spans(actor).filter(person=person)
    return found if actor.role in EVERY_TEAM else found.filter(team=actor.team)


def workers_of(person: int, now: datetime) -> list[HadBy]:
    """Who had the child, one after the other, the last first; spells of one worker that meet are one."""
    rows = Span.objects.filter(person=person, begins__lte=now).exclude(worker=0).order_by("begins")
    spells: list[HadBy] = []
    names = dict(Worker.objects.filter(pk__in=rows.values("worker")).values_list("pk", "name"))
    for worker, begins, ends in rows.values_list("worker", "begins", "ends"):
        until = ends if ends is not None and ends <= now else None
        if spells and spells[-1].worker == worker and spells[-1].ends == begins:
            spells[-1] = HadBy(worker, spells[-1].name, spells[-1].begins, until)
        else:
            spells.append(HadBy(worker, names.get(worker, ""), begins, until))
    return spells[::-1]


def counted(spells: Sequence[HadBy], now: datetime) -> tuple[int, int]:
    """How many different workers: in twelve months, and in all."""
    lately = {each.worker for each in spells if each.ends is None or each.ends > now - YEAR}
    return len(lately), len({each.worker for each in spells})
