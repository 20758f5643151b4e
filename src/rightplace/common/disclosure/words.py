"""The words that passed: basis, purpose and exactly what was sent, made again from the record byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from rightplace.common.disclosure.projections import Sharing
from rightplace.common.disclosure.saying import NOTHING_KNOWN, Said, family_words, joined, said_of_child
from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.contact import (
    CheckAnswered,
    CheckAsked,
    ContactDecided,
    ContactReceived,
    DisagreementAnswered,
    ReferrerDisagreed,
    ReferrerTold,
    TriageOpened,
    TriageTold,
)
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.entries.questions import SchoolAnswered, SchoolAsked
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.access import rls
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal import reading

K = TypeVar("K")
TELL = "So that who told us knows what came of it"
ANSWER = "To answer what we asked"
RAISE = "To raise a concern about a child"
DISAGREE = "To disagree with what came of a concern"


def said_of(entry: Entry, before: Sequence[Entry] = (), agency: int = 0) -> Said | None:
    """What passed with an entry to or from an agency; `before` are the entries of its file. None where nothing did."""
    body = entry.body
    if isinstance(body, CheckAsked):
        family = family_words(body.family_told, body.not_told_reason)
        return Said("A check", body.basis, body.purpose, joined(body.sent, body.question), family)
    if isinstance(body, TriageOpened):
        family = family_words(body.family_told, body.not_told_reason)
        return Said("A joint triage", body.basis, body.purpose, body.sent, family)
    found = _answer(entry, before) or _told(entry, before) or _of_school(entry, before)
    return found or said_of_child(entry, before, agency)


def _answer(entry: Entry, before: Sequence[Entry]) -> Said | None:
    body = entry.body
    if isinstance(body, CheckAnswered):
        asked = _found(before, CheckAsked, body.check)
        answers = "\n".join(f"{name}: {words}" for name, words in body.answers.items())
        sent = joined(answers, body.answer) or (NOTHING_KNOWN if body.known == "nothing" else "")
        return Said("Answer to a check", asked.basis if asked else "", asked.purpose if asked else ANSWER, sent,
                    why_not=body.refused_because, attachments=body.attachments)  # fmt: skip
    if isinstance(body, TriageTold):
        table = _found(before, TriageOpened, body.triage)
        level = f"Level: {body.level}" if body.level else ""
        sent = joined(body.told, level) or (NOTHING_KNOWN if body.known == "nothing" else "")
        return Said("Said at a joint triage", table.basis if table else "", table.purpose if table else ANSWER, sent,
                    why_not=body.refused_because)  # fmt: skip
    if isinstance(body, ContactReceived):
        return Said("A concern", body.lawful_basis, RAISE, joined(body.saw, body.wants),
                    family_words(body.family_told, body.family_told_reason), attachments=body.attachments)  # fmt: skip
    return None


def _told(entry: Entry, before: Sequence[Entry]) -> Said | None:
    body = entry.body
    decided = [each.body for each in before if isinstance(each.body, ContactDecided)]
    basis = decided[-1].lawful_basis if decided else ""
    if isinstance(body, ReferrerTold):
        return Said("What came of a concern", basis, TELL, joined(body.text, body.next_steps, body.to_do))
    if isinstance(body, ReferrerDisagreed):
        return Said("A disagreement", basis, DISAGREE, body.because)
    if isinstance(body, DisagreementAnswered):
        return Said("Answer to a disagreement", basis, TELL, body.text)
    return None


def _of_school(entry: Entry, before: Sequence[Entry]) -> Said | None:
    body = entry.body
    if isinstance(body, SchoolAsked):
        return Said("A question of a school", body.basis, body.purpose, joined(body.question, body.pupil))
    if isinstance(body, SchoolAnswered):
        purpose = joined(body.purpose, body.known_because)
        return Said("Answer to a school", body.basis, purpose, body.answer)
    return None


def _found(before: Sequence[Entry], kind: type[K], number: int) -> K | None:
    found = [each.body for each in before if each.id == number and isinstance(each.body, kind)]
    return found[0] if found else None


def words_of(actor: Actor, rows: Iterable[Sharing]) -> Mapping[int, Said]:
    """The words of these sharings, by the sharing's number, as this actor may read them; others are left out."""
    wanted: dict[int, list[Sharing]] = {}
    for row in rows:
        wanted.setdefault(row.entry, []).append(row)
    if not wanted:
        return {}
    with rls.reading_as(actor, purpose="disclosure"):
        files = reading.entries_of(reading.file_rows({r.file for each in wanted.values() for r in each}))
    found: dict[int, Said] = {}
    for entries in files.values():
        own = in_order(standing(entries).entries)
        for entry in own:
            for row in wanted.get(entry.id, ()):
                said = said_of(entry, own, row.agency)
                if said is not None:
                    found[row.pk] = said
    return found
