"""Names that a scenario gives: each means one thing only, so that a change never lands where nobody meant it to."""

from __future__ import annotations

from typing import Final

from rightplace.domain.simulation.names import SOURCES
from rightplace.domain.simulation.scenarios.scenario import ELSEWHERE, EVERYWHERE, CannotBe, Scenario
from rightplace.domain.simulation.teams import KINDS, Structure, Team

LONGEST_NAME: Final = 160
Path = tuple[str | int, ...]
_TAKEN: Final = {
    EVERYWHERE: "everywhere",
    ELSEWHERE: "all other places of an answer",
    **dict.fromkeys(KINDS, "a kind of team"),
    **dict.fromkeys(SOURCES, "a source of contacts"),
}


def require_plain(name: str, path: Path) -> None:
    """One line of letters that fits."""
    if not name.strip() or name != name.strip() or not name.isprintable():
        raise CannotBe(path, "a name has letters, is one line, and neither begins nor ends with a space")
    if len(name) > LONGEST_NAME:
        raise CannotBe(path, f"it is longer than {LONGEST_NAME} characters")


def require_own(name: str, path: Path, what: str) -> None:
    """The same, and a name that does not mean something else already."""
    require_plain(name, path)
    if name in _TAKEN:
        raise CannotBe(path, f"{name} means something else, {_TAKEN[name]}; give the {what} another name")


def require_names(scenario: Scenario) -> None:
    """The names of areas, of teams and of what areas become."""
    for name, _ in scenario.areas:
        require_own(name, ("areas", name), "area")
    areas = {name for name, _ in scenario.areas}
    for nth, team in enumerate(scenario.teams, 1):
        _require_team(team, areas, ("team", nth))
    for nth, merge in enumerate(scenario.merges, 1):
        require_own(merge.name, ("merge", nth, "name"), "area")


def _require_team(team: Team, areas: set[str], path: Path) -> None:
    require_own(team.name, (*path, "name"), "team")
    if team.name in areas:
        raise CannotBe((*path, "name"), f"{team.name} is an area; give the team another name")
    require_plain(team.pool, (*path, "pool"))
    if team.kind and team.kind not in KINDS:
        require_own(team.kind, (*path, "kind"), "kind")
        if team.kind in areas:
            raise CannotBe((*path, "kind"), f"{team.kind} is an area; give the kind another name")
    if not team.stages:
        raise CannotBe((*path, "stages"), "a team does something; name its stages, or leave this out")
    if not team.areas:
        raise CannotBe((*path, "areas"), "a team works for somebody; name its areas")
    if len(set(team.areas)) < len(team.areas):
        raise CannotBe((*path, "areas"), "an area is named twice")


def require_apart(scenario: Scenario, structure: Structure) -> None:
    """No two areas and no two teams of the service have one name; a large area's parts are numbered, and count."""
    areas, teams = structure.areas, [team.name for team in structure.teams]
    for nth, name in enumerate(areas):
        if name in areas[:nth]:
            because = (
                f"two areas would be called {name}: a large one is simulated in parts, which are numbered"
            )
            raise CannotBe(("areas", name), because)
    for nth, name in enumerate(teams):
        if name in teams[:nth]:
            path: Path = ("team", nth + 1) if scenario.teams else ("areas",)
            raise CannotBe(path, f"there are two teams called {name}")
