"""Seals: each minute the heads of the files that changed are signed and chained to the last seal.

Kept by partners (an anchor), a seal shows later that nothing before it was rewritten, not even by us.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from django.db import connection, transaction

from rightplace.domain.practice.workdays import MINUTE, from_datetime
from rightplace.foundation.access.audit import audit_head
from rightplace.foundation.journal import chain
from rightplace.foundation.journal.bulk import copy_rows
from rightplace.foundation.journal.sealing import derived, signing_key

SEALERS = 7_400_002
AT_A_TIME = 5_000
_PLACE = struct.Struct(">qq")
COLUMNS = "n, minute, previous, digest, mac, heads, audit_head"


def seal_digest(n: int, minute: int, previous: bytes, heads: bytes, audit: bytes) -> bytes:
    """The digest of a seal: it chains the one before it and covers the heads of files and of the read audit."""
    return hashlib.sha256(previous + _PLACE.pack(n, minute) + hashlib.sha256(heads).digest() + audit).digest()


@transaction.atomic
def seal_minutes() -> int:
    """Seal everything that was recorded since the last seal, minute by minute. Returns how many seals were made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALERS])
        cursor.execute("SELECT n, minute, digest FROM journal_seal ORDER BY n DESC LIMIT 1")
        last = cursor.fetchone()
    first = last[0] if last else 0
    n, minute, previous = (last[0], last[1], bytes(last[2])) if last else (0, 0, chain.FIRST)
    audit = audit_head()
    rows: list[tuple[Any, ...]] = []
    for this_minute, heads in _unsealed_minutes():
        n, minute = n + 1, max(minute, this_minute)
        packed = chain.pack_heads(heads)
        digest = seal_digest(n, minute, previous, packed, audit)
        rows.append((n, minute, previous, digest, chain.signature(signing_key(), digest), packed, audit))
        previous = digest
        if len(rows) >= AT_A_TIME:
            copy_rows("journal_seal", COLUMNS, rows)
            rows.clear()
    copy_rows("journal_seal", COLUMNS, rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_file f SET sealed_seq = s.seq FROM (SELECT file, max(seq) AS seq FROM journal_entry e "
            "JOIN journal_file g ON g.id = e.file WHERE g.head_seq > g.sealed_seq GROUP BY file) s "
            "WHERE s.file = f.id AND f.head_seq > f.sealed_seq"
        )
    return n - first


def _unsealed_minutes() -> Iterator[tuple[int, list[tuple[int, int, bytes]]]]:
    """The last head of each file in each minute not yet sealed, minute by minute."""
    sql = (
        "SELECT DISTINCT ON (e.recorded / %s, e.file) e.recorded / %s AS minute, e.file, e.seq, e.digest "
        "FROM journal_entry e JOIN journal_file f ON f.id = e.file "
        "WHERE f.head_seq > f.sealed_seq AND e.seq > f.sealed_seq ORDER BY 1, 2, e.seq DESC"
    )
    # read as it comes, so that a whole city's first seal needs no more memory than a minute's
    with connection.chunked_cursor() as cursor:
        cursor.cursor.itersize = AT_A_TIME
        cursor.execute(sql, [MINUTE, MINUTE])
        minute: int | None = None
        heads: list[tuple[int, int, bytes]] = []
        for row in cursor:
            if minute is not None and row[0] != minute and heads:
                yield minute, heads
                heads = []
            minute = row[0]
            heads.append((row[1], row[2], bytes(row[3])))
        if heads and minute is not None:
            yield minute, heads


def last_seal_before(moment: datetime) -> int:
    """The number of the last seal of a minute that was over at that moment; 0 if there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(n), 0) FROM journal_seal WHERE minute < %s",
            [from_datetime(moment) // MINUTE],
        )
        return int(cursor.fetchone()[0])


# anchors -----------------------------------------------------------------------


class Anchor(msgspec.Struct):
    """What a partner keeps: the last seal and every file's head, signed."""

    made: str
    seal: int
    seal_digest: str
    heads: bytes
    mac: str
    format: str = "rightplace anchor 1"


def write_anchor(out: Path, made: datetime) -> Anchor:
    """Seal what is not sealed and write every head to a file. About 44 bytes a file."""
    seal_minutes()
    with connection.cursor() as cursor:
        cursor.execute("SELECT n, digest FROM journal_seal ORDER BY n DESC LIMIT 1")
        n, digest = cursor.fetchone() or (0, chain.FIRST)
        cursor.execute("SELECT id, head_seq, head FROM journal_file ORDER BY id")
        heads = chain.pack_heads([(row[0], row[1], bytes(row[2])) for row in cursor.fetchall()])
    anchor = Anchor(made.isoformat(), n, bytes(digest).hex(), heads, "")
    anchor.mac = anchor_mac(anchor)
    out.write_bytes(msgspec.msgpack.encode(anchor))
    return anchor


def anchor_mac(anchor: Anchor) -> str:
    """The anchor's own signature."""
    said = f"{anchor.format}|{anchor.made}|{anchor.seal}|{anchor.seal_digest}|".encode() + anchor.heads
    return chain.signature(derived("rightplace anchor"), hashlib.sha256(said).digest()).hex()


def read_anchor(path: Path) -> Anchor:
    """An anchor file. Raises ValueError with a sentence when it is not one or was changed."""
    try:
        anchor = msgspec.msgpack.decode(path.read_bytes(), type=Anchor)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise ValueError(f"{path.name} is not an anchor file: {error}") from error
    if anchor.mac != anchor_mac(anchor):
        raise ValueError(f"{path.name} was changed, or was made with another key")
    return anchor
