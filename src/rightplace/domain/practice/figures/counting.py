"""Counts a figure over rows in Python: the second reader of a definition, beside the SQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from rightplace.domain.practice.figures.conditions import (
    And,
    Before,
    Condition,
    Contains,
    Eq,
    In,
    InPeriod,
    IsNull,
    Moment,
    Not,
    NotAfter,
    OfTeams,
    Or,
)
from rightplace.domain.practice.figures.figure import Figure
from rightplace.domain.practice.londontime import DAY, HOUR
from rightplace.domain.practice.rows import Row


@dataclass(frozen=True)
class Params:
    """When it is asked, over which period, and for which teams (None: all)."""

    now: int
    since: int = 0
    until: int = 0
    teams: Collection[int] | None = None


def params_at(figure: Figure, now: int, teams: Collection[int] | None = None) -> Params:
    """The parameters of a figure at an instant, with its own period."""
    first, last = figure.period or (0, 0)
    return Params(now, now - first * DAY, now - last * DAY, teams)


@dataclass(frozen=True)
class Counted:
    """What was counted: the number, what is listed, and for a share of how many."""

    n: int
    ids: tuple[tuple[Any, ...], ...]
    of: int | None = None
    oldest: int | None = None
    groups: tuple[tuple[Any, int], ...] = ()

    @property
    def share(self) -> float | None:
        """None when there is nothing to be a share of: not known, not nought."""
        return self.n / self.of if self.of else None


def evaluate(figure: Figure, rows: Iterable[Row], params: Params) -> Counted:
    """Count a figure over rows of its type."""
    key = attrgetter(*figure.key)
    listed: dict[tuple[Any, ...], Row] = {}
    of = 0
    whole, whole_of = figure.whole, figure.whole_of
    for row in rows:
        if whole_of is not None and holds(whole_of, row, params):
            of += 1
        if holds(whole, row, params):
            found = key(row)
            listed[found if len(figure.key) > 1 else (found,)] = row
    ages = [getattr(row, figure.oldest) for row in listed.values()] if figure.oldest else []
    groups = Counter(getattr(row, figure.by) for row in listed.values()) if figure.by else Counter[Any]()
    return Counted(
        n=len(listed),
        ids=tuple(sorted(listed)),
        of=of if whole_of is not None else None,
        oldest=min((age for age in ages if age is not None), default=None),
        groups=tuple(sorted(groups.items(), key=lambda group: (-group[1], group[0]))),
    )


def holds(condition: Condition, row: Row, params: Params) -> bool:
    """Whether a condition holds for a row."""
    if isinstance(condition, And):
        return all(holds(part, row, params) for part in condition.parts)
    if isinstance(condition, Or):
        return any(holds(part, row, params) for part in condition.parts)
    if isinstance(condition, Not):
        return not holds(condition.part, row, params)
    return _holds_for(condition, getattr(row, condition.column), params)


def _holds_for(condition: Condition, value: Any, params: Params) -> bool:
    match condition:
        case IsNull():
            return value is None
        case OfTeams():
            return params.teams is None or value in params.teams
        case _ if value is None:
            return False
        case Eq(value=wanted):
            return bool(value == wanted)
        case In(values=wanted):
            return value in wanted
        case Contains(value=wanted):
            return wanted in value
        case InPeriod():
            return bool(params.since <= value < params.until)
        case Before(moment=moment):
            return bool(value < at(moment, params))
        case NotAfter(moment=moment):
            return bool(value <= at(moment, params))
    raise TypeError(condition)


def at(moment: Moment, params: Params) -> int:
    """The instant that a moment stands for."""
    given: int = getattr(params, moment.of)
    return given + moment.hours * HOUR
