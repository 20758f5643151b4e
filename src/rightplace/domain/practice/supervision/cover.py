"""Who supervises somebody on a day: the own supervisor, or while that one is away whoever covers.

Nobody is without a supervisor on a working day: as long as anybody who may hold supervision is at work, somebody
answers, and it is said how that was found. Nobody ever supervises oneself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """How it was found who supervises on a day."""

    OWN = "own"
    NAMED = "named"
    TEAM = "team"
    ABOVE = "above"
    OTHERS = "others"
    NOBODY_THERE = "nobody there"


@dataclass(frozen=True, slots=True)
class Answering:
    """Who supervises on a day, and how that was found; when nobody at all is at work, the own supervisor, though away."""

    supervisor: int
    how: How


def answering(
    worker: int,
    own: int,
    *,
    away: Collection[int],
    named: int | None = None,
    team: Sequence[int] = (),
    above: Sequence[int] = (),
    others: Sequence[int] = (),
) -> Answering:
    """Who supervises a worker: own, the cover that was named, another manager of the team, who is above, anybody else."""
    if own not in away and own != worker:
        return Answering(own, How.OWN)
    steps = (
        (How.NAMED, [named] if named else []),
        (How.TEAM, team),
        (How.ABOVE, above),
        (How.OTHERS, others),
    )
    for how, found in steps:
        for each in found:
            if each not in away and each not in (worker, own):
                return Answering(each, how)
    return Answering(own, How.NOBODY_THERE)
