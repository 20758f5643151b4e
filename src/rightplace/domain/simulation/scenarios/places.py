"""Which teams, areas and sources a scenario means by a name; an unknown name is answered with the nearest known one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from rightplace.domain.simulation.names import SOURCES
from rightplace.domain.simulation.scenarios.scenario import EVERYWHERE
from rightplace.domain.simulation.teams import KIND_NAMES, Structure


def nearest(name: str, known: Iterable[str]) -> str:
    """What was probably meant, as the end of a sentence; nothing when nothing is near."""
    by_lower = {each.lower(): each for each in known}
    by_lower = {
        re.sub(r" \d+$", "", low): re.sub(r" \d+$", "", each) for low, each in by_lower.items()
    } | by_lower
    found = get_close_matches(name.lower(), list(by_lower), 1, 0.6)
    return f"; did you mean {by_lower[found[0]]}?" if found else ""


def areas_meant(structure: Structure, where: str) -> list[str]:
    """The areas of a name: itself, or the parts that it was cut into."""
    if where == EVERYWHERE:
        return list(structure.areas)
    if where in structure.areas:
        return [where]
    part = re.compile(rf"{re.escape(where)} \d+")
    return [area for area in structure.areas if part.fullmatch(area)]


def teams_meant(structure: Structure, where: str) -> list[int]:
    """The numbers of the teams of a name: all, a team, a kind of team, an area, or a kind within an area."""
    teams = structure.teams
    if where == EVERYWHERE:
        return list(range(len(teams)))
    found = [n for n, team in enumerate(teams) if where in (team.name, team.kind)]
    if found:
        return found
    areas = areas_meant(structure, where)
    if areas:
        there = [n for n, team in enumerate(teams) if set(areas) & set(team.areas)]
        # whoever serves the whole city, such as one front door, belongs to no area
        return [n for n in there if set(teams[n].areas) < set(structure.areas)] or there
    for kind, words in KIND_NAMES.items():
        for said in (words, kind):
            if where.endswith(f" {said}"):
                areas = areas_meant(structure, where.removesuffix(f" {said}"))
                return [n for n, t in enumerate(teams) if t.kind == kind and set(areas) & set(t.areas)]
    return []


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
