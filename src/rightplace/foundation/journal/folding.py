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


def fold_person(person: int, kind: int, files: Mapping[int, Sequence[Entry]]) -> Folded:
    """Fold each file of the person, join them, and say what is due and what is breached as it stands."""
    book = rules()
    concern = kind == FileKind.CONCERN
    journeys = {file: fold(entries, concern=concern) for file, entries in sorted(files.items())}
    due: list[Timescale] = []
    broken: set[Breach] = set()
    for journey in journeys.values():
        own = timescales(journey, book)
        due += own
        broken |= judging.breaches(journey, own)
    if len(files) == 1:
        return Folded(person, kind, next(iter(files.values())), next(iter(journeys.values())), due, broken)
    everything = [entry for entries in files.values() for entry in entries]
    joined = join(journeys)
    joined.settled = {settled for journey in journeys.values() for settled in journey.settled}
    return Folded(person, kind, everything, joined, due, broken)


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
