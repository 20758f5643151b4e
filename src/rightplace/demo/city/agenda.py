"""What comes round again and again for children on the same way, until the part ends or the present is reached."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heapify, heappop, heappush
from itertools import count

from rightplace.demo.city.pen import Over
from rightplace.demo.city.people import Child
from rightplace.demo.city.scene import Scene
from rightplace.demo.city.times import MINUTE

Recurring = Callable[[int], int]
"""Does something at a moment and says when it comes round again; 0: never."""


class Agenda:
    """The agenda of brothers and sisters on the same way."""

    def __init__(self, scene: Scene, children: list[Child]) -> None:
        self.scene = scene
        self.rng = scene.rng
        self.children = list(children)
        self._agenda: list[tuple[int, int, Recurring, bool]] = []
        self._order = count()

    def at(self, moment: int, what: Recurring, *, lasting: bool = False) -> None:
        """Put something on the agenda; what is lasting stays there when the part ends."""
        heappush(self._agenda, (moment, next(self._order), what, lasting))

    def run(self, until: int) -> None:
        """Do what is on the agenda until a moment. Raises Over when no child is left, or the present is reached."""
        agenda = self._agenda
        while agenda and agenda[0][0] < until:
            moment, _, what, lasting = heappop(agenda)
            again = what(moment)
            if again:
                self.at(max(again, moment + MINUTE), what, lasting=lasting)
            if not self.children:
                raise Over
        if until >= self.scene.pen.now:
            raise Over

    def clear(self) -> None:
        """Let go of what came round in the part that ends."""
        self._agenda[:] = [item for item in self._agenda if item[3]]
        heapify(self._agenda)

    def instead_of(self, before: Recurring | None, moment: int, what: Recurring) -> None:
        """Put something on the agenda in the place of what came round there before."""
        if before is not None:
            self._agenda[:] = [item for item in self._agenda if item[2] is not before]
            heapify(self._agenda)
        self.at(moment, what)

    def mark(self, name: str, *, on: bool) -> None:
        """Remember of each child that something is open that guards a closing."""
        for child in self.children:
            child.refs[name] = int(on)
