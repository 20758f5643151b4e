"""Who is open and who is in post on the first day. No run starts from an empty service: care alone takes decades to fill."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.domain.simulation.draws import OF_INVENTED, base_of, luck_of, uniform
from rightplace.domain.simulation.layout import Records
from rightplace.domain.simulation.names import (
    ASSESSMENT,
    CARE,
    DOOR,
    ENQUIRY,
    NEED,
    PRESENT,
    PROTECTION,
    SOURCES,
    SUPPORT,
    VACANT,
)
from rightplace.domain.simulation.order import VALUES, value_at
from rightplace.domain.simulation.parameters import Parameters, Quantiles
from rightplace.domain.simulation.teams import Team

FAMILY: Final = np.dtype(
    [
        ("stage", np.int8),
        ("area", np.int8),
        ("source", np.int8),
        ("children", np.int8),
        ("worker", np.int16),
        ("reviews", np.int8),
        ("age", np.int32),
        ("due", np.int32),
    ],
    align=True,
)
"""One open family. `worker` counts within the team that has it, -1 when unallocated; `age` is working days in the stage
(from the referral, for an assessment); `due`, for plans and care, is working days until the next review."""
PERSON: Final = np.dtype(
    [
        ("team", np.int16),
        ("managing", np.int8),
        ("state", np.int8),
        ("minutes", np.int32),
        ("experience", np.int32),
        ("newly", np.int32),
        ("agency", np.int8),
    ],
    align=True,
)
"""One seat: of which team, of its workers or its managers, empty (0) or taken (1); minutes of a week; weeks in the
profession; weeks left of the first year; whether from an agency."""
TABLES: Final = {SUPPORT: "support", ASSESSMENT: "assessment", ENQUIRY: "enquiry", NEED: "need", CARE: "care"}


@dataclass(frozen=True)
class Census:
    """The open families and the seats on the first day. Seats of a team stand together, its workers before its managers."""

    families: Records
    people: Records

    @property
    def children(self) -> int:
        return int(self.families["children"].sum())


def passed(given: Parameters, families: Records) -> npt.NDArray[np.float64]:
    """For each family, the share of its like who have already left its stage by now."""
    found = np.zeros(len(families))
    for stage, table in TABLES.items():
        quantiles = given.tables[table]
        for place in np.flatnonzero(families["stage"] == stage):
            found[place] = min(0.999, quantiles.share_within(float(families[place]["age"])))
    return found


class _Luck:
    """Numbers for the invented census, from the same draws as everything else."""

    def __init__(self, seed: int) -> None:
        self.luck = np.uint64(luck_of(np.uint64(base_of(seed, 0)), OF_INVENTED, 0, 0))
        self.step = 0

    def next(self) -> float:
        self.step += 1
        return float(uniform(self.luck, 0, self.step))


def synthetic_census(given: Parameters, seed: int = 1) -> Census:
    """A census about as the strengths would have it after years: for trying out, and where there is no real one."""
    luck = _Luck(seed)
    people = np.array(list(_people(given, luck)), PERSON)
    families = np.array(list(_families(given, luck)), FAMILY)
    _share_out(given, families, people)
    return Census(families, people)


def _people(given: Parameters, luck: _Luck) -> Iterable[tuple[int, int, int, int, int, int, int]]:
    """One seat in ten empty and one in ten newly qualified: assumed; 13 in 100 from an agency as in England 2025."""
    experience = given.tables["experience"]
    for number, team in enumerate(given.structure.teams):
        for _ in range(team.workers):
            state = VACANT if luck.next() < 0.10 else PRESENT
            newly = int(luck.next() * 52) + 1 if luck.next() < 0.10 else 0
            weeks = 52 - newly if newly else 52 + int(experience.at(luck.next()))
            minutes = 1332 if luck.next() < given.value("recruit.part_time") else 2220
            agency = int(newly == 0 and luck.next() < 0.13)
            yield number, 0, state, minutes, weeks, newly, agency
        for _ in range(team.managers):
            yield number, 1, PRESENT, 2220, 208 + int(experience.at(luck.next())), 0, 0


def yearly_flow(given: Parameters, children: int) -> npt.NDArray[np.float64]:
    """Families who come to each stage in a year when nothing is short, for so many children in the population. Of
    plans that end 13 in 100 lead into care: assumed, with review.care and review.ends."""
    value = given.value
    demand = given.demand
    assert demand is not None
    sizes = sum(1.0 - share for share in demand.children[:-1]) + 1.0
    come = demand.contacts_per_10k * children / 10_000 / sizes
    share = {
        stage: sum(demand.shares[source] * value(f"door.{name}.{source}") for source in SOURCES)
        for stage, name in ((SUPPORT, "support"), (ASSESSMENT, "assess"), (ENQUIRY, "enquire"))
    }
    entered = np.zeros(7)
    entered[DOOR] = come
    for stage, part in share.items():
        entered[stage] = come * part
    onward = np.zeros((7, 7))
    onward[SUPPORT, ASSESSMENT] = value("support.escalates") * (1 - value("support.effect"))
    onward[ASSESSMENT, ENQUIRY] = value("assessment.enquiry")
    onward[ASSESSMENT, NEED] = value("assessment.need")
    onward[ASSESSMENT, SUPPORT] = value("assessment.support")
    planned = value("enquiry.conference") * value("conference.plan")
    onward[ENQUIRY, PROTECTION] = planned
    onward[ENQUIRY, NEED] = value("enquiry.need") + value("enquiry.conference") - planned
    onward[ENQUIRY, CARE] = value("enquiry.care")
    onward[PROTECTION, CARE] = 0.13
    onward[PROTECTION, NEED] = 0.87 * value("plan.down")
    onward[NEED, ENQUIRY] = value("need.escalates")
    onward[NEED, SUPPORT] = value("need.down")
    onward[CARE, NEED] = value("care.down")
    return np.asarray(np.linalg.solve(np.eye(7) - onward.T, entered), np.float64)


STAYS: Final = {DOOR: 0.6, ENQUIRY: 16.0, PROTECTION: 195.0}
"""Mean working days at stages whose length is not one table: assumed."""


def stocks(given: Parameters, children: int) -> npt.NDArray[np.float64]:
    """Open families at each stage, by the flow times the mean stay."""
    flow = yearly_flow(given, children) / 253.0
    stays = [STAYS.get(stage, 0.0) for stage in range(7)]
    for stage in (SUPPORT, ASSESSMENT, NEED, CARE):
        stays[stage] = given.tables[TABLES[stage]].mean + 3.0
    return np.asarray(flow * np.array(stays), np.float64)


def _families(given: Parameters, luck: _Luck) -> Iterable[tuple[int, ...]]:
    demand = given.demand
    assert demand is not None
    for area, (_, children) in enumerate(given.structure.children):
        for stage, many in enumerate(stocks(given, children)):
            for _ in range(round(float(many))):
                source = int(luck.next() * len(SOURCES))
                u = luck.next()
                size = 1 + sum(u >= share for share in demand.children[:-1])
                age, reviews, due = _age(given, stage, luck)
                yield stage, area, source, size, -1, reviews, age, due


def _age(given: Parameters, stage: int, luck: _Luck) -> tuple[int, int, int]:
    """Working days in the stage so far, reviews held, working days until the next; how old plans are is assumed."""
    u, v = luck.next(), luck.next()
    if stage == DOOR:
        return 0, 0, 0
    if stage == PROTECTION:
        age = int(u * u * 430)
        reviews = 0 if age < 65 else 1 + (age - 65) // 127
        return age, reviews, max(1, 65 + reviews * 127 - age)
    age = int(_long(given.tables[TABLES[stage]], u) * v)
    if stage != CARE:
        return age, 0, 0
    if age < 20:
        return age, 0, max(1, 20 - age)
    reviews = 1 if age < 85 else 2 + (age - 85) // 127
    return age, min(63, reviews), max(1, 85 + (reviews - 1) * 127 - age)


@cache
def _middles(table: Quantiles) -> tuple[float, ...]:
    """The lengths of 64 parts of equal chance."""
    return tuple(table.at((nth + 0.5) / 64) for nth in range(64))


def _long(table: Quantiles, u: float) -> float:
    """A whole stay as it is found by somebody who looks in on a day: long ones are found more often."""
    middles = _middles(table)
    goal = u * sum(middles)
    for middle in middles:
        goal -= middle
        if goal <= 0:
            return middle
    return middles[-1]


def _share_out(given: Parameters, families: Records, people: Records) -> None:
    """Each family goes to the least loaded worker of its team, while there is room up to the ceiling."""
    value = given.value
    seats: dict[int, list[int]] = {}
    for place, person in enumerate(people):
        if not person["managing"]:
            seats.setdefault(int(person["team"]), []).append(place)
    share = np.where(people["newly"] > 0, value("newly.share"), 1.0) * value("worker.share")
    full = np.where(people["state"] == PRESENT, people["minutes"] * share / 60.0, 0.0)
    held = np.full(len(families), -1, np.int16)
    told = zip(*(families[field].tolist() for field in ("area", "stage", "children")), strict=True)
    newly, most = people["newly"].tolist(), value("load.ceiling")
    room, loads = full.tolist(), [0.0] * len(people)
    team_for, hours_for = cache(partial(team_of, given)), cache(partial(hours_of, given))
    for place, (area, stage, children) in enumerate(told):
        team = team_for(area, stage)
        hours = hours_for(given.structure.teams[team], stage, children)
        steady = stage not in (ENQUIRY, PROTECTION)
        may = [p for p in seats.get(team, []) if room[p] > 0 and (steady or newly[p] == 0)]
        if not may:
            continue
        best = min(may, key=lambda p: (loads[p] + hours) / room[p])
        if loads[best] + hours <= room[best] * most - 0.1:
            loads[best] += hours
            held[place] = seats[team].index(best)
    families["worker"] = held


def hours_of(given: Parameters, team: Team, stage: int, children: int) -> float:
    """Hours of a week that a family takes of a team."""
    first = given.at_team(VALUES[value_at("hours.door") + stage], team)
    more = given.at_team("hours.child", team)
    return given.at_team("hours.practice", team) * (first + (children - 1) * more)


def team_of(given: Parameters, area: int, stage: int) -> int:
    """The team of an area for a stage."""
    name = given.structure.areas[area]
    return next(
        n for n, team in enumerate(given.structure.teams) if name in team.areas and stage in team.stages
    )
