"""From what was folded to rows: a pure function, the same for the live write, the bulk write and the rebuild."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.db import connection

from rightplace.domain.practice.entries import Entry, FileKind
from rightplace.domain.practice.journey import Journey
from rightplace.domain.practice.journey.state import Breach, State
from rightplace.domain.practice.servicemodels import ServiceModels, service_models
from rightplace.domain.practice.timescales.engine import Timescale
from rightplace.domain.practice.timescales.wrongplace import wrong_places
from rightplace.domain.practice.workdays import start_of_day
from rightplace.domain.practice.workdays import to_datetime as _to_datetime

to_datetime = lru_cache(maxsize=100_000)(_to_datetime)
"""One moment stands in many rows of a file: a span begins where the last ended, and something falls due then."""

Row = tuple[Any, ...]


@dataclass(slots=True)
class Folded:
    """One person (or concern): the entries of its files, the journey, what is due and what is breached."""

    person: int
    kind: int
    entries: Sequence[Entry]
    journey: Journey
    timescales: Sequence[Timescale]
    breaches: set[Breach]
    worked_out: dict[str, Any] = field(default_factory=dict)
    """What several projections of one app need, worked out once."""


@dataclass(frozen=True, slots=True)
class Projected:
    """A table of rows that are a pure function of what was folded.

    `columns` without the id; `key` names the row; `person` is the column that holds the person or the concern.
    """

    table: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    rows: Callable[[Folded], Iterable[Row]]
    kinds: frozenset[int] = frozenset({FileKind.PERSON})
    person: str = "person"
    codes: tuple[str, ...] = ()
    """Columns of arrays that hold only codes or numbers: written as literals, which is what COPY is fast at."""
    key_of: Callable[[Row], Row] = field(init=False)

    def __post_init__(self) -> None:
        places = [self.columns.index(name) for name in self.key]
        alone = places[0]
        key_of = itemgetter(*places) if len(places) > 1 else lambda row: (row[alone],)
        object.__setattr__(self, "key_of", key_of)

    def copied(self, rows: Iterable[Row]) -> Iterable[Row]:
        """The rows as COPY takes them fastest."""
        if not self.codes:
            return rows
        places = frozenset(self.columns.index(name) for name in self.codes)
        return (
            tuple("{" + ",".join(map(str, v)) + "}" if place in places else v for place, v in enumerate(row))
            for row in rows
        )

    def keyed(self, folded: Folded | None) -> dict[Row, Row]:
        """The rows by their natural key. A file that does not exist yet has none."""
        if folded is None or folded.kind not in self.kinds:
            return {}
        key_of = self.key_of
        return {key_of(row): row for row in self.rows(folded)}


PROJECTIONS: list[Projected] = []


def register_projection(projection: Projected) -> None:
    """An app's projection; called from its `apps.py`."""
    if all(p.table != projection.table for p in PROJECTIONS):
        PROJECTIONS.append(projection)


def rows_of(folded: Folded) -> dict[str, list[Row]]:
    """Every row of every projection, for bulk and rebuild."""
    return {p.table: list(p.keyed(folded).values()) for p in PROJECTIONS if folded.kind in p.kinds}


def apply_difference(before: Sequence[Folded], after: Sequence[Folded]) -> None:
    """Write what changed between the two and nothing else."""
    was = {f.person: f for f in before}
    now = {f.person: f for f in after}
    for projection in PROJECTIONS:
        old: dict[Row, Row] = {}
        new: dict[Row, Row] = {}
        for folded in was.values():
            old |= projection.keyed(folded)
        for folded in now.values():
            new |= projection.keyed(folded)
        gone = [key for key in old if key not in new]
        changed = [row for key, row in new.items() if old.get(key) != row]
        _write(projection, gone, changed)


def replace_rows(persons: Iterable[int], folded: Sequence[Folded]) -> None:
    """Throw away every row of these persons and write what was folded: for linking, where the persons change."""
    gone = sorted(set(persons))
    with connection.cursor() as cursor:
        for projection in PROJECTIONS:
            if FileKind.PERSON not in projection.kinds:
                continue
            cursor.execute(
                f"DELETE FROM {projection.table} WHERE {projection.person} = ANY(%s)",
                [gone],
            )
            rows = [row for one in folded for row in projection.keyed(one).values()]
            if rows:
                cursor.executemany(_upsert_sql(projection), rows)


def _write(projection: Projected, gone: list[Row], changed: list[Row]) -> None:
    with connection.cursor() as cursor:
        if gone:
            cursor.executemany(_delete_sql(projection), gone)
        if changed:
            cursor.executemany(_upsert_sql(projection), changed)


@lru_cache
def _delete_sql(projection: Projected) -> str:
    where = " AND ".join(f"{name} = %s" for name in projection.key)
    return f"DELETE FROM {projection.table} WHERE {where}"


@lru_cache
def _upsert_sql(projection: Projected) -> str:
    names = ", ".join(projection.columns)
    places = ", ".join(["%s"] * len(projection.columns))
    others = [name for name in projection.columns if name not in projection.key]
    update = ", ".join(f"{name} = EXCLUDED.{name}" for name in others)
    action = f"DO UPDATE SET {update}" if others else "DO NOTHING"
    return (
        f"INSERT INTO {projection.table} ({names}) VALUES ({places}) "
        f"ON CONFLICT ({', '.join(projection.key)}) {action}"
    )


# the journal's own rows ---------------------------------------------------------


@lru_cache(maxsize=1)
def _models() -> ServiceModels:
    return service_models()


def _when(at: int | None) -> datetime | None:
    return None if at is None else to_datetime(at)


def span_rows(folded: Folded) -> Iterable[Row]:
    """One row a state, each ending where the next begins."""
    states = folded.journey.states
    models = _models()
    for place, state in enumerate(states):
        following: State | None = states[place + 1] if place + 1 < len(states) else None
        parts = models.parts(state.begins, state.legal, state.processes) if state.open else ()
        yield (
            folded.person,
            to_datetime(state.begins),
            to_datetime(following.begins) if following is not None else None,
            state.entry,
            state.legal,
            list(state.processes),
            list(parts),
            parts[0] if parts else "",
            state.team,
            state.worker,
            state.open,
            _when(state.opened),
            _when(state.unallocated_since),
            _when(state.seen),
            _when(state.seen_alone),
            state.label,
        )


def timescale_rows(folded: Folded) -> Iterable[Row]:
    """What is due, met, excused, overtaken or unknown."""
    concern = folded.kind == FileKind.CONCERN
    for scale in folded.timescales:
        yield (
            folded.person,
            scale.rule,
            scale.trigger,
            scale.about,
            to_datetime(scale.begins),
            scale.version_from,
            _when(scale.floor),
            _when(scale.soon),
            _when(scale.due),
            _when(scale.due_statistics),
            _when(scale.met),
            scale.met_by,
            scale.not_required[:40],
            _when(scale.not_required_from),
            _when(scale.overtaken),
            scale.unknown[:40],
            scale.guards,
            scale.expires,
            concern,
            scale.label,
        )


def doubt_rows(folded: Folded) -> Iterable[Row]:
    """Doubts, and decisions that later facts would have forbidden."""
    for doubt in folded.journey.doubts:
        yield folded.person, doubt.code, doubt.entry, doubt.detail[:120], to_datetime(doubt.at), doubt.settled
    places = {e.id: e for e in folded.entries}
    for breach in folded.breaches:
        entry, code = places[breach.entry], f"now_{breach.code}"[:40]
        at = entry.at if entry.at is not None else start_of_day(entry.day)
        settled = (breach.entry, code) in folded.journey.settled
        yield folded.person, code, breach.entry, breach.detail[:120], to_datetime(at), settled


def happening_rows(folded: Folded) -> Iterable[Row]:
    """What figures count by period."""
    concern = folded.kind == FileKind.CONCERN
    found = list(folded.journey.happenings)
    if not concern:
        found.extend(wrong_places(folded.journey, folded.timescales))
    for one in found:
        yield (
            folded.person,
            one.name,
            one.entry,
            one.about,
            to_datetime(one.at),
            one.team,
            one.outcome[:40],
            one.again,
            concern,
            one.label,
        )


BOTH = frozenset({int(FileKind.PERSON), int(FileKind.CONCERN)})

OWN = (
    Projected(
        "journal_span",
        (
            "person",
            "begins",
            "ends",
            "entry",
            "legal",
            "processes",
            "parts",
            "part",
            "team",
            "worker",
            "open",
            "opened",
            "unallocated_since",
            "seen",
            "seen_alone",
            "label",
        ),
        ("person", "begins"),
        span_rows,
        codes=("processes", "parts"),
    ),
    Projected(
        "journal_timescale",
        (
            "person",
            "rule",
            "trigger",
            "about",
            "begins",
            "version_from",
            "floor",
            "soon",
            "due",
            "due_statistics",
            "met",
            "met_by",
            "not_required",
            "not_required_from",
            "overtaken",
            "unknown",
            "guards",
            "expires",
            "concern",
            "label",
        ),
        ("person", "rule", "trigger", "about"),
        timescale_rows,
        BOTH,
    ),
    Projected(
        "journal_doubt",
        ("person", "code", "entry", "detail", "at", "settled"),
        ("person", "code", "entry", "detail"),
        doubt_rows,
    ),
    Projected(
        "journal_happening",
        ("person", "name", "entry", "about", "at", "team", "outcome", "again", "concern", "label"),
        ("person", "name", "entry", "about", "outcome"),
        happening_rows,
        BOTH,
    ),
)
