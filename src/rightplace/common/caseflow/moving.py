"""What else belongs to a team that dissolves, and must find its owner when its children move.

A service registers in its `apps.py`: `register_moving(name, count, move)` for what the team owns as a team, and
`register_signing(hook)` for what is signed in a child's file in the same moment in which the child moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rightplace.domain.practice.entries import Body
from rightplace.foundation.access.actor import Actor


@dataclass(frozen=True, slots=True)
class TeamsMoved:
    """Which team goes on from which, for what is of no single family, from a day on."""

    after: Mapping[int, int]
    on: date
    managers: Mapping[int, int]
    """The named manager of each new team, as a worker's number."""


@dataclass(frozen=True, slots=True)
class ChildMoved:
    """A child who moves from one team to another: its file, both teams, the worker before and the worker after."""

    file: int
    before: int
    after: int
    worker_before: int
    worker_after: int


Count = Callable[[TeamsMoved], int]
Move = Callable[[TeamsMoved, Actor], int]
Signing = Callable[[ChildMoved], Iterable[Body]]


@dataclass(frozen=True, slots=True)
class Moving:
    """One kind of thing that a team owns: its name, how many wait to be moved, and how they move (it says how many)."""

    name: str
    count: Count
    move: Move


_movings: list[Moving] = []
_signings: list[Signing] = []


def register_moving(name: str, count: Count, move: Move) -> None:
    """Name something that a team owns, and how it finds its next owner. Moving twice moves nothing more."""
    if all(each.name != name for each in _movings):
        _movings.append(Moving(name, count, move))


def register_signing(hook: Signing) -> None:
    """Name what a service signs in a child's file when the child moves with its team."""
    if hook not in _signings:
        _signings.append(hook)


def movings() -> tuple[Moving, ...]:
    """Everything that finds its next owner, in the order in which it was registered."""
    return tuple(_movings)


def bodies_of(moved: ChildMoved) -> list[Body]:
    """Everything that is signed with a child's move."""
    return [body for hook in _signings for body in hook(moved)]
