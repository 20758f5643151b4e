"""What is asked of the model: a service from a day on, and dated changes to it. Only places and teams have names in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rightplace.domain.simulation.parameters import ImpossibleScenario
from rightplace.domain.simulation.teams import Structure, Team, structure_of

EVERYWHERE: Final = "all"
ELSEWHERE: Final = "elsewhere"
"""Every place that gets no numbers of its own."""
LARGEST_AREA: Final = 18_000
"""An area of more children is simulated in equal parts, since the teams of one part may not be larger than sixty or so."""


class CannotBe(ImpossibleScenario):
    """A scenario that cannot be simulated. `path` leads to the field; `line` is where a text says so."""

    def __init__(self, path: tuple[str | int, ...], because: str, line: int | None = None) -> None:
        self.path, self.line = path, line
        field = said_path(path)
        super().__init__(
            field if line is None else f"line {line}, {field}" if field else f"line {line}", because
        )

    def at(self, line: int) -> CannotBe:
        """The same, with the line that says it."""
        return CannotBe(self.path, self.because, line)


def said_path(path: tuple[str | int, ...]) -> str:
    """`("change", 2, "amount")` as `change 2, amount`."""
    found = ""
    for part in path:
        found += f" {part}" if isinstance(part, int) else f", {part}" if found else part
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """From a day on, something is otherwise: what, where, and how much; for so many weeks, or for good (0).

    `WHATS` says what can change and in which unit.

    People and managers are counted over all the teams that are meant, and shared out by their size.
    """

    day: date
    what: str
    where: str = EVERYWHERE
    amount: float = 0.0
    weeks: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class EarlyHelp:
    """What whoever asks presumes of family support: the share of families it keeps from coming further. Never presumed here."""

    effect: float
    day: date | None = None
    """From the first day, where none is given."""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """Two or more areas become one, from the first day or from a later one: their teams of the same kind are one team."""

    areas: tuple[str, ...]
    name: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A team's work in an area goes to another team, from the first day or from a later one, and so many of its posts go with
    it."""

    area: str
    team: str
    to: str
    posts: int = 0
    day: date | None = None


@dataclass(frozen=True)
class Scenario:
    """A service and what happens to it. Without areas and teams it is about the service that the question brings."""

    name: str
    begins: date
    days: int = 1096
    note: str = ""
    areas: tuple[tuple[str, int], ...] = ()
    """Children by area; a service of the usual shape is made for them."""
    posts: float = 1.0
    """Times the posts of the usual shape."""
    teams: tuple[Team, ...] = ()
    """Or the teams themselves."""
    changes: tuple[Change, ...] = ()
    merges: tuple[Merge, ...] = ()
    moves: tuple[Move, ...] = ()
    strengths: tuple[tuple[str, float], ...] = ()
    """Strengths that have another value from the first day, rates of cost among them."""
    promises: tuple[tuple[str, float], ...] = ()
    """Limits of promises where they are not the usual ones."""
    budget: float | None = None
    """Pounds a year."""
    savings: float | None = None
    """Pounds a year to be saved against the scenario that this one is compared with."""
    early_help: EarlyHelp | None = None

    @property
    def at_first(self) -> Scenario:
        """The same with those rearrangements only that hold from the first day."""
        merges = tuple(each for each in self.merges if each.day is None)
        return replace(self, merges=merges, moves=tuple(each for each in self.moves if each.day is None))

    @property
    def rearranged(self) -> list[tuple[date, Merge | Move, tuple[str | int, ...]]]:
        """Rearrangements from a later day, in order of their days, each with its field."""
        found: list[tuple[date, Merge | Move, tuple[str | int, ...]]] = []
        for nth, merge in enumerate(self.merges, 1):
            if merge.day is not None:
                found.append((merge.day, merge, ("merge", nth)))
        for nth, move in enumerate(self.moves, 1):
            if move.day is not None:
                found.append((move.day, move, ("move", nth)))
        return sorted(found, key=lambda told: told[0])

    def structure(self) -> Structure | None:
        """The teams that it brings itself; nothing when it is about a real service."""
        if self.teams:
            return Structure(self.areas, self.teams)
        if self.areas:
            return structure_of(parts_of(self.areas, self.posts), self.posts)
        return None


def luck_of(begins: date, structure: Structure) -> int:
    """The seed of every question about a service as it stands on a day: so two answers show the same *as things are*."""
    told = [f"{begins}", *(f"{name} {children}" for name, children in structure.children)]
    told += [
        f"{each.name} {each.areas} {each.stages} {each.workers} {each.managers} {each.pool}"
        for each in structure.teams
    ]
    return int.from_bytes(hashlib.sha256("\n".join(told).encode()).digest()[:4], "big") >> 1


def parts_of(areas: tuple[tuple[str, int], ...], posts: float = 1.0) -> list[tuple[str, int]]:
    """Areas, the large ones cut into parts: `South 1`, `South 2`. Whoever says South means all of them."""
    found = []
    for name, children in areas:
        many = max(1, -int(-children * max(posts, 1.0) // LARGEST_AREA))
        if many == 1:
            found.append((name, children))
            continue
        for part in range(many):
            found.append((f"{name} {part + 1}", children // many + (part < children % many)))
    return found


@dataclass(frozen=True, slots=True)
class What:
    """One thing that can change: its words, the unit of its amount, and what the amount may be."""

    words: str
    unit: str
    low: float
    high: float
    sets: tuple[str, ...] = ()
    """The strengths that it changes, where it is about strengths."""
    times: bool = False
    """Whether the amount multiplies what held the day before."""


_SUPPORT_REACH: Final = tuple(
    f"door.support.{source}" for source in ("police", "school", "health", "family", "other")
)
_LEAVING: Final = ("leaving.newly", "leaving.early", "leaving.experienced")
VISITS: Final = ("support", "assessment", "enquiry", "need", "protection", "care")
WHATS: Final[Mapping[str, What]] = {
    "demand": What("contacts", "times as many", 0, 10, times=True),
    "winter": What("a bad winter: contacts, and absence with them", "times as many", 1, 3),
    "posts": What("posts of workers", "people more or fewer", -5_000, 5_000),
    "posts.share": What("posts of workers", "share more or fewer", -1, 1),
    "managers": What("posts of managers", "people more or fewer", -500, 500),
    "managers.share": What("posts of managers", "share more or fewer", -1, 1),
    "leave": What("the most experienced leave", "people", 0, 5_000),
    "pay": What("pay", "times as much", 0.5, 3, ("cost.worker", "cost.manager"), True),
    "leaving": What("workers who leave", "times as many", 0, 5, _LEAVING, True),
    "agency": What("vacancies filled by agency staff", "share", 0, 1, ("recruit.agency",)),
    "absence": What("spells of absence", "times as many", 0, 10, ("absence.spells",), True),
    "threshold": What("what is let through at the front door", "times as much", 0.3, 2, ("threshold.level",), True),
    "early_help": What("families that family support keeps from coming further", "share", 0, 1, ("support.effect",)),
    "early_help.reach": What("contacts that lead to family support", "times as many", 0, 5, _SUPPORT_REACH, True),
    "standard.decision": What("the day by which a contact is decided", "working days", 1, 20, ("promise.decision",)),
    "standard.assessment": What("the day by which an assessment is done", "working days", 5, 90, ("promise.assessment",)),
    "standard.conference": What("the day by which a conference is held", "working days", 5, 45, ("promise.conference",)),
    "standard.supervision": What("weeks from one supervision to the next", "weeks", 1, 13, ("supervision.weeks",)),
    **{
        f"standard.visits.{stage}": What(
            f"weeks from one visit to the next, {stage}", "weeks", 1, 26, (f"visit.weeks.{stage}",)
        )
        for stage in VISITS
    },
}  # fmt: skip
"""What can change on a day. A strength by its own name can, too."""
PEOPLE: Final = ("posts", "posts.share", "managers", "managers.share", "leave")
