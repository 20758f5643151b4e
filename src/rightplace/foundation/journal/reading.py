"""Raw rows to entries, in bulk and without model instances; and a child's journey as it was on any past day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db import connection

from rightplace.domain.practice.entries import Body, Entry, read_body
from rightplace.domain.practice.entries.keeping import NoteWritten
from rightplace.domain.practice.journey import Journey
from rightplace.domain.practice.workdays import from_datetime
from rightplace.foundation.access.rls import folding as folding
from rightplace.foundation.journal.folding import fold_person
from rightplace.foundation.journal.sealing import seal_of

HEADER_COLUMNS = (
    "e.file, e.seq, e.id, e.kind, e.version, e.day, e.at, e.recorded, e.author, e.role, e.team, "
    "e.concern, e.occasion, e.label, e.names"
)
ERASED = NoteWritten(text="", purpose="erased")
"""What stands where words were erased: the header stays, nothing is said."""


class FileRow:
    """One row of `journal_file`, with its salt."""

    __slots__ = ("head", "head_recorded", "head_seq", "id", "key", "kind", "person", "salt")

    def __init__(self, row: Sequence[Any]) -> None:
        self.id, self.kind, self.person, self.key, self.head_seq = row[:5]
        self.head, self.head_recorded = bytes(row[5]), row[6]
        self.salt: bytes | None = bytes(row[7]) if row[7] is not None else None


FILES = (
    "SELECT f.id, f.kind, f.person, f.key, f.head_seq, f.head, f.head_recorded, s.salt "
    "FROM journal_file f LEFT JOIN journal_file_salt s ON s.file = f.id "
)


def file_rows(files: Iterable[int], *, locked: bool = False) -> dict[int, FileRow]:
    """Files by id; locked in order of id, which is what keeps writers from waiting for each other in a circle."""
    sql = FILES + "WHERE f.id = ANY(%s) ORDER BY f.id" + (" FOR UPDATE OF f" if locked else "")
    with connection.cursor() as cursor:
        cursor.execute(sql, [sorted(set(files))])
        return {row[0]: FileRow(row) for row in cursor.fetchall()}


def files_of_persons(persons: Iterable[int], *, locked: bool = False) -> dict[int, FileRow]:
    """Every file of these persons."""
    sql = FILES + "WHERE f.person = ANY(%s) ORDER BY f.id" + (" FOR UPDATE OF f" if locked else "")
    with connection.cursor() as cursor:
        cursor.execute(sql, [sorted(set(persons))])
        return {row[0]: FileRow(row) for row in cursor.fetchall()}


def files_with(file: int) -> dict[int, FileRow]:
    """Every file of the person whom a file belongs to, that file among them; empty when there is none."""
    sql = FILES + "WHERE f.person = (SELECT person FROM journal_file WHERE id = %s) ORDER BY f.id"
    with connection.cursor() as cursor:
        cursor.execute(sql, [file])
        return {row[0]: FileRow(row) for row in cursor.fetchall()}


def entries_of(files: Mapping[int, FileRow], *, recorded: int | None = None) -> dict[int, list[Entry]]:
    """The entries of these files in order of seq, with their words opened. Run inside `folding()` or `reading_as`."""
    sql = (
        f"SELECT {HEADER_COLUMNS}, b.sealed FROM journal_entry e "
        "LEFT JOIN journal_entry_body b ON b.id = e.id WHERE e.file = ANY(%s)"
    )
    wanted: list[Any] = [list(files)]
    if recorded is not None:
        sql += " AND e.recorded <= %s"
        wanted.append(recorded)
    found: dict[int, list[Entry]] = {file: [] for file in files}
    with connection.cursor() as cursor:
        cursor.execute(sql + " ORDER BY e.file, e.seq", wanted)
        for row in cursor.fetchall():
            found[row[0]].append(entry_from(row, files[row[0]].salt))
    return found


def entries_naming(ids: Iterable[int], files: Iterable[int]) -> list[Entry]:
    """These entries of these files and those that name them, corrections too: what a list needs to say of each.

    Run inside `folding()` or `reading_as`.
    """
    sql = (
        f"SELECT {HEADER_COLUMNS}, b.sealed, s.salt FROM journal_entry e "
        "LEFT JOIN journal_entry_body b ON b.id = e.id LEFT JOIN journal_file_salt s ON s.file = e.file "
        "WHERE e.file = ANY(%(files)s) AND (e.id = ANY(%(ids)s) OR e.names && %(ids)s::bigint[]) ORDER BY e.file, e.seq"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"ids": sorted(set(ids)), "files": sorted(set(files))})
        return [entry_from(row, bytes(row[16]) if row[16] is not None else None) for row in cursor.fetchall()]


def entry_from(row: Sequence[Any], salt: bytes | None) -> Entry:
    """One raw row to an entry. A body that is gone or cannot be opened says nothing; `verify` names it."""
    body: Body = ERASED
    kind, version, file, seq, id_ = row[3], row[4], row[0], row[1], row[2]
    sealed = row[15]
    if sealed is not None and salt is not None:
        try:
            body = read_body(kind, version, seal_of(salt).open(file, id_, bytes(sealed)))
        except InvalidTag:
            body = ERASED
    if body is ERASED:
        kind = ERASED.number
    names = row[14]
    return Entry(
        file,
        seq,
        id_,
        kind,
        version,
        row[5],
        row[6],
        row[7],
        row[8],
        row[9],
        row[10],
        row[11],
        row[12],
        row[13],
        tuple(names) if names else (),
        body,
    )


def person_of(file: int) -> int | None:
    """The person that a file belongs to now: the smallest file of its group. None if there is no such file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person FROM journal_file WHERE id = %s", [file])
        row = cursor.fetchone()
    return row[0] if row else None


def journey(file: int, *, happened: datetime | None = None, recorded: datetime | None = None) -> Journey:
    """The journey of the person that a file belongs to, as was known at `recorded`, up to `happened`.

    With neither, all that is known now. Opens no page: the caller has asked the gate and written the audit.
    """
    person = person_of(file)
    if person is None:
        raise LookupError("there is no such file")
    with folding():
        files = files_of_persons([person])
        entries = entries_of(files, recorded=from_datetime(recorded) if recorded else None)
    kind = files[file].kind
    found = fold_person(person, kind, {f: e for f, e in entries.items() if e} or entries).journey
    if happened is not None:
        until = from_datetime(happened)
        found.states = [s for s in found.states if s.begins <= until]
        found.events = [e for e in found.events if e.at <= until]
    return found


def by_person(
    files: Mapping[int, FileRow], entries: Mapping[int, list[Entry]]
) -> dict[int, dict[int, list[Entry]]]:
    """Entries grouped by person, then file."""
    grouped: dict[int, dict[int, list[Entry]]] = defaultdict(dict)
    for file, found in entries.items():
        grouped[files[file].person][file] = found
    return grouped
