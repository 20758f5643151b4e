"""The entries of a child's file: what can be said to have happened, and its exact words.

One module a process; each kind is a fact (always taken) or a decision (may be refused).
No Django, no clock, no database; the stored bytes of a kind never change, versions are lifted on reading.
"""

from rightplace.domain.practice.entries import (  # noqa: F401  (importing registers the kinds)
    assessment,
    care,
    caseflow,
    contact,
    directory,
    familysupport,
    identity,
    keeping,
    leavingcare,
    protection,
    questions,
    schooling,
    signals,
)
from rightplace.domain.practice.entries.base import (
    KINDS,
    Body,
    Draft,
    Entry,
    EntryId,
    FileKind,
    Label,
    Nature,
    body_bytes,
    kind_named,
    read_body,
)
from rightplace.domain.practice.entries.order import in_order

__all__ = [
    "KINDS",
    "Body",
    "Draft",
    "Entry",
    "EntryId",
    "FileKind",
    "Label",
    "Nature",
    "body_bytes",
    "in_order",
    "kind_named",
    "read_body",
]
