"""The columns of the projections, once for the SQL that counts them and for the rows that are counted in Python.

Instants are microseconds UTC here and timestamps in the database. `team` and `open` of a timescale or doubt are not
stored with it: they are those of the child's span now.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec


class SpanRow(msgspec.Struct, frozen=True, kw_only=True):
    """From `begins` until `ends`: where a child is, who answers, what is open. `part` leads."""

    table: ClassVar[str] = "span"
    joined: ClassVar[frozenset[str]] = frozenset()
    person: int
    begins: int
    ends: int | None = None
    entry: int = 0
    legal: str = ""
    processes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    part: str = ""
    team: int = 0
    worker: int = 0
    open: bool = False
    opened: int | None = None
    unallocated_since: int | None = None
    seen: int | None = None
    seen_alone: int | None = None
    label: int = 0


class TimescaleRow(msgspec.Struct, frozen=True, kw_only=True):
    """What must happen by when, for a child or (`concern`) for a concern."""

    table: ClassVar[str] = "timescale"
    joined: ClassVar[frozenset[str]] = frozenset({"team", "open"})
    person: int
    rule: str
    trigger: int
    about: int
    begins: int
    floor: int | None = None
    due: int | None = None
    due_statistics: int | None = None
    met: int | None = None
    met_by: int = 0
    not_required: str = ""
    not_required_from: int | None = None
    overtaken: int | None = None
    unknown: str = ""
    guards: bool = False
    concern: bool = False
    label: int = 0
    team: int | None = None
    open: bool | None = None


class HappeningRow(msgspec.Struct, frozen=True, kw_only=True):
    """A countable thing: a referral, a decision, a closing, a wrong place."""

    table: ClassVar[str] = "happening"
    joined: ClassVar[frozenset[str]] = frozenset()
    person: int
    name: str
    entry: int
    about: int
    at: int
    team: int = 0
    outcome: str = ""
    again: bool = False
    concern: bool = False
    label: int = 0


class DoubtRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something odd that somebody must settle."""

    table: ClassVar[str] = "doubt"
    joined: ClassVar[frozenset[str]] = frozenset({"team", "open"})
    person: int
    code: str
    entry: int
    detail: str = ""
    at: int
    settled: bool = False
    team: int | None = None
    open: bool | None = None


class ContactRow(msgspec.Struct, frozen=True, kw_only=True):
    """One concern at the front door, with all its children."""

    table: ClassVar[str] = "contact"
    joined: ClassVar[frozenset[str]] = frozenset()
    concern: int
    received: int
    due: int | None = None
    read: int | None = None
    decided: int | None = None
    route: str = ""
    grade: str = ""
    team: int = 0
    agency: int = 0
    channel: str = ""


RowType = type[SpanRow] | type[TimescaleRow] | type[HappeningRow] | type[DoubtRow] | type[ContactRow]
Row = SpanRow | TimescaleRow | HappeningRow | DoubtRow | ContactRow
