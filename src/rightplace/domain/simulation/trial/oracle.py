"""The capacity model again, in SimPy, written independently of the engine from the rules alone.

It is slow and plain: objects, processes, lists that are searched. Given the same draws it must count the same, to the last
digit, which `tests/test_oracle.py` holds over hundreds of random services, and it is the engine's peer in speed.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import numpy as np
import numpy.typing as npt

from rightplace.domain.simulation import draws
from rightplace.domain.simulation.layout import HAND_OVER, LEAVE_NOW, SET_COVER, SET_MANAGERS
from rightplace.domain.simulation.names import CHANGE, DAY, MEASURES, MORNING, WEEK
from rightplace.domain.simulation.order import VALUES
from rightplace.domain.simulation.packing import Inputs
from rightplace.domain.simulation.trial.oraclecase import HOURS, PURPOSE, Family
from rightplace.domain.simulation.trial.oraclelaw import PLACE, World, draw, luck
from rightplace.domain.simulation.trial.oraclepeople import Person, Pool, Team

Steps = Generator[Any, Any, None]


class Service(World):
    """A whole service and its families."""

    def __init__(self, inputs: Inputs, seed: int, replicate: int) -> None:
        super().__init__(inputs, seed, replicate)
        self.inputs = inputs
        self.days = len(inputs.fixed["rates"])
        self.columns = inputs.columns
        self.pools = [Pool(self) for _ in inputs.first["pools"]]
        for pool, row in zip(self.pools, inputs.first["pools"], strict=True):
            if row["cover"] >= 0:
                pool.cover = self.pools[row["cover"]]
                pool.cover.covered.append(pool)
        self.teams = [Team(self, n, int(row["column"])) for n, row in enumerate(inputs.first["teams"])]
        for team, row in zip(self.teams, inputs.first["teams"], strict=True):
            team.pool = self.pools[row["pool"]]
        self.people: list[Person] = []
        self.families: dict[int, Family] = {}
        self.next_number = 0
        self.stirred.update(range(len(self.teams)))

    def run(self) -> npt.NDArray[np.int32]:
        """The counts by week, measure and column."""
        self._seat_people()
        self._open_families()
        for place in range(len(self.inputs.fixed["changes"])):
            self.env.process(self._changes(place))
        self.env.process(self._weeks())
        self.env.process(self._mornings())
        self.settle()
        self.env.run(until=(self.days * DAY) << 30)
        self.write_down(self.days * DAY - 1)
        counted = np.zeros((len(self.inputs.fixed["week_ticks"]), len(MEASURES), self.columns), np.int32)
        for cell, many in self.counted.items():
            counted[cell] = many
        return counted

    def settle(self) -> None:
        while self.stirred:
            number = min(self.stirred)
            self.stirred.remove(number)
            self.teams[number].give_out()

    def over(self, family: Family) -> None:
        del self.families[family.number]

    # the start

    def _seat_people(self) -> None:
        for number, row in enumerate(self.inputs.first["seats"]):
            team, pool = self.teams[row["team"]], self.pools[row["pool"]]
            person = Person(self, number, row, team, pool)
            (pool.managers if person.manages else team.workers).append(person)
            pool.everybody.append(person)
            self.people.append(person)
        for person in self.people:
            person.start()

    def _family(self, own: int, of: tuple[int, int, int]) -> Family:
        family = Family(self, self.next_number, own, int(of[0]), int(of[1]), int(of[2]))
        self.families[self.next_number] = family
        self.next_number += 1
        return family

    def _open_families(self) -> None:
        for place, row in enumerate(self.inputs.fixed["census"]):
            own = luck(self.base, draws.OF_CENSUS, place, 0)
            family = self._family(own, (row["area"], row["source"], row["children"]))
            family.stage, family.turn = int(row["stage"]), 1
            family.team = self.teams[self.route[family.area][family.stage]]
            family.since = family.clock = family.referred = -int(row["age"])
            family.reviews, family.due = int(row["reviews"]), int(row["due"])
            family.visited = -int(draw(own, draws.AGE, 1) * 4.0)
            family.team.open[family.stage] += family.children
            worker = self.people[row["worker"]] if row["worker"] >= 0 else None
            if worker is not None and worker.state != 0:
                family.weight = family.weighs(family.stage)
                family.held_by(worker)
                self._resume(family, float(row["passed"]))
            else:
                family.queue()
                if family.stage >= 5:
                    self._resume(family, float(row["passed"]))
            self.env.process(family.goes_on())

    def _resume(self, family: Family, passed: float) -> None:
        if family.stage == 0:
            family.begin()
            return
        family.began = True
        if family.stage == 5:
            return
        purpose = draws.CARING if family.stage == 6 else PURPOSE[family.stage]
        u = passed + family.u(purpose) * (1.0 - passed)
        tick = max(1, family.clock + self.ticks(self.lasts(HOURS[family.stage], u)))
        if family.stage == 2:
            tick = family.hurried(tick)
        if family.stage == 6:
            family.ends = tick
        else:
            family.finish = tick

    # what the calendar brings

    def _mornings(self) -> Steps:
        rates, none = self.inputs.fixed["rates"], self.inputs.fixed["none"]
        sizes = self.inputs.fixed["sizes"].tolist()
        areas = rates.shape[1] // 5
        for day in range(self.days):
            yield self.at(day * DAY, MORNING, 0)
            for stream in range(rates.shape[1]):
                u = draw(luck(self.base, draws.OF_DAY, day, stream), draws.ARRIVING, 0)
                for nth in range(_poisson(u, float(rates[day, stream]), float(none[day, stream]))):
                    own = luck(self.base, draws.OF_CONTACT, day * 4096 + stream, nth)
                    u_size = draw(own, draws.CHILDREN, 0)
                    children = next((n for n, share in enumerate(sizes, 1) if u_size < share), len(sizes))
                    family = self._family(own, (stream % areas, stream // areas, children))
                    family.stage = 8
                    tick = day * DAY + int(draw(own, draws.WITHIN_DAY, 0) * DAY)
                    self.env.process(family.life(max(tick, self.now + 1)))

    def _weeks(self) -> Steps:
        for week, tick in enumerate(self.inputs.fixed["week_ticks"]):
            yield self.at(int(tick), WEEK, week)
            if week:
                self.write_down(self.now)
            self.week = week
            self._shortage()
            for pool in self.pools:
                pool.count_asking()
            for person in self.people:
                person.week_passes()
            self._visits()
            self._shut_out()
            self.settle()

    def _shortage(self) -> None:
        for team in self.teams:
            waiting = sum(f.weighs(f.stage) for line in team.waiting for f in line)
            held = waiting + sum(person.load for person in team.workers)
            has = sum(person.available for person in team.workers if person.there)
            lack = min(1.0, max(0.0, held / max(1, has) - 1.0))
            team.shortage += team.values["shortage.memory"] * (lack - team.shortage)

    def _visits(self) -> None:
        for family in self.families.values():
            if family.stage in (0, 8):
                continue
            every = family.team.values[f"visit.weeks.{HOURS[family.stage]}"]
            since = self.week - family.visited
            if every <= 0 or since < every:
                continue
            first = since < every + 1.0
            if first:
                family.tell("visits_due")
            worker = family.worker
            if worker is None or not worker.there:
                continue
            if draw(family.luck, draws.VISITING, self.week) < 1.0 / (1.0 + worker.over):
                family.visited = self.week
                if first:
                    family.tell("visits_on_time")

    def _shut_out(self) -> None:
        for team in self.teams:
            share = team.values["waiting.closed"] * team.shortage
            if share <= 0:
                continue
            for family in list(team.waiting[1]):
                waited = (self.now - family.waits) // (5 * DAY)
                untouched = family.stage in (1, 2, 4) and not family.began and family.worker is None
                long = waited >= team.values["waiting.weeks"]
                if untouched and long and draw(family.luck, draws.CLOSING_WAITING, self.week) < share:
                    family.shut_out()

    def write_down(self, now: int) -> None:
        """What stands as a week ends."""
        for family in self.families.values():
            if family.stage == 8:
                continue
            column, many = family.team.column, family.children
            if family.line is not None:
                self.count(column, "waiting", many)
                if family.worker is None and family.stage > 0:
                    self.count(column, "unallocated", many)
                    self.count(column, "unallocated_weeks", (now - family.waits) // (5 * DAY) * many)
            every = family.team.values[f"visit.weeks.{HOURS[family.stage]}"]
            if every > 0 and self.week - family.visited > every:
                self.count(column, "unseen", many)
        for person in self.people:
            self._write_person(person)
        for team in self.teams:
            for stage, many in enumerate(team.open):
                place = PLACE["open_front_door"] + stage
                self.counted[self.week, place, team.column] += many
            self.count(team.column, "managers_queue", team.with_managers)
            self.count(team.column, "shortage", int(team.shortage * 1000.0))
            self.count(team.column, "cost", int(team.open[6] * team.values["cost.care"]))
        everybody = [person for person in self.people if not person.manages and person.there]
        for column in range(self.columns):
            here = [p for p in everybody if column in (p.team.column, self.columns - 1)]
            self._write_loads(column, here)

    def _write_person(self, person: Person) -> None:
        column = person.team.column
        if not person.manages:
            self.count(column, "posts", person.open)
        if person.state == 0:
            if not person.manages:
                self.count(column, "vacant", person.open)
            return
        rate = person.team.values["cost.manager" if person.manages else "cost.worker"]
        if person.agency:
            rate = rate * person.team.values["cost.agency"]
        self.count(column, "cost", int(rate * person.minutes / 2220))
        if person.manages:
            self.count(column, "managers_in_post", 1)
            return
        self.count(column, "in_post", 1)
        self.count(column, "agency", person.agency)
        self.count(column, "newly_qualified", person.newly > 0)
        self.count(column, "absent", not person.there)

    def _write_loads(self, column: int, here: list[Person]) -> None:
        held, has = sum(p.load for p in here), sum(p.available for p in here)
        self.count(column, "load_percent", held * 100 // max(1, has))
        steps = sorted(min(63, p.load * 48 // max(1, p.available)) for p in here)
        for measure, share in (("load_median", 0.5), ("load_p90", 0.9)):
            reached = steps[math.ceil(share * len(steps)) - 1] if steps else 0
            self.count(column, measure, reached * 100 // 48)

    # what a scenario brings

    def _changes(self, place: int) -> Steps:
        row = self.inputs.fixed["changes"][place]
        yield self.at(int(row["tick"]), CHANGE, place)
        what, amount = int(row["what"]), float(row["amount"])
        if what >= 0:
            for values, meant_too in zip(self.values, self.inputs.fixed["scopes"][row["scope"]], strict=True):
                if meant_too:
                    values[VALUES[what]] = amount
            for person in self.people:
                if person.state != 0:
                    person.fit()
            return
        if what == HAND_OVER:
            self._hand_over(row)
            self.settle()
            return
        if what == SET_COVER:
            self.pools[row["old"]].cover = self.pools[row["new"]] if row["new"] >= 0 else None
            for pool in self.pools:
                pool.covered = [other for other in self.pools if other.cover is pool]
            self.pools[row["old"]].clear_desk()
            self.settle()
            return
        scope = self.inputs.fixed["scopes"][row["scope"]]
        for _ in range(abs(int(amount))):
            meant = [p for p in self.people if scope[p.team.number] and p.manages == (what == SET_MANAGERS)]
            self._change_seat(meant, what, amount)
        self.settle()

    def _hand_over(self, row: Any) -> None:
        """A team's work in an area, or all of it, goes to another team, and people and families with it."""
        old, new = self.teams[row["old"]], self.teams[row["new"]]
        areas = [n for n in range(len(self.route)) if row["area"] in (-1, n)]
        for _ in range(int(row["amount"])):
            posts = [p for p in self.people if p.team is old and not p.manages and p.open]
            if posts:
                max(posts, key=lambda p: (p.knows(old, areas), p.number)).goes_to(new)
        managers = [p for p in self.people if p.team is old and p.manages and p.open]
        for manager in managers[: int(row["managers"])]:
            manager.goes_to(new)
        for area in areas:
            self.route[area] = [new.number if at == old.number else at for at in self.route[area]]
        for line, longer in zip(old.waiting, new.waiting, strict=True):
            for family in [f for f in line if f.area in areas]:
                line.remove(family)
                longer.append(family)
                family.line = longer
        for family in self.families.values():
            if family.team is old and family.stage != 8 and family.area in areas:
                family.answered_for_by(new)
        for family in [*new.waiting[0], *new.waiting[1]]:
            if family.worker is not None and family.worker.team is new:
                family.unqueue()
                family.stays()
        for person in self.people:
            for family in person.holds:
                if family.line is None and family.team is not person.team:
                    family.queue()
        old.stir()
        new.stir()

    def _change_seat(self, meant: list[Person], what: int, amount: float) -> None:
        if what == LEAVE_NOW:
            there = [p for p in meant if p.state != 0]
            if there:
                max(there, key=lambda p: (p.experience, -p.number)).leave()
        elif amount > 0:
            spare = next((p for p in meant if p.spare and not p.open), None)
            if spare is not None:
                spare.open = True
                spare.advertise()
        else:
            open_seats = [p for p in meant if p.open]
            if open_seats:
                going = next((p for p in open_seats if p.state == 0), open_seats[-1])
                going.open = False
                if going.state != 0:
                    going.leave()


def _poisson(u: float, rate: float, none: float) -> int:
    many, chance, below = 0, none, none
    while u >= below and many < 4000:
        many += 1
        chance = chance * (rate / many)
        below = below + chance
        if chance < 1e-18 and many > rate:
            break
    return many
