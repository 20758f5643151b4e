"""What waits for a reader on pages of several services: how many, and by when the first; asked all at once.

My day and a partner's first page show it and know no service. An app registers its sources in its `apps.py`. However
many there are, they are asked in one question of the database: each gives rows through its own scope, and is counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

from rightplace.common.web import tags
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock

COLUMNS = (Column("What waits for you"), Column("How many", number=True), Column("The first by"))
DAY_ENDS = "(due + 1)::timestamp AT TIME ZONE 'Europe/London'"


@dataclass(frozen=True)
class Waits:
    """One kind of thing that may wait for somebody: which rows, what of them counts once, and by when.

    `rows` gives None to whom it does not concern. `due` may be empty: then it has no day. `by_day`: it is a date.
    """

    key: str
    rows: Callable[[Actor], QuerySet[Any] | None]
    one: str
    due: str
    what: str
    address: str
    order: int = 50
    by_day: bool = False


@dataclass(frozen=True)
class Waiting:
    """So many of them wait for a reader now."""

    of: Waits
    number: int
    due: datetime | None
    late: int

    def row(self, now: datetime) -> Row:
        """A line that leads to the page where it is done."""
        link = Link(self.of.what, reverse(self.of.address), f"{self.late} late" if self.late else "")
        by = tags.due_tag(self.due, now) if self.due else words_without_a_day()
        return Row([link, self.number, by], late=bool(self.late))


def words_without_a_day() -> str:
    """What has no day is said to have none."""
    return "no day"


_sources: list[Waits] = []


def register_waits(*sources: Waits) -> None:
    """Say what of a service may wait for somebody."""
    known = {each.key for each in _sources}
    _sources.extend(each for each in sources if each.key not in known)
    _sources.sort(key=lambda each: (each.order, each.key))


def waits_for(actor: Actor) -> list[Waiting]:
    """What waits for a reader, in the order of the sources; what nothing waits of is left out. One query."""
    parts: list[str] = []
    values: list[Any] = []
    asked: dict[int, Waits] = {}
    now = clock.now()
    for place, source in enumerate(_sources):
        compiled = _compiled(source, actor)
        if compiled is not None:
            sql, own = compiled
            asked[place] = source
            parts.append(_counted(place, source, sql))
            values += [now, *own]
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts) + " ORDER BY 1", values)
        return [
            Waiting(asked[place], number, due, late)
            for place, number, due, late in cursor.fetchall()
            if number
        ]


def _compiled(source: Waits, actor: Actor) -> tuple[str, tuple[Any, ...]] | None:
    rows = source.rows(actor)
    if rows is None:
        return None
    wanted = (source.one, source.due) if source.due else (source.one,)
    try:
        return rows.order_by().values_list(*wanted).query.sql_with_params()
    except EmptyResultSet:
        return None


def _counted(place: int, source: Waits, sql: str) -> str:
    """How many, by when the first, how many late. `sql` is made by the ORM and holds no value."""
    columns = "one, due" if source.due else "one"
    due = "NULL::timestamptz" if not source.due else DAY_ENDS if source.by_day else "due"
    return (
        f"SELECT {place}, count(DISTINCT one), min(d), count(DISTINCT one) FILTER (WHERE d < %s) "  # noqa: S608
        f"FROM (SELECT one, {due} AS d FROM ({sql}) asked ({columns})) counted"
    )
