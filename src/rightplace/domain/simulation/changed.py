"""The changes of a scenario, and what differs by place, as the arrays that the engine reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from rightplace.domain.simulation.changes import (
    DEMAND,
    LEAVE,
    MANAGERS,
    POSTS,
    SEASON,
    WINTER,
    WORK,
    Change,
    hand_overs,
    teams_meant,
)
from rightplace.domain.simulation.days import Days
from rightplace.domain.simulation.layout import (
    CHANGED,
    HAND_OVER,
    LEAVE_NOW,
    SET_COVER,
    SET_MANAGERS,
    SET_POSTS,
    Real,
    Records,
    Small,
)
from rightplace.domain.simulation.names import DAY
from rightplace.domain.simulation.order import VALUES, value_at
from rightplace.domain.simulation.parameters import Parameters

Row = tuple[int, int, tuple[int, ...], float]
Whose = tuple[int, int, int, int]
_NOBODY: Final = (-1, -1, -1, 0)
_SEATS: Final = {POSTS: SET_POSTS, MANAGERS: SET_MANAGERS, LEAVE: LEAVE_NOW}


def in_arrays(given: Parameters, changes: Sequence[Change], days: Days) -> tuple[Records, Small]:
    """The changes that the engine itself makes, in the order in which they were told, and which teams each is about."""
    everybody = tuple(range(len(given.structure.teams)))
    scopes = {everybody: 0}
    rows = []
    for (tick, what, meant, amount), whose in _told(given, changes, days):
        rows.append((tick, what, scopes.setdefault(meant, len(scopes)), *whose, amount))
    told = [[int(team in meant) for team in everybody] for meant in scopes]
    return np.array(rows, CHANGED), np.array(told, np.int32)


def _told(given: Parameters, changes: Sequence[Change], days: Days) -> Iterable[tuple[Row, Whose]]:
    """Each row, and of a hand-over whose work goes to whom. Who decides where nobody is left is told before they go."""
    handed = dict(enumerate(told for _, told in hand_overs(given, changes)))
    nth = 0
    for row in _rows(given, changes, days):
        if row[1] != HAND_OVER:
            yield row, _NOBODY
            continue
        told = handed[nth]
        nth += 1
        for pool, cover in told.covers:
            yield (row[0], SET_COVER, row[2], 0.0), (-1, pool, cover, 0)
        yield (*row[:3], float(told.posts)), (told.area, told.old, told.new, told.managers)


def _rows(given: Parameters, changes: Sequence[Change], days: Days) -> Iterable[Row]:
    for nth, each in enumerate(changes):
        if each.what == WINTER:
            more = 1.0 + (each.amount - 1.0) * given.value("winter.absence")
            yield from _value(
                given, changes[:nth], Change(each.day, SEASON, amount=more, weeks=each.weeks), days
            )
        elif each.what in VALUES:
            yield from _value(given, changes[:nth], each, days)
        elif each.what == WORK:
            yield _tick(days, each.day.toordinal()), HAND_OVER, (), each.amount
        elif each.what != DEMAND:
            meant = tuple(teams_meant(given, each.where))
            for group in (meant,) if each.what == LEAVE else ((team,) for team in meant):
                yield _tick(days, each.day.toordinal()), _SEATS[each.what], group, each.amount


def _value(given: Parameters, before: Sequence[Change], each: Change, days: Days) -> Iterable[Row]:
    """A strength from a day on; and, when it holds for some weeks, what it was before wherever it was changed."""
    place, meant = value_at(each.what), tuple(teams_meant(given, each.where))
    yield _tick(days, each.day.toordinal()), place, meant, each.amount
    if not each.weeks:
        return
    was: dict[float, tuple[int, ...]] = {}
    for team in meant:
        lasting = [
            one.amount
            for one in before
            if one.what == each.what and not one.weeks and team in teams_meant(given, one.where)
        ]
        old = lasting[-1] if lasting else given.at_team(each.what, given.structure.teams[team])
        was[old] = (*was.get(old, ()), team)
    for old, teams in was.items():
        yield _tick(days, each.past.toordinal()), place, teams, old


def _tick(days: Days, day: int) -> int:
    return days.number(day) * DAY


def rows_of_strengths(given: Parameters, rows: Records, scopes: Small) -> tuple[Real, Small]:
    """A row of strengths for every group of teams that nothing ever sets apart, and the row of each team."""
    changed = [int(row["scope"]) for row in rows if row["what"] >= 0]
    alike: dict[tuple[object, ...], int] = {}
    values: list[tuple[float, ...]] = []
    row_of = []
    for number, team in enumerate(given.structure.teams):
        own = tuple(given.at_team(name, team) for name in VALUES)
        sign = (own, tuple(int(scopes[scope, number]) for scope in changed))
        if sign not in alike:
            alike[sign] = len(values)
            values.append(own)
        row_of.append(alike[sign])
    return np.array(values, np.float64), np.array(row_of, np.int32)
