"""Entries to what is projected: fold by file, join by person, work out what is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rightplace.domain.practice.entries import Entry, FileKind
from rightplace.domain.practice.journey import fold, judging
from rightplace.domain.practice.journey.joining import join
from rightplace.domain.practice.journey.state import Breach
from rightplace.domain.practice.timescales import RuleBook, Timescale, rulebook, timescales
from rightplace.foundation.journal.projecting import Folded


@lru_cache(maxsize=1)
def rules() -> RuleBook:
    """The rules in force, by date, of every pack that this authority uses."""
    return rulebook()


class Judged:
    """One person folded, with the promises it breaks as it stands."""

    __slots__ = ("breaches", "folded")

    def __init__(self, folded: Folded, breaches: set[Breach]) -> None:
        self.folded = folded
        self.breaches = breaches


def fold_person(
    person: int, kind: int, files: Mapping[int, Sequence[Entry]], *, judge: bool = False
) -> Judged:
    """Fold each file of the person, join them, and say what is due; with `judge`, what is breached too."""
    book = rules()
    concern = kind == FileKind.CONCERN
    if len(files) == 1:
        entries = next(iter(files.values()))
        journey = fold(entries, concern=concern)
        due = timescales(journey, book)
        broken = judging.breaches(journey, due) if judge else set()
        return Judged(Folded(person, kind, entries, journey, due), broken)
    journeys = {file: fold(entries, concern=concern) for file, entries in sorted(files.items())}
    due_by_file = {file: timescales(journey, book) for file, journey in journeys.items()}
    broken = set()
    if judge:
        for file, journey in journeys.items():
            broken |= judging.breaches(journey, due_by_file[file])
    everything: list[Entry] = [e for entries in files.values() for e in entries]
    due_all: list[Timescale] = [t for found in due_by_file.values() for t in found]
    return Judged(Folded(person, kind, everything, join(journeys), due_all), broken)


def groups(links: Iterable[tuple[int, int, int, int]], files: Iterable[int]) -> dict[int, int]:
    """Which person each file belongs to: link merges two groups, unlink names the file that leaves.

    `links` are (recorded, file, named file, kind) in any order, withdrawn ones left out.
    The person is the smallest file of the group.
    """
    member: dict[int, set[int]] = {file: {file} for file in files}
    for _, file, named, kind in sorted(links):
        mine = member.setdefault(file, {file})
        if kind == LINK:
            theirs = member.setdefault(named, {named})
            if theirs is not mine:
                mine |= theirs
                for one in theirs:
                    member[one] = mine
        elif named in mine:
            mine.discard(named)
            member[named] = {named}
    return {file: min(group) for file, group in member.items()}


LINK, UNLINK = 156, 157
