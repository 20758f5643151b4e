"""Which seat of the engine is which post of which team in the invented council, worked out from its size alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rightplace.demo.staffing import QUARTERS, TeamPlan, team_plans
from rightplace.foundation.organisation.places import places
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM

STAGES = {
    "front_door": (0,),
    "family_support": (1,),
    "assessment": (2, 3),
    "safeguarding": (4, 5),
    "care": (6,),
}
"""What each kind of team does, in the engine's stages."""
KINDS = {"front_door": "door", "family_support": "support", "assessment": "assessment", "safeguarding": "long-term",
         "care": "care"}  # fmt: skip
MOST_TOGETHER = 50
"""Seats that the engine shares work out over at once; a quarter with more is parted by area."""


@dataclass(frozen=True, slots=True)
class Chair:
    """One seat: the nth post for casework of a team that the council opens by this name."""

    team: str
    nth: int


@dataclass(frozen=True, slots=True)
class Bench:
    """One team of the engine: the areas that it serves, its seats, its managers and with whom they share their work."""

    name: str
    kind: str
    areas: tuple[int, ...]
    chairs: tuple[Chair, ...]
    managers: int
    pool: str


@cache
def benches(population: int) -> tuple[Bench, ...]:
    """Every team of the engine for a city of so many children, in order."""
    plans = [plan for plan in team_plans(population) if plan.kind in STAGES]
    everywhere = tuple(area.number for area in places.areas())
    found = []
    for plan in plans:
        if plan.kind == "front_door":
            found.append(_bench(plan, everywhere, "front door"))
        elif plan.area:
            of = "family support" if plan.kind == "family_support" else "social work"
            found.append(_bench(plan, (plan.area, *plan.also), f"{plan.quarter} {of}"))
    for quarter in QUARTERS:
        for kind in ("safeguarding", "care"):
            found += _of_quarter([p for p in plans if (p.quarter, p.kind) == (quarter, kind)], quarter, kind)
    return tuple(found)


def workers(plan: TeamPlan) -> int:
    """How many posts for casework a team has."""
    return sum(count for role, count in plan.roles if role not in MANAGES_A_TEAM)


def _managers(plan: TeamPlan) -> int:
    return sum(count for role, count in plan.roles if role in MANAGES_A_TEAM)


def _chairs(plan: TeamPlan) -> tuple[Chair, ...]:
    return tuple(Chair(plan.name, nth) for nth in range(workers(plan)))


def _bench(plan: TeamPlan, areas: tuple[int, ...], pool: str) -> Bench:
    return Bench(plan.name, plan.kind, areas, _chairs(plan), _managers(plan), pool)


def _of_quarter(plans: list[TeamPlan], quarter: str, kind: str) -> list[Bench]:
    """The teams of a quarter together, or as many benches as it has areas where they are too many for one."""
    areas = tuple(area.number for area in places.areas() if area.quarter == quarter)
    chairs = tuple(chair for plan in plans for chair in _chairs(plan))
    managers, pool = sum(map(_managers, plans)), f"{quarter} social work"
    if len(chairs) <= MOST_TOGETHER:
        return [Bench(f"{quarter} {kind}", kind, areas, chairs, managers, pool)]
    parts = len(areas)
    found = []
    for nth, area in enumerate(areas):
        own = chairs[len(chairs) * nth // parts : len(chairs) * (nth + 1) // parts]
        some = managers * (nth + 1) // parts - managers * nth // parts
        found.append(Bench(f"{quarter} {kind} {area}", kind, (area,), own, some, pool))
    return found
