"""How much a question is to work out. One future cannot be stopped half-way, so it may not take longer than people wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rightplace.domain.simulation.names import SOURCES
from rightplace.domain.simulation.scenarios import ImpossibleScenario, Scenario
from rightplace.overview.capacity.starting import Start

MOST: Final = 6_000_000_000
"""Children times days times demand, in all the scenarios of one future: some quarter of a minute, see docs/capacity.md."""


def not_too_large(scenarios: Sequence[Scenario], start: Start) -> None:
    """Refused where one future would hold up the worker, and with it everybody else's work and the Stop button."""
    if sum(_work(each, start) for each in scenarios) > MOST:
        raise ImpossibleScenario(
            "", "So many children over so many days take too long; ask for fewer years, children or scenarios"
        )


def _work(scenario: Scenario, start: Start) -> float:
    places = scenario.areas or start.structure.children
    return sum(children for _, children in places) * scenario.days * peak(scenario)


def peak(scenario: Scenario) -> float:
    """How many times as many families at most: everywhere, from the most of the sources and in the most of the places."""
    now: dict[str, float] = {}
    most: dict[str, float] = {}
    for change in sorted(scenario.changes, key=lambda each: each.day):
        if change.what not in ("demand", "winter"):
            continue
        where = change.where if change.what == "demand" else "winter"
        found = now.get(where, 1.0) * change.amount
        most[where] = max(most.get(where, 1.0), found)
        if not change.weeks:
            now[where] = found
    kinds = {"all": 1.0, "winter": 1.0, "source": 1.0, "place": 1.0}
    for where, times in most.items():
        kind = where if where in kinds else "source" if where in SOURCES else "place"
        kinds[kind] = max(kinds[kind], times)
    return kinds["all"] * kinds["winter"] * kinds["source"] * kinds["place"]
