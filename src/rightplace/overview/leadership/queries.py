"""What stands behind a figure and beside it: the lines of its list, where it is in the city, what leaders do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from rightplace.common.caseflow.queries import held_at
from rightplace.domain.practice.figures import Figure
from rightplace.domain.practice.workdays import MINUTE, to_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal.projections import Happening, Span, Timescale
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.people.projections import Person
from rightplace.overview.leadership.counting import Asked, known
from rightplace.services.frontdoor.projections import Contact


@dataclass(frozen=True, slots=True)
class Behind:
    """What is known of the things on one page of a list."""

    people: Mapping[int, Person] = field(default_factory=dict)
    spans: Mapping[int, Span] = field(default_factory=dict)
    contacts: Mapping[int, Contact] = field(default_factory=dict)
    scales: Mapping[tuple[Any, ...], Timescale] = field(default_factory=dict)
    happenings: Mapping[tuple[int, int], Happening] = field(default_factory=dict)
    teams: Mapping[int, str] = field(default_factory=dict)
    workers: Mapping[int, str] = field(default_factory=dict)


def behind(actor: Actor, figure: Figure, asked: Asked, ids: Sequence[tuple[Any, ...]]) -> Behind:
    """What the list says of these, as known when it was asked; names only for whoever may list them."""
    with known(asked):
        found = _contacts(actor, ids) if figure.key == ("concern",) else _children(actor, figure, asked, ids)
    teams = {span.team for span in found.spans.values()} | {c.team for c in found.contacts.values()}
    workers = {span.worker for span in found.spans.values()}
    return Behind(
        found.people,
        found.spans,
        found.contacts,
        found.scales,
        found.happenings,
        dict(Team.objects.filter(id__in=teams).values_list("id", "name")),
        dict(Worker.objects.filter(id__in=workers).values_list("id", "name")),
    )


def _contacts(actor: Actor, ids: Sequence[tuple[Any, ...]]) -> Behind:
    rows = scope(actor, Contact).filter(concern__in=[each[0] for each in ids])
    return Behind(contacts={row.concern: row for row in rows})


def _children(actor: Actor, figure: Figure, asked: Asked, ids: Sequence[tuple[Any, ...]]) -> Behind:
    persons = sorted({each[0] for each in ids})
    spans = {row.person: row for row in scope(actor, Span).filter(held_at(asked.now), person__in=persons)}
    people: dict[int, Person] = {}
    if "figures.list_names" in role_of(actor.role).permissions:
        people = {row.person: row for row in scope(actor, Person).filter(person__in=persons)}
    scales: dict[tuple[Any, ...], Timescale] = {}
    if figure.key == ("person", "rule", "trigger", "about"):
        rows = scope(actor, Timescale).filter(person__in=persons, trigger__in=[each[2] for each in ids])
        scales = {(row.person, row.rule, row.trigger, row.about): row for row in rows}
    happenings: dict[tuple[int, int], Happening] = {}
    if figure.key == ("person", "entry"):
        found = scope(actor, Happening).filter(person__in=persons, entry__in=[each[1] for each in ids])
        happenings = {(row.person, row.entry): row for row in found}
    return Behind(people=people, spans=spans, scales=scales, happenings=happenings)


def children_by_area(actor: Actor, asked: Asked) -> dict[int, int]:
    """How many open children live in each area; 0 is an address that is not known, or not of the city."""
    lives_in = Person.objects.filter(person=OuterRef("person")).values("area")
    with known(asked):
        spans = scope(actor, Span).filter(held_at(asked.now), open=True)
        rows = spans.values_list(Coalesce(Subquery(lives_in), 0)).annotate(n=Count("*")).order_by()
        return dict(rows)


@dataclass(frozen=True, slots=True)
class Done:
    """What leaders did in the last thirty days, and what waits for them."""

    placings: int
    excused: int
    disagreements: int
    since: datetime


def done(actor: Actor) -> Done:
    """What the heads of service decided, what was said not to be required, who disagrees and has no answer."""
    now = clock.now()
    since = now - timedelta(days=30)
    placings = scope(actor, Happening).filter(name="team.placed", at__gt=since, at__lte=now)
    excused = scope(actor, Timescale).filter(
        not_required_from__gt=since,
        not_required_from__lte=now,
        not_required__in=("not_required", "not_practicable"),
        concern=False,
    )
    disagreements = scope(actor, Contact).filter(disagreed__isnull=False, disagreement_answered__isnull=True)
    return Done(*_counted(placings, excused, disagreements), since)


def _counted(*wanted: QuerySet[Any]) -> list[int]:
    """How many rows each has, asked in one query."""
    counts = [
        rows.order_by().annotate(of=Value(place)).values("of").annotate(n=Count("*")).values_list("of", "n")
        for place, rows in enumerate(wanted)
    ]
    found = dict(counts[0].union(*counts[1:], all=True))
    return [found.get(place, 0) for place in range(len(wanted))]


@dataclass(frozen=True, slots=True)
class HowWeKnow:
    """The state of the record itself."""

    sealed: datetime | None
    seals: int
    unsealed: int
    entries: int


def how_we_know() -> HowWeKnow:
    """When the record was last sealed, and how much has come since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(minute), coalesce(max(n), 0), (SELECT count(*) FROM journal_file WHERE head_seq > sealed_seq), "
            "(SELECT coalesce(sum(head_seq), 0) FROM journal_file) FROM journal_seal"
        )
        minute, seals, unsealed, entries = cursor.fetchone()
    return HowWeKnow(
        to_datetime(minute * MINUTE) if minute is not None else None, seals, unsealed, int(entries)
    )
