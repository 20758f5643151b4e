"""The words that passed: basis, purpose and exactly what was sent, made again from the record byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from rightplace.common.disclosure.projections import Sharing
from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.contact import (
    CheckAnswered,
    CheckAsked,
    ContactDecided,
    ContactReceived,
    DisagreementAnswered,
    ReferrerTold,
    TriageOpened,
    TriageTold,
)
from rightplace.domain.practice.entries.keeping import InformationRefused, InformationShared
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.access import rls
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal import reading

K = TypeVar("K")
TELL = "So that who told us knows what came of it"
ANSWER = "To answer what we asked"
RAISE = "To raise a concern about a child"


@dataclass(frozen=True)
class Said:
    """What passed, as it stands in the record. `sent` is exactly what the other side read."""

    what: str
    basis: str
    purpose: str
    sent: str
    family: str = ""
    why_not: str = ""
    ground: str = ""
    with_whom: str = ""

    @property
    def exactly(self) -> bytes:
        """The very bytes: the same each time that they are asked for."""
        return self.sent.encode()

    @property
    def digest(self) -> str:
        """By which two copies are told apart."""
        return sha256(self.exactly).hexdigest()


def joined(*parts: str) -> str:
    """Several texts as one, those that are empty left out."""
    return "\n\n".join(part for part in parts if part)


def said_of(entry: Entry, before: Sequence[Entry] = ()) -> Said | None:
    """What passed with an entry; `before` are the entries of its file. None where nothing did, or it was erased."""
    body = entry.body
    if isinstance(body, InformationShared):
        return Said("Sent", body.basis, body.purpose, body.sent, _family(body.family_told, body.not_told_reason),
                    with_whom=body.with_whom)  # fmt: skip
    if isinstance(body, InformationRefused):
        return Said("Not sent", "", body.asked_for, "", why_not=body.reasons, ground=body.ground,
                    with_whom=body.with_whom)  # fmt: skip
    if isinstance(body, CheckAsked):
        sent = joined(body.sent, body.question)
        return Said(
            "A check", body.basis, body.purpose, sent, _family(body.family_told, body.not_told_reason)
        )
    if isinstance(body, TriageOpened):
        family = _family(body.family_told, body.not_told_reason)
        return Said("A joint triage", body.basis, body.purpose, body.sent, family)
    return _answer(entry, before) or _told(entry, before)


def _family(told: str, reason: str) -> str:
    return f"{told}: {reason}" if told and reason else told


def _answer(entry: Entry, before: Sequence[Entry]) -> Said | None:
    body = entry.body
    if isinstance(body, CheckAnswered):
        asked = _found(before, CheckAsked, body.check)
        answers = "\n".join(f"{name}: {words}" for name, words in body.answers.items())
        sent = joined(answers, body.answer) or ("Nothing is known." if body.known == "nothing" else "")
        return Said("Answer to a check", asked.basis if asked else "", asked.purpose if asked else ANSWER, sent,
                    why_not=body.refused_because)  # fmt: skip
    if isinstance(body, TriageTold):
        table = _found(before, TriageOpened, body.triage)
        level = f"Level: {body.level}" if body.level else ""
        sent = joined(body.told, level) or ("Nothing is known." if body.known == "nothing" else "")
        return Said("Said at a joint triage", table.basis if table else "", table.purpose if table else ANSWER, sent,
                    why_not=body.refused_because)  # fmt: skip
    if isinstance(body, ContactReceived):
        return Said("A concern", body.lawful_basis, RAISE, joined(body.saw, body.wants),
                    _family(body.family_told, body.family_told_reason))  # fmt: skip
    return None


def _told(entry: Entry, before: Sequence[Entry]) -> Said | None:
    body = entry.body
    decided = [each.body for each in before if isinstance(each.body, ContactDecided)]
    basis = decided[-1].lawful_basis if decided else ""
    if isinstance(body, ReferrerTold):
        return Said("What came of a concern", basis, TELL, joined(body.text, body.next_steps, body.to_do))
    if isinstance(body, DisagreementAnswered):
        return Said("Answer to a disagreement", basis, TELL, body.text)
    return None


def _found(before: Sequence[Entry], kind: type[K], number: int) -> K | None:
    found = [each.body for each in before if each.id == number and isinstance(each.body, kind)]
    return found[0] if found else None


def words_of(actor: Actor, rows: Iterable[Sharing]) -> Mapping[int, Said]:
    """The words of these sharings by entry, as this actor may read them; what may not be read is left out."""
    wanted = {row.entry: row.file for row in rows}
    with rls.reading_as(actor, purpose="disclosure"):
        files = reading.entries_of(reading.file_rows(wanted.values()))
    found: dict[int, Said] = {}
    for entries in files.values():
        own = in_order(standing(entries).entries)
        for entry in own:
            said = said_of(entry, own) if entry.id in wanted else None
            if said is not None:
                found[entry.id] = said
    return found
