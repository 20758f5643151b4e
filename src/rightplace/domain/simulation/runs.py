"""Many replicates of a scenario on the threads of this machine; the same bytes whatever their number."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from queue import Empty, SimpleQueue
from typing import Final

import numpy as np

from rightplace.domain.simulation.census import Census, synthetic_census
from rightplace.domain.simulation.changes import Change
from rightplace.domain.simulation.kernel import simulate
from rightplace.domain.simulation.layout import Records
from rightplace.domain.simulation.memory import Memory
from rightplace.domain.simulation.names import MEASURES
from rightplace.domain.simulation.packing import Inputs, Room, inputs_of, room_for
from rightplace.domain.simulation.parameters import ImpossibleScenario, Parameters, parameters
from rightplace.domain.simulation.ratios import ALL, NOT_SUMS
from rightplace.domain.simulation.teams import structure_of
from rightplace.domain.simulation.weeks import Numbers, Pair, Weeks

BY_TEAM: Final = "team"
BY_KIND: Final = "kind"
BY_AREA: Final = "area"
_ROOM: Final = 1.55
"""Open families, and those who will come back, for each who is open at the start; a run that needs more gets more."""
_SPARE_CASES: Final = 500


@dataclass(frozen=True)
class Keep:
    """What is kept of each replicate: measures (all when none is named), counted by `team`, `kind`, `area` or `all`, or in
    columns of one's own, named for each team in its turn; and a log of so many lines at most for the first replicates."""

    measures: tuple[str, ...] = MEASURES
    by: str | tuple[str, ...] = BY_TEAM
    logged: int = 0
    lines: int = 0


def columns_of(given: Parameters, by: str | tuple[str, ...]) -> tuple[list[int], tuple[str, ...]]:
    """The column of each team, and the names of the columns; the last is the whole service."""
    teams = given.structure.teams
    if isinstance(by, tuple):
        if len(by) != len(teams):
            raise ImpossibleScenario("keep", f"{len(by)} columns are named for {len(teams)} teams")
        order = list(dict.fromkeys(by))
        return [order.index(name) for name in by], (*order, ALL)
    names = {
        BY_TEAM: [team.name for team in teams],
        BY_KIND: [team.kind or team.name for team in teams],
        BY_AREA: [team.areas[0] if len(team.areas) == 1 else "several areas" for team in teams],
        ALL: [ALL] * len(teams),
    }.get(by)
    if names is None:
        raise ImpossibleScenario("keep", f"numbers are kept by team, kind, area or all, not by {by}")
    order = list(dict.fromkeys(names))
    return [order.index(name) for name in names], (*(name for name in order if name != ALL), ALL)


def run(
    parameters: Parameters,
    census: Census,
    changes: Sequence[Change] = (),
    days: int = 1096,
    replicates: int = 20,
    seed: int = 1,
    threads: int = 1,
    keep: Keep | None = None,
    first: int = 0,
    each: Callable[[int], None] | None = None,
    room: Room | None = None,
) -> Weeks:
    """Simulate a scenario. `first` is the number of the first replicate; `each` is told of every one that is done; `room` is
    what scenarios that are compared with this one would open (`packing.room_for`)."""
    kept = keep or Keep()
    column, names = columns_of(parameters, kept.by)
    inputs = inputs_of(parameters, census, changes, days, column, room)
    runner = _Runner(inputs, kept, seed, first, replicates, each)
    runner.go(max(1, min(threads, replicates)))
    numbers = _whole_service(runner.numbers, kept.measures, len(names))
    return Weeks(
        numbers,
        kept.measures,
        names,
        parameters.begins,
        seed,
        tuple(runner.logs),
        runner.events,
        runner.bytes_each,
    )


def pair(
    parameters: Parameters,
    census: Census,
    changes: Sequence[Change],
    days: int = 1096,
    replicates: int = 20,
    seed: int = 1,
    threads: int = 1,
    keep: Keep | None = None,
    against: Sequence[Change] = (),
) -> Pair:
    """The same replicates without the changes (or with others, `against`) and with them: both meet the same luck."""
    room = room_for((parameters, changes), (parameters, against))
    before = run(parameters, census, against, days, replicates, seed, threads, keep, room=room)
    after = run(parameters, census, changes, days, replicates, seed, threads, keep, room=room)
    return Pair(before, after, tuple(changes))


def warm() -> float:
    """Compile the engine, or load what is kept of it, by a week of a hamlet; seconds that it took. For a worker before its
    first question, so that the question itself does not wait."""
    began = time.perf_counter()
    given = parameters(structure_of([("Hamlet", 1000)]), date(2026, 4, 6))
    run(given, synthetic_census(given), days=7, replicates=1)
    return time.perf_counter() - began


class _Runner:
    def __init__(
        self,
        inputs: Inputs,
        keep: Keep,
        seed: int,
        first: int,
        replicates: int,
        each: Callable[[int], None] | None,
    ) -> None:
        self.inputs, self.keep, self.seed, self.first, self.each = inputs, keep, seed, first, each
        self.places = [MEASURES.index(name) for name in keep.measures]
        weeks = len(inputs.fixed["week_ticks"])
        self.numbers: Numbers = np.zeros((replicates, weeks, len(self.places), inputs.columns), np.int32)
        self.logs: list[Records] = [np.zeros(0)] * min(keep.logged, replicates)
        self.events = self.bytes_each = 0
        self.cases = int(len(inputs.fixed["census"]) * _ROOM) + _SPARE_CASES
        self.waiting: SimpleQueue[int] = SimpleQueue()
        for nth in range(replicates):
            self.waiting.put(nth)

    def go(self, threads: int) -> None:
        """What each thread counted is added up here, since two that add to one number lose some of it."""
        if threads == 1:
            self.events, self.bytes_each = self._work()
            return
        with ThreadPoolExecutor(threads) as pool:
            told = [done.result() for done in [pool.submit(self._work) for _ in range(threads)]]
        self.events, self.bytes_each = sum(each for each, _ in told), max(most for _, most in told)

    def _work(self) -> tuple[int, int]:
        """Replicates until none waits; how many events they had, and the most memory that one took."""
        plain, events, most = Memory(self.inputs, self.cases), 0, 0
        while True:
            try:
                nth = self.waiting.get_nowait()
            except Empty:
                return events, most
            memory = plain
            if nth < len(self.logs):
                memory = Memory(self.inputs, self.cases, self.keep.lines)
            events, most = events + self._replicate(memory, nth), max(most, memory.bytes)
            if self.each is not None:
                self.each(self.first + nth)

    def _replicate(self, memory: Memory, nth: int) -> int:
        """One replicate into its place; its events."""
        while True:
            memory.empty()
            simulate(memory.record, self.seed, self.first + nth)
            if not memory.record[0]["fault"]:
                break
            memory.grow()
        self.numbers[nth] = memory.counts[:, self.places, :]
        if nth < len(self.logs):
            self.logs[nth] = memory.log.copy()
        return int(memory.record[0]["events"])


def _whole_service(numbers: Numbers, measures: Sequence[str], columns: int) -> Numbers:
    """The last column: sums of the others, but for what is not a sum, which the engine has put there itself."""
    for place, name in enumerate(measures):
        if name not in NOT_SUMS:
            numbers[:, :, place, -1] = numbers[:, :, place, :-1].sum(axis=2)
    return np.ascontiguousarray(numbers[:, :, :, -columns:])
