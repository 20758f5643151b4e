"""The one write: lock the heads in order, fold, ask access, judge, append, project the difference, outbox.

One transaction and no retry inside it. A shared advisory lock is taken by every writer; linking takes it exclusively.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import connection, transaction

from rightplace.domain.practice.entries import Draft, Entry, FileKind, body_bytes
from rightplace.domain.practice.journey.judging import refusal
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.journey.state import Breach
from rightplace.domain.practice.workdays import from_datetime, to_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal import chain, reading
from rightplace.foundation.journal.folding import fold_person, rules
from rightplace.foundation.journal.projecting import Folded, apply_difference
from rightplace.foundation.journal.reading import FileRow
from rightplace.foundation.journal.sealing import key_id, seal_of, signing_key
from rightplace.foundation.organisation import clock

WRITERS = 7_400_001
"""The advisory lock that writers share and linking takes alone."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that this write opens. Bulk brings its own salt, so that it writes the same bytes."""

    id: int
    kind: FileKind = FileKind.PERSON
    salt: bytes = b""


@dataclass(frozen=True, slots=True)
class Later:
    """Something to do if, and only if, the write is committed: a task's name and ids."""

    task: str
    payload: dict[str, int | str]


@dataclass(frozen=True, slots=True)
class Written:
    """What was signed: entries in the order of the drafts."""

    entries: tuple[Entry, ...]

    def __getitem__(self, place: int) -> Entry:
        return self.entries[place]


def new_id() -> int:
    """A fresh id for a file, an entry, an occasion: 63 random bits. Order never hangs on it."""
    return secrets.randbits(63) or 1


@transaction.atomic
def write(
    drafts: Sequence[Draft],
    *,
    by: Actor,
    may: str,
    opening: Sequence[NewFile] = (),
    then: Sequence[Later] = (),
) -> Written:
    """Sign these entries as `by`. Raises Refused (a decision that breaks a promise) and writes nothing then."""
    require(by, may)
    _among_writers()
    return _write(drafts, by=by, opening=opening, then=then)


def hold(files: Iterable[int]) -> dict[int, FileRow]:
    """Lock every file of these persons until the transaction ends: what is read now is still so when it is written."""
    _among_writers()
    persons = {row.person for row in reading.file_rows(files).values()}
    return reading.files_of_persons(persons, locked=True)


def _among_writers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [WRITERS])


def _write(
    drafts: Sequence[Draft], *, by: Actor, opening: Sequence[NewFile], then: Sequence[Later]
) -> Written:
    with reading.folding():
        _open_files(opening)
        # Who belongs with whom changes only under the lock that linking takes alone, so this read needs none. Were the
        # named files locked first, two writers on the two files of one child would wait for each other in a circle.
        targets = reading.file_rows({d.file for d in drafts})
        missing = {d.file for d in drafts} - set(targets)
        if missing:
            raise LookupError(f"there is no file {sorted(missing)[0]}")
        files = reading.files_of_persons({f.person for f in targets.values()}, locked=True)
        before_entries = reading.entries_of(files)
        now = from_datetime(clock.now())
        signed = [_signed(draft, by, files[draft.file], now) for draft in _placed(drafts, files)]
        before, after = _fold_both(files, before_entries, signed)
        why_not = refusal(signed, breaches_of(before), breaches_of(after), rules().titles())
        if why_not is not None:
            raise why_not
        _append(signed, files)
        apply_difference(before, after)
        _post(then)
    return Written(tuple(signed))


def _open_files(opening: Sequence[NewFile]) -> None:
    rows, salts = [], []
    for new in opening:
        salt = new.salt or secrets.token_bytes(16)
        rows.append((new.id, int(new.kind), new.id, key_id(salt), chain.FIRST))
        salts.append((new.id, salt))
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO journal_file (id, kind, person, key, head_seq, head, head_recorded, sealed_seq) "
                "VALUES (%s, %s, %s, %s, 0, %s, 0, 0)",
                rows,
            )
            cursor.executemany("INSERT INTO journal_file_salt (file, salt) VALUES (%s, %s)", salts)


def _placed(drafts: Sequence[Draft], files: dict[int, FileRow]) -> list[Draft]:
    return [d if d.id else msgspec.structs.replace(d, id=new_id()) for d in drafts]


def _signed(draft: Draft, by: Actor, file: FileRow, now: int) -> Entry:
    """The draft with its author and the moment it was recorded: under the file's lock, and only ever later."""
    recorded = draft.recorded or max(now, file.head_recorded + 1)
    file.head_seq += 1
    file.head_recorded = recorded
    body = draft.body
    return Entry(
        draft.file,
        file.head_seq,
        draft.id,
        body.number,
        body.version,
        draft.day,
        draft.at,
        recorded,
        draft.author or by.worker,
        draft.role or by.role,
        draft.team or by.team,
        draft.concern,
        draft.occasion,
        draft.label if draft.label >= 0 else int(body.label),
        body.named(),
        body,
    )


def _fold_both(
    files: dict[int, FileRow], before: dict[int, list[Entry]], signed: Sequence[Entry]
) -> tuple[list[Folded], list[Folded]]:
    after = {file: list(found) for file, found in before.items()}
    for entry in signed:
        after[entry.file].append(entry)
    return _fold_all(files, before), _fold_all(files, after)


def _fold_all(files: dict[int, FileRow], entries: dict[int, list[Entry]]) -> list[Folded]:
    folded: list[Folded] = []
    for person, own in reading.by_person(files, entries).items():
        filled = {file: found for file, found in own.items() if found}
        if filled:
            folded.append(fold_person(person, files[next(iter(own))].kind, filled))
    return folded


def breaches_of(folded: Sequence[Folded]) -> set[Breach]:
    """Every promise that these persons' files break as they stand."""
    return {breach for one in folded for breach in one.breaches}


ENTRY_COLUMNS = (
    "id, file, seq, kind, version, day, at, recorded, author, role, team, concern, occasion, label, names, "
    "body_digest, digest, mac"
)
_INSERT = f"INSERT INTO journal_entry ({ENTRY_COLUMNS}) VALUES ({', '.join(['%s'] * 18)})"  # noqa: S608


def entry_row(entry: Entry, file: FileRow) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The stored row and the sealed body of an entry, moving the file's head on. Live and bulk alike."""
    assert file.salt is not None, "an erased file takes no more entries"
    sealed = seal_of(file.salt).seal(entry.file, entry.id, body_bytes(entry.body))
    body_digest = hashlib.sha256(sealed).digest()
    header = chain.header_bytes(
        entry.file,
        entry.seq,
        entry.id,
        entry.kind,
        entry.version,
        entry.day,
        entry.at,
        entry.recorded,
        entry.author,
        entry.role,
        entry.team,
        entry.concern,
        entry.occasion,
        entry.label,
        file.kind,
        file.key,
        entry.names,
    )
    digest = chain.entry_digest(file.head, header, body_digest)
    file.head = digest
    row = (
        entry.id,
        entry.file,
        entry.seq,
        entry.kind,
        entry.version,
        entry.day,
        entry.at,
        entry.recorded,
        entry.author,
        entry.role,
        entry.team,
        entry.concern,
        entry.occasion,
        entry.label,
        "{" + ",".join(map(str, entry.names)) + "}" if entry.names else None,
        body_digest,
        digest,
        chain.signature(signing_key(), digest),
    )
    return row, (entry.id, entry.file, entry.label, sealed)


def _append(signed: Sequence[Entry], files: dict[int, FileRow]) -> None:
    rows, bodies = [], []
    for entry in signed:
        row, body = entry_row(entry, files[entry.file])
        rows.append(row)
        bodies.append(body)
    heads = [
        (f.head_seq, f.head, f.head_recorded, f.id)
        for f in files.values()
        if any(e.file == f.id for e in signed)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, rows)
        cursor.executemany(
            "INSERT INTO journal_entry_body (id, file, label, sealed) VALUES (%s, %s, %s, %s)", bodies
        )
        cursor.executemany(
            "UPDATE journal_file SET head_seq = %s, head = %s, head_recorded = %s WHERE id = %s", heads
        )


def _post(then: Iterable[Later]) -> None:
    rows = [(later.task, msgspec.json.encode(later.payload).decode(), clock.now()) for later in then]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO journal_outbox (task, payload, written, attempts) VALUES (%s, %s::jsonb, %s, 0)",
                rows,
            )


__all__ = ["Later", "NewFile", "Refused", "Written", "entry_row", "hold", "new_id", "to_datetime", "write"]
