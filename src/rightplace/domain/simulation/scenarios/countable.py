"""Which promises a place can be held to: what nobody there does is kept by everybody, and is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rightplace.domain.simulation.names import ASSESSMENT, CARE, DOOR, ENQUIRY, PROTECTION, STAGES
from rightplace.domain.simulation.scenarios.foundsaid import nothing_to_count
from rightplace.domain.simulation.scenarios.places import teams_meant
from rightplace.domain.simulation.scenarios.scenario import CannotBe
from rightplace.domain.simulation.teams import Structure

MADE_IN: Final = {
    "decision": (DOOR,), "assessment": (ASSESSMENT,), "conference": (ENQUIRY,), "review": (PROTECTION, CARE),
    "visit": tuple(range(DOOR + 1, len(STAGES))), "unallocated": tuple(range(DOOR + 1, len(STAGES))),
}  # fmt: skip
"""The stages in which something is done that a promise counts; the others are counted of every team."""


def require_counted(structure: Structure, where: str, keep: Sequence[str]) -> None:
    """Refuse a promise of which nothing is done in a place."""
    teams = [structure.teams[number] for number in teams_meant(structure, where)]
    done = {stage for team in teams for stage in team.stages}
    for code in keep:
        if code in MADE_IN and not done & set(MADE_IN[code]):
            raise CannotBe(("keep",), nothing_to_count(code, where))


def require_managers(structure: Structure, where: str) -> None:
    """Refuse to look for managers where there are none."""
    if not any(structure.teams[number].managers for number in teams_meant(structure, where)):
        raise CannotBe(("who",), f"there are no managers in {where}")
