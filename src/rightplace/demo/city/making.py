"""The city family by family, as stories for the journal: any range of families by itself, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from rightplace.demo.city import fresh
from rightplace.demo.city.arrivals import starts_at
from rightplace.demo.city.house import House
from rightplace.demo.city.known import known_before
from rightplace.demo.city.life import live_through, wait
from rightplace.demo.city.pen import File
from rightplace.demo.city.scene import Scene
from rightplace.demo.simulated.courses import courses
from rightplace.demo.simulated.log import Log
from rightplace.foundation.journal.bulk import BulkOutcome, Story, write_stories


@dataclass(frozen=True, slots=True)
class Part:
    """A range of the city's families with what the log tells of them; the first also holds what lies in the inbox."""

    seed: int
    first: int
    log: Log
    house: House


@dataclass(slots=True)
class Made:
    """What was written, and which files turned out to be one child."""

    outcome: BulkOutcome = field(default_factory=BulkOutcome)
    linked: list[tuple[int, int]] = field(default_factory=list)

    def add(self, other: Made) -> None:
        """Join what another process made."""
        self.outcome.add(other.outcome)
        self.linked.extend(other.linked)


def parts(seed: int, log: Log, house: House, count: int) -> list[Part]:
    """The city in so many ranges."""
    bounds = [log.many * place // count for place in range(count + 1)]
    return [Part(seed, first, log.cut(first, last), house) for first, last in pairwise(bounds)]


def story_of(file: File) -> Story:
    """A file as the journal takes it in bulk."""
    return Story(file.id, file.writes(), file.kind, file.salt)


def scenes(part: Part) -> Iterator[Scene]:
    """Each family of the range with all that happened to it."""
    now = starts_at()
    for course in courses(part.log, part.first):
        rng = Random(f"{part.seed}:{course.number}")  # noqa: S311  (a demonstration, not a secret)
        yield live_through(rng, part.house, course, now)
    if part.first == 0:
        rng = Random(f"{part.seed}:inbox")  # noqa: S311
        for arrivals, alias in fresh.families(rng):
            yield wait(rng, part.house, arrivals, now, alias=alias)
        yield known_before(Random(f"{part.seed}:known"), part.house, now)  # noqa: S311


def stories(part: Part, linked: list[tuple[int, int]] | None = None) -> Iterator[Story]:
    """Every file of these families."""
    for scene in scenes(part):
        if linked is not None:
            linked.extend(scene.linked)
        for file in scene.files():
            yield story_of(file)


def write_part(part: Part) -> Made:
    """Write these families into the journal."""
    made = Made()
    made.outcome = write_stories(stories(part, made.linked))
    return made
