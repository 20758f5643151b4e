"""Where a question begins: our own teams and posts, and our own open cases where they can be read; else an invented service.

The page always says which. Of cases only counts go in: stage, area, children, how long. No name, no file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.util import find_spec
from typing import Any, Final

from rightplace.common.web import words
from rightplace.domain.simulation.teams import Structure, structure_of
from rightplace.foundation.organisation import clock
from rightplace.overview.capacity.places import Places

INVENTED: Final = (("North", 12_000), ("East", 12_000), ("South", 12_000), ("West", 12_000))
READING: Final = "rightplace.overview.capacity.reading"


@dataclass(frozen=True)
class Start:
    """The service of the first day."""

    day: date
    structure: Structure
    own: bool

    @cached_property
    def places(self) -> Places:
        return Places(self.structure)

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
    own = _own_structure(on)
    if own is not None and own.teams and not own.problems():
        return Start(on, own, True)
    return Start(on, structure_of(INVENTED), False)


def _reading() -> Any:
    if find_spec(READING) is None:
        return None
    from importlib import import_module

    return import_module(READING)


def _own_structure(on: date) -> Structure | None:
    reading = _reading()
    found = reading.structure(on) if reading is not None else None
    return found if isinstance(found, Structure) else None


def own_census(on: date) -> Any:
    """Our own open cases and people on a day, as counts. Needs the model's extra."""
    return _reading().census(on)
