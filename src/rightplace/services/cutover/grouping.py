"""The open children of the teams that dissolve, brothers and sisters together, and what is known of each family.

Asked in a few questions of the database, however many children there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from rightplace.common.caseflow.queries import SIBLING
from rightplace.domain.practice.workdays import day_of, from_datetime, to_date
from rightplace.domain.practice.workload import Child, grouped, weights_on
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.places import places

OPEN: Final = """
SELECT s.person, s.team, s.worker, s.part, s.legal,
       floor(extract(epoch FROM %(at)s - COALESCE(s.opened, s.begins)) / 604800)::int,
       p.area, p.postcode, p.language, p.protected,
       (SELECT sch.area_id FROM people_schooling g JOIN organisation_school sch ON sch.agency_id = g.school
        WHERE g.person = s.person AND g.begins <= %(on)s AND (g.ends IS NULL OR g.ends > %(on)s)
        ORDER BY g.begins DESC LIMIT 1),
       (SELECT array_agg(r.other) FROM people_relation r WHERE r.person = s.person AND r.other <> 0
        AND r.relation ~* %(sibling)s)
FROM journal_span s LEFT JOIN people_person p ON p.person = s.person
WHERE s.open AND s.team = ANY(%(teams)s) AND s.begins <= %(at)s AND (s.ends IS NULL OR s.ends > %(at)s)
ORDER BY s.person
"""


@dataclass(frozen=True, slots=True)
class OpenChild:
    """One open child of a team that dissolves."""

    person: int
    team: int
    worker: int
    part: str
    legal: str
    weeks: int
    area: int
    place: tuple[int, int] | None
    language: str
    school_area: int


@dataclass(frozen=True, slots=True)
class OpenFamily:
    """Brothers and sisters of one team; the eldest number names them."""

    team: int
    children: tuple[OpenChild, ...]
    minutes: tuple[int, ...] = ()
    siblings_with: frozenset[int] = field(default_factory=frozenset)

    @property
    def number(self) -> int:
        return self.children[0].person

    @property
    def persons(self) -> tuple[int, ...]:
        return tuple(child.person for child in self.children)

    @property
    def worker(self) -> int:
        """The present worker of the family; of several, the one who has most of its children."""
        had = [child.worker for child in self.children if child.worker]
        return max(sorted(set(had)), key=had.count) if had else 0

    @property
    def area(self) -> int:
        return next((child.area for child in self.children if child.area), 0)

    @property
    def school_area(self) -> int:
        return next((child.school_area for child in self.children if child.school_area), 0)


def open_children(teams: Collection[int], at: datetime | None = None) -> dict[int, int]:
    """The open children of these teams at a moment, each with its team. Restricted ones too: they move like all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, team FROM journal_span WHERE open AND team = ANY(%(teams)s) AND begins <= %(at)s "
            "AND (ends IS NULL OR ends > %(at)s)",
            {"teams": list(teams), "at": at or clock.now()},
        )
        return dict(cursor.fetchall())


def open_families(teams: Collection[int]) -> list[OpenFamily]:
    """Every open family of these teams, in order of number, with the minutes of a week that each child adds."""
    now = clock.now()
    on = to_date(day_of(from_datetime(now)))
    with connection.cursor() as cursor:
        cursor.execute(OPEN, {"at": now, "on": on, "teams": list(teams), "sibling": SIBLING})
        rows = cursor.fetchall()
    children = {row[0]: _child(row) for row in rows}
    related = {row[0]: set(row[11] or ()) for row in rows}
    elsewhere = _workers_elsewhere({other for found in related.values() for other in found} - set(children))
    found = []
    for group in _groups(children, related):
        apart = {elsewhere[other] for child in group for other in related[child.person] if other in elsewhere}
        found.append(OpenFamily(group[0].team, group, _minutes(group, on), frozenset(apart)))
    return sorted(found, key=lambda family: (family.number, family.team))


def _child(row: Sequence[Any]) -> OpenChild:
    person, team, worker, part, legal, weeks, area, postcode, language, protected, school_area, _ = row
    square = places.square_of(postcode) if postcode and not protected else None
    place = (square[0] * 1000 + 500, square[1] * 1000 + 500) if square else None
    said = (language or "").strip()
    return OpenChild(
        person, team, worker, part, legal, int(weeks), area or 0, place,
        "" if said.lower() in ("", "eng", "english") else said, school_area or 0,
    )  # fmt: skip


def _groups(
    children: Mapping[int, OpenChild], related: Mapping[int, set[int]]
) -> Iterable[tuple[OpenChild, ...]]:
    """Brothers and sisters who are with the same team, by the relations that either file records."""
    lead = {person: person for person in children}

    def head(person: int) -> int:
        while lead[person] != person:
            lead[person] = lead[lead[person]]
            person = lead[person]
        return person

    for person, others in related.items():
        for other in others & children.keys():
            if children[other].team == children[person].team:
                one, two = sorted((head(person), head(other)))
                lead[two] = one
    found: dict[int, list[OpenChild]] = defaultdict(list)
    for person in sorted(children):
        found[head(person)].append(children[person])
    return [tuple(group) for group in found.values()]


def _minutes(group: Sequence[OpenChild], on: date) -> tuple[int, ...]:
    """The minutes of a week that each child adds, the heaviest in full, by the workload table of the day."""
    table = weights_on(on)
    if table is None:
        return tuple(0 for _ in group)
    parts = [Child(child.person, child.part, child.weeks, child.legal) for child in group]
    pairs = [(group[0].person, child.person) for child in group[1:]]
    whole = sum(family.hours for family in grouped(table, parts, pairs))
    each, rest = divmod(round(whole * 60), len(group))
    return tuple(each + (1 if place < rest else 0) for place in range(len(group)))


def _workers_elsewhere(persons: Collection[int]) -> dict[int, int]:
    """The workers of brothers and sisters whom another team has."""
    if not persons:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, worker FROM journal_span WHERE open AND worker <> 0 AND person = ANY(%(persons)s) "
            "AND begins <= %(at)s AND (ends IS NULL OR ends > %(at)s)",
            {"persons": list(persons), "at": clock.now()},
        )
        return dict(cursor.fetchall())
