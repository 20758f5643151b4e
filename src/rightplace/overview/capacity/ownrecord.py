"""Our own record as strengths of the model: what happened, child by child, read in three questions and only counted.

learnt(on)   strengths with ranges, and which of them the record cannot tell apart; needs the model's extra
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from rightplace.domain.practice.workdays import day_of, from_datetime, start_of_day, to_datetime
from rightplace.domain.simulation.parameters import parameters
from rightplace.overview.capacity.ownteams import moment_of, own_service
from rightplace.overview.capacity.reading import SOURCES

if TYPE_CHECKING:
    from rightplace.domain.simulation.parameters import Parameters
    from rightplace.domain.simulation.published.own import Decided, Happened, OwnFit

YEARS: Final = 3
"""A record is read so far back: longer, and it is of another service."""
NAMES: Final = (
    "contact.received", "contact.decided", "referral.accepted", "familysupport.began", "assessment.authorised",
    "enquiry.began", "conference.held", "needplan.began", "protectionplan.began", "care.began", "care.ended",
    "case.closed", "step.down",
)  # fmt: skip
LIVES: Final = """
SELECT person, at, name, outcome FROM journal_happening
WHERE NOT concern AND name = ANY(%(names)s) AND at < %(now)s ORDER BY person, at, id
"""
DECIDED: Final = """
SELECT (decided AT TIME ZONE 'Europe/London')::date, source, route, count(*) FROM frontdoor_contact
WHERE decided >= %(since)s AND decided < %(now)s GROUP BY 1, 2, 3
"""
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
    from rightplace.domain.simulation.published.own import learnt_from

    now = moment_of(on)
    since = _first(now)
    with transaction.atomic():
        return learnt_from(
            given or parameters(own_service(on).structure, on),
            _lives(now),
            _decided(since, now),
            [many for (many,) in _rows(FAMILIES, {"since": since, "now": now})],
            day_of(from_datetime(since)),
            day_of(from_datetime(now)),
        )


def _first(now: datetime) -> datetime:
    """From where the record is whole: before it, it holds only children who were still open when it began."""
    many = dict(_rows(BY_MONTH, {"now": now, "since": now - timedelta(days=YEARS * 365)}))
    enough = median(many.get(back, 0) for back in range(12)) / 4
    months = 0
    while many.get(months, 0) > 0 and many.get(months, 0) >= enough:
        months += 1
    return to_datetime(start_of_day(day_of(from_datetime(now)) - months * MONTH))


def _lives(now: datetime) -> Iterator[list[Happened]]:
    """What happened to each child, in order; read in parts, since a city has millions of lines."""
    from rightplace.domain.simulation.published.own import Happened

    with connection.connection.cursor("own_record") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(LIVES, {"names": list(NAMES), "now": now})
        for _, lines in groupby(cursor, key=lambda line: line[0]):
            yield [
                Happened(day_of(from_datetime(at)), _named(name, outcome), outcome)
                for _, at, name, outcome in lines
            ]


def _named(name: str, outcome: str) -> str:
    if name != "conference.held":
        return name
    return "conference.review" if outcome == "review" else "conference.initial"


def _decided(since: datetime, now: datetime) -> list[Decided]:
    from rightplace.domain.simulation.names import OTHER
    from rightplace.domain.simulation.published.own import Decided

    return [
        Decided(day.toordinal() // MONTH, SOURCES.get(source[:1], OTHER), route, many)
        for day, source, route, many in _rows(DECIDED, {"since": since, "now": now})
    ]


def _rows(sql: str, values: dict[str, Any]) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: Sequence[Any] = cursor.fetchall()
        return found
