"""Writing in bulk: imports, the demo, the simulation. The same judging, digests and projecting, by COPY, in new files.

A test proves it equal to the live write, byte for byte and row for row.
"""

from __future__ import annotations

import gc
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec
import psycopg
from django.db import connection, transaction

from rightplace.domain.practice.entries import Draft, Entry, FileKind
from rightplace.domain.practice.journey.judging import is_decision, refusal
from rightplace.domain.practice.journey.state import Breach
from rightplace.foundation.journal import chain
from rightplace.foundation.journal.folding import fold_person, rules
from rightplace.foundation.journal.projecting import PROJECTIONS, Folded, Row
from rightplace.foundation.journal.reading import FileRow
from rightplace.foundation.journal.sealing import key_id
from rightplace.foundation.journal.writing import ENTRY_COLUMNS, WRITERS, entry_row, new_id

BATCH = 1_000
"""Files a transaction: large enough for COPY, small enough to keep progress moving."""


@dataclass(slots=True)
class Story:
    """One file from nothing: its writes in order. Drafts bring their author, role, team and `recorded`."""

    file: int
    writes: Sequence[Sequence[Draft]]
    kind: FileKind = FileKind.PERSON
    salt: bytes = b""


@dataclass(slots=True)
class BulkOutcome:
    """What was written, and the decisions that were refused, each with its reason."""

    files: int = 0
    entries: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, other: BulkOutcome) -> None:
        """Join the outcome of another process."""
        self.files += other.files
        self.entries += other.entries
        self.refused.extend(other.refused)


def write_stories(stories: Iterable[Story]) -> BulkOutcome:
    """Write whole files at once. Each must be new. Call `sealed_minutes.seal_minutes()` when all are written."""
    outcome = BulkOutcome()
    batch: list[Story] = []
    with _seldom_collecting():
        for story in stories:
            batch.append(story)
            if len(batch) >= BATCH:
                _write_batch(batch, outcome)
                batch.clear()
        if batch:
            _write_batch(batch, outcome)
    return outcome


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """A batch holds millions of things that all live until it is written: looking for garbage among them is in vain."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@transaction.atomic
def _write_batch(batch: Sequence[Story], outcome: BulkOutcome) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [WRITERS])
    files, salts, rows, bodies = [], [], [], []
    projected: dict[str, list[Row]] = defaultdict(list)
    for story in batch:
        salt = story.salt or secrets.token_bytes(16)
        file = FileRow((story.file, int(story.kind), story.file, key_id(salt), 0, chain.FIRST, 0, salt))
        entries, folded = _judged(story, file, outcome)
        for entry in entries:
            row, body = entry_row(entry, file)
            rows.append(row)
            bodies.append(body)
        if entries:
            file.head_seq, file.head_recorded = entries[-1].seq, entries[-1].recorded
        files.append(
            (file.id, file.kind, file.person, file.key, file.head_seq, file.head, file.head_recorded, 0)
        )
        salts.append((file.id, salt))
        if folded is not None:
            for projection in PROJECTIONS:
                projected[projection.table].extend(projection.keyed(folded).values())
        outcome.files += 1
        outcome.entries += len(entries)
    copy_rows("journal_file", "id, kind, person, key, head_seq, head, head_recorded, sealed_seq", files)
    copy_rows("journal_file_salt", "file, salt", salts)
    copy_rows("journal_entry", ENTRY_COLUMNS, rows)
    _insert_bodies(bodies)
    for projection in PROJECTIONS:
        columns = ", ".join(projection.columns)
        copy_rows(projection.table, columns, projection.copied(projected[projection.table]))


def _judged(story: Story, file: FileRow, outcome: BulkOutcome) -> tuple[list[Entry], Folded | None]:
    """The entries that stand up to judgement: the whole file at once; only when it breaches, write by write."""
    writes = [[_entry(draft, file) for draft in write] for write in story.writes]
    entries = _numbered([e for write in writes for e in write])
    if not entries:
        return [], None
    judged = _fold(story, entries)
    if not judged.breaches:
        return entries, judged
    kept: list[Entry] = []
    before: Folded | None = None
    for write in writes:
        tried = _numbered([*kept, *write])
        after = _fold(story, tried)
        if any(is_decision(e) for e in write):
            was: set[Breach] = before.breaches if before is not None else set()
            why_not = refusal(write, was, after.breaches, rules().titles())
            if why_not is not None:
                outcome.refused.append((story.file, ",".join(e.body.kind for e in write), why_not.because))
                continue
        kept, before = tried, after
    return kept, before


def _fold(story: Story, entries: Sequence[Entry]) -> Folded:
    return fold_person(story.file, story.kind, {story.file: entries})


def _entry(draft: Draft, file: FileRow) -> Entry:
    body = draft.body
    return Entry(
        file.id,
        0,
        draft.id or new_id(),
        body.number,
        body.version,
        draft.day,
        draft.at,
        draft.recorded,
        draft.author,
        draft.role,
        draft.team,
        draft.concern,
        draft.occasion,
        draft.label if draft.label >= 0 else int(body.label),
        body.named(),
        body,
    )


def _numbered(entries: Sequence[Entry]) -> list[Entry]:
    """Seq from one; `recorded` only ever grows within a file."""
    found: list[Entry] = []
    last = 0
    for place, entry in enumerate(entries, start=1):
        last = max(entry.recorded, last + 1)
        same = entry.seq == place and entry.recorded == last
        found.append(entry if same else msgspec.structs.replace(entry, seq=place, recorded=last))
    return found


def _insert_bodies(bodies: Sequence[Sequence[Any]]) -> None:
    """Row security stands behind this table, and COPY is refused there: one INSERT of arrays instead."""
    if bodies:
        connection.ensure_connection()
        # Django's own cursor writes values into the statement as text; this one sends bytes as bytes
        with psycopg.Cursor(connection.connection) as cursor:
            cursor.execute(
                "INSERT INTO journal_entry_body (id, file, label, sealed) "
                "SELECT * FROM unnest(%b::bigint[], %b::bigint[], %b::smallint[], %b::bytea[])",
                [list(column) for column in zip(*bodies, strict=True)],
            )


def copy_rows(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """COPY rows into a table. Names come from code, never from people."""
    wanted = list(rows)
    if not wanted:
        return
    connection.ensure_connection()
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
    ):
        for row in wanted:
            copy.write_row(row)
