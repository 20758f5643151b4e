"""Areas that become one and work that moves to another team: the teams before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rightplace.domain.simulation.names import STAGES
from rightplace.domain.simulation.parameters import Parameters
from rightplace.domain.simulation.scenarios.places import areas_meant, nearest
from rightplace.domain.simulation.scenarios.scenario import CannotBe, Merge, Move, Scenario
from rightplace.domain.simulation.teams import KIND_NAMES, Structure, Team

Local = tuple[str, str, float]
"""A place, the name of a strength, and its value there."""


def reshaped(scenario: Scenario, given: Parameters) -> Parameters:
    """The same people and areas in the teams of the scenario's first day. Areas keep their children."""
    structure = given.structure
    if not structure.teams:
        return given
    for nth, merge in enumerate(scenario.merges, 1):
        if merge.day is None:
            structure = merged(structure, merge, ("merge", nth))
    for nth, move in enumerate(scenario.moves, 1):
        if move.day is None:
            structure = moved(structure, move, ("move", nth))
    problems = structure.problems()
    if structure is not given.structure and problems:
        raise CannotBe(("merge", 1) if scenario.merges else ("move", 1), problems[0])
    return replace(given, structure=structure, local=_of_now(given.local, given.structure, structure))


def _of_now(local: Sequence[Local], before: Structure, after: Structure) -> tuple[Local, ...]:
    """What is otherwise in one place, by the names of the teams after it: what a team had that is no more, those have who do
    its work. Areas and kinds keep their names."""
    found: list[Local] = []
    named = {name for team in after.teams for name in (team.name, team.kind)}
    for where, name, value in local:
        gone = [team for team in before.teams if where == team.name and where not in named]
        theirs = [team.name for team in after.teams if any(_does_work_of(team, old) for old in gone)]
        found += [(each, name, value) for each in theirs or [where]]
    return tuple(found)


def _does_work_of(team: Team, old: Team) -> bool:
    return not set(team.areas).isdisjoint(old.areas) and not set(team.stages).isdisjoint(old.stages)


def merged(structure: Structure, merge: Merge, path: tuple[str | int, ...]) -> Structure:
    """Teams of one kind in these areas become one team, with one pool of managers. Whoever serves everywhere stays."""
    areas: list[str] = []
    for name in merge.areas:
        found = areas_meant(structure, name)
        if not found or name == "all":
            raise CannotBe((*path, "areas"), f"there is no area {name}{nearest(name, structure.areas)}")
        areas += found
    if len(set(areas)) < 2 or len(set(areas)) < len(areas):
        raise CannotBe((*path, "areas"), "two different areas or more become one")
    kinds: dict[str, list[Team]] = {}
    for team in structure.teams:
        if set(team.areas) <= set(areas):
            kinds.setdefault(team.kind or team.name, []).append(team)
        elif set(team.areas) & set(areas) and set(team.areas) != set(structure.areas):
            raise CannotBe((*path, "areas"), f"{team.name} works for other areas, too; name those as well")
    teams: list[Team] = []
    told: set[str] = set()
    for team in structure.teams:
        kind = team.kind or team.name
        if kind not in kinds or team not in kinds[kind]:
            teams.append(team)
        elif kind not in told:
            told.add(kind)
            teams.append(_one(kinds[kind], merge.name, areas))
    names = [team.name for team in teams]
    if len(set(names)) < len(names):
        raise CannotBe((*path, "name"), f"there is a team of the name {merge.name} already")
    return Structure(structure.children, tuple(teams))


def became(gone: Sequence[Team], new: Team) -> list[Team]:
    """The teams of which a merged one was made: those of its kind; a team without a kind, alone, by its work."""
    alike = [team for team in gone if new.kind and team.kind == new.kind]
    return alike or [team for team in gone if not team.kind and set(team.stages) == set(new.stages)]


def _one(teams: list[Team], name: str, areas: list[str]) -> Team:
    first = teams[0]
    kind = KIND_NAMES.get(first.kind, first.kind or first.name)
    pool = f"{name} {'social work' if first.kind in ('assessment', 'long-term', 'care') else kind}"
    stages = tuple(dict.fromkeys(stage for team in teams for stage in team.stages))
    workers, managers = sum(team.workers for team in teams), sum(team.managers for team in teams)
    return Team(f"{name} {kind}", tuple(dict.fromkeys(areas)), stages, workers, managers, pool, first.kind)


def moved(structure: Structure, move: Move, path: tuple[str | int, ...]) -> Structure:
    """What a team does for an area is done by another, which gets so many of its posts; a team without work is closed whole."""
    names = [team.name for team in structure.teams]
    for field, name in (("team", move.team), ("to", move.to)):
        if name not in names:
            raise CannotBe((*path, field), f"there is no team {name}{nearest(name, names)}")
    old, new = structure.teams[names.index(move.team)], structure.teams[names.index(move.to)]
    if move.area not in old.areas:
        raise CannotBe(
            (*path, "area"), f"{old.name} does not work for {move.area}{nearest(move.area, old.areas)}"
        )
    if old.name == new.name or set(old.stages) - set(new.stages):
        lacks = ", ".join(STAGES[stage] for stage in old.stages if stage not in new.stages) or "itself"
        raise CannotBe((*path, "to"), f"{new.name} cannot take this over: {lacks}")
    left = tuple(area for area in old.areas if area != move.area)
    posts = move.posts if left else old.workers
    if not 0 <= posts <= old.workers:
        raise CannotBe((*path, "posts"), f"{old.name} has {old.workers} posts, so {posts} cannot go")
    if not left and move.posts not in (0, old.workers):
        raise CannotBe((*path, "posts"), f"{old.name} has no other area, so all its {old.workers} posts go")
    managers = 0 if left else old.managers
    teams = []
    for team in structure.teams:
        if team is old and left:
            teams.append(replace(old, areas=left, workers=old.workers - posts))
        elif team is new:
            teams.append(
                replace(
                    new, areas=(*new.areas, *([move.area] if move.area not in new.areas else [])),
                    workers=new.workers + posts, managers=new.managers + managers,
                )
            )  # fmt: skip
        elif team is not old:
            teams.append(team)
    return Structure(structure.children, tuple(teams))
