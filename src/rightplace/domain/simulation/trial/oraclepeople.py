"""People in the independent model: workers with what they hold, managers with what waits for them, teams with who waits."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from rightplace.domain.simulation import draws
from rightplace.domain.simulation.names import BACK, JOINS, MANAGED, SUPERVISE
from rightplace.domain.simulation.trial.oraclelaw import World, draw, luck

if TYPE_CHECKING:
    from rightplace.domain.simulation.trial.oraclecase import Family

Steps = Generator[Any, Any, None]
TASK_WORDS = ("contact", "enquiry", "assessment", "closing", "supervision", "review")


class Team:
    """A team: its workers in order of their seats, and who waits, urgent before ordinary."""

    def __init__(self, world: World, number: int, column: int) -> None:
        self.world, self.number, self.column = world, number, column
        self.values = world.values[number]
        self.workers: list[Person] = []
        self.waiting: tuple[list[Family], list[Family]] = ([], [])
        self.open = [0] * 7
        self.shortage = 0.0
        self.with_managers = 0
        self.pool: Pool

    def stir(self) -> None:
        self.world.stirred.add(self.number)

    def chosen(self, alone: bool) -> Person | None:
        """The least loaded who may take it, by forty-eighths of a full load; of equals the first."""
        there = [p for p in self.workers if p.there and not (alone and p.newly > 0)]
        return min(there, key=lambda p: (min(63, p.load * 48 // max(1, p.available)), p.bit), default=None)

    def give_out(self) -> None:
        for line in self.waiting:
            while line:
                worker = self.chosen(line[0].stage in (3, 5))
                if worker is None or worker.load + line[0].weighs(line[0].stage) > worker.limit:
                    break
                line[0].taken_by(worker)


class Pool:
    """The managers who decide for some teams, and the three heaps on their desk."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.managers: list[Person] = []
        self.everybody: list[Person] = []
        self.urgent: deque[Family] = deque()
        self.ordinary: deque[Family] = deque()
        self.people: deque[Person] = deque()
        self.since_supervision = 0
        self.cover: Pool | None = None
        self.covered: list[Pool] = []
        self.asked = 0.0

    @property
    def nobody(self) -> bool:
        return not any(manager.there for manager in self.managers)

    def desk(self) -> Pool:
        """Whoever decides: these managers, or those who cover while none of them is there."""
        covers = self.nobody and self.cover is not None and not self.cover.nobody
        return self.cover if covers and self.cover is not None else self

    def clear_desk(self) -> None:
        """With nobody there, what waits goes behind what waits with those who cover."""
        to = self.desk()
        if to is self:
            return
        to.urgent.extend(self.urgent)
        to.ordinary.extend(self.ordinary)
        to.people.extend(self.people)
        for heap in (self.urgent, self.ordinary, self.people):
            heap.clear()
        while (to.urgent or to.ordinary or to.people) and to.wake():
            pass

    def count_asking(self) -> None:
        """How much of a manager's week workers ask for."""
        asked = 0.0
        for person in self.everybody:
            if not person.manages:
                asked += person.team.values["manager.asked"] * len(person.holds)
        there = sum(person.minutes for person in self.everybody if person.manages and person.there)
        self.asked = asked / max(1, there)

    def wake(self) -> bool:
        for manager in self.managers:
            if manager.there and not manager.busy:
                manager.take_up()
                return True
        return False


def _free(people: list[Person]) -> int:
    """The first place that none of them has."""
    taken = {person.bit for person in people}
    return next(place for place in range(64) if place not in taken)


class Person:
    """A seat and who sits in it."""

    def __init__(self, world: World, number: int, row: Any, team: Team, pool: Pool) -> None:
        self.world, self.number, self.team, self.pool = world, number, team, pool
        self.bit = int(row["bit"])
        self.manages = bool(row["grade"])
        self.state = int(row["state"])
        self.open = bool(row["open"])
        self.spare = int(row["coming"]) == -1
        self.coming_from_agency = False
        self.agency = bool(row["agency"])
        self.minutes, self.experience, self.newly = (
            int(row["minutes"]),
            int(row["experience"]),
            int(row["newly"]),
        )
        self.generation = 0
        self.own = int(row["own"])
        self.luck = luck(world.base, draws.OF_SEAT, self.own, 0)
        self.holds: list[Family] = []
        self.load = self.available = self.limit = 0
        self.back = 0
        self.due = self.supervised = self.listed = 0
        self.asked_for_supervision = self.busy = False

    @property
    def there(self) -> bool:
        return self.state == 1

    @property
    def over(self) -> float:
        if self.load <= self.available or self.available <= 0:
            return 0.0
        return self.load / self.available - 1.0

    def knows(self, team: Team, areas: list[int]) -> int:
        """How many families of a team in some areas this worker has."""
        return sum(family.team is team and family.area in areas for family in self.holds)

    @property
    def stretch(self) -> float:
        value = self.team.values
        slow = 1.0 + value["load.slows"] * self.over
        if self.newly > 0:
            return slow * value["pace.newly"]
        return slow * value["pace.experienced"] if self.experience >= value["experienced.weeks"] else slow

    @property
    def every(self) -> int:
        value = self.team.values
        early = self.newly > 0 and value["newly.weeks"] - self.newly < value["supervision.newly_until"]
        return int(value["supervision.newly_weeks" if early else "supervision.weeks"])

    def fit(self) -> None:
        value = self.team.values
        share = value["worker.share"] * value["newly.share"] if self.newly > 0 else value["worker.share"]
        self.available = int(self.minutes * share)
        self.limit = int(self.available * value["load.ceiling"])

    def start(self) -> None:
        if self.state == 0:
            if self.open:
                self.advertise()
            return
        self.fit()
        self.due = self.own % self.every
        self.supervised = self.due - self.every

    # coming and going

    def advertise(self) -> None:
        value = self.team.values
        self.spare = False
        self.coming_from_agency = draw(self.luck, draws.FILLING, 0) < value["recruit.agency"]
        table = "filling.agency" if self.coming_from_agency else "filling"
        days = self.world.lasts(table, draw(self.luck, draws.FILLING_DAYS, 0))
        self.world.env.process(self._joins(self.world.now + self.world.ticks(days)))

    def _joins(self, tick: int) -> Steps:
        world = self.world
        yield world.at(tick, JOINS, self.number)
        value = self.team.values
        if not self.open or self.state != 0:
            return
        self.state, self.agency = 1, self.coming_from_agency
        fresh = (
            not self.manages and not self.agency and draw(self.luck, draws.NEWLY, 0) < value["recruit.newly"]
        )
        self.newly = int(value["newly.weeks"]) if fresh else 0
        self.experience = 0
        if not fresh:
            self.experience = int(world.lasts("experience", draw(self.luck, draws.EXPERIENCE, 0)))
        part_time = draw(self.luck, draws.PART_TIME, 0) < value["recruit.part_time"]
        self.minutes = int(2220 * value["part_time.share"]) if part_time else 2220
        self.supervised, self.due = world.week, world.week + self.every
        world.count(self.team.column, "joiners", 1)
        self.fit()
        self.appears()

    def appears(self) -> None:
        if self.manages:
            self.sits_down()
        else:
            self.team.stir()
            self.world.settle()  # type: ignore[attr-defined]

    def sits_down(self) -> None:
        """A manager is at the desk, perhaps the first of them."""
        if not self.busy:
            self.take_up()
        if sum(manager.there for manager in self.pool.managers) == 1:
            for other in self.pool.covered:
                other.clear_desk()

    def goes_to(self, team: Team) -> None:
        """The post belongs to another team from now on, with who sits there and what they hold."""
        if self.manages:
            self.team = team
            if team.pool is not self.pool:
                self._goes_to_desk(team.pool)
        else:
            self.team.workers.remove(self)
            self.pool.everybody.remove(self)
            self.bit = _free(team.workers)
            self.team, self.pool = team, team.pool
            team.workers.append(self)
            self.pool.everybody.append(self)
        if self.state != 0:
            self.fit()

    def _goes_to_desk(self, pool: Pool) -> None:
        self.pool.managers.remove(self)
        self.pool.everybody.remove(self)
        if self.there:
            self.pool.clear_desk()
        self.bit = _free(pool.managers)
        self.pool = pool
        pool.managers.append(self)
        pool.managers.sort(key=lambda manager: manager.bit)
        pool.everybody.append(self)
        if self.there:
            self.sits_down()

    def leave(self) -> None:
        world = self.world
        self.hand_over()
        world.count(self.team.column, "leavers", 1)
        was_there, self.state = self.there, 0
        if self.manages and was_there:
            self.pool.clear_desk()
        self.generation += 1
        self.luck = luck(world.base, draws.OF_SEAT, self.own, self.generation)
        if self.open:
            self.advertise()

    def hand_over(self) -> None:
        for family in list(self.holds):
            was_waiting = family.line is not None
            family.let_go()
            if not was_waiting:
                family.queue()

    def fall_ill(self) -> None:
        world = self.world
        days = world.lasts("absence", draw(self.luck, draws.ABSENCE_DAYS, world.week))
        self.state = 2
        self.back = world.now + world.ticks(days)
        if not self.manages and days >= self.team.values["handover.days"]:
            self.hand_over()
        if self.manages:
            self.pool.clear_desk()
        world.env.process(self._returns(self.back))

    def _returns(self, tick: int) -> Steps:
        yield self.world.at(tick, BACK, self.number)
        if self.state == 2 and self.back == tick:
            self.state = 1
            self.appears()

    def leaving(self, over: float) -> float:
        value = self.team.values
        if self.manages:
            return value["leaving.manager"] / 52.0
        if self.agency:
            which = "agency"
        elif self.newly > 0:
            which = "newly"
        else:
            which = "early" if self.experience < value["experienced.weeks"] else "experienced"
        return value[f"leaving.{which}"] / 52.0 * (1.0 + value["load.leaving"] * over)

    def week_passes(self) -> None:
        if self.state == 0:
            return
        world, value = self.world, self.team.values
        self.experience += 1
        if self.newly > 0:
            self.newly -= 1
            if self.newly == 0:
                self.fit()
        over = 0.0 if self.manages else self.over
        if draw(self.luck, draws.LEAVING, world.week) < self.leaving(over):
            self.leave()
        elif self.state == 1:
            spells = value["absence.spells"] * value["absence.season"]
            ill = spells / 52.0 * (1.0 + value["load.absence"] * over)
            if draw(self.luck, draws.ABSENCE, world.week) < ill:
                self.fall_ill()
            elif not self.manages and world.week >= self.due:
                self.needs_supervision()

    def needs_supervision(self) -> None:
        self.due = self.world.week + self.every
        self.world.count(self.team.column, "supervision_due", 1)
        if self.asked_for_supervision:
            self.world.count(self.team.column, "supervision_missed", 1)
            return
        self.asked_for_supervision, self.listed = True, len(self.holds)
        desk = self.pool.desk()
        desk.people.append(self)
        desk.wake()

    # managing

    def take_up(self) -> None:
        """The next thing on the desk, if any."""
        pool, world = self.pool, self.world
        decisions = bool(pool.urgent or pool.ordinary)
        if pool.people and (not decisions or pool.since_supervision >= self.team.values["manager.turn"]):
            pool.since_supervision = 0
            self._does(SUPERVISE, pool.people.popleft())
        elif decisions:
            family = (pool.urgent or pool.ordinary).popleft()
            pool.since_supervision += 1
            family.team.with_managers -= 1
            world.count(family.team.column, "manager_tasks", 1)
            world.count(family.team.column, "manager_wait_ticks", world.now - family.asked)
            self._does(family.task, family)

    def _does(self, task: int, about: Any) -> None:
        self.busy = True
        value = self.team.values
        minutes = value[f"manager.{TASK_WORDS[task]}"]
        if task == SUPERVISE:
            minutes += value["manager.family"] * about.listed
        share = max(value["manager.share"] * value["manager.kept"], value["manager.share"] - self.pool.asked)
        long = int(minutes * 2400 / (self.minutes * share)) + 1
        self.world.env.process(self._doing(self.world.now + long, task, about))

    def _doing(self, tick: int, task: int, about: Any) -> Steps:
        yield self.world.at(tick, MANAGED, self.number)
        if task == SUPERVISE:
            about.asked_for_supervision = False
            about.supervised = self.world.week
            self.world.count(about.team.column, "supervision_held", 1)
        else:
            about.decision.succeed()
        self.busy = False
        if self.there:
            self.take_up()
