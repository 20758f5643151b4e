"""The bytes of an entry: packed header, digest, HMAC. Written down in docs/journal-format.md.

digest = sha256(previous digest + header + body digest). The header is a fixed struct, not JSON; it covers the
file's kind and the id of its key too. Digests cover the stored (sealed) bytes, so losing a body leaves the chain whole.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Sequence

HEADER = struct.Struct(">qiqHHiqqqHqqqHHqH")
"""file, seq, id, kind, version, day, at, recorded, author, role, team, concern, occasion, label, filekind, key, n"""
NO_TIME = -(2**63)
FIRST = bytes(32)
HEAD = struct.Struct(">qi32s")
"""One head in a seal or an anchor: file, seq, digest: 44 bytes."""

_sha256 = hashlib.sha256


def header_bytes(
    file: int,
    seq: int,
    id: int,  # noqa: A002  (the entry's own word)
    kind: int,
    version: int,
    day: int,
    at: int | None,
    recorded: int,
    author: int,
    role: int,
    team: int,
    concern: int,
    occasion: int,
    label: int,
    filekind: int,
    key: int,
    names: Sequence[int] | None,
) -> bytes:
    """The header packed big-endian, then each name as eight bytes."""
    count = len(names) if names else 0
    packed = HEADER.pack(
        file,
        seq,
        id,
        kind,
        version,
        day,
        NO_TIME if at is None else at,
        recorded,
        author,
        role,
        team,
        concern,
        occasion,
        label,
        filekind,
        key,
        count,
    )
    return packed + struct.pack(f">{count}q", *names) if names else packed


def entry_digest(previous: bytes, header: bytes, body_digest: bytes) -> bytes:
    """The digest that chains this entry to the one before it."""
    return _sha256(previous + header + body_digest).digest()


def signature(key: bytes, digest: bytes) -> bytes:
    """HMAC-SHA256 with a key that the database does not hold."""
    return hmac.digest(key, digest, "sha256")


def pack_heads(heads: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Heads sorted by file, 44 bytes each."""
    return b"".join(HEAD.pack(*head) for head in sorted(heads))


def unpack_heads(packed: bytes) -> list[tuple[int, int, bytes]]:
    """The heads of a seal or an anchor."""
    return list(HEAD.iter_unpack(packed))
