"""Where a question begins: our own teams and posts, and our own open cases where they can be read; else an invented service.

The page always says which. Of our own cases a row for each family goes in: stage, area, who told of it, how many
children, days, reviews. No name, no file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from rightplace.common.web import words
from rightplace.domain.simulation.parameters import ImpossibleScenario, Parameters, parameters
from rightplace.domain.simulation.teams import Structure, structure_of
from rightplace.foundation.organisation import clock
from rightplace.overview.capacity import ownstrengths, reading
from rightplace.overview.capacity.places import Places

INVENTED: Final = (("North", 12_000), ("East", 12_000), ("South", 12_000), ("West", 12_000))


@dataclass(frozen=True)
class Start:
    """The service of the first day."""

    day: date
    structure: Structure
    own: bool

    @cached_property
    def places(self) -> Places:
        return Places(self.structure)

    @cached_property
    def filled(self) -> Mapping[str, int] | None:
        """How many posts for workers of each team somebody is in on that day; nothing for an invented service."""
        return reading.filled(self.day) if self.own else None

    @property
    def workers(self) -> int:
        return sum(team.workers for team in self.structure.teams)

    @property
    def managers(self) -> int:
        return sum(team.managers for team in self.structure.teams)

    @property
    def said(self) -> str:
        """In a few words, kept with every answer."""
        if self.own:
            return f"our own establishment and our own open cases on {words.plain_day(self.day)}"
        return f"an invented service of {self.workers} workers, since our own could not be read"

    @property
    def sentences(self) -> list[str]:
        """Where it begins, as the page says it before anything is asked."""
        size = (
            f"{words.count_words(len(self.structure.teams), 'team')}, {self.workers:,} posts for workers and "
            f"{words.count_words(self.managers, 'manager')}"
        )
        if self.own:
            return [
                f"From our own establishment on {words.plain_day(self.day)}: {size}.",
                "And from our own open cases on that day, by stage and age.",
            ]
        return [
            f"From an invented service: {size}.",
            "Our own posts do not name a team for every stage in every area yet, so that ours cannot be played through.",
        ]


def start(day: date | None = None) -> Start:
    """Our own service on a day, where its teams cover every stage of every area; else an invented one."""
    on = day or clock.today()
    own = reading.structure(on)
    return Start(on, own, True) if _is_whole(own) else invented(on)


def invented(on: date) -> Start:
    """A service of the usual shape."""
    return Start(on, structure_of(INVENTED), False)


def _is_whole(own: Structure) -> bool:
    return bool(own.teams) and not own.problems()


@dataclass(frozen=True)
class Began:
    """What a run begins from: strengths and service, its cases where they are our own, and what our records do not say."""

    given: Parameters
    census: Any = None
    unknown: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    """What of it is learnt from our own record, and how that would have held."""
    looks_back: bool = False
    """Whether how it would have held is not known yet: no first answer waits for that."""


def as_asked(day: date, own: bool) -> Began:
    """The service that the question's page names, own or invented, and no other. Needs the model's extra for our own."""
    from rightplace.domain.simulation.scenarios.asking import goes_on

    if not own:
        return Began(goes_on(parameters(invented(day).structure, day)))
    found = reading.whole(day)
    if not _is_whole(found.structure):
        raise ImpossibleScenario(
            "where it begins",
            "our own service could be read when this was asked, and cannot be now: some stage of some area has no team",
        )
    ours = ownstrengths.kept(day, lambda: found)
    given = ours.fit.given_to(parameters(found.structure, day))
    back = (ours.back.sentence,) if ours.back else ()
    return Began(goes_on(given), found.census, found.unknown, (*back, *ours.fit.sentences()), not ours.looked)


def looked_back(day: date, threads: int = 1) -> tuple[str, ...]:
    """How what was learnt would have held, in a sentence; nothing, where nobody was open then or today is over."""
    if ownstrengths.found(day) is None:
        return ()
    back = ownstrengths.looked(day, lambda: reading.whole(day), threads)
    return (back.sentence,) if back else ()


def others_look(day: date) -> bool:
    """Whether another worker is trying the model on ourselves just now."""
    return ownstrengths.others_look(day)


def learn() -> None:
    """Read today's record beforehand, where nobody has yet: a city's takes a while. Where it is kept nothing else is read."""
    on = clock.today()
    if ownstrengths.found(on) is None and start(on).own:
        ownstrengths.kept(on, lambda: reading.whole(on))


def look_back(threads: int = 1) -> None:
    """Try the model on ourselves, where something was learnt today and nobody has yet."""
    looked_back(clock.today(), threads)
