"""A family and what is written about it: its files, its concerns, its pen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from rightplace.demo.city.house import Hand, House
from rightplace.demo.city.pen import File, Pen
from rightplace.demo.city.people import Child, Family
from rightplace.demo.city.times import MINUTE, day_of, on
from rightplace.domain.practice.entries import Body
from rightplace.domain.practice.entries.contact import TeamLoad


class Scene:
    """One family in the city."""

    __slots__ = ("concerns", "family", "house", "linked", "more_files", "pen", "rng")

    def __init__(self, rng: Random, house: House, family: Family, now: int) -> None:
        self.rng = rng
        self.house = house
        self.family = family
        self.pen = Pen(rng, now)
        self.concerns: list[File] = []
        self.more_files: list[File] = []
        self.linked: list[tuple[int, int]] = []

    def not_on_the_first_morning(self, at: int) -> int:
        """What would be answered after nine on the demonstration's first morning still waits: that hour is the story's."""
        now = self.pen.now
        return now + 60 * MINUTE if on(day_of(now), 9 * 60) <= at < now else at

    def say_all(
        self,
        children: Iterable[Child],
        at: int,
        body: Callable[[Child], Body],
        hand: Hand,
        *,
        ref: str = "",
        concern: int = 0,
        recorded: int = 0,
    ) -> int:
        """The same occasion in each child's file; with `ref`, each child remembers its entry by that name."""
        found = list(children)
        occasion = self.pen.new_id() if len(found) > 1 else 0
        for child in found:
            number = self.pen.say(
                child.file, body(child), at, hand, concern=concern, occasion=occasion, recorded=recorded
            )
            if ref:
                child.refs[ref] = number
        return occasion

    def load(self, workers: int) -> TeamLoad:
        """What a team carried at a closing: drawn, since a city written in bulk does not know it at each instant."""
        rng = self.rng
        return TeamLoad(
            children=workers * rng.randint(5, 15), unallocated=rng.choice((0, 0, 0, 1, 1, 2)),
            late=rng.choice((0, 1, 1, 2, 3, 5)), workers=workers,
        )  # fmt: skip

    def files(self) -> list[File]:
        """Every file that holds something."""
        found = [child.file for child in self.family.children] + self.concerns + self.more_files
        return [file for file in found if file.drafts]
