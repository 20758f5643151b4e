"""Keeping the record true: correction, withdrawal, link and unlink, settled doubts, notes, forms, sharing, erasure."""

from datetime import date, datetime
from typing import Any, ClassVar

from rightplace.domain.practice.entries.base import Body, Label, Nature, kind, upcast


@kind
class EntryCorrected(Body, frozen=True, kw_only=True):
    """What an entry should have said. Read in its place; the first saying stays and can be read.

    `entry` is what is corrected; `last` the version that the writer saw (itself or an earlier correction):
    if it is no longer the last, the write is a conflict. `said` are the fields of the corrected body.
    """

    kind: ClassVar[str] = "entry.corrected"
    number: ClassVar[int] = 150
    rank: ClassVar[int] = 0
    naming: ClassVar[tuple[str, ...]] = ("entry", "last")
    entry: int
    last: int
    day: date
    at: datetime | None = None
    said: dict[str, Any]
    said_version: int = 1
    reasons: str = ""


@kind
class EntryWithdrawn(Body, frozen=True):
    """An entry that does not belong here (another family's child). Struck, and readable only to two officers.

    Withdrawing a correction brings back what stood before it.
    """

    kind: ClassVar[str] = "entry.withdrawn"
    number: ClassVar[int] = 151
    rank: ClassVar[int] = 0
    naming: ClassVar[tuple[str, ...]] = ("entry",)
    entry: int
    reasons: str
    moved_to: int = 0


@kind
class DoubtSettled(Body, frozen=True):
    """Somebody looked at a doubt and says how it is."""

    kind: ClassVar[str] = "doubt.settled"
    number: ClassVar[int] = 152
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 92
    naming: ClassVar[tuple[str, ...]] = ("entry",)
    entry: int
    code: str
    reasons: str


@kind
class TimescaleExcused(Body, frozen=True):
    """A timescale was not required or could not be met: `outcome` is not_required or not_practicable."""

    kind: ClassVar[str] = "timescale.excused"
    number: ClassVar[int] = 153
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 89
    naming: ClassVar[tuple[str, ...]] = ("trigger",)
    rule: str
    trigger: int
    outcome: str
    reasons: str


@kind
class NoteWritten(Body, frozen=True):
    """A case note: `purpose` says what it is for."""

    kind: ClassVar[str] = "note.written"
    number: ClassVar[int] = 154
    rank: ClassVar[int] = 50
    text: str
    purpose: str = ""
    attachments: tuple[int, ...] = ()


@kind
class FormSigned(Body, frozen=True):
    """A form was signed: its question set, version and answers."""

    kind: ClassVar[str] = "form.signed"
    number: ClassVar[int] = 155
    rank: ClassVar[int] = 50
    questions: str
    questions_version: int
    answers: dict[str, str]
    summary: str = ""


@kind
class PersonLinked(Body, frozen=True):
    """A manager decided that two files are about one child, and who answers for the child from then on."""

    kind: ClassVar[str] = "person.linked"
    number: ClassVar[int] = 156
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 2
    naming: ClassVar[tuple[str, ...]] = ("other_file",)
    other_file: int
    reasons: str
    team: int = 0
    worker: int = 0
    continuing: tuple[int, ...] = ()


@kind
class PersonUnlinked(Body, frozen=True):
    """A manager decided that the file that leaves is about another child after all."""

    kind: ClassVar[str] = "person.unlinked"
    number: ClassVar[int] = 157
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 3
    naming: ClassVar[tuple[str, ...]] = ("leaving_file",)
    leaving_file: int
    reasons: str
    team: int = 0


@kind
class InformationShared(Body, frozen=True, kw_only=True):
    """What was sent to whom, on what basis and for what purpose (promise 7)."""

    kind: ClassVar[str] = "information.shared"
    number: ClassVar[int] = 158
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 61
    naming: ClassVar[tuple[str, ...]] = ("about",)
    with_whom: str
    agency: int = 0
    basis: str
    purpose: str
    sent: str
    about: int = 0
    family_told: str = ""
    not_told_reason: str = ""


@kind
class InformationRefused(Body, frozen=True, kw_only=True):
    """What was not shared with whom, and why that was better for the child (promise 7).

    Version 2 names the ground: one of the rules on which a refusal may rest, as `common/disclosure` lists them.
    """

    kind: ClassVar[str] = "information.refused"
    number: ClassVar[int] = 159
    version: ClassVar[int] = 2
    nature: ClassVar[Nature] = Nature.DECISION
    rank: ClassVar[int] = 61
    with_whom: str
    agency: int = 0
    asked_for: str
    reasons: str
    ground: str = ""
    about: int = 0


@upcast(InformationRefused, 1)
def _without_a_ground(fields: dict[str, Any]) -> dict[str, Any]:
    """Version 1 named no ground."""
    return fields


@kind
class EntryErased(Body, frozen=True, kw_only=True):
    """Two people erased the words of an entry, or a file's key. The tombstone stays and the chain still verifies."""

    kind: ClassVar[str] = "entry.erased"
    number: ClassVar[int] = 160
    rank: ClassVar[int] = 99
    label: ClassVar[Label] = Label.NONE
    naming: ClassVar[tuple[str, ...]] = ("entries",)
    entries: tuple[int, ...] = ()
    whole_file: bool = False
    authority: str
    second_person: int
