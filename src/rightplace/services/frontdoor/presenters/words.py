"""The words of a concern, opened as the reader may read them; what the reader may not read stays shut."""

from __future__ import annotations

from dataclasses import dataclass, field

from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.contact import (
    BlindDecisionMade,
    CheckAnswered,
    CheckAsked,
    ContactDecided,
    ContactReceived,
    ContactScreened,
    DisagreementAnswered,
    ReferrerDisagreed,
    ReferrerTold,
)
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.access import rls
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal import reading


@dataclass
class Words:
    """What was written in a concern's file, the last of most kinds; None where it is not there or not to be read."""

    received: ContactReceived | None = None
    screened: ContactScreened | None = None
    decided: ContactDecided | None = None
    told: ReferrerTold | None = None
    disagreed: ReferrerDisagreed | None = None
    answered: DisagreementAnswered | None = None
    asked: dict[int, CheckAsked] = field(default_factory=dict)
    answers: dict[int, list[tuple[Entry, CheckAnswered]]] = field(default_factory=dict)
    """By the check, each answer in its order: a later one stands beside the first."""
    blind: list[tuple[Entry, BlindDecisionMade]] = field(default_factory=list)

    def take(self, entry: Entry) -> None:
        """Put one entry where it belongs."""
        body = entry.body
        if isinstance(body, CheckAsked):
            self.asked[entry.id] = body
        elif isinstance(body, CheckAnswered):
            self.answers.setdefault(body.check, []).append((entry, body))
        elif isinstance(body, BlindDecisionMade):
            self.blind.append((entry, body))
        elif type(body) in _PLACES:
            setattr(self, _PLACES[type(body)], body)


_PLACES: dict[type, str] = {
    ContactReceived: "received",
    ContactScreened: "screened",
    ContactDecided: "decided",
    ReferrerTold: "told",
    ReferrerDisagreed: "disagreed",
    DisagreementAnswered: "answered",
}


def words_of(actor: Actor, concern: int) -> Words:
    """Open the words of a concern as this actor."""
    with rls.reading_as(actor, purpose="contact"):
        entries = reading.entries_of(reading.file_rows([concern])).get(concern, [])
    found = Words()
    for entry in in_order(standing(entries).entries):
        found.take(entry)
    return found


def entry_words(actor: Actor, file: int, entry: int) -> Entry | None:
    """One entry of a file with its words, as this actor may read them."""
    with rls.reading_as(actor, purpose="contact"):
        entries = reading.entries_of(reading.file_rows([file])).get(file, [])
    return next((each for each in entries if each.id == entry), None)
