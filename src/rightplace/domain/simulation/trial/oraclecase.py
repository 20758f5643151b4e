"""A family in the independent model: one process from its first contact until it is closed for good."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from rightplace.domain.simulation import draws
from rightplace.domain.simulation.names import (
    ARRIVES,
    DAY,
    DECIDE,
    ENDS,
    INQUIRED,
    OUTCOME,
    RETURNS,
    SCREENED,
    SOURCES,
    WRITTEN,
)
from rightplace.domain.simulation.trial.oraclelaw import draw
from rightplace.domain.simulation.trial.oraclepeople import Person
from rightplace.domain.simulation.trial.oraclestages import OUT, STAGES

if TYPE_CHECKING:
    from rightplace.domain.simulation.trial.oracle import Service

HOURS = ("door", "support", "assessment", "enquiry", "need", "protection", "care")
WORK = {0: SCREENED, 1: ENDS, 2: WRITTEN, 3: INQUIRED, 4: ENDS}
PURPOSE = {0: draws.SCREENING, 1: draws.SUPPORTING, 2: draws.WRITING, 3: draws.ENQUIRING, 4: draws.NEEDING}


class Family:
    """The children of one family, who travel together."""

    def __init__(self, city: Service, number: int, luck: int, area: int, source: int, children: int) -> None:
        self.city, self.number, self.luck = city, number, luck
        self.area, self.source, self.children = area, source, children
        self.stage, self.turn, self.team = 0, 0, city.teams[city.route[area][0]]
        self.worker: Person | None = None
        self.weight = 0
        self.line: list[Family] | None = None
        self.began = self.urgent = False
        self.delay = self.drift = self.reviews = self.postponed = 0
        self.since = self.clock = self.referred = self.asked = self.waits = self.visited = 0
        self.due = self.ends = self.finish = 0
        self.task = -1
        self.decision: Any = None
        self.taken: Any = None
        self.stalled: Any = None
        self.later: int | None = None

    def u(self, purpose: int, step: int | None = None) -> float:
        return draw(self.luck, purpose, self.turn if step is None else step)

    def tell(self, measure: str, times: int = 1) -> None:
        self.city.count(self.team.column, measure, times * self.children)

    def weighs(self, stage: int) -> int:
        value = self.team.values
        minutes = 60.0 * value["hours.practice"]
        return int(value[f"hours.{HOURS[stage]}"] * minutes) + (self.children - 1) * int(
            value["hours.child"] * minutes
        )

    # who has it

    def queue(self) -> None:
        soon = self.stage in (3, 5, 6) or (self.stage == 0 and self.urgent)
        self.line = self.team.waiting[0 if soon else 1]
        self.line.append(self)
        self.waits = self.city.now
        self.team.stir()

    def unqueue(self) -> None:
        if self.line is not None:
            self.line.remove(self)
            self.line = None

    def let_go(self) -> None:
        assert self.worker is not None
        self.worker.holds.remove(self)
        self.worker.load -= self.weight
        self.worker.team.stir()
        self.worker = None

    def taken_by(self, worker: Person) -> None:
        self.unqueue()
        if self.worker is not None:
            self.let_go()
        self.weight = self.weighs(self.stage)
        self.held_by(worker)
        self.tell("allocations")
        self.tell("allocation_days", self.city.day - self.waits // DAY)
        self.begin()

    def held_by(self, worker: Person) -> None:
        self.worker = worker
        worker.holds.append(self)
        worker.load += self.weight

    def begin(self) -> None:
        """Work begins, or somebody new reads in."""
        city = self.city
        if self.began:
            self.delay += city.ticks(self.team.values["reading_in.days"])
            if self.stalled is not None:
                waiting, self.stalled = self.stalled, None
                later, self.delay = city.now + self.delay, 0
                waiting.succeed(later)
            return
        self.began = True
        if self.stage in WORK:
            self.finish = city.now + city.ticks(self._takes())
            if self.stage == 2:
                self.finish = self.hurried(self.finish)
            if self.taken is not None:
                taken, self.taken = self.taken, None
                taken.succeed(True)

    def hurried(self, tick: int) -> int:
        """What would be a little late is written shortly before its last day, in no less than half the time."""
        now, value = self.city.now, self.team.values
        last = (self.referred // DAY + int(value["promise.assessment"] - value["hurry.before"])) * DAY
        most = value["hurry.days"] * DAY
        if not 0 < tick - last <= most:
            return tick
        sooner = last - int((1.0 - (tick - last) / most) * value["hurry.window"] * DAY)
        return max(sooner, now + (tick - now + 1) // 2)

    def _takes(self) -> float:
        city = self.city
        assert self.worker is not None
        table = HOURS[self.stage]
        if self.stage == 0:
            table = "screening.urgent" if self.urgent else "screening"
        days = city.lasts(table, self.u(PURPOSE[self.stage]))
        if self.stage == 4:
            sooner = min(0.9, self.team.values["early.shortage"] * self.team.shortage)
            self.drift = max(self.drift, int(1000.0 * sooner))
            return float(days * (1.0 - sooner))
        return float(days * self.worker.stretch)

    def answered_for_by(self, team: Any) -> None:
        """Another team has the work from now on; what lies before a manager is counted with it."""
        pools = self.city.pools
        self.team.open[self.stage] -= self.children
        team.open[self.stage] += self.children
        if any(self in heap for pool in pools for heap in (pool.urgent, pool.ordinary)):
            self.team.with_managers -= 1
            team.with_managers += 1
        self.team = team

    # waiting

    def work(self, tick: int, kind: int, free: bool = False) -> Generator[Any, Any, None]:
        """Until what is worked on is finished."""
        city = self.city
        while True:
            yield city.at(tick, kind, self.number)
            if free:
                return
            if self.worker is None:
                self.stalled = city.env.event()
                tick = yield self.stalled
            elif self.worker.state == 2:
                tick = self.worker.back
            elif self.delay > 0:
                tick, self.delay = city.now + self.delay, 0
            else:
                return

    def ask(self, task: int) -> Any:
        """Until a manager has decided."""
        self.task, self.asked = task, self.city.now
        self.decision = self.city.env.event()
        pool = self.team.pool.desk()
        soon = task == OUTCOME or (task == DECIDE and self.urgent)
        (pool.urgent if soon else pool.ordinary).append(self)
        self.team.with_managers += 1
        pool.wake()
        self.city.settle()
        return self.decision

    def put_off(self) -> bool:
        there = self.worker is not None and self.worker.there
        if there or self.postponed >= 2:
            return False
        self.postponed += 1
        return True

    # its life

    def life(self, tick: int) -> Generator[Any, Any, None]:
        yield self.city.at(tick, ARRIVES, self.number)
        self.arrive()
        yield from self.onward()

    def goes_on(self) -> Generator[Any, Any, None]:
        yield from self.onward()

    def onward(self) -> Generator[Any, Any, None]:
        while True:
            self.city.settle()
            to = yield from STAGES[self.stage](self)
            if to != OUT:
                self.move(to)
                continue
            later = self.close() if self.later is None else self.later
            self.later = None
            self.city.settle()
            if not later:
                return
            yield self.city.at(later, RETURNS, self.number)
            self.arrive(True)

    def arrive(self, again: bool = False) -> None:
        city = self.city
        self.stage = 0
        self.turn += 1
        self.team = city.teams[city.route[self.area][0]]
        self.since = self.clock = city.now
        self.urgent = self.u(draws.URGENT) < self.team.values[f"door.urgent.{SOURCES[self.source]}"]
        self.began, self.delay, self.drift = False, 0, 0
        self.visited = city.week
        self.team.open[0] += self.children
        self.tell("contacts")
        if again:
            self.tell("repeat_contacts")
        self.queue()

    def move(self, to: int) -> None:
        city = self.city
        self.unqueue()
        self.team.open[self.stage] -= self.children
        before = self.team
        self.stage, self.team = to, city.teams[city.route[self.area][to]]
        self.turn += 1
        self.clock = city.now
        self.began, self.delay, self.reviews, self.postponed = False, 0, 0, 0
        self.visited = city.week
        self.team.open[to] += self.children
        if to in (1, 3, 4, 5, 6):
            self.tell(
                {1: "support_began", 3: "enquiries", 4: "need_began", 5: "plans_began", 6: "care_began"}[to]
            )
        if to == 5:
            self.due = city.months[0][city.day]
        if to == 6:
            self.ends = city.now + city.ticks(city.lasts("care", self.u(draws.CARING)))
            self.due = city.day + int(self.team.values["promise.care_review"])
        if self.worker is not None and self.team is before and self.worker.team is self.team:
            self.stays()
        else:
            self.queue()

    def stays(self) -> None:
        """With its worker, who knows it, and for whom it weighs what its stage weighs now."""
        assert self.worker is not None
        weighed, self.weight = self.weight, self.weighs(self.stage)
        self.worker.load += self.weight - weighed
        self.team.stir()
        if not self.began:
            self.begin()

    def close(self) -> int:
        """When it comes back, if it does."""
        city = self.city
        self.unqueue()
        if self.worker is not None:
            self.let_go()
        self.tell("closed")
        if self.drift >= 100:
            self.tell("closed_early")
        self.team.open[self.stage] -= self.children
        word = {0: "contact", 1: "support", 2: "assessment", 3: "assessment"}.get(self.stage, "plan")
        share = self.team.values[f"return.{word}"] * (
            1.0 + self.team.values["return.drift"] * (self.drift / 1000.0)
        )
        self.stage = 8
        if self.u(draws.RETURNING) < share:
            return city.now + city.ticks(city.lasts("return", self.u(draws.RETURN_DELAY)))
        city.over(self)
        return 0

    def shut_out(self) -> None:
        """Closed by its team while it waited and before anybody looked."""
        self.drift = 1000
        self.tell("closed_waiting")
        self.later = self.close()
        taken, self.taken = self.taken, None
        taken.succeed(False)

    def review_tick(self) -> int:
        lead = int(self.city.lasts("review.lead", self.u(draws.REVIEWING, self.turn * 64 + self.reviews)))
        return max(self.city.day + 1, self.due - lead) * DAY + DAY // 4

    def taken_up(self) -> Generator[Any, Any, bool]:
        """Until a worker has it; False when it was closed while it waited."""
        if self.began:
            return True
        self.taken = self.city.env.event()
        self.city.settle()
        if self.taken is None:
            return True
        found = yield self.taken
        return bool(found)
