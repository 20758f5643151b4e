"""Workload in hours, never in counts: what families take in a week, against the hours that a worker really has.

Weights are dated local data (`schemes/`), with two published schemes as examples to weigh them against.
"""

from rightplace.domain.practice.workload.examples import Example, examples
from rightplace.domain.practice.workload.hours import (
    Besides,
    Child,
    Family,
    Load,
    Spread,
    bands,
    besides,
    child_hours,
    family_hours,
    grouped,
    hours_available,
    hours_words,
    is_newly_qualified,
    presence,
    spread,
)
from rightplace.domain.practice.workload.weights import TABLE, NewlyQualified, Stage, Weights, weights_on

__all__ = [
    "TABLE",
    "Besides",
    "Child",
    "Example",
    "Family",
    "Load",
    "NewlyQualified",
    "Spread",
    "Stage",
    "Weights",
    "bands",
    "besides",
    "child_hours",
    "examples",
    "family_hours",
    "grouped",
    "hours_available",
    "hours_words",
    "is_newly_qualified",
    "presence",
    "spread",
    "weights_on",
]
