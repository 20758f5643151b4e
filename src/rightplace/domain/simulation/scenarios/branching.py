"""Where a case goes one of several ways: its shares together are never more than one, in any team, on any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from rightplace.domain.simulation.changes import Change as EngineChange
from rightplace.domain.simulation.names import SOURCES
from rightplace.domain.simulation.parameters import Parameters
from rightplace.domain.simulation.scenarios.places import teams_meant
from rightplace.domain.simulation.scenarios.scenario import EVERYWHERE, CannotBe

Path = tuple[str | int, ...]
Point = tuple[str, tuple[str, ...]]
POINTS: Final[Sequence[Point]] = (
    *(
        (f"after a contact ({source})", tuple(f"door.{way}.{source}" for way in ("enquire", "assess", "support")))
        for source in SOURCES
    ),
    ("after an assessment", ("assessment.enquiry", "assessment.need", "assessment.support")),
    ("after an enquiry", ("enquiry.conference", "enquiry.care", "enquiry.need")),
    ("after a plan for a child in need", ("need.escalates", "need.down")),
    *((f"at review {nth} of a plan", ("review.care", f"review.ends.{nth}")) for nth in range(1, 5)),
)  # fmt: skip
"""Each point and its ways; who goes none of them is closed, or goes on as before."""
_AT: Final[Mapping[str, tuple[Point, ...]]] = {
    name: tuple(point for point in POINTS if name in point[1]) for _, ways in POINTS for name in ways
}
_ROUNDING: Final = 0.001
"""Shares are written with three digits: so much beyond all is a matter of writing, and what it would cut off is nobody."""


@dataclass
class _Values:
    """What each strength is for each team as the days go by; without teams, for the whole service."""

    given: Parameters
    now: dict[tuple[str, int], float] = field(default_factory=dict)
    lasting: dict[tuple[str, int], float] = field(default_factory=dict)

    @property
    def teams(self) -> list[int]:
        return list(range(max(1, len(self.given.structure.teams))))

    def meant(self, where: str) -> list[int]:
        if where == EVERYWHERE:
            return self.teams
        return teams_meant(self.given.structure, where)

    def first(self, name: str, team: int) -> float:
        teams = self.given.structure.teams
        return self.given.at_team(name, teams[team]) if teams else self.given.value(name)

    def at(self, name: str, team: int) -> float:
        if (name, team) not in self.now:
            self.now[name, team] = self.first(name, team)
        return self.now[name, team]

    def set(self, each: EngineChange, team: int) -> None:
        self.now[each.what, team] = each.amount
        if not each.weeks:
            self.lasting[each.what, team] = each.amount

    def over(self, each: EngineChange, team: int) -> None:
        """It held for some weeks; what it was before holds again."""
        key = each.what, team
        self.now[key] = self.lasting[key] if key in self.lasting else self.first(*key)


def require_ways(
    given: Parameters, at_first: Mapping[str, Path], found: Iterable[tuple[EngineChange, Path]]
) -> None:
    """Refuse what a scenario sets, on the first day (`at_first`, with its field) or later, where more than all would go on."""
    values = _Values(given)
    for name, path in at_first.items():
        _require(values, {(point, team): path for point in _AT.get(name, ()) for team in values.teams})
    for _, steps in _by_day(found):
        touched: dict[tuple[Point, int], Path] = {}
        for is_over, each, path in steps:
            for team in values.meant(each.where):
                (values.over if is_over else values.set)(each, team)
                touched |= {(point, team): (*path, "amount") for point in _AT[each.what]}
        _require(values, touched)


def _by_day(
    found: Iterable[tuple[EngineChange, Path]],
) -> Iterator[tuple[date, list[tuple[bool, EngineChange, Path]]]]:
    """What begins and ends on each day; what ends is first."""
    days: dict[date, list[tuple[bool, EngineChange, Path]]] = defaultdict(list)
    for each, path in found:
        if each.what not in _AT:
            continue
        days[each.day].append((False, each, path))
        if each.weeks:
            days[each.past].append((True, each, path))
    for day in sorted(days):
        yield day, sorted(days[day], key=lambda step: not step[0])


def _require(values: _Values, touched: Mapping[tuple[Point, int], Path]) -> None:
    for ((where, ways), team), path in touched.items():
        shares = [values.at(name, team) for name in ways]
        if sum(shares) > 1 + _ROUNDING:
            each = ", ".join(f"{name} {share:.4g}" for name, share in zip(ways, shares, strict=True))
            because = (
                f"{where} more than all would go on: {each} are {sum(shares):.4g} together, and 1 is all"
            )
            raise CannotBe(path, because)
