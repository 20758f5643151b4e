"""Where higher layers are asked before the organisation changes, since it may not import them.

Registered in an app's `ready()`: access registers its gate, the journal what a team answers for.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol


class Author(Protocol):
    """Who signs: a worker in a role and team. `access.Actor` is one."""

    @property
    def worker(self) -> int: ...

    @property
    def role(self) -> int: ...

    @property
    def team(self) -> int: ...


Gate = Callable[[Author, str], None]
TeamGuard = Callable[[int, date], int]
OpenWith = Callable[[int, date], list[tuple[str, int]]]
Leaving = Callable[[int, int, date, Author], None]

_gates: list[Gate] = []
_team_guards: list[TeamGuard] = []
_open_with: list[OpenWith] = []
_leavings: list[Leaving] = []


def register_gate(gate: Gate) -> None:
    """Name what raises when an author may not do something; access does."""
    if gate not in _gates:
        _gates.append(gate)


def register_team_guard(guard: TeamGuard) -> None:
    """Name a count of the children for whom a team answers on a day or later: such a team cannot end."""
    if guard not in _team_guards:
        _team_guards.append(guard)


def register_open_with(question: OpenWith) -> None:
    """Name what says which open things still name a team, each kind with its number: such a team cannot end."""
    if question not in _open_with:
        _open_with.append(question)


def register_leaving(leaving: Leaving) -> None:
    """Name what must happen in the same transaction when a worker leaves a team: (worker, team, day, by)."""
    if leaving not in _leavings:
        _leavings.append(leaving)


def ask_gate(by: Author, permission: str) -> None:
    """Raise unless the author may. Without a gate nobody may."""
    if not _gates:
        raise RuntimeError("No gate is registered: the access app is not installed.")
    for gate in _gates:
        gate(by, permission)


def children_answered_for(team: int, on: date) -> int:
    """For how many children a team answers on a day or later, as far as any registered guard knows."""
    return sum(guard(team, on) for guard in _team_guards)


def open_with(team: int, on: date) -> list[tuple[str, int]]:
    """Which open things still name a team, as far as anybody registered knows."""
    return [each for question in _open_with for each in question(team, on)]


def say_that_somebody_leaves(worker: int, team: int, on: date, by: Author) -> None:
    """Let each registered app do what a leaving asks of it."""
    for leaving in _leavings:
        leaving(worker, team, on, by)
