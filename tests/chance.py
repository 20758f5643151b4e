"""Random judged histories that are the same on every run: what the mutants of the promises are caught with."""

import random
from collections.abc import Callable, Iterator

from rightplace.domain.practice.journey.journey import Journey
from rightplace.domain.practice.journey.tests.histories import Accepted, accepted, told_by


def judged(number: int = 60, seed: int = 1) -> Iterator[Accepted]:
    """So many histories of forty moves, each write judged as it comes."""
    chance = random.Random(seed)
    for _ in range(number):
        yield accepted(told_by(chance.randbytes(121)))


def deaf_to(*codes: str) -> Callable[..., None]:
    """A journey that does not notice these breaches: what a rule left out would do."""
    breach = Journey.breach

    def told(self: Journey, code: str, detail: str = "") -> None:
        if code not in codes:
            breach(self, code, detail)

    return told


def caught(check: Callable[[Accepted], object], number: int = 120) -> bool:
    """Whether the check fails on one of the histories."""
    try:
        for found in judged(number):
            check(found)
    except AssertionError:
        return True
    return False


__all__ = ["caught", "deaf_to", "judged"]
