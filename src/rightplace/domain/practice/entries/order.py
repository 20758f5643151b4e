"""The order of a file: by happening, never by arrival. Settled by trial; `docs/journal-format.md` tells why.

The key is (day in London, time, rank of kind, id). An unknown time takes the latest known time of a lower rank
that day, and what is named comes before what names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rightplace.domain.practice.entries.base import KINDS, Entry

_RANKS: dict[int, int] = {}


def rank_of(kind: int) -> int:
    """The rank of a kind within its day; lower comes first."""
    rank = _RANKS.get(kind)
    if rank is None:
        rank = _RANKS[kind] = KINDS[kind].rank
    return rank


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """The entries as they happened. Any arrival order of one set gives one list."""
    by_day = sorted(entries, key=lambda e: e.day)
    ordered: list[Entry] = []
    for _, same_day in groupby(by_day, key=lambda e: e.day):
        today = list(same_day)
        ordered.extend(today if len(today) == 1 else _within_a_day(today))
    return ordered


def _within_a_day(today: Sequence[Entry]) -> list[Entry]:
    known = sorted((e.at, rank_of(e.kind)) for e in today if e.at is not None)
    keyed = sorted(today, key=lambda e: (_time(e, known), rank_of(e.kind), e.id))
    return _named_first(keyed) if any(e.names for e in keyed) else keyed


def _time(entry: Entry, known: Sequence[tuple[int, int]]) -> int:
    if entry.at is not None:
        return entry.at
    rank = rank_of(entry.kind)
    earlier = [at for at, other in known if other < rank]
    return earlier[-1] if earlier else -(2**62)


def _named_first(keyed: Sequence[Entry]) -> list[Entry]:
    """A stable pass that puts what is named before what names it; a circle of names keeps the order it had."""
    here = {e.id: e for e in keyed}
    placed: set[int] = set()
    visiting: set[int] = set()
    ordered: list[Entry] = []

    def place(entry: Entry) -> None:
        if entry.id in placed or entry.id in visiting:
            return
        visiting.add(entry.id)
        for name in entry.names:
            named = here.get(name)
            if named is not None:
                place(named)
        visiting.discard(entry.id)
        placed.add(entry.id)
        ordered.append(entry)

    for entry in keyed:
        place(entry)
    return ordered


def rests_on_unknown_time(entries: Sequence[Entry]) -> set[int]:
    """Ids whose place rests on a time nobody knows. A doubt, never a refusal.

    Rank settles the order of unlike kinds, and a name that of the entries it joins; what is left are entries of
    one kind, or of one rank about the same thing (two answers to one offer).
    """
    unsure: set[int] = set()
    for _, same_day in groupby(sorted(entries, key=lambda e: e.day), key=lambda e: e.day):
        today = list(same_day)
        if len(today) < 2:
            continue
        for entry in today:
            if entry.at is None and any(_cannot_tell(entry, other) for other in today):
                unsure.add(entry.id)
    return unsure


def _cannot_tell(entry: Entry, other: Entry) -> bool:
    if other is entry or other.id in entry.names or entry.id in other.names:
        return False
    if other.kind == entry.kind:
        return True
    return rank_of(other.kind) == rank_of(entry.kind) and not set(entry.names).isdisjoint(other.names)
