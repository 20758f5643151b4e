"""Whether a scenario can be simulated: a form asks this field by field, and reading a text asks it with its lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import isfinite

from rightplace.domain.simulation.parameters import Parameters, parameters
from rightplace.domain.simulation.scenarios.naming import require_apart, require_names, require_plain
from rightplace.domain.simulation.scenarios.places import nearest
from rightplace.domain.simulation.scenarios.promises import BY_CODE
from rightplace.domain.simulation.scenarios.reshaping import reshaped
from rightplace.domain.simulation.scenarios.resolving import Resolved, resolved
from rightplace.domain.simulation.scenarios.scenario import CannotBe, Scenario, parts_of
from rightplace.domain.simulation.teams import Structure

FEWEST_DAYS, MOST_DAYS = 28, 3_653
FIRST_YEAR, LAST_YEAR = 2_018, 2_050
LONGEST_NOTE, MOST_CHANGES = 4_000, 200
MOST_AREAS = 120
"""The engine numbers areas in one byte; the parts of a large one count."""
MOST_TEAMS = 5 * MOST_AREAS
"""As many as the usual shape has for so many areas."""


def check(
    scenario: Scenario, given: Parameters | None = None, filled: Mapping[str, int] | None = None
) -> Resolved:
    """What the engine would be told; `ImpossibleScenario` where it cannot be. Without a service and without areas of its own,
    places are looked at when the question is asked. `filled` says how many posts of each team are filled on the first day."""
    _plain(scenario)
    return resolved(scenario, service_of(scenario, given), filled)


def service_of(scenario: Scenario, given: Parameters | None = None) -> Parameters:
    """The service that a scenario is about: the one given, or the one that it brings, with its areas and teams rearranged."""
    _few_enough(scenario, given)
    own = scenario.structure()
    if given is None:
        structure = own or Structure((), ())
        if own is not None:
            _possible(scenario, structure)
        given = parameters(structure, scenario.begins)
    elif own is not None and own != given.structure:
        raise CannotBe(
            ("team" if scenario.teams else "areas",), "the question is about another service; leave this out"
        )
    return reshaped(scenario, given)


def _few_enough(scenario: Scenario, given: Parameters | None) -> None:
    """Asked before anything compares each team with each area."""
    if given is not None and len(given.structure.areas) > MOST_AREAS:
        raise CannotBe((), f"the service has more than {MOST_AREAS} areas; ask about a part of it")
    if len(scenario.teams) > MOST_TEAMS:
        raise CannotBe(("team",), f"there are more than {MOST_TEAMS} teams")
    areas = scenario.areas if scenario.teams else parts_of(scenario.areas, scenario.posts)
    if len(areas) > MOST_AREAS:
        counted = (
            "" if len(scenario.areas) > MOST_AREAS else "; a large one is simulated in parts, and each counts"
        )
        raise CannotBe(("areas",), f"there are more than {MOST_AREAS} areas{counted}")


def _plain(scenario: Scenario) -> None:
    require_plain(scenario.name, ("name",))
    if len(scenario.note) > LONGEST_NOTE:
        raise CannotBe(("note",), f"it is longer than {LONGEST_NOTE} characters")
    if not FIRST_YEAR <= scenario.begins.year <= LAST_YEAR:
        raise CannotBe(("begins",), f"the model knows the years from {FIRST_YEAR} to {LAST_YEAR}")
    _within(scenario.days, FEWEST_DAYS, MOST_DAYS, ("days",))
    _within(scenario.posts, 0.05, 3, ("posts",))
    for field, many in (("change", scenario.changes), ("merge", scenario.merges), ("move", scenario.moves)):
        if len(many) > MOST_CHANGES:
            raise CannotBe((field,), f"there are more than {MOST_CHANGES} {field}s")
    require_names(scenario)
    _areas(scenario)
    for name, limit in scenario.promises:
        if name not in BY_CODE:
            raise CannotBe(("promises", name), f"there is no promise of this name{nearest(name, BY_CODE)}")
        _within(limit, 0, 1 if BY_CODE[name].is_share else 400, ("promises", name))
    for field, pounds in (("budget", scenario.budget), ("savings", scenario.savings)):
        if pounds is not None:
            _within(pounds, 0, 1e11, (field,))


def _areas(scenario: Scenario) -> None:
    if scenario.teams and not scenario.areas:
        raise CannotBe(("team",), "teams need areas with their children")
    if scenario.teams and scenario.posts != 1:
        raise CannotBe(("posts",), "the teams say how many posts they have; leave this out")
    for name, children in scenario.areas:
        _within(children, 500, 2_000_000, ("areas", name))
    if sum(children for _, children in scenario.areas) > 3_000_000:
        raise CannotBe(("areas",), "more than three million children")


def _within(value: float, low: float, high: float, path: tuple[str, ...]) -> None:
    if not isfinite(value) or not low <= value <= high:
        raise CannotBe(path, f"{value:,} is not between {low:,} and {high:,}")


def _possible(scenario: Scenario, structure: Structure) -> None:
    names = [team.name for team in structure.teams]
    require_apart(scenario, structure)
    for nth, team in enumerate(structure.teams, 1):
        for area in team.areas:
            if area not in structure.areas:
                raise CannotBe(
                    ("team", nth, "areas"), f"there is no area {area}{nearest(area, structure.areas)}"
                )
    problems = structure.problems()
    if problems:
        path = ("team",) if scenario.teams else ("areas",)
        nth = next(
            (n for n, name in enumerate(names, 1) if scenario.teams and problems[0].startswith(name)), 0
        )
        raise CannotBe((*path, nth) if nth else path, problems[0])


def last_day(scenario: Scenario) -> date:
    """The last day that is simulated."""
    return date.fromordinal(scenario.begins.toordinal() + scenario.days - 1)
