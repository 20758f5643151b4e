"""What waits for a reader on pages of several services: how many, and by when the first; asked all at once.

My day and a partner's first page show it and know no service. An app registers its sources in its `apps.py`. However
many there are, they are asked in one question of the database: each gives rows through its own scope, and is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

from rightplace.common.caseflow.onpages import TeamSection
from rightplace.common.web import tags
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team

COLUMNS = (Column("What waits for you"), Column("How many", number=True), Column("The first by"))
COLUMNS_OF_A_TEAM = (Column("What waits"), Column("How many", number=True), Column("The first by"))
DAY_ENDS = "(due + 1)::timestamp AT TIME ZONE 'Europe/London' - interval '1 microsecond'"


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

    def row(self, now: datetime, *, linked: bool = True) -> Row:
        """A line that leads to the page where it is done."""
        more = f"{self.late} late" if self.late else ""
        what = Link(self.of.what, reverse(self.of.address), more) if linked else Lines(self.of.what, more)
        by: Cell = tags.due_tag(self.due, now) if self.due else "no day"
        return Row([what, self.number, by], late=bool(self.late))


_sources: list[Waits] = []


def register_waits(*sources: Waits) -> None:
    """Say what of a service may wait for somebody."""
    known = {each.key for each in _sources}
    _sources.extend(each for each in sources if each.key not in known)
    _sources.sort(key=lambda each: (each.order, each.key))


@dataclass(frozen=True)
class TeamWaits:
    """One kind of thing that may wait in a team, for whoever looks at its page."""

    rows: Callable[[Actor, Team], QuerySet[Any] | None]
    counted: Waits


_of_teams: list[TeamWaits] = []


def register_team_waits(*sources: TeamWaits) -> None:
    """Say what of a service may wait in a team."""
    known = {each.counted.key for each in _of_teams}
    _of_teams.extend(each for each in sources if each.counted.key not in known)


def waits_for(actor: Actor) -> list[Waiting]:
    """What waits for a reader, in the order of the sources; what nothing waits of is left out. One query."""
    return _at_once([(source, source.rows(actor)) for source in _sources])


def team_waits(actor: Actor, team: Team) -> TeamSection | None:
    """What waits in a team, as a section of its page; on one's own team's page each leads to where it is done."""
    asked = [(each.counted, each.rows(actor, team)) for each in _of_teams]
    if all(rows is None for _, rows in asked):
        return None
    now, own = clock.now(), team.pk == actor.team
    return TeamSection(
        key="waits-too",
        heading="Families noticed early, and places asked for",
        columns=COLUMNS_OF_A_TEAM,
        rows=[each.row(now, linked=own) for each in _at_once(asked)],
        none="No family noticed early waits, and no place was asked for.",
    )


def _at_once(sources: Sequence[tuple[Waits, QuerySet[Any] | None]]) -> list[Waiting]:
    parts: list[str] = []
    values: list[Any] = []
    now = clock.now()
    for place, (source, rows) in enumerate(sources):
        compiled = _compiled(source, rows)
        if compiled is not None:
            parts.append(_counted(place, source, compiled[0]))
            values += [now, *compiled[1]]
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts) + " ORDER BY 1", values)
        found = cursor.fetchall()
    return [Waiting(sources[place][0], number, due, late) for place, number, due, late in found if number]


def _compiled(source: Waits, rows: QuerySet[Any] | None) -> tuple[str, tuple[Any, ...]] | None:
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
