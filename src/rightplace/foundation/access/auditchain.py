"""How a row of the read audit is packed, chained and signed, and how a changed, removed or added row is named.

Each writer (a thread of a process) has a chain of its own, so that no reading waits for another. The last row of each
chain is sealed now and then; the seal's digest goes into the journal's own seals and from there to the anchors.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from rightplace.domain.practice.workdays import from_datetime

FIRST = bytes(32)
_HEADER = struct.Struct(">qqqqhqi")
_HEAD = struct.Struct(">qq32s")
_SEAL = struct.Struct(">qq")


class Reading(NamedTuple):
    """What a row says: when, who in which role and team, where, which files, and why."""

    at: datetime
    worker: int
    role: int
    team: int
    what: str
    files: tuple[int, ...]
    found: int
    reason: str
    purpose: str
    request_id: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of the audit, or a seal of it, that is not as it was written."""

    row: int
    why: str


def packed(reading: Reading, chain: int, n: int) -> bytes:
    """A row as bytes: numbers in a fixed struct, then the files, then each text with its length."""
    header = _HEADER.pack(
        chain, n, from_datetime(reading.at), reading.worker, reading.role, reading.team, reading.found
    )
    files = struct.pack(f">i{len(reading.files)}q", len(reading.files), *reading.files)
    texts = (reading.what, reading.reason, reading.purpose, reading.request_id)
    encoded = [text.encode() for text in texts]
    return header + files + b"".join(struct.pack(">i", len(text)) + text for text in encoded)


def digest_of(prev: bytes, contents: bytes) -> bytes:
    """The digest that chains a row to the one before it."""
    return hashlib.sha256(prev + contents).digest()


def mac_of(digest: bytes) -> bytes:
    """The signature, with a key that the database does not hold."""
    return hmac.digest(_key(str(settings.RIGHTPLACE_KEY_FILE)), digest, "sha256")


@lru_cache(maxsize=2)
def _key(path: str) -> bytes:
    words = Path(path).read_bytes()
    if len(words) < 32:
        raise ValueError("the key file holds fewer than 32 bytes: it must hold at least 32 random ones")
    return hmac.digest(words, b"rightplace read audit", "sha256")


def pack_heads(heads: list[tuple[int, int, bytes]]) -> bytes:
    """The heads of chains, sorted: 48 bytes each."""
    return b"".join(_HEAD.pack(*head) for head in sorted(heads))


def unpack_heads(heads: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Chain, place in it and digest of each head of a seal."""
    return _HEAD.iter_unpack(heads)


def seal_digest(prev: bytes, at: datetime, upto: int, heads: bytes) -> bytes:
    """The digest of a seal of the audit."""
    return hashlib.sha256(prev + _SEAL.pack(from_datetime(at), upto) + heads).digest()


_ROWS = (
    "SELECT id, at, worker, role, team, what, files, found, reason, purpose, request_id, chain, n, prev, digest, mac "
    "FROM access_read_audit ORDER BY chain, n"
)


def audit_faults() -> Iterator[Fault]:
    """Every row of the audit that was changed, removed, added or put elsewhere behind the application's back.

    What was written after the last seal and is now missing from the end of a chain cannot be known.
    """
    known: dict[tuple[int, int], bytes] = {}
    chain, n, prev = 0, 0, FIRST
    with connection.cursor() as cursor:
        cursor.execute(_ROWS)
        for row in iter(cursor.fetchone, None):
            if row[11] != chain:
                chain, n, prev = row[11], 0, FIRST
            yield from _row_faults(row, chain, n + 1, prev)
            n, prev = row[12], bytes(row[14])
            known[(chain, n)] = prev
    yield from _seal_faults(known)


def _row_faults(row: tuple[Any, ...], chain: int, n: int, prev: bytes) -> Iterator[Fault]:
    reading = Reading._make((*row[1:6], tuple(row[6]), *row[7:11]))
    stored_prev, stored, mac = bytes(row[13]), bytes(row[14]), bytes(row[15])
    if row[12] != n:
        yield Fault(row[0], f"rows {n} to {row[12] - 1} before it in its chain are missing")
    elif stored_prev != prev:
        yield Fault(row[0], "it does not follow the row before it")
    if digest_of(stored_prev, packed(reading, chain, row[12])) != stored:
        yield Fault(row[0], "its contents were changed")
    elif not hmac.compare_digest(mac_of(stored), mac):
        yield Fault(row[0], "it was not signed with the key")


def _seal_faults(known: dict[tuple[int, int], bytes]) -> Iterator[Fault]:
    prev = FIRST
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, at, upto, heads, prev, digest FROM access_read_audit_seal ORDER BY id")
        for number, at, upto, heads, before, digest in cursor.fetchall():
            if bytes(before) != prev or seal_digest(prev, at, upto, bytes(heads)) != bytes(digest):
                yield Fault(number, "this seal of the audit was changed, or one before it is missing")
            for chain, n, head in unpack_heads(bytes(heads)):
                if known.get((chain, n)) != head:
                    yield Fault(number, f"the row sealed at {n} of chain {chain} is missing or another")
            prev = bytes(digest)
