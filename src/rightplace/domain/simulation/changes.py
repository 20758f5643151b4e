"""A scenario: dated changes to demand, posts, people, strengths and standards. What cannot be is refused with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.domain.simulation.days import Days
from rightplace.domain.simulation.layout import CHANGED, LEAVE_NOW, SET_MANAGERS, SET_POSTS, Records
from rightplace.domain.simulation.names import DAY, SOURCES
from rightplace.domain.simulation.order import VALUES, value_at
from rightplace.domain.simulation.parameters import ImpossibleScenario, Parameters

DEMAND: Final = "demand"
POSTS: Final = "posts"
MANAGERS: Final = "managers"
LEAVE: Final = "leave"
EVERYWHERE: Final = "all"
_SEATS: Final = {POSTS: SET_POSTS, MANAGERS: SET_MANAGERS, LEAVE: LEAVE_NOW}


@dataclass(frozen=True, slots=True)
class Change:
    """From a day on, something is otherwise.

    `what` is `demand` (the amount multiplies contacts of a source, an area or `all`), `posts` or `managers` (so many seats
    more, or fewer when negative, in each team that is meant), `leave` (so many of the most experienced workers leave, over
    all teams that are meant) or the name of a strength (its new value, everywhere).
    `where` is `all`, an area, a team, a kind of team, or for demand a source.
    """

    day: date
    what: str
    where: str = EVERYWHERE
    amount: float = 0.0


def teams_meant(given: Parameters, where: str) -> list[int]:
    """The numbers of the teams that a change is about."""
    teams = given.structure.teams
    if where == EVERYWHERE:
        return list(range(len(teams)))
    found = [n for n, team in enumerate(teams) if where in (team.name, team.kind) or where in team.areas]
    if not found:
        raise ImpossibleScenario(where, "there is no area, team or kind of team of this name")
    return found


def checked(given: Parameters, changes: Sequence[Change], days: Days) -> tuple[Change, ...]:
    """The changes in order of their days; refused where one cannot be."""
    last = date.fromordinal(days.on[-1])
    for line, each in enumerate(changes, 1):
        where = f"change {line}, {each.what}"
        if not given.begins <= each.day <= last:
            raise ImpossibleScenario(where, f"{each.day} is not between {given.begins} and {last}")
        if each.what == DEMAND:
            known = (EVERYWHERE, *SOURCES, *given.structure.areas)
            if each.where not in known:
                raise ImpossibleScenario(where, f"{each.where} is neither a source nor an area")
            if not 0 <= each.amount <= 10:
                raise ImpossibleScenario(where, "demand is multiplied by a number from 0 to 10")
        elif each.what in _SEATS:
            _check_seats(given, each, where)
        elif each.what in VALUES:
            _check_value(given, each, where)
        else:
            raise ImpossibleScenario(where, "there is nothing of this name that can be changed")
    return tuple(sorted(changes, key=lambda each: each.day))


def _check_seats(given: Parameters, each: Change, where: str) -> None:
    if each.amount != int(each.amount):
        raise ImpossibleScenario(where, "people are whole")
    if each.what == LEAVE and each.amount < 0:
        raise ImpossibleScenario(where, "nobody un-leaves; add posts instead")
    meant = [given.structure.teams[team] for team in teams_meant(given, each.where)]
    if each.what == LEAVE:
        if each.amount > sum(team.workers for team in meant):
            raise ImpossibleScenario(where, f"{each.where} has fewer than {each.amount:g} workers")
        return
    for team in meant:
        has = team.workers if each.what == POSTS else team.managers
        if has + each.amount < 0:
            raise ImpossibleScenario(where, f"{team.name} has {has}, so {-each.amount:g} cannot go")


def _check_value(given: Parameters, each: Change, where: str) -> None:
    if each.where != EVERYWHERE:
        raise ImpossibleScenario(
            where, "a strength holds everywhere; only demand and seats can be of one place"
        )
    if each.what.startswith("hours."):
        raise ImpossibleScenario(
            where, "weights of families hold from the first day; make a run with other weights"
        )
    strength = given.strengths[each.what]
    if not min(0.0, strength.low) <= each.amount <= max(3 * strength.high, 1.0):
        raise ImpossibleScenario(
            where, f"{each.amount:g} is far outside {strength.low:g} to {strength.high:g}"
        )


def tides_changed(
    given: Parameters, changes: Sequence[Change], days: Days, rates: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """The expected contacts with every change of demand in them."""
    areas = given.structure.areas
    found = rates.copy()
    for each in changes:
        if each.what != DEMAND:
            continue
        first = days.number(each.day.toordinal())
        for stream in range(found.shape[1]):
            source, area = SOURCES[stream // len(areas)], areas[stream % len(areas)]
            if each.where in (EVERYWHERE, source, area):
                found[first:, stream] *= each.amount
    return found


def seats_opened(given: Parameters, changes: Sequence[Change], what: str) -> list[int]:
    """How many seats the changes open in each team beyond those that are open at the start."""
    more = [0] * len(given.structure.teams)
    for each in changes:
        if each.what == what and each.amount > 0:
            for team in teams_meant(given, each.where):
                more[team] += int(each.amount)
    return more


def in_arrays(
    given: Parameters, changes: Sequence[Change], days: Days
) -> tuple[Records, npt.NDArray[np.int32]]:
    """The changes that the engine itself makes, and which teams each is about."""
    rows: list[tuple[int, int, int, float]] = []
    scopes: list[list[int]] = [[1] * len(given.structure.teams)]
    for each in changes:
        tick = days.number(each.day.toordinal()) * DAY
        if each.what in VALUES:
            rows.append((tick, value_at(each.what), 0, each.amount))
            continue
        if each.what == DEMAND:
            continue
        meant = teams_meant(given, each.where)
        groups = [meant] if each.what == LEAVE else [[team] for team in meant]
        for group in groups:
            scopes.append([int(team in group) for team in range(len(scopes[0]))])
            rows.append((tick, _SEATS[each.what], len(scopes) - 1, each.amount))
    return np.array(rows, CHANGED), np.array(scopes, np.int32)
