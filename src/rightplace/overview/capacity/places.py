"""The places that a question can be about: everywhere, our quarters and areas, kinds of team, single teams.

From our own structure. A quarter is what its areas are called after: South, of South Hawthorn and South Maple.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rightplace.domain.simulation.teams import Structure

EVERYWHERE: Final = "all"
KINDS: Final = {
    "door": "All front doors",
    "support": "All family support teams",
    "assessment": "All assessment teams",
    "long-term": "All safeguarding teams",
    "care": "All teams for children in care",
}
SOURCES: Final = {
    "police": "the police",
    "school": "schools",
    "health": "health",
    "family": "families themselves",
    "other": "others",
}


@dataclass(frozen=True)
class Places:
    """Where something may change, each with a code, what people call it, and what the model calls it."""

    structure: Structure

    @cached_property
    def quarters(self) -> dict[str, tuple[str, ...]]:
        """The areas of each quarter, where several areas are called after one."""
        found: dict[str, list[str]] = {}
        for name in self.structure.areas:
            found.setdefault(name.replace(":", " ").split()[0], []).append(name)
        return {quarter: tuple(areas) for quarter, areas in found.items() if len(areas) > 1}

    @property
    def wide(self) -> list[tuple[str, str]]:
        """Everywhere, quarters and areas."""
        areas = [] if self.quarters else [(f"area:{name}", name) for name in self.structure.areas]
        quarters = [(f"quarter:{name}", name) for name in self.quarters]
        return [(EVERYWHERE, "Everywhere"), *quarters, *areas]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of team that there are."""
        there = Counter(team.kind for team in self.structure.teams)
        return [(f"kind:{kind}", KINDS[kind]) for kind in KINDS if there[kind]]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """For a form: the widest first."""
        areas = [(f"area:{name}", name) for name in self.structure.areas] if self.quarters else []
        teams = [(f"team:{team.name}", team.name) for team in self.structure.teams]
        return [*self.wide, *self.kinds, *areas, *teams]

    @staticmethod
    def name(where: str) -> str:
        """As the model calls it."""
        return where.partition(":")[2] or EVERYWHERE

    def inside(self, where: str) -> str:
        """As a sentence says where."""
        sort, _, name = where.partition(":")
        if sort == "kind":
            return f"in {KINDS[name][:1].lower()}{KINDS[name][1:]}"
        if sort == "team":
            return f"in the team {name}"
        return f"in {name}" if name else "everywhere"

    def told(self, where: str) -> str:
        """As a sentence says who tells, or where."""
        sort, _, name = where.partition(":")
        return f"by {SOURCES[name]}" if sort == "source" else self.inside(where)
