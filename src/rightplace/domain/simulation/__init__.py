"""The capacity model: a simulated children's service in the words of the real one.

    given = parameters(structure_of([("North", 20_000), ("South", 24_000)]), date(2026, 4, 6))
    census = synthetic_census(given)                       # or a real one: Census(families, people)
    found = run(given, census, [Change(date(2026, 9, 1), "demand", "all", 1.15)], days=1096, replicates=50, seed=1, threads=2)
    found.fan("decision_days", "North front door")         # quantiles by week
    pair(given, census, [Change(date(2027, 3, 1), "leave", "South", 8)]).difference("assessments_late_share")

What belongs here: rules and strengths as data, the engine, runs and their numbers, and the trials that hold it. Nothing here
knows a real child, and nothing here may be asked about one: cases are drawn, not people.

What needs numpy is looked up when it is first used: a kept answer is read, and a bad scenario refused, without the extra.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rightplace.domain.simulation.names import COUNTS, ENTRIES, MEASURES, SOURCES, STAGES, STOCKS
from rightplace.domain.simulation.parameters import ImpossibleScenario, Parameters, Strength, parameters
from rightplace.domain.simulation.teams import Structure, Team, structure_of

if TYPE_CHECKING:
    from rightplace.domain.simulation.census import Census, synthetic_census
    from rightplace.domain.simulation.changes import Change
    from rightplace.domain.simulation.runs import Keep, pair, run
    from rightplace.domain.simulation.weeks import ALL, RATIOS, Difference, Pair, Weeks

_IN = {
    "census": ("Census", "synthetic_census"),
    "changes": ("Change",),
    "runs": ("Keep", "pair", "run"),
    "weeks": ("ALL", "RATIOS", "Difference", "Pair", "Weeks"),
}
_WHERE = {name: module for module, names in _IN.items() for name in names}

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
    "pair",
    "parameters",
    "run",
    "structure_of",
    "synthetic_census",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"{__name__} has no {name}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
