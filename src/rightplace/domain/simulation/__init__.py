"""The capacity model: a simulated children's service in the words of the real one.

    given = parameters(structure_of([("North", 40_000), ("South", 60_000)]), date(2026, 4, 6))
    census = synthetic_census(given)                       # or a real one: Census(families, people)
    found = run(given, census, [Change(date(2026, 9, 1), "demand", "all", 1.15)], days=1096, replicates=50, seed=1, threads=2)
    found.fan("decision_days", "North front door")         # quantiles by week
    pair(given, census, [Change(date(2027, 3, 1), "leave", "South", 8)]).difference("assessments_late_share")

What belongs here: rules and strengths as data, the engine, runs and their numbers, and the trials that hold it. Nothing here
knows a real child, and nothing here may be asked about one: cases are drawn, not people.

Reading strengths and refusing a scenario need the base alone; what runs is fetched when it is first named, and needs
`rightplace[capacity]`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from rightplace.domain.simulation.changes import Change, fewer_managers
from rightplace.domain.simulation.names import COUNTS, ENTRIES, MEASURES, SOURCES, STAGES, STOCKS
from rightplace.domain.simulation.parameters import ImpossibleScenario, Parameters, Strength, parameters
from rightplace.domain.simulation.ratios import ALL, RATIOS
from rightplace.domain.simulation.teams import Structure, Team, structure_of

if TYPE_CHECKING:
    from rightplace.domain.simulation.census import Census, synthetic_census
    from rightplace.domain.simulation.runs import Keep, pair, run, warm
    from rightplace.domain.simulation.weeks import Difference, Pair, Weeks

__all__ = [
    "ALL",
    "COUNTS",
    "ENTRIES",
    "MEASURES",
    "RATIOS",
    "SOURCES",
    "STAGES",
    "STOCKS",
    "Census",
    "Change",
    "Difference",
    "ImpossibleScenario",
    "Keep",
    "Pair",
    "Parameters",
    "Strength",
    "Structure",
    "Team",
    "Weeks",
    "fewer_managers",
    "pair",
    "parameters",
    "run",
    "structure_of",
    "synthetic_census",
    "warm",
]

_WHEN_NAMED: Final = {
    "Census": "census",
    "synthetic_census": "census",
    "Keep": "runs",
    "pair": "runs",
    "run": "runs",
    "warm": "runs",
    "Difference": "weeks",
    "Pair": "weeks",
    "Weeks": "weeks",
}


def __getattr__(name: str) -> object:
    """What needs arrays, when somebody first names it."""
    if name not in _WHEN_NAMED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_WHEN_NAMED[name]}"), name)
    globals()[name] = found
    return found
