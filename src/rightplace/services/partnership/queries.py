"""What the board looks at: seats, attendance, commitments, disputes, and how fast agencies answer checks.

Counts are made over the journal's projections, and small ones are withheld: nothing here is about a named child.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from rightplace.domain.evidence.smallnumbers import suppress
from rightplace.domain.practice.workdays import start_of_day, to_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import clock, queries
from rightplace.services.partnership.models import (
    Commitment,
    Dispute,
    DisputeWord,
    Meeting,
    Progress,
    Seat,
)

A_YEAR = timedelta(days=365)


def seats(actor: Actor) -> QuerySet[Seat]:
    """Who sits on the board today, the chair first, then by kind of agency."""
    found = scope(actor, Seat).filter(queries.holding(clock.today()))
    return found.select_related("agency").order_by("-chairs", "agency__kind", "agency__name", "id")


@dataclass(frozen=True)
class Came:
    """How often an agency came, of how often it was expected."""

    agency: int
    came: int
    of: int


@dataclass(frozen=True)
class Held:
    """A meeting that was held, and how many agencies came, of how many."""

    number: int
    on: date
    title: str
    decided: str
    came: int
    of: int


def meetings(actor: Actor, since: date) -> tuple[list[Held], dict[int, Came]]:
    """The meetings since a day, the last first, and how often each agency came to them. One query."""
    rows = scope(actor, Meeting).filter(on__gte=since).order_by("-on", "-id")
    held, agencies = dict[int, Held](), dict[int, Came]()
    told = rows.values_list("pk", "on", "title", "decided", "attendance__agency", "attendance__came")
    for number, on, title, decided, agency, came in told:
        before = held.get(number, Held(number, on, title, decided, 0, 0))
        if agency is not None:
            before = replace(before, came=before.came + came, of=before.of + 1)
            own = agencies.get(agency, Came(agency, 0, 0))
            agencies[agency] = Came(agency, own.came + came, own.of + 1)
        held[number] = before
    return list(held.values()), agencies


@dataclass(frozen=True)
class Stands:
    """How a commitment stands, as was said last."""

    state: str
    said_at: datetime

    @property
    def ended(self) -> bool:
        """Whether nothing more is expected."""
        return self.state in ENDED


ENDED = (Progress.State.KEPT, Progress.State.GIVEN_UP)


def commitments(actor: Actor) -> list[tuple[Commitment, Stands | None]]:
    """Each commitment with how it stands, the next due first; those that ended a year ago are left out."""
    last = Progress.objects.filter(commitment=OuterRef("pk")).order_by("-recorded_at", "-id")
    found = scope(actor, Commitment).select_related("agency").order_by("due", "id")
    rows = found.annotate(
        state=Subquery(last.values("state")[:1]), said_at=Subquery(last.values("recorded_at")[:1])
    )
    kept = clock.now() - A_YEAR
    said = [(row, Stands(row.state, row.said_at) if row.state else None) for row in rows]
    return [(c, p) for c, p in said if p is None or not p.ended or p.said_at > kept]


def disputes(actor: Actor) -> QuerySet[Dispute]:
    """The disputes that the reader may see, the newest first."""
    return _with_step(scope(actor, Dispute))


def disputes_of_a_year() -> list[Dispute]:
    """Every dispute of a year, for the board: between whom, about what, how it ended. No words."""
    since = clock.now() - A_YEAR
    return list(_with_step(Dispute.objects.filter(Q(recorded_at__gte=since) | Q(ended_at=None))))


def _with_step(found: QuerySet[Dispute]) -> QuerySet[Dispute]:
    """Disputes with the step on which each stands and the day by which it is to be settled there."""
    last = DisputeWord.objects.filter(dispute=OuterRef("pk"), due__isnull=False).order_by("-step", "-id")
    found = found.annotate(stands_on=Subquery(last.values("step")[:1]), due=Subquery(last.values("due")[:1]))
    return found.select_related("raised_by", "against").order_by("-recorded_at", "-id")


@dataclass(frozen=True)
class Answers:
    """How an agency answered what it was asked; None where the number is too small to be shown."""

    agency: int
    name: str
    asked: int | None
    answered: int | None
    in_time: int | None
    hours: float | None


ANSWERS_SQL = """
SELECT s.agency, a.name, count(*), count(t.met), count(*) FILTER (WHERE t.met <= t.due),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM t.met - t.begins) / 3600)
           FILTER (WHERE t.met IS NOT NULL)
FROM disclosure_sharing s
JOIN organisation_agency a ON a.id = s.agency
JOIN journal_timescale t ON t.person = s.person AND t.trigger = s.entry AND t.rule LIKE 'CHECK-%%'
WHERE s.kind = 23 AND s.way = 'given' AND s.at >= %s AND s.at < %s
GROUP BY s.agency, a.name
"""


def answer_times(since: date) -> list[Answers]:
    """How fast each agency answered the checks that it was asked since a day; small counts withheld."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS_SQL, [start_of(since), now])
        rows = cursor.fetchall()
    shown = suppress({row[0]: row[2] for row in rows}).counts
    return [
        Answers(*row) if shown[row[0]] is not None else Answers(row[0], row[1], None, None, None, None)
        for row in sorted(rows, key=lambda row: (-row[2], row[0]))
    ]


def start_of(day: date) -> datetime:
    """The first instant of a day."""
    return to_datetime(start_of_day(day.toordinal()))
