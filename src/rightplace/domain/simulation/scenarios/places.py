"""Which teams, areas and sources a scenario means by a name; an unknown name is answered with the nearest known one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from rightplace.domain.simulation.names import SOURCES
from rightplace.domain.simulation.scenarios.scenario import EVERYWHERE
from rightplace.domain.simulation.teams import Structure, areas_meant, teams_meant

__all__ = [
    "TOGETHER",
    "areas_meant",
    "names_of",
    "nearest",
    "parts",
    "shared_out",
    "sources_meant",
    "teams_meant",
]


TOGETHER = " and "
"""Between the names of places that are told as one: areas that merge, or the teams between which work moves."""


def parts(structure: Structure, place: str) -> list[str]:
    """The places of which one is made: itself where it is a name, else those between whose names it says `and`."""
    if teams_meant(structure, place):
        return [place]
    found = place.split(TOGETHER)
    return found if all(teams_meant(structure, each) for each in found) else [place]


def nearest(name: str, known: Iterable[str]) -> str:
    """What was probably meant, as the end of a sentence; nothing when nothing is near."""
    by_lower = {each.lower(): each for each in known}
    by_lower = {
        re.sub(r" \d+$", "", low): re.sub(r" \d+$", "", each) for low, each in by_lower.items()
    } | by_lower
    found = get_close_matches(name.lower(), list(by_lower), 1, 0.6)
    return f"; did you mean {by_lower[found[0]]}?" if found else ""


def names_of(structure: Structure) -> list[str]:
    """Every name that a place can be called by."""
    whole = [re.sub(r" \d+$", "", area) for area in structure.areas]
    kinds = [team.kind for team in structure.teams if team.kind]
    teams = [team.name for team in structure.teams]
    return list(dict.fromkeys([EVERYWHERE, *structure.areas, *whole, *kinds, *teams]))


def sources_meant(where: str) -> list[str]:
    return [where] if where in SOURCES else []


def shared_out(many: int, sizes: Sequence[int]) -> list[int]:
    """So many people over teams by their size, the largest remainders first. Nobody gives more than it has."""
    whole = sum(sizes)
    if not sizes:
        return []
    if whole == 0:
        return [many // len(sizes) + (nth < many % len(sizes)) for nth in range(len(sizes))]
    sign, rest = (1 if many >= 0 else -1), abs(many)
    exact = [rest * size / whole for size in sizes]
    found = [int(each) for each in exact]
    order = sorted(range(len(sizes)), key=lambda nth: (found[nth] - exact[nth], nth))
    place = 0
    while sum(found) < rest:
        nth = order[place % len(order)]
        place += 1
        if sign > 0 or found[nth] < sizes[nth]:
            found[nth] += 1
    return [sign * each for each in found]
