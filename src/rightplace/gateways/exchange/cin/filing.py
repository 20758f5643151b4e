"""Children of a return into files: new ones in bulk, those who have a file by what the return adds and corrects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
from django.db import connection, transaction

from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.workdays import from_datetime
from rightplace.foundation.access.actor import CIN_IMPORT, IMPORT_WORKER
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.bulk import Story, write_stories
from rightplace.foundation.journal.reading import FileRow
from rightplace.foundation.journal.writing import WRITERS, write
from rightplace.foundation.organisation import clock
from rightplace.gateways.exchange.cin.children import ReadChild
from rightplace.gateways.exchange.cin.continuing import Continued, continued
from rightplace.gateways.exchange.cin.mapping import Return, taken, told_of
from rightplace.gateways.exchange.cin.telling import Told

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[ReadChild])


def packed(children: Sequence[ReadChild]) -> bytes:
    """Children as they are handed to another process, or wait for their turn."""
    return _ENCODER.encode(children)


def unpacked(packet: bytes) -> list[ReadChild]:
    """The children of a packet."""
    return _DECODER.decode(packet)


@dataclass(slots=True)
class Filed:
    """What came of some children: files opened, entries signed, and what was found, by the child's place."""

    children: int = 0
    files: int = 0
    entries: int = 0
    found: dict[int, frozenset[str]] = field(default_factory=dict)
    erased: list[int] = field(default_factory=list)


def file_new(packet: bytes, of: Return, recorded: int) -> Filed:
    """Open a file for each child of the packet, with everything that the return tells. Runs in any process."""
    children = unpacked(packet)
    outcome = write_stories(_story(child, of, recorded) for child in children)
    return Filed(len(children), outcome.files, outcome.entries)


def count_new(packet: bytes, of: Return) -> Filed:
    """What `file_new` would do."""
    children = unpacked(packet)
    entries = sum(1 + len(told_of(child, of)) for child in children)
    return Filed(len(children), len(children), entries)


def _story(child: ReadChild, of: Return, recorded: int) -> Story:
    file = of.numbers(child).file
    told = (taken(child, of), *told_of(child, of))
    return Story(file, [[_draft(file, each, of, recorded) for each in told]])


def _draft(file: int, told: Told, of: Return, recorded: int) -> Draft:
    return Draft(
        file=file,
        body=told.body,
        day=told.day,
        id=told.id,
        author=IMPORT_WORKER,
        role=CIN_IMPORT.role,
        team=of.team,
        recorded=recorded,
    )


def with_files(files: Sequence[int]) -> set[int]:
    """Which of these files are there already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM journal_file WHERE id = ANY(%s)", [list(files)])
        return {row[0] for row in cursor.fetchall()}


@transaction.atomic
def continue_files(packet: bytes, of: Return, dry_run: bool) -> Filed:
    """Hold the packet's children against their files and sign the difference, under the files' locks."""
    children = unpacked(packet)
    numbers = {of.numbers(child).file: child for child in children}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [WRITERS])
    files = _locked(numbers)
    with reading.folding():
        entries = reading.entries_of({file: row for file, row in files.items() if file in numbers})
    filed = Filed(len(children))
    drafts: list[Draft] = []
    for file, child in numbers.items():
        if files[file].salt is None:
            filed.erased.append(child.number)
            continue
        now = from_datetime(clock.now())
        more: Continued = continued(child, of, entries[file], IMPORT_WORKER, now)
        drafts.extend(more.drafts)
        if more.found:
            filed.found[child.number] = more.found
    filed.entries = len(drafts)
    if drafts and not dry_run:
        write(drafts, by=CIN_IMPORT.in_team(of.team), may="import.run")
    return filed


def _locked(numbers: dict[int, ReadChild]) -> dict[int, FileRow]:
    """Every file of the persons concerned, locked in order of id before anything is read from them."""
    found = reading.file_rows(numbers)
    return reading.files_of_persons({row.person for row in found.values()}, locked=True)
