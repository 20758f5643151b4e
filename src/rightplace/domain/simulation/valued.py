"""A strength as it is now for a team: teams that no scenario sets apart share one row of values."""

from __future__ import annotations

from rightplace.domain.simulation.compiled import within
from rightplace.domain.simulation.layout import State
from rightplace.domain.simulation.reach import teams, values


@within
def value(st: State, team: int, name: int) -> float:
    """The value of this place in the list of strengths, for a team."""
    return float(values(st)[teams(st)[team].row, name])
