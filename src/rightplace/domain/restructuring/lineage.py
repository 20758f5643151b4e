"""What became of every old post and team, and where every new one comes from: nothing is lost in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Became(StrEnum):
    """What became of an old unit, or how a new one came to be. It follows from the links; nobody types it."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    MERGED = "merged"
    SPLIT = "split"
    SPLIT_AND_MERGED = "split and merged"
    ENDED = "ended"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An old or new post or team: its places, its hours as minutes a week, and its cost in pence a year."""

    id: str
    title: str
    places: int
    minutes: int
    pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """That a new unit carries on an old one; `same` when nothing but the place in the structure is different."""

    old: str
    new: str
    same: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The old and the new with their links; what ends and what is new is said, never left to be guessed."""

    old: tuple[Unit, ...]
    new: tuple[Unit, ...]
    links: tuple[Link, ...]
    ended: frozenset[str] = frozenset()
    created: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Places, hours and money of one side."""

    places: int
    minutes: int
    pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAndAfter:
    """Both sides, and the difference: the new less the old."""

    before: Totals
    after: Totals

    @property
    def change(self) -> Totals:
        return Totals(
            places=self.after.places - self.before.places,
            minutes=self.after.minutes - self.before.minutes,
            pence=self.after.pence - self.before.pence,
        )


def unaccounted(lineage: Lineage) -> tuple[str, ...]:
    """Everything that stands against this lineage, as sentences; none when each unit is accounted for once."""
    old, new = {unit.id for unit in lineage.old}, {unit.id for unit in lineage.new}
    linked_old, linked_new = {link.old for link in lineage.links}, {link.new for link in lineage.links}
    found = [f"Nobody has said what becomes of {each}." for each in sorted(old - linked_old - lineage.ended)]
    found += [
        f"Nobody has said where {each} comes from." for each in sorted(new - linked_new - lineage.created)
    ]
    found += [f"{each} is said to end and to go on." for each in sorted(lineage.ended & linked_old)]
    found += [
        f"{each} is said to be new and to carry on another." for each in sorted(lineage.created & linked_new)
    ]
    known = ((lineage.ended | linked_old) - old) | ((lineage.created | linked_new) - new)
    found += [f"{each} is not in the structure." for each in sorted(known)]
    found += _twice(lineage) + _not_the_same(lineage)
    return tuple(found)


def became(lineage: Lineage, unit: str) -> Became:
    """What became of an old unit, as the links tell."""
    mine = [link for link in lineage.links if link.old == unit]
    if not mine:
        return Became.ENDED
    merged = any(_parents(lineage, link.new) > 1 for link in mine)
    if len(mine) > 1:
        return Became.SPLIT_AND_MERGED if merged else Became.SPLIT
    if merged:
        return Became.MERGED
    return Became.UNCHANGED if mine[0].same else Became.CHANGED


def came(lineage: Lineage, unit: str) -> Became:
    """How a new unit came to be, as the links tell."""
    mine = [link for link in lineage.links if link.new == unit]
    if not mine:
        return Became.NEW
    split = any(_children(lineage, link.old) > 1 for link in mine)
    if len(mine) > 1:
        return Became.SPLIT_AND_MERGED if split else Became.MERGED
    if split:
        return Became.SPLIT
    return Became.UNCHANGED if mine[0].same else Became.CHANGED


def before_and_after(lineage: Lineage) -> BeforeAndAfter:
    return BeforeAndAfter(before=_totals(lineage.old), after=_totals(lineage.new))


def _parents(lineage: Lineage, new: str) -> int:
    return sum(link.new == new for link in lineage.links)


def _children(lineage: Lineage, old: str) -> int:
    return sum(link.old == old for link in lineage.links)


def _twice(lineage: Lineage) -> list[str]:
    names = Counter(unit.id for side in (lineage.old, lineage.new) for unit in side)
    links = Counter((link.old, link.new) for link in lineage.links)
    return [f"{each} is there twice." for each, count in sorted(names.items()) if count > 1] + [
        f"{old} and {new} are linked twice." for (old, new), count in sorted(links.items()) if count > 1
    ]


def _not_the_same(lineage: Lineage) -> list[str]:
    """What is called the same has one parent, one child, and the same places and hours."""
    old, new = {unit.id: unit for unit in lineage.old}, {unit.id: unit for unit in lineage.new}
    found = []
    for link in lineage.links:
        if not link.same or link.old not in old or link.new not in new:
            continue
        before, after = old[link.old], new[link.new]
        alone = _parents(lineage, link.new) == 1 and _children(lineage, link.old) == 1
        if not alone or (before.places, before.minutes) != (after.places, after.minutes):
            found.append(f"{link.old} and {link.new} are called the same and are not.")
    return found


def _totals(units: Sequence[Unit]) -> Totals:
    return Totals(
        places=sum(unit.places for unit in units),
        minutes=sum(unit.minutes for unit in units),
        pence=sum(unit.pence for unit in units),
    )
