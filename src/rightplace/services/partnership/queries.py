"""What the board looks at: seats, attendance, commitments, disputes, and how fast agencies answer checks.

Counts are made over the journal's projections, and small ones are withheld: nothing here is about a named child.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from rightplace.domain.evidence.smallnumbers import THRESHOLD, suppress
from rightplace.domain.practice.workdays import start_of_day, to_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Pilot
from rightplace.services.partnership.models import Attendance, Commitment, Dispute, Meeting, Progress, Seat

A_YEAR = timedelta(days=365)


def seats(actor: Actor) -> QuerySet[Seat]:
    """Who sits on the board today, the chair first, then by kind of agency."""
    found = scope(actor, Seat).filter(queries.holding(clock.today()))
    return found.select_related("agency").order_by("-chairs", "agency__kind", "agency__name", "id")


def meetings(actor: Actor) -> QuerySet[Meeting]:
    """The meetings of a year, the last first."""
    return scope(actor, Meeting).filter(on__gte=clock.today() - A_YEAR)


@dataclass(frozen=True)
class Came:
    """How often an agency came, of how often it was expected."""

    agency: int
    came: int
    of: int


def attendance(since: date) -> dict[int, Came]:
    """How often each agency came to the meetings since a day."""
    return attended(since)[0]


def attended(since: date) -> tuple[dict[int, Came], dict[int, tuple[int, int]]]:
    """How often each agency came to the meetings since a day; and how many came to each meeting, of how many."""
    agencies, held = dict[int, Came](), dict[int, tuple[int, int]]()
    rows = Attendance.objects.filter(meeting__on__gte=since).values_list("meeting", "agency", "came")
    for meeting, agency, came in rows:
        before = agencies.get(agency, Came(agency, 0, 0))
        agencies[agency] = Came(agency, before.came + came, before.of + 1)
        there, of = held.get(meeting, (0, 0))
        held[meeting] = (there + came, of + 1)
    return agencies, held


def commitments(actor: Actor) -> list[tuple[Commitment, Progress | None]]:
    """Each commitment with how it stands, the next due first; those that ended a year ago are left out."""
    found = list(scope(actor, Commitment).select_related("agency").order_by("due", "id"))
    last: dict[int, Progress] = {}
    for progress in Progress.objects.filter(commitment__in=found).order_by("recorded_at", "id"):
        last[progress.commitment_id] = progress
    kept = clock.now() - A_YEAR
    ends = (Progress.State.KEPT, Progress.State.GIVEN_UP)
    said = [(each, last.get(each.pk)) for each in found]
    return [(c, p) for c, p in said if p is None or p.state not in ends or p.recorded_at > kept]


def disputes(actor: Actor) -> QuerySet[Dispute]:
    """The disputes that the reader may see, the newest first."""
    return scope(actor, Dispute).select_related("raised_by", "against").order_by("-recorded_at", "-id")


def disputes_of_a_year() -> list[Dispute]:
    """Every dispute of a year, for the board: between whom, about what, how it ended. No words."""
    since = clock.now() - A_YEAR
    found = Dispute.objects.filter(Q(recorded_at__gte=since) | Q(ended_at=None))
    found = found.select_related("raised_by", "against").prefetch_related("words")
    return list(found.order_by("-recorded_at", "-id"))


@dataclass(frozen=True)
class Answers:
    """How an agency answered what it was asked; None where the number is too small to be shown."""

    agency: int
    asked: int | None
    answered: int | None
    in_time: int | None
    hours: float | None


ANSWERS_SQL = """
SELECT s.agency, count(*), count(t.met), count(*) FILTER (WHERE t.met <= t.due),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM t.met - t.begins) / 3600)
           FILTER (WHERE t.met IS NOT NULL)
FROM disclosure_sharing s
JOIN journal_timescale t ON t.person = s.person AND t.trigger = s.entry AND t.rule LIKE 'CHECK-%%'
WHERE s.kind = 23 AND s.way = 'given' AND s.at >= %s AND s.at < %s
GROUP BY s.agency
"""


def answer_times(since: date) -> list[Answers]:
    """How fast each agency answered the checks that it was asked since a day; small counts withheld."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS_SQL, [_start(since), now])
        rows = cursor.fetchall()
    shown = suppress({row[0]: row[1] for row in rows}).counts
    return [
        Answers(row[0], row[1], row[2], row[3], row[4])
        if shown[row[0]] is not None
        else Answers(row[0], None, None, None, None)
        for row in sorted(rows, key=lambda row: (-row[1], row[0]))
    ]


@dataclass(frozen=True)
class Compared:
    """Plain counts of the contacts decided in a pilot, or of the rest; None where too small."""

    contacts: int
    hours_to_decide: float | None
    checks: int
    checks_in_time: int
    hours_to_answer: float | None
    routes: Mapping[str, int]

    @property
    def shown(self) -> bool:
        """Whether there are enough contacts to show anything of them."""
        return self.contacts == 0 or self.contacts >= THRESHOLD


NO_CONTACTS = Compared(0, None, 0, 0, None, {})
CONTACTS_SQL = """
WITH decided AS (
    SELECT d.person, d.at, d.outcome, min(r.at) AS received,
           coalesce(bool_or(p.outcome = %(pilot)s), false) AS inside, coalesce(bool_or(p.id IS NOT NULL), false) AS marked
    FROM journal_happening d
    LEFT JOIN journal_happening r ON r.person = d.person AND r.name = 'contact.received'
    LEFT JOIN journal_happening p ON p.person = d.person AND p.name = 'contact.piloted'
    WHERE d.name = 'contact.decided' AND d.concern AND d.at >= %(since)s AND d.at < %(until)s
    GROUP BY d.person, d.at, d.outcome, d.id
), kept AS (SELECT * FROM decided WHERE inside OR NOT marked)
"""
DECIDED_SQL = f"""{CONTACTS_SQL}SELECT inside, outcome, count(*), NULL::float FROM kept GROUP BY inside, outcome
UNION ALL SELECT inside, '', count(*),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM at - received) / 3600) FROM kept GROUP BY inside
"""  # noqa: S608  (constants only)
CHECKED_SQL = f"""{CONTACTS_SQL}SELECT k.inside, count(*), count(*) FILTER (WHERE t.met <= t.due),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM t.met - t.begins) / 3600)
FROM kept k JOIN journal_timescale t ON t.person = k.person AND t.rule LIKE 'CHECK-%%' GROUP BY k.inside
"""  # noqa: S608  (constants only)


def compared(pilot: Pilot) -> tuple[Compared, Compared]:
    """The pilot's contacts and the rest, decided while it is or was on: counts that prove nothing by themselves."""
    until = _start(pilot.ends) if pilot.ends else clock.now()
    asked: dict[str, Any] = {
        "pilot": str(pilot.pk),
        "since": _start(pilot.begins),
        "until": min(until, clock.now()),
    }
    with connection.cursor() as cursor:
        cursor.execute(DECIDED_SQL, asked)
        decided = cursor.fetchall()
        cursor.execute(CHECKED_SQL, asked)
        checked = {row[0]: row[1:] for row in cursor.fetchall()}
    return _compared(True, decided, checked), _compared(False, decided, checked)


def _compared(inside: bool, decided: Sequence[Any], checked: Mapping[bool, Any]) -> Compared:
    own = [row for row in decided if row[0] is inside]
    whole = next((row for row in own if row[1] == ""), None)
    if whole is None:
        return NO_CONTACTS
    asked, in_time, hours = checked.get(inside, (0, 0, None))
    routes = suppress({row[1]: row[2] for row in own if row[1]})
    return Compared(
        contacts=whole[2], hours_to_decide=whole[3], checks=asked, checks_in_time=in_time, hours_to_answer=hours,
        routes={name: count for name, count in routes.counts.items() if count} if routes.whole else {},
    )  # fmt: skip


def _start(day: date) -> datetime:
    return to_datetime(start_of_day(day.toordinal()))
