"""Whom to give a family to: suggestions with reasons and proof, a team's moves, a city's cut-over, and a checker.

Pure: no names, no database, no clock. A person decides; nothing here scores a child or a worker.
"""

from rightplace.domain.allocation.checking import Fault, faults, seconds_of
from rightplace.domain.allocation.costs import Cost
from rightplace.domain.allocation.model import (
    NOBODY,
    Away,
    Child,
    Group,
    Place,
    Plan,
    Question,
    Worker,
    children_sharing,
    split,
)
from rightplace.domain.allocation.moving import Move, Step, worthwhile_moves
from rightplace.domain.allocation.rules import Broken, Kept
from rightplace.domain.allocation.suggesting import RunnerUp, Suggestion, Suggestions, suggest
from rightplace.domain.allocation.table import Table, read_table, sample

__all__ = [
    "NOBODY",
    "Away",
    "Broken",
    "Child",
    "Cost",
    "Fault",
    "Group",
    "Kept",
    "Move",
    "Place",
    "Plan",
    "Question",
    "RunnerUp",
    "Step",
    "Suggestion",
    "Suggestions",
    "Table",
    "Worker",
    "children_sharing",
    "faults",
    "read_table",
    "sample",
    "seconds_of",
    "split",
    "suggest",
    "worthwhile_moves",
]
