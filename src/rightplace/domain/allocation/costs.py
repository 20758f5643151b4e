"""The soft costs: what it takes to give a family to a worker, each named, in seconds of a week.

Whole seconds, so that two solvers and a checker add up to the same number. The costs of one pair do not hang on the
other families; evenness does, and its price for a further minute never falls. The proofs in `exact.py` rest on that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isqrt
from typing import Final

from rightplace.domain.allocation.model import Group, Question, Worker, protected_minutes
from rightplace.domain.allocation.rules import is_long, is_near
from rightplace.domain.allocation.words import listed

MINUTE: Final = 60
FAMILY: Final = "the family"
SIBLINGS: Final = "the brothers and sisters"
WORKER: Final = "the worker"


@dataclass(frozen=True)
class Cost:
    """One thing that counts: its name, who bears it, how much, and why."""

    name: str
    to: str
    seconds: int
    words: str


def metres_between(group: Group, worker: Worker) -> int | None:
    """The straight line between a family's address and a worker's base; None where either is not known."""
    if group.place is None or worker.place is None:
        return None
    return isqrt((group.place.east - worker.place.east) ** 2 + (group.place.north - worker.place.north) ** 2)


def costs(group: Group, worker: Worker, question: Question) -> Iterator[Cost]:
    """What this pair costs, whatever else is decided. Things that cost nothing are left out."""
    weigh = question.table.costs
    if group.present is not None and group.present != worker.key:
        words = "the family would have to get to know another worker"
        yield Cost("continuity", FAMILY, weigh.continuity * MINUTE, words)
    if group.siblings_with and worker.key not in group.siblings_with:
        words = "a brother or sister is with another worker"
        yield Cost("siblings kept together", SIBLINGS, weigh.siblings_apart * MINUTE, words)
    if missing := group.better - worker.skills:
        words = f"{listed(missing)} would help and is not there"
        yield Cost("skill", FAMILY, weigh.skill * MINUTE * len(missing), words)
    if group.language and group.language not in worker.languages:
        words = f"an interpreter is needed for {group.language}"
        yield Cost("language", FAMILY, weigh.language * MINUTE, words)
    yield _travel(group, worker, question)
    if any(is_near(away, question) and not is_long(away, question) for away in worker.away):
        words = "a short absence is on or coming"
        yield Cost("absence ahead", FAMILY, weigh.absence_ahead * MINUTE, words)


def _travel(group: Group, worker: Worker, question: Question) -> Cost:
    weigh = question.table.costs
    metres = metres_between(group, worker)
    if metres is None:
        words = f"the distance is not known; {weigh.unknown_km} km are taken"
        metres = weigh.unknown_km * 1000
    else:
        words = f"{metres / 1000:.1f} km away"
    return Cost("travel", WORKER, weigh.travel_a_km * MINUTE * metres // 1000, words)


def pair_seconds(group: Group, worker: Worker, question: Question) -> int:
    """What the pair costs in all."""
    return sum(cost.seconds for cost in costs(group, worker, question))


def nobody_seconds(group: Group, question: Question) -> int:
    """What it costs that nobody is there for a family: far more than anything else, for each child."""
    return question.table.costs.nobody_a_child * MINUTE * len(group.children)


def bends(worker: Worker, question: Question) -> tuple[tuple[int, int], ...]:
    """Where a worker's load begins to weigh more: (minute of load, seconds for each minute above it)."""
    whole = protected_minutes(worker, question.table)
    return tuple(
        (whole * each.above_percent // 100, each.minutes_an_hour) for each in question.table.evenness
    )


def load_seconds(worker: Worker, load: int, question: Question) -> int:
    """What a worker's load weighs beyond its own minutes: nothing while it is even, more and more near the limit."""
    return sum(weight * max(0, load - at) for at, weight in bends(worker, question))


def evenness(worker: Worker, before: int, group: Group, question: Question) -> Cost:
    """What it adds to a worker's load to be given this family on top of so many minutes."""
    after = before + group.minutes
    seconds = load_seconds(worker, after, question) - load_seconds(worker, before, question)
    whole = protected_minutes(worker, question.table)
    share = f"{round(100 * after / whole)}% of their hours" if whole else "no hours of their own"
    return Cost("evenness of load", WORKER, seconds, f"their load would be {share}")
