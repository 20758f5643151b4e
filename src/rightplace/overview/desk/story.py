"""What a child's story is made of: rows of the journal, and the entries that the reader may read. Now or as at a day.

Now, rows come from the projections. For a past day the same rows are folded from what was known then, so that one
presenter tells both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from django.db import connection, models

from rightplace.domain.practice.entries import Entry, in_order
from rightplace.domain.practice.entries.keeping import EntryErased, EntryWithdrawn
from rightplace.domain.practice.journey.standing import standing
from rightplace.domain.practice.workdays import from_datetime, start_of_day
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import who_looked
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.access.rls import folding, reading_as
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.folding import fold_person
from rightplace.foundation.journal.models import Entry as Header
from rightplace.foundation.journal.models import File
from rightplace.foundation.journal.projecting import PROJECTIONS, rows_of
from rightplace.foundation.journal.projections import Doubt, Span, Timescale
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.projections import Person, Relation
from rightplace.overview.desk.naming import Names, names_of
from rightplace.overview.desk.opening import OpenedChild

LOOKED = 60
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as this reader may read it. `said` is its last version; `before` what it said first, if corrected."""

    entry: Entry
    kind: int
    readable: bool
    erased: bool = False
    withdrawn: bool = False
    before: Entry | None = None
    correction: Entry | None = None

    @property
    def at(self) -> int:
        """When it happened, for the order."""
        return self.entry.at if self.entry.at is not None else start_of_day(self.entry.day)


@dataclass(frozen=True, slots=True)
class AsAt:
    """Which moment is looked at: what happened until then, and what was recorded until then (None: all of it)."""

    happened: datetime
    recorded: datetime | None = None
    past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Everything that a child's page needs, fetched before the reading is recorded."""

    child: OpenedChild
    person: Person
    as_at: AsAt
    told: Sequence[Told]
    spans: Sequence[Span]
    timescales: Sequence[Timescale]
    doubts: Sequence[Doubt]
    relations: Sequence[Relation]
    related: Mapping[int, str]
    names: Names
    looked: Sequence[ReadAudit] = field(default_factory=tuple)

    @property
    def span(self) -> Span | None:
        """The span that holds at the moment looked at."""
        now = self.as_at.happened
        found = [s for s in self.spans if s.begins <= now and (s.ends is None or s.ends > now)]
        return found[-1] if found else None


def story_now(child: OpenedChild) -> Story:
    """A child's story with all that is known, from the projections."""
    told = _told(child, None, clock.now())
    rows = _projected(child)
    return _story(child, child.person, AsAt(clock.now()), told, rows, _looked(child))


def story_as_at(child: OpenedChild, as_at: AsAt) -> Story:
    """A child's story as at a past day, folded from what was known then."""
    recorded = from_datetime(as_at.recorded) if as_at.recorded else None
    struck = _withdrawn_since(child)
    with folding():
        entries = reading.entries_of(child.files, recorded=recorded)
    left = {file: [e for e in found if e.id not in struck] for file, found in entries.items()}
    known = {file: found for file, found in left.items() if found}
    if not known:
        nobody = Person(person=child.person.person, given="", family="", others=[])
        return _story(child, nobody, as_at, (), _Rows(), ())
    kind = child.files[child.file].kind
    folded = fold_person(child.person.person, kind, known)
    made = rows_of(folded)
    rows = _Rows(
        spans=sorted(_models(Span, made), key=lambda s: s.begins),
        timescales=_models(Timescale, made),
        doubts=_models(Doubt, made),
        relations=_models(Relation, made),
    )
    others = File.objects.filter(id__in=[r.other for r in rows.relations if r.other])
    rows.related = _names_seen(child.actor, dict(others.values_list("id", "person")))
    person = next(iter(_models(Person, made)), child.person)
    told = [each for each in _told(child, recorded, as_at.happened) if each.entry.id not in struck]
    return _story(child, person, as_at, told, rows, _looked(child))


def _withdrawn_since(child: OpenedChild) -> set[int]:
    """What is struck by now: another family's child is not read by going back to a day before somebody noticed."""
    rows = Header.objects.filter(file__in=list(child.files), kind=EntryWithdrawn.number)
    return {name for names in rows.values_list("names", flat=True) for name in names or ()}


@dataclass(slots=True)
class _Rows:
    spans: list[Span] = field(default_factory=list)
    timescales: list[Timescale] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    related: dict[int, str] = field(default_factory=dict)


def _story(
    child: OpenedChild,
    person: Person,
    as_at: AsAt,
    told: Sequence[Told],
    rows: _Rows,
    looked: Sequence[ReadAudit],
) -> Story:
    until = as_at.happened
    mine = child.actor.labels
    return Story(
        child=child,
        person=person,
        as_at=as_at,
        told=told,
        spans=[s for s in rows.spans if s.begins <= until],
        timescales=[t for t in rows.timescales if t.begins <= until],
        doubts=[d for d in rows.doubts if d.at <= until],
        relations=[r for r in rows.relations if r.label in mine],
        related=rows.related,
        names=names_of(told, rows.spans, looked),
        looked=looked,
    )


def _looked(child: OpenedChild) -> list[ReadAudit]:
    return who_looked(list(child.files), LOOKED)


def _models(model: type[M], made: Mapping[str, Sequence[Sequence[Any]]]) -> list[M]:
    table = model._meta.db_table
    columns = next(p.columns for p in PROJECTIONS if p.table == table)
    return [model(**dict(zip(columns, row, strict=True))) for row in made.get(table, ())]


PROJECTED = """
SELECT 'span', to_jsonb(s), '' FROM journal_span s WHERE s.person = %(person)s
UNION ALL SELECT 'timescale', to_jsonb(t), '' FROM journal_timescale t WHERE t.person = %(person)s
UNION ALL SELECT 'doubt', to_jsonb(d), '' FROM journal_doubt d WHERE d.person = %(person)s
UNION ALL SELECT 'relation', to_jsonb(r), coalesce(f.person, 0)::text
    FROM people_relation r LEFT JOIN journal_file f ON f.id = r.other WHERE r.person = %(person)s
"""
MODELS: Mapping[str, type[models.Model]] = {
    "span": Span, "timescale": Timescale, "doubt": Doubt, "relation": Relation,
}  # fmt: skip
INSTANTS = {
    name: [f.attname for f in model._meta.concrete_fields if isinstance(f, models.DateTimeField)]
    for name, model in MODELS.items()
}


def _projected(child: OpenedChild) -> _Rows:
    """The rows of four projections in one question."""
    rows, related = _Rows(), dict[int, int]()
    places: dict[str, list[Any]] = {
        "span": rows.spans, "timescale": rows.timescales, "doubt": rows.doubts, "relation": rows.relations,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(PROJECTED, {"person": child.person.person})
        for name, told, more in cursor.fetchall():
            values = msgspec.json.decode(told)
            for instant in INSTANTS[name]:
                if values[instant] is not None:
                    values[instant] = datetime.fromisoformat(values[instant])
            places[name].append(MODELS[name](**values))
            if name == "relation" and values["other"]:
                related[values["other"]] = int(more)
    rows.spans.sort(key=lambda s: s.begins)
    rows.related = _names_seen(child.actor, related)
    return rows


def _names_seen(actor: Actor, persons: Mapping[int, int]) -> dict[int, str]:
    """What brothers, sisters and others with a file are called, as far as the reader may find them at all."""
    if not persons:
        return {}
    seen = scope(actor, Person).filter(person__in=set(persons.values()))
    names = {each.person: f"{each.given} {each.family}".strip() for each in seen}
    return {file: names[person] for file, person in persons.items() if names.get(person)}


# the entries, each as the reader may read it ----------------------------------

ENTRIES = (
    f"SELECT {reading.HEADER_COLUMNS}, b.sealed FROM journal_entry e "  # noqa: S608  (columns from code)
    "LEFT JOIN journal_entry_body b ON b.id = e.id WHERE e.file = ANY(%s) AND (%s::bigint IS NULL OR e.recorded <= %s) "
    "ORDER BY e.file, e.seq"
)


def _told(child: OpenedChild, recorded: int | None, happened: datetime) -> list[Told]:
    """The entries in order of happening, read under row security: what is labelled away says nothing here."""
    with reading_as(child.actor), connection.cursor() as cursor:
        cursor.execute(ENTRIES, [list(child.files), recorded, recorded])
        raw = cursor.fetchall()
    found = [_read(row, child.files[row[0]].salt) for row in raw]
    until = from_datetime(happened)
    return [told for told in arranged(found) if told.at <= until]


def _read(row: Sequence[Any], salt: bytes | None) -> Told:
    entry = reading.entry_from(row, salt)
    readable = row[15] is not None and entry.body is not reading.ERASED
    return Told(entry, row[3], readable)


def arranged(found: Sequence[Told]) -> list[Told]:
    """What stands, in order; a corrected entry with what it said first, a withdrawn one struck."""
    by_id = {told.entry.id: told for told in found}
    readable = [told.entry for told in found if told.readable]
    stand = standing(readable)
    erased = _erased(readable)
    struck = {e.body.entry: e for e in readable if isinstance(e.body, EntryWithdrawn)}
    now = {entry.id: entry for entry in stand.entries}
    lines = []
    for told in found:
        entry, change = told.entry, stand.last_version.get(told.entry.id)
        if told.readable and change is not None and entry.id in now:
            correction = by_id[change].entry
            told = replace(told, entry=now[entry.id], before=entry, correction=correction)
        if entry.id in struck or entry.id in stand.withdrawn:
            told = replace(told, withdrawn=True, readable=False)
        lines.append(replace(told, erased=True) if not told.readable and entry.id in erased else told)
    order = {entry.id: place for place, entry in enumerate(in_order([told.entry for told in lines]))}
    return sorted(lines, key=lambda told: (told.at, order[told.entry.id]))


def _erased(entries: Iterable[Entry]) -> set[int]:
    return {id_ for e in entries if isinstance(e.body, EntryErased) for id_ in e.body.entries}


__all__ = ["AsAt", "Story", "Told", "arranged", "story_as_at", "story_now"]
