"""Projections from nothing: for today beside the old rows, for a past seal in a schema of its own, or only to compare.

The old rows are read by everybody until the new ones are complete; then the tables change places in one moment.
Run as the owner of the tables: the application's own role may not make or drop any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from rightplace.domain.practice.entries import Entry
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.bulk import copy_rows
from rightplace.foundation.journal.folding import fold_person
from rightplace.foundation.journal.projecting import PROJECTIONS, Projected, Row
from rightplace.foundation.journal.reading import FileRow, entry_from
from rightplace.foundation.journal.writing import WRITERS

BATCH = 2_000
"""Persons folded before their rows are copied."""


@dataclass(slots=True)
class Rebuilt:
    """What was rebuilt, and how it differs from what was there."""

    files: int = 0
    rows: int = 0
    entries: int = 0
    differences: int = 0

    def add(self, other: Rebuilt) -> None:
        """Join the outcome of another process."""
        self.files += other.files
        self.rows += other.rows
        self.entries += other.entries


def make_tables(schema: str) -> None:
    """Empty projection tables in a schema of their own, with the same columns and no indexes yet."""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')
        cursor.execute(f'CREATE SCHEMA "{schema}"')
        for projection in PROJECTIONS:
            cursor.execute(
                f'CREATE TABLE "{schema}".{projection.table} (LIKE public.{projection.table} '
                "INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING STORAGE)"
            )


def fill(
    schema: str,
    first: int,
    last: int,
    upto: Mapping[int, int] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Rebuilt:
    """Fold the persons with ids in this range and copy their rows. `upto` cuts each file at a seq (a past seal)."""
    done = Rebuilt()
    waiting: dict[str, list[Row]] = {p.table: [] for p in PROJECTIONS}
    for place, (person, kind, files) in enumerate(_persons(first, last, upto), start=1):
        folded = fold_person(person, kind, files)
        for projection in PROJECTIONS:
            waiting[projection.table].extend(projection.keyed(folded).values())
        done.files += len(files)
        done.entries += sum(len(found) for found in files.values())
        if place % BATCH == 0:
            done.rows += _copy(schema, waiting)
        if progress is not None:
            progress(sum(len(found) for found in files.values()))
    done.rows += _copy(schema, waiting)
    return done


def _copy(schema: str, waiting: dict[str, list[Row]]) -> int:
    rows = 0
    with transaction.atomic():
        for projection in PROJECTIONS:
            found = waiting[projection.table]
            copy_rows(
                f'"{schema}".{projection.table}', ", ".join(projection.columns), projection.copied(found)
            )
            rows += len(found)
            found.clear()
    return rows


STREAM = (
    f"SELECT {reading.HEADER_COLUMNS}, b.sealed, f.person, f.kind, s.salt "
    "FROM journal_file f JOIN journal_entry e ON e.file = f.id LEFT JOIN journal_entry_body b ON b.id = e.id "
    "LEFT JOIN journal_file_salt s ON s.file = f.id WHERE f.person >= %s AND f.person <= %s "
    "ORDER BY f.person, e.file, e.seq"
)


def _persons(
    first: int, last: int, upto: Mapping[int, int] | None
) -> Iterator[tuple[int, int, dict[int, list[Entry]]]]:
    """Stream the entries person by person. A past seal cuts by file, so links after it do not count there."""
    connection.ensure_connection()
    with reading.folding(), connection.connection.cursor(name="rebuild", binary=True) as cursor:
        cursor.itersize = 20_000
        cursor.execute(STREAM, [first, last])
        person: int | None = None
        kind = 0
        files: dict[int, list[Entry]] = {}
        for row in cursor:
            if upto is not None and row[1] > upto.get(row[0], 0):
                continue
            if person is not None and row[16] != person and files:
                yield person, kind, files
                files = {}
            person, kind = row[16], row[17]
            files.setdefault(row[0], []).append(entry_from(row, row[18]))
        if files and person is not None:
            yield person, kind, files


def compare(schema: str) -> int:
    """How many rows differ between this schema and what is in use, both ways, over every projection."""
    differences = 0
    with connection.cursor() as cursor:
        for projection in PROJECTIONS:
            columns = ", ".join(projection.columns)
            new, old = f'"{schema}".{projection.table}', f"public.{projection.table}"
            cursor.execute(
                f"SELECT (SELECT count(*) FROM (SELECT {columns} FROM {new} EXCEPT ALL SELECT {columns} FROM {old}) a)"
                f" + (SELECT count(*) FROM (SELECT {columns} FROM {old} EXCEPT ALL SELECT {columns} FROM {new}) b)"
            )
            differences += cursor.fetchone()[0]
    return differences


def swap_in(schema: str, since: Mapping[int, int]) -> None:
    """Put the rebuilt rows in place of the old. Files written meanwhile are projected first; writers wait here."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS])
        _catch_up(schema, since)
        for projection in PROJECTIONS:
            cursor.execute(f"DELETE FROM public.{projection.table}")
            columns = ", ".join(projection.columns)
            cursor.execute(
                f'INSERT INTO public.{projection.table} ({columns}) SELECT {columns} FROM "{schema}".{projection.table}'
            )
    drop(schema)


def drop(schema: str) -> None:
    """Throw a rebuilt schema away."""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')


def heads_now() -> dict[int, int]:
    """Each file's last seq: what a rebuild starts from."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, head_seq FROM journal_file")
        return dict(cursor.fetchall())


def _catch_up(schema: str, since: Mapping[int, int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, head_seq, person FROM journal_file")
        moved = sorted({person for file, seq, person in cursor.fetchall() if since.get(file, -1) != seq})
        if not moved:
            return
        for projection in PROJECTIONS:
            cursor.execute(
                f'DELETE FROM "{schema}".{projection.table} WHERE {projection.person} = ANY(%s)', [moved]
            )
    files: dict[int, FileRow] = reading.files_of_persons(moved)
    with reading.folding():
        grouped = reading.by_person(files, reading.entries_of(files))
    for projection in PROJECTIONS:
        rows = [row for person, own in grouped.items() for row in _rows(projection, person, own, files)]
        copy_rows(f'"{schema}".{projection.table}', ", ".join(projection.columns), rows)


def _rows(
    projection: Projected, person: int, own: Mapping[int, Sequence[Entry]], files: Mapping[int, FileRow]
) -> list[Row]:
    kind = files[next(iter(own))].kind
    return list(projection.keyed(fold_person(person, kind, own)).values())
