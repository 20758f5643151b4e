"""Our own record as strengths of the model: what happened, child by child, and who sat where; read in a few questions and
only counted.

learnt(on)   strengths with ranges, and which of them the record cannot tell apart; needs the model's extra
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from rightplace.domain.practice.workdays import day_of, from_datetime, start_of_day, to_datetime
from rightplace.domain.simulation.names import OTHER
from rightplace.domain.simulation.names import SOURCES as NAMED
from rightplace.domain.simulation.parameters import parameters
from rightplace.overview.capacity import ownpeople
from rightplace.overview.capacity.ownteams import Own, own_service
from rightplace.overview.capacity.reading import SOURCES

if TYPE_CHECKING:
    from rightplace.domain.simulation.census import Census
    from rightplace.domain.simulation.parameters import Parameters
    from rightplace.domain.simulation.published.lives import Life
    from rightplace.domain.simulation.published.own import OwnFit

YEARS: Final = 3
"""A record is read so far back: longer, and it is of another service."""
NAMES: Final = (
    "contact.received", "contact.decided", "referral.accepted", "familysupport.began", "familysupport.ended",
    "assessment.authorised", "enquiry.began", "conference.held", "needplan.began", "protectionplan.began",
    "protectionplan.ended", "care.began", "care.ended", "case.closed", "step.down",
)  # fmt: skip
LIVES: Final = """
SELECT person, (at AT TIME ZONE 'Europe/London')::date - date '0001-01-01' + 1, name, outcome FROM journal_happening
WHERE NOT concern AND name = ANY(%(names)s) AND at < %(now)s ORDER BY person, at, id
"""
WAITED: Final = """
SELECT person, (begins AT TIME ZONE 'Europe/London')::date - date '0001-01-01' + 1,
  (coalesce(least(ends, %(now)s), %(now)s) AT TIME ZONE 'Europe/London')::date - date '0001-01-01' + 1 FROM journal_span
WHERE open AND worker = 0 AND begins < %(now)s AND coalesce(ends, %(now)s) > begins + interval '1 day'
"""
"""Children who were open and had no worker for more than a day."""
UNTIL: Final = """
SELECT person, (max(ends) AT TIME ZONE 'Europe/London')::date - date '0001-01-01' + 1 FROM journal_span
WHERE open AND begins < %(now)s GROUP BY person HAVING bool_and(ends IS NOT NULL AND ends <= %(now)s)
"""
"""The last day of children who are not open any more: at eighteen nobody closes a case."""
FAMILIES: Final = """
SELECT cardinality(children) FROM frontdoor_contact
WHERE received >= %(since)s AND received < %(now)s AND cardinality(children) > 0
"""
MONTH: Final = 30
BY_MONTH: Final = """
SELECT floor(extract(epoch FROM %(now)s - at) / 86400 / 30)::int, count(*) FROM journal_happening
WHERE name = 'contact.received' AND NOT concern AND at >= %(since)s AND at < %(now)s GROUP BY 1
"""
"""Children told of in each thirty days back from now."""
AT_ONCE: Final = 20_000


def learnt(on: date, given: Parameters | None = None) -> OwnFit:
    """The strengths of the model as our own record has them up to a day; others stay as they are given."""
    own = own_service(on)
    return learnt_of(own, given or parameters(own.structure, on))


def learnt_of(own: Own, given: Parameters, census: Census | None = None) -> OwnFit:
    """The same where our service has been read; with its census, its workloads count too."""
    from rightplace.domain.simulation.published.own import Record
    from rightplace.domain.simulation.published.ownfit import learnt_from

    now = own.now
    since = _first(now)
    values = {"since": since, "now": now}
    first, last = day_of(from_datetime(since)), day_of(from_datetime(now))
    record = Record(
        _lives(now), [many for (many,) in _rows(FAMILIES, values)], first, last,
        ownpeople.sat(own, since.date(), given.value("experienced.weeks")), ownpeople.empty(own, since.date()),
        ownpeople.full(own, given, census) if census is not None else None,
    )  # fmt: skip
    with transaction.atomic():
        return learnt_from(given, record)


def _first(now: datetime) -> datetime:
    """From where the record is whole: before it, it holds only children who were still open when it began."""
    many = dict(_rows(BY_MONTH, {"now": now, "since": now - timedelta(days=YEARS * 365)}))
    enough = median(many.get(back, 0) for back in range(12)) / 4
    months = 0
    while many.get(months, 0) > 0 and many.get(months, 0) >= enough:
        months += 1
    return to_datetime(start_of_day(day_of(from_datetime(now)) - months * MONTH))


def _lives(now: datetime) -> Iterator[Life]:
    """What happened to each child, in order; read in parts, since a city has millions of lines."""
    from rightplace.domain.simulation.published.lives import Happened, Life

    waited: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for person, begins, ends in _rows(WAITED, {"now": now}):
        waited[person].append((begins, ends))
    until = dict(_rows(UNTIL, {"now": now}))
    with connection.connection.cursor("own_record") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(LIVES, {"names": list(NAMES), "now": now})
        for person, lines in groupby(cursor, key=lambda line: line[0]):
            happened = [
                Happened(day, _named(name, outcome), _told(name, outcome)) for _, day, name, outcome in lines
            ]
            yield Life(happened, waited.get(person, ()), until.get(person))


def _named(name: str, outcome: str) -> str:
    """A conference by its kind; a plan that came from elsewhere with its child came of no conference of ours."""
    if name != "conference.held":
        return name
    kinds = {"review": "conference.review", "transfer in": "conference.transfer"}
    return kinds.get(outcome, "conference.initial")


def _told(name: str, outcome: str) -> str:
    """Of a contact, the model's source."""
    return NAMED[SOURCES.get(outcome[:1], OTHER)] if name == "contact.received" else outcome


def _rows(sql: str, values: dict[str, Any]) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: Sequence[Any] = cursor.fetchall()
        return found
