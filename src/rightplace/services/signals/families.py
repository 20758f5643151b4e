"""A family's signals opened for a person: the children they seem to be about, and what each says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rightplace.services.signals import sealing
from rightplace.services.signals.joining import keys_of
from rightplace.services.signals.models import Family, Signal
from rightplace.services.signals.rows import Given


@dataclass(frozen=True, slots=True)
class Opened:
    """One signal and what it says."""

    row: Signal
    given: Given


@dataclass(slots=True)
class ChildNoticed:
    """A child whom signals name; the number is that of the first of them."""

    number: int
    given: Given
    signals: list[Opened] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name as it was given."""
        return f"{self.given.given} {self.given.family}".strip()

    @property
    def born(self) -> date | None:
        """The birth date, as far as anybody gave it."""
        return next((each.given.born for each in self.signals if each.given.born), None)

    def said(self, name: str) -> str:
        """What the latest signal that says it says of address, postcode, sex or UPN."""
        found = [str(getattr(each.given, name)) for each in self.signals if getattr(each.given, name)]
        return found[-1] if found else ""


@dataclass(frozen=True, slots=True)
class FamilyNoticed:
    """A family as far as signals tell: its children, what is about the household, what was taken up before."""

    row: Family
    signals: tuple[Opened, ...]
    children: tuple[ChildNoticed, ...]
    shells: tuple[Signal, ...]

    @property
    def household(self) -> tuple[Opened, ...]:
        """Signals that name no child."""
        return tuple(each for each in self.signals if not each.given.names_a_child)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the signals, each once, in alphabetical order so that none stands above another."""
        return tuple(sorted({each.row.kind for each in self.signals}))

    @property
    def by(self) -> date | None:
        """The first day on which something of it is deleted, or on which it is to be looked at again."""
        days = [each.row.delete_on for each in self.signals]
        if self.row.look_on:
            days.append(self.row.look_on)
        return min(days, default=None)

    @property
    def title(self) -> str:
        """The children by name, or the adults where no child is known."""
        if self.children:
            return ", ".join(each.name for each in self.children)
        adults = next((each.given.adults for each in self.signals if each.given.adults), "")
        return f"Household of {adults}" if adults else "Household, names not known"


def opened(rows: Iterable[Signal]) -> tuple[list[Opened], list[Signal]]:
    """Signals with what they say, oldest first; and the shells of those that were taken up or taken back."""
    told, shells = [], []
    for row in sorted(rows, key=lambda each: (each.noticed, each.received, each.sender_id)):
        if row.sealed is None or row.salt is None or row.taken_back is not None:
            shells.append(row)
        else:
            told.append(Opened(row, sealing.opened(row.pk, bytes(row.salt), bytes(row.sealed))))
    return told, shells


def children_of(signals: Sequence[Opened]) -> tuple[ChildNoticed, ...]:
    """The children whom signals name, each once however differently it was written; in order of first notice."""
    found: list[ChildNoticed] = []
    places: dict[str, ChildNoticed] = {}
    for each in signals:
        if not each.given.names_a_child:
            continue
        keys = [key for why, key in keys_of(each.given) if why == Signal.Why.CHILD]
        child = next((places[key] for key in keys if key in places), None)
        if child is None:
            child = ChildNoticed(each.row.pk, each.given)
            found.append(child)
        child.signals.append(each)
        for key in keys:
            places.setdefault(key, child)
    return tuple(found)


def noticed(family: Family, rows: Iterable[Signal]) -> FamilyNoticed:
    """A family with its signals opened."""
    told, shells = opened(rows)
    return FamilyNoticed(family, tuple(told), children_of(told), tuple(shells))
