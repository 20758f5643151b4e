"""What moves when a team ends: everything open that names a team, kind by kind.

A service registers in its `apps.py`: `register_moving` for what finds its next owner in the run, `register_following`
for what goes with the child, `register_asked` for what only people can settle, `register_record` for what is told of a
team and asks nothing of it any more, and `register_signing` for what is signed in a child's file as the child moves.
A test asks each column that names a team: one that registers nothing fails it (`tests/test_everything_open_moves.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db.models import Count, Field, IntegerField, Model, QuerySet, Value

from rightplace.domain.practice.entries import Body
from rightplace.foundation.access.actor import Actor


@dataclass(frozen=True, slots=True)
class TeamsMoved:
    """Which team goes on from which, for what is of no single family, from a day on."""

    after: Mapping[int, int]
    on: date
    managers: Mapping[int, int]
    """The named manager of each new team, as a worker's number."""
    workers: Mapping[int, int] = field(default_factory=dict)
    """In which of the new teams each worker is, who is in one on that day."""
    kinds: Mapping[int, str] = field(default_factory=dict)
    """Of which kind each new team is."""

    @property
    def before(self) -> list[int]:
        """The teams that end."""
        return list(self.after)

    def team_of(self, worker: int, before: int) -> int:
        """Where what is a worker's own goes: the worker's new team, or the one that goes on from the old."""
        return self.workers.get(worker) or self.after[before]


@dataclass(frozen=True, slots=True)
class ChildMoved:
    """A child who moves from one team to another: its file, both teams, the worker before and the worker after."""

    file: int
    before: int
    after: int
    worker_before: int
    worker_after: int


class Goes(StrEnum):
    """How something open leaves a team that ends."""

    IN_THE_RUN = "moves in the run"
    WITH_THE_CHILD = "goes with the child"
    BY_PEOPLE = "people settle it"


REORGANISED = "The team goes on as another one; services were reorganised."
"""Why, in what is signed when something moves with a team."""

IN_A_CUT_OVER = "Services were reorganised"
"""Why, in what is signed when a child moves with its team. The child's story knows a cut-over by it."""

Rows = Callable[[TeamsMoved], QuerySet[Any]]
Whose = Callable[[TeamsMoved], Sequence[str]]
Move = Callable[[TeamsMoved, Actor], int]
Signing = Callable[[ChildMoved], Iterable[Body]]


@dataclass(frozen=True, slots=True)
class Moving:
    """One kind of open thing: its name, the rows that name a team which ends, and how they move (it says how many).

    `columns` are those that name the team, as `app.Model.field`. While one that `holds` is left, the team cannot end.
    """

    name: str
    rows: Rows
    move: Move | None = None
    columns: tuple[str, ...] = ()
    goes: Goes = Goes.IN_THE_RUN
    holds: bool = False
    instead: str = ""
    """What people do about it, where only they can."""
    there: str = ""
    """The page on which they do it, by its name."""
    whose: Whose | None = None
    """Who has to: names to read beside the number."""

    def count(self, moved: TeamsMoved) -> int:
        """How many name a team that ends."""
        return self.rows(moved).count()


_movings: list[Moving] = []
_records: dict[str, str] = {}
_signings: list[Signing] = []


def _register(moving: Moving) -> None:
    if all(each.name != moving.name for each in _movings):
        _movings.append(moving)


def register_moving(
    name: str, rows: Rows, move: Move, columns: Iterable[str] = (), *, holds: bool = False
) -> None:
    """Name something open that a team owns, and how it finds its next owner. Moving twice moves nothing more."""
    _register(Moving(name, rows, move, tuple(columns), Goes.IN_THE_RUN, holds))


def register_following(name: str, rows: Rows, columns: Iterable[str] = ()) -> None:
    """Name something open whose team is the child's: when the child has moved, it has."""
    _register(Moving(name, rows, None, tuple(columns), Goes.WITH_THE_CHILD))


def register_asked(
    name: str, rows: Rows, instead: str, columns: Iterable[str] = (), *, there: str = "", whose: Whose | None = None
) -> None:  # fmt: skip
    """Name something open that only people can settle before the first day: what they do about it, where, and who."""
    _register(
        Moving(name, rows, None, tuple(columns), Goes.BY_PEOPLE, instead=instead, there=there, whose=whose)
    )


def register_record(because: str, *columns: str) -> None:
    """Say that these columns tell of a team and ask nothing of it, and why."""
    _records.update(dict.fromkeys(columns, because))


def register_signing(hook: Signing) -> None:
    """Name what a service signs in a child's file when the child moves with its team."""
    if hook not in _signings:
        _signings.append(hook)


def movings(*goes: Goes) -> tuple[Moving, ...]:
    """Everything open that names a team, or what goes so, in the order in which it was registered."""
    return tuple(each for each in _movings if not goes or each.goes in goes)


def records() -> Mapping[str, str]:
    """The columns that only tell of a team, each with the reason."""
    return dict(_records)


def bodies_of(moved: ChildMoved) -> list[Body]:
    """Everything that is signed with a child's move."""
    return [body for hook in _signings for body in hook(moved)]


def columns_of_teams(tables: Iterable[type[Model]] | None = None) -> set[str]:
    """Every column of our own tables that names a team: by a key, through a membership, or by its number."""
    return {
        f"{model._meta.label}.{each.name}"
        for model in (apps.get_models() if tables is None else tables)
        if model.__module__.startswith("rightplace.")
        for each in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if _names_a_team(each)
    }


def _names_a_team(column: Field[Any, Any]) -> bool:
    related = column.related_model
    label = related if isinstance(related, str) else related._meta.label if related is not None else ""
    if label:
        return label in ("organisation.Team", "organisation.Membership")
    return "team" in column.name and column.get_internal_type() in ("BigIntegerField", "IntegerField")


def unregistered(tables: Iterable[type[Model]] | None = None) -> set[str]:
    """Columns that name a team of which nobody has said what becomes of them when it ends."""
    said = {column for moving in _movings for column in moving.columns} | set(_records)
    return columns_of_teams(tables) - said


def counted(moved: TeamsMoved) -> dict[str, int]:
    """How many of each kind name a team that ends. One question, however many kinds there are."""
    parts = [
        each.rows(moved).order_by().values(moving=Value(place, IntegerField())).annotate(n=Count("pk"))
        for place, each in enumerate(_movings)
    ]
    if not parts:
        return {}
    found = {row["moving"]: row["n"] for row in parts[0].union(*parts[1:], all=True)}
    return {each.name: found.get(place, 0) for place, each in enumerate(_movings)}


def open_with(team: int, on: date) -> list[tuple[str, int]]:
    """What still holds a team: each kind by name, and how many."""
    found = counted(TeamsMoved({team: 0}, on, {}))
    return [(each.name, found[each.name]) for each in _movings if each.holds and found[each.name]]
