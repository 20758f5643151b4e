"""What one child's part of a return tells, as entries to be: each with an id that the next return finds again."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

import msgspec

from rightplace.domain.practice.entries import Body
from rightplace.domain.practice.entries.assessment import (
    AssessmentAuthorised,
    AssessmentBegan,
    NeedPlanBegan,
    NeedPlanEnded,
)
from rightplace.domain.practice.entries.caseflow import CaseClosed
from rightplace.domain.practice.entries.contact import ReferralAccepted
from rightplace.domain.practice.entries.identity import IdentityRecorded, PersonDied
from rightplace.domain.practice.entries.keeping import NoteWritten, TimescaleExcused
from rightplace.domain.practice.entries.protection import (
    ConferenceHeld,
    CourtApplied,
    EnquiryBegan,
    EnquiryEnded,
    FamilyMeetingAnswered,
    PreProceedingsBegan,
    PreProceedingsEnded,
    ProtectionPlanBegan,
    ProtectionPlanEnded,
)

CHILD: Final = ""
"""The key of what is told once about the child, such as who it is."""
BORN: Final = "born"
"""The key of who the child is, told again when a child who was expected has been born."""

ONCE: Final[dict[type[Body], tuple[tuple[type[Body], str], ...]]] = {
    IdentityRecorded: ((PersonDied, ""),),
    ReferralAccepted: (
        (CaseClosed, ""),
        (NoteWritten, "closed"),
        (ConferenceHeld, ""),
        (TimescaleExcused, ""),
    ),
    AssessmentBegan: ((AssessmentAuthorised, ""),),
    EnquiryBegan: ((EnquiryEnded, ""), (ConferenceHeld, "enquiry")),
    NeedPlanBegan: ((NeedPlanEnded, ""),),
    ProtectionPlanBegan: ((ProtectionPlanEnded, ""),),
    PreProceedingsBegan: (
        (PreProceedingsEnded, ""),
        (FamilyMeetingAnswered, ""),
        (CourtApplied, ""),
        (NoteWritten, "pre-proceedings"),
    ),
}
"""What a module may say once: when a later return has the module but no longer says this, it is not so any more."""


class Numbers(msgspec.Struct, frozen=True):
    """The child as its authority numbers it: what every id is made from.

    Another authority's child of the same number is another child.
    """

    authority: str
    child: str

    def id(self, kind: str, key: str = CHILD, again: int = 0) -> int:
        """The same 63 bits for the same thing in every return. `again` when it was struck and is said anew."""
        parts = ("cin", self.authority, self.child, kind, key, *((str(again),) if again else ()))
        digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
        return int.from_bytes(digest[:8], "big") >> 1 or 1

    @property
    def file(self) -> int:
        """The child's file."""
        return self.id("file")


class Told(msgspec.Struct, frozen=True):
    """One entry to be. `key` names it among those of its kind: the first date of its module, and a count."""

    id: int
    key: str
    day: int
    body: Body

    def possible_parts(self) -> Iterator[tuple[str, str]]:
        """Kind and key of whatever this module may say once."""
        for kind, suffix in ONCE.get(type(self.body), ()):
            yield kind.kind, part_key(self.key, suffix)


def part_key(key: str, suffix: str) -> str:
    """The key of what a module says once."""
    return f"{key} {suffix}".strip()


class Tale:
    """Collects what is told about a child, and numbers modules that began on one day."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.told: list[Told] = []
        self._count: Counter[tuple[str, date]] = Counter()

    def begin(self, body: Body, day: date) -> Told:
        """A module begins; its key is its first date, counted when there are several."""
        self._count[body.kind, day] += 1
        return self._add(module_key(day, self._count[body.kind, day]), body, day)

    def part(self, module: Told, body: Body, day: date, suffix: str = "") -> Told:
        """Something that a module says once."""
        return self._add(part_key(module.key, suffix), body, day)

    def add(self, key: str, body: Body, day: date) -> Told:
        """Something else, by a key of its own."""
        return self._add(key, body, day)

    def _add(self, key: str, body: Body, day: date) -> Told:
        told = Told(self.numbers.id(body.kind, key), key, day.toordinal(), body)
        self.told.append(told)
        return told


def module_key(first: date, count: int) -> str:
    """The key of a module: its first date, and which of that date it is."""
    return first.isoformat() if count == 1 else f"{first.isoformat()} {count}"
