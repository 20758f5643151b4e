"""What bulk writes equals what the live write writes: byte for byte in the chain, row for row in the projections."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.db import connection

from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.caseflow import CaseClosed, TeamAccepted, WorkerAllocated
from rightplace.foundation.journal import bulk, reading, writing
from rightplace.foundation.journal.projecting import PROJECTIONS
from rightplace.foundation.journal.tests.telling import DOOR, NOW, TEAM, decided, draft, told
from rightplace.foundation.journal.writing import NewFile

pytestmark = pytest.mark.django_db
SALT = bytes(range(16))


def a_life(file: int, by: int) -> list[tuple[list[Draft], Any, str]]:
    """Writes with ids and moments of their own, so that both ways sign the same."""
    ids = iter(range(by, by + 100))
    first = [msgspec.structs.replace(d, id=next(ids)) for d in told(file)]
    contact = first[1].id
    decision = [msgspec.structs.replace(d, id=next(ids)) for d in decided(file, contact)]
    accepted = [draft(file, TeamAccepted(offer=decision[3].id), 2, id=next(ids))]
    worker = [draft(file, WorkerAllocated(worker=1020), 3, id=next(ids))]
    closed = [draft(file, CaseClosed(reasons="Too early.", unseen_reason=""), 5, id=next(ids))]
    writes = [
        (first, DOOR, "contact.raise"),
        (decision, DOOR, "contact.decide"),
        (accepted, TEAM, "offer.answer"),
        (worker, TEAM, "worker.allocate"),
        (closed, TEAM, "case.close"),
    ]
    signed = []
    moment = NOW
    for drafts, actor, may in writes:
        timed = []
        for one in drafts:
            moment += 1
            timed.append(
                msgspec.structs.replace(
                    one, recorded=moment, author=actor.worker, role=actor.role, team=actor.team
                )
            )
        signed.append((timed, actor, may))
    return signed


def write_live(file: int, writes: list[tuple[list[Draft], Any, str]]) -> list[str]:
    refused = []
    for place, (drafts, actor, may) in enumerate(writes):
        opening = [NewFile(file, salt=SALT)] if place == 0 else []
        try:
            writing.write(drafts, by=actor, may=may, opening=opening)
        except writing.Refused as why:
            refused.append(why.because)
    return refused


def everything(file: int) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    tables = {"journal_file": "id", "journal_entry": "file", "journal_entry_body": "file"}
    tables |= {p.table: p.person for p in PROJECTIONS}
    with reading.folding(), connection.cursor() as cursor:
        for table, key in tables.items():
            wanted = next((", ".join(p.columns) for p in PROJECTIONS if p.table == table), "*")
            cursor.execute(f"SELECT {wanted} FROM {table} WHERE {key} = %s", [file])
            found[table] = sorted(
                [
                    tuple(bytes(c) if isinstance(c, memoryview) else c for c in row)
                    for row in cursor.fetchall()
                ],
                key=repr,
            )
    return found


def test_bulk_equals_live_byte_for_byte_and_row_for_row() -> None:
    from django.db import transaction

    file = 4_242_424_242
    writes = a_life(file, 77_000_000)
    with transaction.atomic():
        refused_live = write_live(file, writes)
        live = everything(file)
        transaction.set_rollback(True)
    outcome = bulk.write_stories([bulk.Story(file, [drafts for drafts, _, _ in writes], salt=SALT)])
    assert [why for _, _, why in outcome.refused] == refused_live
    assert len(refused_live) == 1, "the early closing is refused both ways"
    bulk_rows = everything(file)
    assert bulk_rows.keys() == live.keys()
    for table, rows in live.items():
        assert bulk_rows[table] == rows, table
    assert len(live["journal_entry"]) == 8
