"""A scenario: dated changes to demand, posts, people, strengths and standards. What cannot be is refused with its reason.

Read and refused without the engine: nothing here needs an array.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rightplace.domain.simulation import teams
from rightplace.domain.simulation.days import Days
from rightplace.domain.simulation.handed import Handed, Standing
from rightplace.domain.simulation.names import SOURCES
from rightplace.domain.simulation.order import GIVEN, VALUES
from rightplace.domain.simulation.parameters import ImpossibleScenario, Parameters

DEMAND: Final = "demand"
WINTER: Final = "winter"
SEASON: Final = "absence.season"
"""The strength that a bad winter sets."""
POSTS: Final = "posts"
MANAGERS: Final = "managers"
LEAVE: Final = "leave"
WORK: Final = "work"
PEOPLE: Final = (POSTS, MANAGERS, LEAVE)
EVERYWHERE: Final = "all"


@dataclass(frozen=True, slots=True)
class Change:
    """From a day on, something is otherwise; for so many weeks, or for good.

    `what` is `demand` (the amount multiplies contacts of a source, an area or `all`), `winter` (a bad one, everywhere: contacts
    are multiplied by the amount and absence by more, see `winter.absence`), `posts` or `managers` (so many seats more, or fewer
    when negative, in each team that is meant), `leave` (so many of the most experienced workers leave, over all teams that are
    meant) or the name of a strength (its new value, for the teams that are meant: thresholds are of a front door).
    `work`: what the team `where` does (in `area`, or everywhere) is done by the team `to`, which gets so many of its posts;
    when nothing is left for it to do, all its posts and managers go along.
    `where` is `all`, an area, a team, a kind of team, or for demand a source; which teams that means, says `teams.py`.
    """

    day: date
    what: str
    where: str = EVERYWHERE
    amount: float = 0.0
    weeks: int = 0
    to: str = ""
    area: str = ""

    @property
    def past(self) -> date:
        """The first day on which it no longer holds, when it holds for so many weeks."""
        return self.day + timedelta(weeks=self.weeks)


def teams_meant(given: Parameters, where: str) -> list[int]:
    """The numbers of the teams that a change is about."""
    found = teams.teams_meant(given.structure, where)
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
        _check_weeks(each, where)
        if each.what == DEMAND:
            _check_demand(given, each, where)
        elif each.what == WINTER:
            if each.where != EVERYWHERE or not 1 <= each.amount <= 3:
                raise ImpossibleScenario(where, "a bad winter is everywhere, and multiplies by 1 to 3")
        elif each.what in PEOPLE:
            _check_seats(given, each, where)
        elif each.what == WORK:
            pass  # as things stand on its day: below
        elif each.what in VALUES or each.what in GIVEN:
            _check_value(given, each, where)
        else:
            raise ImpossibleScenario(where, "there is nothing of this name that can be changed")
    in_order = sorted(enumerate(changes, 1), key=lambda told: told[1].day)
    _check_establishment(given, in_order)
    _check_one_at_a_time(given, in_order)
    return tuple(each for _, each in in_order)


def _check_weeks(each: Change, where: str) -> None:
    if each.weeks < 0:
        raise ImpossibleScenario(where, "it cannot hold for fewer than no weeks")
    if each.weeks and each.what in (*PEOPLE, WORK):
        raise ImpossibleScenario(
            where, "people and work do not come back by themselves; write a second change"
        )
    if each.what == WINTER and not each.weeks:
        raise ImpossibleScenario(where, "a winter ends: say after how many weeks")


def _check_demand(given: Parameters, each: Change, where: str) -> None:
    if each.where not in (EVERYWHERE, *SOURCES, *given.structure.areas):
        raise ImpossibleScenario(where, f"{each.where} is neither a source nor an area")
    if not 0 <= each.amount <= 10:
        raise ImpossibleScenario(where, "demand is multiplied by a number from 0 to 10")


def _check_seats(given: Parameters, each: Change, where: str) -> None:
    if each.amount != int(each.amount):
        raise ImpossibleScenario(where, "people are whole")
    if each.what != LEAVE:
        return
    if each.amount < 0:
        raise ImpossibleScenario(where, "nobody un-leaves; add posts instead")
    meant = [given.structure.teams[team] for team in teams_meant(given, each.where)]
    if each.amount > sum(team.workers for team in meant):
        raise ImpossibleScenario(where, f"{each.where} has fewer than {each.amount:g} workers")


def _check_value(given: Parameters, each: Change, where: str) -> None:
    teams_meant(given, each.where)
    if each.what.startswith("hours.") or each.what in GIVEN:
        raise ImpossibleScenario(
            where, "weights and intervals hold from the first day; make a run with others"
        )
    strength = given.strengths[each.what]
    if not strength.least <= each.amount <= strength.most:
        raise ImpossibleScenario(
            where, f"{each.amount:g} is not between {strength.least:g} and {strength.most:g}"
        )


def _check_establishment(given: Parameters, in_order: Sequence[tuple[int, Change]]) -> None:
    """After every change each team has a worker, and somebody who decides for it: its managers, or those of its area."""
    now = Standing.of(given.structure)
    for line, each in in_order:
        where = f"change {line}, {each.what}"
        try:
            if each.what == WORK:
                now.hand_over(each.where, each.to, each.area, each.amount)
            elif each.what in (POSTS, MANAGERS):
                now.people(teams_meant(given, each.where), each.what == POSTS, each.amount)
        except ImpossibleScenario as why:
            raise ImpossibleScenario(where, why.because) from None


def _check_one_at_a_time(given: Parameters, in_order: Sequence[tuple[int, Change]]) -> None:
    """What holds for some weeks is undone afterwards, so two of the same must not overlap."""
    until: dict[tuple[str, int], date] = {}
    for line, each in in_order:
        if each.what in (DEMAND, WORK, *PEOPLE):
            continue
        what = SEASON if each.what == WINTER else each.what
        for team in teams_meant(given, each.where):
            ends = until.get((what, team), each.day)
            if each.day < ends:
                raise ImpossibleScenario(f"change {line}, {each.what}", f"another holds until {ends}")
            if each.weeks:
                until[what, team] = each.past


def fewer_managers(given: Parameters, day: date, share: float, where: str = EVERYWHERE) -> tuple[Change, ...]:
    """The changes that take this share of the managers away from each pool, and leave it at least one."""
    if not 0 <= share <= 1:
        raise ImpossibleScenario(MANAGERS, "a share is from 0 to 1")
    meant = [given.structure.teams[team] for team in teams_meant(given, where)]
    gone: dict[str, int] = {}
    for pool in dict.fromkeys(team.pool for team in meant):
        mine = [team for team in meant if team.pool == pool]
        whole = sum(team.managers for team in given.structure.teams if team.pool == pool)
        has = sum(team.managers for team in mine)
        for _ in range(min(round(has * share), has, whole - 1)):
            most = max(mine, key=lambda team: team.managers - gone.get(team.name, 0))
            gone[most.name] = gone.get(most.name, 0) + 1
    return tuple(Change(day, MANAGERS, name, -many) for name, many in gone.items())


def seats_opened(given: Parameters, changes: Sequence[Change], what: str) -> list[int]:
    """How many seats the changes open in each team beyond those that are open at the start."""
    more = [0] * len(given.structure.teams)
    for each in changes:
        if each.what == what and each.amount > 0:
            for team in teams_meant(given, each.where):
                more[team] += int(each.amount)
    return more


def hand_overs(given: Parameters, in_order: Sequence[Change]) -> Iterator[tuple[Change, Handed]]:
    """Every hand-over of work in numbers, as things stand on its day."""
    now = Standing.of(given.structure)
    for each in in_order:
        if each.what == WORK:
            yield each, now.hand_over(each.where, each.to, each.area, each.amount)
        elif each.what in (POSTS, MANAGERS):
            now.people(teams_meant(given, each.where), each.what == POSTS, each.amount)
