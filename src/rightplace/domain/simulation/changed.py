"""The changes of a scenario as the arrays that the engine reads: on which tick, what, of which teams, how much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from rightplace.domain.simulation.changes import DEMAND, LEAVE, MANAGERS, POSTS, WINTER, Change, teams_meant
from rightplace.domain.simulation.days import Days
from rightplace.domain.simulation.layout import CHANGED, LEAVE_NOW, SET_MANAGERS, SET_POSTS, Records, Small
from rightplace.domain.simulation.names import DAY
from rightplace.domain.simulation.order import VALUES, value_at
from rightplace.domain.simulation.parameters import Parameters

Row = tuple[int, int, int, float]
_SEATS: Final = {POSTS: SET_POSTS, MANAGERS: SET_MANAGERS, LEAVE: LEAVE_NOW}


def in_arrays(given: Parameters, changes: Sequence[Change], days: Days) -> tuple[Records, Small]:
    """The changes that the engine itself makes, and which teams each is about."""
    rows: list[Row] = []
    scopes: list[list[int]] = [[1] * len(given.structure.teams)]
    for nth, each in enumerate(changes):
        if each.what in VALUES:
            rows += _value(given, changes[:nth], each, days)
        elif each.what not in (DEMAND, WINTER):
            meant = teams_meant(given, each.where)
            for group in [meant] if each.what == LEAVE else [[team] for team in meant]:
                scopes.append([int(team in group) for team in range(len(scopes[0]))])
                rows.append(
                    (_tick(days, each.day.toordinal()), _SEATS[each.what], len(scopes) - 1, each.amount)
                )
    return np.array(rows, CHANGED), np.array(scopes, np.int32)


def _value(given: Parameters, before: Sequence[Change], each: Change, days: Days) -> Iterable[Row]:
    """A strength from a day on; and, when it holds for some weeks, what it was before."""
    place = value_at(each.what)
    yield _tick(days, each.day.toordinal()), place, 0, each.amount
    if each.weeks:
        lasting = [one.amount for one in before if one.what == each.what and not one.weeks]
        yield _tick(days, each.past.toordinal()), place, 0, lasting[-1] if lasting else given.value(each.what)


def _tick(days: Days, day: int) -> int:
    return days.number(day) * DAY
