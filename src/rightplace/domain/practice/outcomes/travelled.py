"""How far one person has come under one headline, from the baseline. Nothing is added up and nobody is ranked."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from rightplace.domain.practice.outcomes.frameworks import Framework


class Moved(StrEnum):
    """Which way somebody has gone since the baseline."""

    FORWARD = "better than at the start"
    SAME = "as at the start"
    BACK = "harder than at the start"
    FIRST = "measured once"
    NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Where:
    """Where a person stood under a headline on a day; a value that is not on the scale is not known.

    `measuring` is what was signed then: two measurings of one day are two, in the order in which they are told.
    """

    person: Hashable
    headline: str
    value: str
    day: int
    measuring: int = 0


@dataclass(frozen=True)
class Travelled:
    """One person under one headline: each measuring with its day, in order, and which way it went."""

    person: Hashable
    headline: str
    places: tuple[tuple[int, int | None], ...]
    moved: Moved

    @property
    def first(self) -> int | None:
        """The place at the baseline; None when that is not known."""
        return self.places[0][1]

    @property
    def last(self) -> int | None:
        """The place at the last measuring; None when that is not known."""
        return self.places[-1][1]


def travelled(framework: Framework, measured: Iterable[Where]) -> list[Travelled]:
    """One line for each person and headline, headlines in the framework's order, persons as they were first met.

    The baseline is the first measuring for ever: a second on the same day is a second point and never takes its
    place. Of two answers in one measuring the later told counts. A baseline that is not known stays so: a later value
    is not put in its place, since nobody can say how far the way was.
    """
    order = {headline.id: place for place, headline in enumerate(framework.headlines)}
    persons: dict[Hashable, int] = {}
    by_line: dict[tuple[Hashable, str], dict[tuple[int, int], int | None]] = {}
    for one in sorted(measured, key=lambda each: each.day):
        if one.headline not in order:
            continue
        persons.setdefault(one.person, len(persons))
        line = by_line.setdefault((one.person, one.headline), {})
        line[one.day, one.measuring] = framework.place(one.value)
    lines = sorted(by_line, key=lambda line: (order[line[1]], persons[line[0]]))
    return [_line(person, headline, by_line[person, headline]) for person, headline in lines]


def _line(person: Hashable, headline: str, told: dict[tuple[int, int], int | None]) -> Travelled:
    places = tuple((day, place) for (day, _), place in told.items())
    return Travelled(person, headline, places, _moved([place for _, place in places]))


def _moved(places: list[int | None]) -> Moved:
    first, last = places[0], places[-1]
    if first is None or last is None:
        return Moved.NOT_KNOWN
    if len(places) == 1:
        return Moved.FIRST
    if last == first:
        return Moved.SAME
    return Moved.FORWARD if last > first else Moved.BACK
