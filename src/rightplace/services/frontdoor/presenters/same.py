"""Two files side by side: what agrees, what differs, who has each child, and why the search thought of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from rightplace.common.caseflow.children import ChildKnown, children_of
from rightplace.common.web import words
from rightplace.domain.practice.entries import KINDS
from rightplace.domain.practice.entries.identity import PossibleDuplicateFound
from rightplace.domain.practice.vocabulary.codes import label
from rightplace.domain.practice.workdays import to_date
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.journal import linking, reading
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.people.projections import Duplicate
from rightplace.services.frontdoor.presenters.words import entry_words

SPELT = frozenset({"Name", "Address"})
CLOSE = 0.8
"""How much of two spellings must agree to be called close; it orders nothing and decides nothing."""


@dataclass(frozen=True)
class Compared:
    """One line of the comparison; `same` is None where one of the two is not known."""

    what: str
    one: str | None
    other: str | None
    same: bool | None
    close: bool = False

    @property
    def alike(self) -> str:
        """How the two agree, in words."""
        if self.same is None:
            return "cannot be said"
        return "the same" if self.same else "close" if self.close else "different"


@dataclass(frozen=True)
class ComparePage:
    """Two children, compared."""

    one: ChildKnown
    other: ChildKnown
    lines: Sequence[Compared]
    why: Sequence[str]
    both_open: bool
    already_one: bool


def compare_page(
    actor: Actor, flagged: Duplicate | None, files: tuple[int, int] | None = None
) -> ComparePage:
    """Gather two children. One who is hidden from the reader cannot be compared, and is not there."""
    pair = files or ((flagged.file, flagged.other) if flagged else (0, 0))
    one, other = children_of(actor, pair)
    if one.person is None or other.person is None:
        raise NotAllowed
    why: tuple[str, ...] = ()
    if flagged is not None:
        entry = entry_words(actor, flagged.file, flagged.entry)
        why = entry.body.why if entry is not None and isinstance(entry.body, PossibleDuplicateFound) else ()
    already = one.number == other.number
    return ComparePage(one, other, _lines(one, other), why, not already and linking.both_open(*pair), already)


def _lines(one: ChildKnown, other: ChildKnown) -> list[Compared]:
    def line(what: str, a: str | None, b: str | None) -> Compared:
        same = a.casefold() == b.casefold() if a and b else None
        alike = SequenceMatcher(None, a.casefold(), b.casefold()).ratio() if a and b else 0
        close = alike >= CLOSE
        return Compared(what, a or None, b or None, same, close and what in SPELT)

    p, q = one.person, other.person
    assert p is not None and q is not None
    found = [
        line("Name", p.name, q.name),
        line("Other names", ", ".join(p.others), ", ".join(q.others)),
        line("Born", words.plain_day(p.born) if p.born else "", words.plain_day(q.born) if q.born else ""),
        line("Age", one.age, other.age),
        line("Girl or boy", _sex(p.sex), _sex(q.sex)),
        line("Address", p.address, q.address),
        line("Postcode", p.postcode, q.postcode),
        line("NHS number", p.nhs, q.nhs),
        line("Pupil number", p.upn, q.upn),
        line("Described as", p.described, q.described),
    ]
    return [each for each in found if each.one or each.other]


def _sex(code: str) -> str:
    return label("sex", code, clock.today()) if code else ""


def link_choices(found: ComparePage) -> dict[str, Any]:
    """What a manager may name: the two teams, their workers, and what is open in each file."""
    teams = list({t.pk: t for t in (found.one.team, found.other.team) if t is not None}.values())
    day = clock.today()
    workers = [
        (m.worker.pk, f"{m.worker.name}, {team.name}")
        for team in teams
        for m in queries.members(team.pk, day)
    ]
    open_now = []
    for child in (found.one, found.other):
        for process in reading.journey(child.file).still_open():
            open_now.append((process.id, f"{child.name}: {process.kind.replace('_', ' ')}"))
    return {"teams": teams, "workers": list(dict(workers).items()), "open_now": open_now}


def parted_entries(actor: Actor, file: int, leaving: int) -> list[tuple[int, str]]:
    """What was written while the two were one, each with its day and kind; the words stay shut."""
    found = linking.written_while_joined(file, leaving)
    return [
        (entry.id, f"{words.plain_day(to_date(entry.day))}: {KINDS[entry.kind].kind.replace('.', ' ')}")
        for entry in found
        if entry.file != leaving
    ]
