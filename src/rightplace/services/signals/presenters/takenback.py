"""What is taken back: what its giver sees of it, and what the team reads that had acted on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rightplace.common.caseflow.children import ChildKnown, children_of
from rightplace.common.web import words
from rightplace.foundation.access.actor import Actor
from rightplace.services.signals.models import GivenSignal, TakenBack
from rightplace.services.signals.presenters.families import agency_names, title_of
from rightplace.services.signals.presenters.given import number_of
from rightplace.services.signals.takingback import BECAUSE, words_of


def facts(row: GivenSignal) -> list[tuple[str, str]]:
    """What an agency sees again of what it gave: never its words, nor what became of it."""
    found = [
        ("Signal", title_of(row.kind)),
        ("Noticed", words.plain_day(row.noticed)),
        ("Given", words.when(row.received)),
        ("Your number", number_of(row)),
    ]
    return found + ([("Taken back", words.when(row.taken_back))] if row.taken_back else [])


@dataclass(frozen=True)
class ToRead:
    """One signal that was taken back after it was taken up."""

    number: int
    heading: str
    when: str
    why: str
    words: str
    children: Sequence[ChildKnown]
    others: str


def to_read(actor: Actor, rows: Sequence[TakenBack]) -> list[ToRead]:
    """Each with the children in whose files it stands, as far as the reader finds them."""
    agencies = agency_names(row.agency for row in rows)
    files = list(dict.fromkeys(file for row in rows for file in row.files))
    found = {each.file: each for each in children_of(actor, files) if each.person} if files else {}
    return [_one(row, agencies.get(row.agency, "an agency"), found) for row in rows]


def _one(row: TakenBack, agency: str, found: dict[int, ChildKnown]) -> ToRead:
    here = [found[file] for file in row.files if file in found]
    missing = len(row.files) - len(here)
    return ToRead(
        number=row.pk,
        heading=f"{title_of(row.kind)}, from {agency}, noticed {words.plain_day(row.noticed)}",
        when=words.when(row.at),
        why=BECAUSE.get(row.because, row.because),
        words=words_of(row),
        children=here,
        others=f"and {words.count_words(missing, 'child', 'children')} whom you cannot open"
        if missing
        else "",
    )
