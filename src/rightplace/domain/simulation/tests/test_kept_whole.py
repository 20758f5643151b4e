"""Whatever work goes where on whatever days: no family, post or manager is lost or doubled. Read from the engine's arrays."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as some

from rightplace.domain.simulation.allocating import weight_of
from rightplace.domain.simulation.census import Census, synthetic_census
from rightplace.domain.simulation.changes import Change, checked
from rightplace.domain.simulation.days import Days
from rightplace.domain.simulation.heap import KIND_BITS, WHOM_BITS
from rightplace.domain.simulation.kernel import simulate
from rightplace.domain.simulation.managing import TAKEN_UP
from rightplace.domain.simulation.memory import Memory
from rightplace.domain.simulation.names import (
    ABSENT,
    AWAITED,
    BACK,
    DECIDE,
    DOOR,
    GONE,
    MEASURES,
    NOBODY,
    PRESENT,
    PROTECTION,
    RETURNS,
    SUPERVISE,
    VACANT,
    WORKER,
)
from rightplace.domain.simulation.packing import inputs_of
from rightplace.domain.simulation.parameters import ImpossibleScenario, Parameters, parameters
from rightplace.domain.simulation.teams import structure_of

BEGINS = date(2026, 4, 6)
DAYS = 40
AREAS = ("North", "South", "East")
KINDS = ("family support", "assessment", "safeguarding", "children in care", "front door")


@cache
def town(how: str) -> tuple[Parameters, Census]:
    """Three areas: as usual; `short`, where many are away or leave, managers too; `deserted`, where two have no manager yet."""
    told = parameters(structure_of([(area, 2_500) for area in AREAS]), BEGINS)
    if how == "short":
        told = told.having(
            {"absence.spells": 15.0, "leaving.early": 2.0, "leaving.manager": 2.0, "manager.share": 0.05}
        )
    census = synthetic_census(told)
    if how == "deserted":
        teams = [n for n, team in enumerate(told.structure.teams) if team.areas != ("East",)]
        census.people["state"][(census.people["managing"] == 1) & np.isin(census.people["team"], teams)] = (
            VACANT
        )
    return told, census


@cache
def memory_of(how: str, asked: tuple[Change, ...]) -> Memory:
    told, census = town(how)
    memory = Memory(inputs_of(told, census, asked, DAYS, range(len(told.structure.teams))), 3_000)
    memory.empty()
    simulate(memory.record, 7, 0)
    assert memory.record[0]["fault"] == 0
    return memory


@dataclass(frozen=True)
class End:
    """Where everything stands on the last evening."""

    memory: Memory

    def __getattr__(self, name: str) -> Any:
        return self.memory.arrays[name]

    @property
    def alive(self) -> list[int]:
        return [n for n in range(int(self.memory.record[0]["high_slot"])) if self.cases[n]["stage"] < GONE]

    def line(self, queue: int, after: str, held: np.ndarray) -> list[int]:
        found, at = [], int(self.lines[queue, 0])
        while at >= 0:
            found.append(at)
            assert len(found) <= len(held), "it goes in a ring"
            at = int(held[at][after])
        assert int(self.lines[queue, 1]) == (found[-1] if found else NOBODY)
        return found

    def held_by(self, number: int) -> list[int]:
        found, at = [], int(self.seats[number]["head"])
        while at >= 0:
            found.append(at)
            at = int(self.cases[at]["wnext"])
        return found

    @property
    def expected(self) -> Counter[int]:
        """How much is still to come for each family."""
        size = int(self.memory.record[0]["size"])
        kinds = (self.keys[:size] >> WHOM_BITS) & ((1 << KIND_BITS) - 1)
        about = self.slots[:size][kinds >= RETURNS]
        return Counter(about.tolist())


def one_of_the_days(day: int) -> date:
    return BEGINS + timedelta(days=day)


@some.composite
def hand_overs(draw: Any) -> Change:
    kind = draw(some.sampled_from(KINDS))
    old, new = draw(some.permutations(AREAS))[:2]
    part = draw(some.sampled_from(("", *AREAS)))
    day = one_of_the_days(draw(some.sampled_from((0, 0, 7, 14, 15, 38))))
    return Change(day, "work", f"{old} {kind}", draw(some.integers(0, 2)), to=f"{new} {kind}", area=part)


@some.composite
def of_people(draw: Any) -> Change:
    what = draw(some.sampled_from(("posts", "managers", "leave")))
    amount = draw(some.integers(1, 2) if what == "leave" else some.sampled_from((-1, 1, 2)))
    where = f"{draw(some.sampled_from(AREAS))} {draw(some.sampled_from(KINDS))}"
    return Change(one_of_the_days(draw(some.sampled_from((0, 7, 15)))), what, where, amount)


def possible(how: str, wanted: list[Change]) -> tuple[Change, ...]:
    told = town(how)[0]
    kept: list[Change] = []
    for each in wanted:
        try:
            checked(told, [*kept, each], Days.from_day(BEGINS, DAYS))
        except ImpossibleScenario:
            continue
        kept.append(each)
    return tuple(kept)


def goes(old: str, new: str, day: int = 0, kind: str = "assessment") -> Change:
    return Change(one_of_the_days(day), "work", f"{old} {kind}", to=f"{new} {kind}")


CHAINED = [goes("South", "North", 7, "front door"), goes("North", "East", 7, "front door")]
TWICE = [goes("South", "North", 7, "safeguarding"), goes("East", "North", 7, "safeguarding")]
DOORS = [goes("South", "North", 7, "front door"), goes("North", "East", 8, "front door")]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    some.sampled_from(("usual", "short", "deserted")),
    some.lists(some.one_of(hand_overs(), hand_overs(), of_people()), max_size=6),
)
@example("deserted", CHAINED)
@example("usual", TWICE)
@example("short", DOORS)
def test_nothing_is_lost_or_doubled(how, wanted):
    asked = possible(how, wanted)
    end = End(memory_of(how, asked))
    families_are_answered_for(end)
    workers_hold_what_is_theirs(end)
    whoever_waits_waits_once(end)
    managers_have_every_task_once(end)
    everybody_has_one_place(end)
    whoever_is_away_comes_back(end)
    something_is_to_come_for_everybody(end)
    as_many_as_came_are_there_or_closed(end, town(how)[1])
    posts_are_as_many_as_told(end, town(how)[0], asked)


def families_are_answered_for(end: End) -> None:
    """By the team that serves their area and stage; children are counted where they are."""
    opened = np.zeros_like(end.opened)
    for slot in end.alive:
        case = end.cases[slot]
        assert case["team"] == end.route[case["area"], case["stage"]]
        opened[case["team"], case["stage"]] += case["children"]
    assert (opened == end.opened).all()


def workers_hold_what_is_theirs(end: End) -> None:
    """Each family lies with at most one worker: of the team that answers for it, unless it waits for one of those."""
    lies: Counter[int] = Counter()
    for number, seat in enumerate(end.seats):
        held = end.held_by(number)
        lies.update(held)
        assert seat["families"] == len(held)
        assert seat["load"] == sum(int(end.cases[slot]["weight"]) for slot in held)
        assert not held or (seat["state"] != VACANT and seat["grade"] == WORKER)
        for slot in held:
            case = end.cases[slot]
            assert case["worker"] == number
            assert case["queued"] or case["team"] == seat["team"]
    assert set(lies.values()) <= {1}
    assert set(lies) == {slot for slot in end.alive if end.cases[slot]["worker"] >= 0}


def whoever_waits_waits_once(end: End) -> None:
    """In the line of the team that answers; whoever has no worker waits, or lies before a manager of the front door."""
    waits: Counter[int] = Counter()
    for team in range(len(end.teams)):
        minutes = 0
        for soon in (1, 2):
            line = end.line(team * 2 + soon - 1, "qnext", end.cases)
            waits.update(line)
            for slot in line:
                case = end.cases[slot]
                assert (case["team"], case["queued"]) == (team, soon)
                minutes += weight_of(end.memory.record[0], team, int(case["stage"]), int(case["children"]))
        assert end.teams[team]["waiting"] == minutes
    assert set(waits.values()) <= {1}
    for slot in end.alive:
        case = end.cases[slot]
        assert (slot in waits) == bool(case["queued"])
        with_a_manager = case["stage"] == DOOR and case["task"] == DECIDE
        assert case["queued"] or case["worker"] >= 0 or with_a_manager


def managers_have_every_task_once(end: End) -> None:
    """On one desk, where somebody decides or will, or in the hands of one manager."""
    teams, pools = len(end.teams), end.pools
    lies: Counter[int] = Counter()
    of_team: Counter[int] = Counter()
    people: Counter[int] = Counter()
    for pool in range(len(pools)):
        at = teams * 2 + pool * 3
        tasks = [slot for heap in (at, at + 1) for slot in end.line(heap, "mnext", end.cases)]
        lies.update(tasks)
        of_team.update(int(end.cases[slot]["team"]) for slot in tasks)
        people.update(end.line(at + 2, "next", end.seats))
        cover = int(pools[pool]["cover"])
        if tasks and not pools[pool]["there"]:
            assert cover < 0 or not pools[cover]["there"], "somebody is there who decides for them"
            sit = end.seats[(end.seats["grade"] != WORKER) & (end.seats["open"] == 1)]["pool"]
            assert {pool, cover} & set(sit.tolist()), "nobody will ever come"
    assert [end.teams[team]["queue"] for team in range(teams)] == [of_team[team] for team in range(teams)]
    for seat in end.seats:
        if seat["grade"] != WORKER and seat["task"] >= 0:
            (people if seat["task"] == SUPERVISE else lies).update([int(seat["about"])])
    assert set(lies.values()) | set(people.values()) <= {1}
    assert set(lies) == {slot for slot in end.alive if end.cases[slot]["task"] >= 0}
    assert set(people) == set(np.flatnonzero(end.seats["pending"]).tolist())
    for slot in end.alive:
        case = end.cases[slot]
        in_hand = any(
            s["task"] not in (-1, SUPERVISE) and s["about"] == slot for s in end.seats if s["grade"] != WORKER
        )
        assert case["task"] < 0 or (case["mnext"] == TAKEN_UP) == in_hand


def everybody_has_one_place(end: End) -> None:
    teams = len(end.teams)
    there: Counter[int] = Counter()
    for number, seat in enumerate(end.seats):
        worker = seat["grade"] == WORKER
        row = int(seat["team"]) if worker else teams + int(seat["pool"])
        assert end.members[row, seat["bit"]] == number
        assert seat["pool"] == end.teams[seat["team"]]["pool"]
        at_a_step = [
            step for step in range(64) if worker and int(end.bits[row, step]) >> int(seat["bit"]) & 1
        ]
        assert at_a_step == ([int(seat["bucket"])] if worker and seat["state"] == PRESENT else [])
        there[int(seat["pool"])] += not worker and seat["state"] == PRESENT
        idle = not worker and bool(int(end.pools[seat["pool"]]["idle"]) >> int(seat["bit"]) & 1)
        assert idle == (not worker and seat["state"] == PRESENT and seat["task"] < 0)
    assert (end.members >= 0).sum() == len(end.seats)
    assert [int(pool["there"]) for pool in end.pools] == [there[n] for n in range(len(end.pools))]


def something_is_to_come_for_everybody(end: End) -> None:
    """For each family one thing: work that ends, a meeting, a decision, a worker, or its next contact."""
    for slot in range(int(end.memory.record[0]["high_slot"])):
        case, comes = end.cases[slot], end.expected[slot]
        if case["stage"] >= GONE:
            assert comes == (case["stage"] == AWAITED)
            continue
        stalled, before = case["stalled"] >= 0, case["task"] >= 0
        unbegun = case["queued"] and not case["begun"] and case["stage"] < PROTECTION
        assert comes + stalled + before + bool(unbegun) == 1, case


def as_many_as_came_are_there_or_closed(end: End, census: Census) -> None:
    came = int(end.counts[:, MEASURES.index("contacts")].sum()) + census.children
    closed = int(end.counts[:, MEASURES.index("closed")].sum())
    assert came - closed == sum(int(end.cases[slot]["children"]) for slot in end.alive)


def posts_are_as_many_as_told(end: End, told: Parameters, asked: tuple[Change, ...]) -> None:
    workers = sum(team.workers for team in told.structure.teams)
    workers += int(sum(each.amount for each in asked if each.what == "posts"))
    open_ = (end.seats["grade"] == WORKER) & (end.seats["open"] == 1)
    assert open_.sum() == workers


def whoever_is_away_comes_back(end: End) -> None:
    size = int(end.memory.record[0]["size"])
    kinds = (end.keys[:size] >> WHOM_BITS) & ((1 << KIND_BITS) - 1)
    comes = (end.keys[:size] & ((1 << WHOM_BITS) - 1))[kinds == BACK]
    assert set(np.flatnonzero(end.seats["state"] == ABSENT).tolist()) <= set(comes.tolist())
