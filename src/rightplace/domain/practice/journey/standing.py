"""Which entries stand, and what they say now: corrections and withdrawals, read in order of `recorded`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from rightplace.domain.practice.entries.base import KINDS, Body, Entry, body_bytes, read_body
from rightplace.domain.practice.entries.keeping import DoubtSettled, EntryCorrected, EntryWithdrawn
from rightplace.domain.practice.workdays import from_datetime, to_datetime

CORRECTED = EntryCorrected.number
WITHDRAWN = EntryWithdrawn.number
SETTLED = DoubtSettled.number
READ_FIRST = frozenset({CORRECTED, WITHDRAWN})

_encoder = msgspec.json.Encoder()


class Standing:
    """The entries that count, each in its last version, and what was found on the way."""

    __slots__ = ("conflicts", "entries", "last_version", "settled", "withdrawn")

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.settled: set[tuple[int, str]] = set()
        self.conflicts: list[Entry] = []
        self.withdrawn: set[int] = set()
        self.last_version: dict[int, int] = {}


def standing(entries: Sequence[Entry]) -> Standing:
    """Read corrections, withdrawals and settled doubts first; return what stands, not yet in order."""
    found = Standing()
    if not any(e.kind in READ_FIRST or e.kind == SETTLED for e in entries):
        found.entries = list(entries)
        return found
    versions = _versions(entries, found)
    for entry in entries:
        if entry.kind in READ_FIRST or entry.id in found.withdrawn:
            continue
        chain = versions.get(entry.id)
        if chain:
            found.last_version[entry.id] = chain[-1].id
            entry = corrected(entry, chain[-1])
        if entry.kind == SETTLED:
            body = entry.body
            assert isinstance(body, DoubtSettled)
            found.settled.add((body.entry, body.code))
        found.entries.append(entry)
    return found


def _versions(entries: Sequence[Entry], found: Standing) -> dict[int, list[Entry]]:
    """For each corrected entry its corrections that stand, oldest first; fills what is withdrawn and in conflict."""
    versions: dict[int, list[Entry]] = {}
    changes = sorted((e for e in entries if e.kind in READ_FIRST), key=lambda e: (e.recorded, e.seq, e.id))
    for change in changes:
        body = change.body
        if isinstance(body, EntryWithdrawn):
            found.withdrawn.add(body.entry)
            found.conflicts = [c for c in found.conflicts if c.id != body.entry]
            for chain in versions.values():
                chain[:] = [c for c in chain if c.id != body.entry]
        elif isinstance(body, EntryCorrected):
            chain = versions.setdefault(body.entry, [])
            last = chain[-1].id if chain else body.entry
            if body.last != last:
                found.conflicts.append(change)
            else:
                chain.append(change)
    return versions


def corrected(entry: Entry, correction: Entry) -> Entry:
    """The entry as the correction says it: its happened and body, at its own id and place."""
    body = correction.body
    assert isinstance(body, EntryCorrected)
    said = read_body(entry.kind, body.said_version, _encoder.encode(body.said))
    at = from_datetime(body.at) if body.at is not None else None
    return msgspec.structs.replace(entry, day=body.day.toordinal(), at=at, body=said, names=said.named())


def correction_of(
    entry: Entry, last: int, said: Body, day: int, at: int | None, reasons: str = ""
) -> EntryCorrected:
    """A correction that makes `entry` say `said` (a body of the same kind)."""
    return EntryCorrected(
        entry=entry.id,
        last=last,
        day=date.fromordinal(day),
        at=to_datetime(at) if at is not None else None,
        said=msgspec.json.decode(body_bytes(said)),
        said_version=KINDS[entry.kind].version,
        reasons=reasons,
    )
