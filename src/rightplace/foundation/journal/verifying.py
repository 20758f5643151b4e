"""Verify: names every row that was changed, removed, reordered or added behind the application's back.

Works from the stored rows and the key alone, so that a superuser with triggers off is found out too.
What came after the last anchor is said to be unproven, not claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from rightplace.domain.practice.entries.keeping import EntryErased
from rightplace.domain.practice.workdays import to_datetime
from rightplace.foundation.access.auditchain import audit_faults
from rightplace.foundation.journal import chain, reading
from rightplace.foundation.journal.folding import LINK, UNLINK, groups
from rightplace.foundation.journal.sealed_minutes import Anchor, seal_digest
from rightplace.foundation.journal.sealing import key_id, signing_key

ERASED = EntryErased.number


@dataclass(frozen=True, slots=True)
class Bad:
    """One row that is not as it was signed."""

    file: int
    entry: int
    why: str


@dataclass(slots=True)
class Verified:
    """What was looked at, what is bad, and since which seal nothing outside can prove it."""

    entries: int = 0
    bad: list[Bad] = field(default_factory=list)
    unproven_since: str | None = None

    def add(self, other: Verified) -> None:
        """Join what another process found."""
        self.entries += other.entries
        self.bad.extend(other.bad)


ROWS = (
    "SELECT e.file, e.seq, e.id, e.kind, e.version, e.day, e.at, e.recorded, e.author, e.role, e.team, e.concern, "
    "e.occasion, e.label, e.names, e.body_digest, e.digest, e.mac, sha256(b.sealed), b.file, b.label "
    "FROM journal_entry e LEFT JOIN journal_entry_body b ON b.id = e.id "
    "WHERE e.file >= %s AND e.file <= %s ORDER BY e.file, e.seq"
)


@dataclass(slots=True)
class _FileAsStored:
    kind: int
    person: int
    key: int
    head_seq: int
    head: bytes
    salt: bytes | None


def verify_files(first: int, last: int, progress: Callable[[int], None] | None = None) -> Verified:
    """Verify the chains of the files in this range of ids, and what the seals say of them. Read as owner or auditor."""
    found = Verified()
    files = _files(first, last)
    sealed = _sealed_heads(first, last)
    seen: set[int] = set()
    for file, rows in _by_file(first, last):
        seen.add(file)
        stored = files.get(file)
        if stored is None:
            found.bad.append(Bad(file, rows[0][2], "the file's own row is gone"))
            stored = _FileAsStored(0, file, 0, 0, b"", None)
        _verify_file(file, stored, rows, sealed.pop(file, {}), found)
        found.entries += len(rows)
        if progress is not None:
            progress(len(rows))
    for file, stored in files.items():
        if file not in seen and stored.head_seq:
            found.bad.append(Bad(file, 0, "every entry of the file is gone"))
    for file, heads in sealed.items():
        if file not in files:
            found.bad.append(Bad(file, 0, f"the file is gone; seal {max(heads.values())[0]} holds its head"))
    return found


def _files(first: int, last: int) -> dict[int, _FileAsStored]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.id, f.kind, f.person, f.key, f.head_seq, f.head, s.salt FROM journal_file f "
            "LEFT JOIN journal_file_salt s ON s.file = f.id WHERE f.id >= %s AND f.id <= %s",
            [first, last],
        )
        return {
            r[0]: _FileAsStored(
                r[1], r[2], r[3], r[4], bytes(r[5]), bytes(r[6]) if r[6] is not None else None
            )
            for r in cursor.fetchall()
        }


def _sealed_heads(first: int, last: int) -> dict[int, dict[int, tuple[int, bytes]]]:
    """For each file in the range: seq to (seal, digest), as the seals say."""
    found: dict[int, dict[int, tuple[int, bytes]]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT n, heads FROM journal_seal ORDER BY n")
        for n, heads in cursor:
            for file, seq, digest in chain.HEAD.iter_unpack(bytes(heads)[: len(heads) // 44 * 44]):
                if first <= file <= last:
                    found.setdefault(file, {})[seq] = (n, digest)
    return found


def _by_file(first: int, last: int) -> Iterator[tuple[int, list[Any]]]:
    """Raw rows, file by file, streamed."""
    connection.ensure_connection()
    with reading.folding(), connection.connection.cursor(name="verify", binary=True) as cursor:
        cursor.itersize = 20_000
        cursor.execute(ROWS, [first, last])
        file: int | None = None
        rows: list[Any] = []
        for row in cursor:
            if row[0] != file and rows:
                yield rows[0][0], rows
                rows = []
            file = row[0]
            rows.append(row)
        if rows:
            yield rows[0][0], rows


def _verify_file(
    file: int, stored: _FileAsStored, rows: list[Any], sealed: dict[int, tuple[int, bytes]], found: Verified
) -> None:
    bad = found.bad
    if stored.salt is not None and key_id(stored.salt) != stored.key:
        bad.append(Bad(file, 0, "the key's salt was changed"))
    erased = {n for row in rows if row[3] == ERASED for n in (row[14] or ())}
    if stored.salt is None and file not in erased:
        bad.append(Bad(file, 0, "the file's key is gone and no erasure says so"))
    previous, expected, key = chain.FIRST, 1, signing_key()
    for row in rows:
        seq, entry, digest = row[1], row[2], row[16]
        if seq != expected:
            bad.append(
                Bad(
                    file,
                    entry,
                    f"entries {expected} to {seq - 1} before this one are gone"
                    if seq > expected
                    else f"there are two entries at place {seq}",
                )
            )
        header = chain.header_bytes(*(*row[:14], stored.kind, stored.key, row[14]))
        right = chain.entry_digest(previous, header, row[15])
        why = _what_is_wrong(file, row, right, key, entry in erased or file in erased)
        if why:
            bad.append(Bad(file, entry, why))
        head = sealed.get(seq)
        if head is not None and head[1] != digest:
            bad.append(Bad(file, entry, f"seal {head[0]} holds another digest for this place"))
        previous, expected = digest, seq + 1
    last = rows[-1]
    if stored.head_seq != last[1] or stored.head != last[16]:
        bad.append(Bad(file, last[2], f"the file's head says {stored.head_seq} entries, there are {last[1]}"))
    beyond = [seq for seq in sealed if seq > last[1]]
    if beyond:
        bad.append(Bad(file, last[2], f"entries up to {max(beyond)} were sealed, the last now is {last[1]}"))


def _what_is_wrong(file: int, row: Any, right: bytes, key: bytes, erased: bool) -> str:
    if right != row[16]:
        return "the header, or what comes before it, was changed"
    if chain.signature(key, row[16]) != row[17]:
        return "the signature is not ours: the row was added or signed again"
    if row[18] is None:
        return "" if erased else "the words are gone and no erasure says so"
    if row[18] != row[15]:
        return "the words were changed or belong to another entry"
    if row[19] != file or row[20] != row[13]:
        return "the words were moved to another file or label"
    return ""


def verify_seals(anchor: Anchor | None = None) -> Verified:
    """The seals' own chain, membership of files in persons, and what an anchor from outside says."""
    found = Verified()
    previous, expected = chain.FIRST, 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n, minute, previous, digest, mac, heads, audit_head FROM journal_seal ORDER BY n"
        )
        digests: dict[int, bytes] = {}
        for n, minute, before, digest, mac, heads, audit in cursor:
            right = seal_digest(n, minute, previous, bytes(heads), bytes(audit))
            if n != expected or bytes(before) != previous or right != bytes(digest):
                found.bad.append(Bad(0, 0, f"seal {n} was changed, or one before it is gone"))
            elif chain.signature(signing_key(), bytes(digest)) != bytes(mac):
                found.bad.append(Bad(0, 0, f"seal {n} was not signed by us"))
            previous, expected = bytes(digest), n + 1
            digests[n] = previous
    _verify_persons(found)
    if anchor is not None:
        _verify_anchor(anchor, digests, found)
    return found


def verify_seals_and_audit(anchor: Anchor | None, found: Verified) -> list[Bad]:
    """The seals, the persons, the anchor, the read audit. Says in `found` since when nothing outside can prove it."""
    seals = verify_seals(anchor)
    found.unproven_since = seals.unproven_since or _first_recorded()
    audit = [Bad(0, fault.row, f"the read audit: {fault.why}") for fault in audit_faults()]
    return [*seals.bad, *audit]


def _first_recorded() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(recorded) FROM journal_entry")
        first = cursor.fetchone()[0]
    return to_datetime(first).isoformat() if first is not None else None


def _verify_persons(found: Verified) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT recorded, file, names[1], kind, id FROM journal_entry WHERE kind IN (%s, %s)",
            [LINK, UNLINK],
        )
        links = cursor.fetchall()
        cursor.execute("SELECT names[1] FROM journal_entry WHERE kind = 151")
        struck = {row[0] for row in cursor.fetchall()}
        standing = [row[:4] for row in links if row[4] not in struck]
        named = {row[1] for row in standing} | {row[2] for row in standing}
        person = groups(standing, named)
        cursor.execute(
            "SELECT id, person FROM journal_file WHERE person <> id OR id = ANY(%s)", [list(named)]
        )
        for file, stored in cursor.fetchall():
            if person.get(file, file) != stored:
                found.bad.append(Bad(file, 0, "the file was put with another person, and no link says so"))


def _verify_anchor(anchor: Anchor, digests: dict[int, bytes], found: Verified) -> None:
    if anchor.seal and digests.get(anchor.seal, b"").hex() != anchor.seal_digest:
        found.bad.append(Bad(0, 0, f"seal {anchor.seal} is not the one that the anchor holds"))
    with connection.cursor() as cursor:
        for file, seq, digest in chain.unpack_heads(anchor.heads):
            if seq == 0:
                continue
            cursor.execute("SELECT id, digest FROM journal_entry WHERE file = %s AND seq = %s", [file, seq])
            row = cursor.fetchone()
            if row is None:
                found.bad.append(Bad(file, 0, f"the anchor holds {seq} entries of this file; they are gone"))
            elif bytes(row[1]) != digest:
                found.bad.append(Bad(file, row[0], "the anchor holds another digest for this entry"))
    found.unproven_since = anchor.made
