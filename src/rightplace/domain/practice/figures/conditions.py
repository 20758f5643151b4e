"""Conditions on a row, as values. A condition on nothing (null) does not hold, and its opposite then does.

SQL has a third answer, *unknown*; these are written so that both readers, SQL and Python, have two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scalar = str | int | bool


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant that is given when the figure is asked for, moved by whole hours (a day is 24)."""

    of: Literal["now", "since", "until"] = "now"
    hours: int = 0


NOW = Moment()


def ago(days: int) -> Moment:
    """So many times 24 hours before now."""
    return Moment("now", -24 * days)


def ahead(days: int) -> Moment:
    return Moment("now", 24 * days)


@dataclass(frozen=True, slots=True)
class Eq:
    """The column has this value."""

    column: str
    value: Scalar


@dataclass(frozen=True, slots=True)
class In:
    """The column has one of these values."""

    column: str
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class IsNull:
    """The column says nothing."""

    column: str


@dataclass(frozen=True, slots=True)
class Before:
    """The instant in the column is before this moment."""

    column: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class NotAfter:
    """The instant in the column is this moment or before it."""

    column: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class InPeriod:
    """The instant in the column is in the figure's period: since, and before until."""

    column: str


@dataclass(frozen=True, slots=True)
class Contains:
    """The list in the column has this value."""

    column: str
    value: str


@dataclass(frozen=True, slots=True)
class OfTeams:
    """The team in the column is one of those asked for; all of them when none are named."""

    column: str


@dataclass(frozen=True, slots=True)
class And:
    """All of these hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of these holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold."""

    part: Condition


Condition = Eq | In | IsNull | Before | NotAfter | InPeriod | Contains | OfTeams | And | Or | Not


def every(*parts: Condition) -> And:
    return And(parts)


def some(*parts: Condition) -> Or:
    return Or(parts)


def present(column: str) -> Not:
    """The column says something."""
    return Not(IsNull(column))


def columns_of(condition: Condition) -> set[str]:
    """Every column that a condition reads."""
    if isinstance(condition, And | Or):
        return {name for part in condition.parts for name in columns_of(part)}
    return columns_of(condition.part) if isinstance(condition, Not) else {condition.column}
