"""Pupils of the story's school whom family support helped: enough of them that a statement can say what came of it.

They are the city's own children, some of whom came from another school; a course at school and visits were given to them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.db import connection

from rightplace.demo.material.strip import strip
from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.schooling import SchoolRecorded, TimeGiven
from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.journal.writing import new_id, write
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Membership, School, Team

SINCE, QUIET_SINCE = date(2024, 9, 2), datetime(2024, 9, 1, tzinfo=UTC)
MOVED = date(2025, 9, 1)
"""When those came whose case was closed in autumn, some of them from another school."""
OF_AGE = (date(2014, 9, 1), date(2019, 8, 31))
AUTUMN = (datetime(2025, 9, 22, tzinfo=UTC), datetime(2026, 1, 8, tzinfo=UTC))
TERMS = ((date(2024, 9, 23), 11), (date(2025, 1, 20), 12), (date(2025, 5, 12), 14), (date(2025, 9, 22), 14))
"""When a term's work began, and how many children it was for."""
ENDED = 11
"""So many more whose case was closed in the last autumn."""
WORK = (("group", 90, 5), ("visit", 75, 3), ("meeting", 60, 1), ("telephone", 20, 2))
"""What was done, how many minutes at a time, and how often at most."""
OF_SCHOOL_AGE = """
SELECT p.person, f.head_recorded, EXISTS (
  SELECT 1 FROM journal_happening c WHERE c.person = p.person AND c.name = 'case.closed' AND NOT c.concern
  AND c.at BETWEEN %(from)s AND %(until)s),
  (SELECT max(s.begins) FROM people_schooling s WHERE s.person = p.person)
FROM people_person p
JOIN journal_file f ON f.id = p.person AND NOT EXISTS (SELECT 1 FROM access_restriction r WHERE r.file = f.id)
WHERE p.born BETWEEN %(eldest)s AND %(youngest)s AND NOT p.provisional AND p.died IS NULL
  AND EXISTS (SELECT 1 FROM journal_span s WHERE s.person = p.person AND s.label = 0) ORDER BY 1
"""
"""Children of the age of primary school, when their file was last written in, whether it was closed in autumn, and since
when their school is known.

What is written in a file is never recorded before what stands in it, so only a quiet file can take up what is past.
"""


def seed(school: School) -> None:
    """Say where they go to school, then give each term's time, as it was written down that week."""
    worker = _worker()
    rng = Random(school.urn)  # noqa: S311  (a demonstration, not a secret)
    if worker is None:
        return
    quiet, ended = _children()
    for children, day in ((quiet, SINCE), (ended, MOVED)):
        for child in children:
            with clock.clock_at(datetime.combine(day, time(9), UTC)):
                body = SchoolRecorded(school=school.pk)
                write(
                    [Draft(file=child, body=body, day=day.toordinal(), at=None)], by=worker, may="note.write"
                )
    for begins, many in TERMS:
        for place, child in enumerate(quiet[:many]):
            _give(child, begins + timedelta(days=place % 4), worker, rng)
    for place, child in enumerate(ended):
        _give(child, TERMS[-1][0] + timedelta(days=place % 4), worker, rng)


def _give(child: int, first: date, worker: Actor, rng: Random) -> None:
    """A term's work with one child's family, a piece a week."""
    week = 0
    for doing, lasted, most in WORK:
        for _ in range(rng.randint(1, most)):
            day = first + timedelta(weeks=week)
            week += 1
            body = TimeGiven(lasted=lasted, doing=doing)
            with clock.clock_at(datetime.combine(day, time(15, 30), UTC)):
                draft = Draft(file=child, body=body, day=day.toordinal(), at=None, occasion=new_id())
                write([draft], by=worker, may="visit.record")


def _children() -> tuple[list[int], list[int]]:
    """Those with whom the work goes on, in files long quiet; and those whose case was closed in autumn."""
    told: dict[str, date] = {
        "eldest": OF_AGE[0],
        "youngest": OF_AGE[1],
        "from": AUTUMN[0],
        "until": AUTUMN[1],
    }
    with connection.cursor() as cursor:
        cursor.execute(OF_SCHOOL_AGE, told)
        rows = [
            (child, datetime.fromtimestamp(head / 1e6, UTC), closed, since)
            for child, head, closed, since in cursor
        ]
    quiet = [child for child, head, _, since in rows if since is None and head < QUIET_SINCE]
    ended = [
        child
        for child, head, closed, since in rows
        if closed and head < AUTUMN[1] and (since is None or since < MOVED)
    ]
    return quiet[: TERMS[-1][1]], ended[:ENDED]


def _worker() -> Actor | None:
    """The story's family support worker, who links the school."""
    rows = Membership.objects.filter(
        worker__name=strip().person("family_support_worker").name, team__kind=Team.Kind.FAMILY_SUPPORT
    )
    row = queries.on_day(rows.select_related("worker", "team"), clock.today()).first()
    return actor_of(row) if row is not None else None
