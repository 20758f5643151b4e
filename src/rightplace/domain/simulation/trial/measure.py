"""What `rightplace bench capacity` measures: CPU time of the engine and of its peers on the same, turn by turn."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from statistics import median
from typing import Final, TypeVar

import numpy as np

from rightplace.domain.simulation.census import Census, synthetic_census
from rightplace.domain.simulation.changes import Change
from rightplace.domain.simulation.kernel import simulate
from rightplace.domain.simulation.memory import Memory
from rightplace.domain.simulation.packing import inputs_of
from rightplace.domain.simulation.parameters import Parameters, parameters
from rightplace.domain.simulation.plain import city_network, walked
from rightplace.domain.simulation.runs import Keep, columns_of, run
from rightplace.domain.simulation.teams import structure_of
from rightplace.domain.simulation.trial.alone import draws_alone, heap_alone
from rightplace.domain.simulation.trial.oracle import Service
from rightplace.domain.simulation.trial.peers import PlainSimpy, plain_ciw

BEGINS: Final = date(2026, 4, 6)
FIVE_YEARS: Final = 1826
THREE_YEARS: Final = 1096
TURNS: Final = 5
"""What takes the engine milliseconds is done so often and divided: the mean, as SimPy's one turn is a mean of many events."""
Found = TypeVar("Found")
BY_KIND: Final = Keep(by="kind")


@dataclass(frozen=True)
class Sizes:
    """How large the measured city is and how often each thing is measured. SimPy's and Ciw's turns are shorter spans of
    the same city, since they are compared by event and would take hours."""

    children: int = 292_859
    areas: int = 12
    peer_days: int = 60
    plain_peer_days: float = 40.0
    ciw_days: float = 4.0
    rounds: int = 3
    sample: int = 4
    seed: int = 1


@dataclass(frozen=True)
class Told:
    """The six figures, and what lies behind them in words."""

    figures: dict[str, float]
    words: tuple[str, ...]


def cpu(job: Callable[[], Found]) -> tuple[float, Found]:
    """CPU seconds of this process, over all its threads, and what came out."""
    began = time.process_time()
    found = job()
    return time.process_time() - began, found


def city(sizes: Sizes) -> tuple[Parameters, Census]:
    """A city of equal areas with the strengths that come with the program."""
    areas = [(f"Area {nth + 1}", sizes.children // sizes.areas) for nth in range(sizes.areas)]
    given = parameters(structure_of(areas), BEGINS)
    return given, synthetic_census(given, sizes.seed)


def measured(sizes: Sizes, step: Callable[[str], None]) -> Told:
    """Every figure, one after another; `step` is told what comes next."""
    step("Inventing a city")
    given, census = city(sizes)
    _warm(given, census)
    step("Worker by worker, beside SimPy")
    worker, words = _worker_level(given, census, sizes)
    step("A plain network, beside SimPy and Ciw")
    plain, ciw_ratio, more = _plain(sizes)
    words += more
    step("Memory, and two threads")
    inflation, megabytes = _threads(given, census, sizes)
    step("Three years, ten scenarios")
    seconds, last = _product(given, census, sizes)
    words += last
    step("Where the time goes")
    words += _where(given, census, sizes)
    figures = {
        "worker_level_vs_simpy": worker,
        "plain_vs_simpy": plain,
        "plain_vs_ciw": ciw_ratio,
        "mb_per_replicate": megabytes,
        "two_thread_cpu_inflation": inflation,
        "seconds_3y_10x200": seconds,
    }
    return Told(figures, tuple(words))


def _warm(given: Parameters, census: Census) -> None:
    """Compile before anything is timed."""
    run(given, census, days=30, replicates=1)
    walked(city_network(0.01), 10)


def _worker_level(given: Parameters, census: Census, sizes: Sizes) -> tuple[float, list[str]]:
    column, _ = columns_of(given, "kind")
    inputs = inputs_of(given, census, [], sizes.peer_days, column)
    memory = Memory(inputs, 2 * len(census.families) + 2000)
    ratios, ours_ns, theirs_ns = [], [], []
    for nth in range(sizes.rounds):

        def engine(replicate: int = nth) -> None:
            for _ in range(TURNS):
                memory.empty()
                simulate(memory.record, sizes.seed, replicate)

        ours = cpu(engine)[0] / TURNS
        theirs, counted = cpu(Service(inputs, sizes.seed, nth).run)
        if not np.array_equal(np.asarray(counted), memory.counts):
            raise AssertionError("the engine and SimPy did not count the same, so their speeds say nothing")
        events = int(memory.record[0]["events"])
        ratios.append(theirs / ours)
        ours_ns.append(ours / events * 1e9)
        theirs_ns.append(theirs / events * 1e9)
    people = len(inputs.first["seats"])
    words = [
        (
            f"worker by worker, {people:,} seats, {sizes.peer_days} days, counts equal to the last digit: "
            f"{median(ours_ns):,.0f} ns an event here, {median(theirs_ns):,.0f} ns in SimPy"
        )
    ]
    return median(ratios), words


def _plain(sizes: Sizes) -> tuple[float, float, list[str]]:
    network = city_network()
    ours, simpy_ns = [], []
    for nth in range(sizes.rounds):
        took, walk = cpu(partial(walked, network, 1250, sizes.seed, nth))
        ours.append(took / walk.events * 1e9)
        peer = PlainSimpy(network, nth)
        took, _ = cpu(partial(peer.run, sizes.plain_peer_days))
        simpy_ns.append(took / peer.events * 1e9)
    took, events = cpu(partial(plain_ciw, network, sizes.ciw_days, sizes.seed))
    ciw_ns = took / events * 1e9
    words = [
        (
            f"plain network of {sum(network.places):,} places, {walk.events:,} events of five years: {median(ours):,.0f} ns an "
            f"event here, {median(simpy_ns):,.0f} in SimPy, {ciw_ns:,.0f} in Ciw (once, {sizes.ciw_days:g} days)"
        )
    ]
    return median(simpy_ns) / median(ours), ciw_ns / median(ours), words


def _threads(given: Parameters, census: Census, sizes: Sizes) -> tuple[float, float]:
    """How much more CPU two threads take than one, and what one replicate holds in memory beside what all share."""
    one: list[float] = []
    two: list[float] = []
    megabytes = 0.0
    for _ in range(sizes.rounds):
        for threads, into in ((1, one), (2, two)):
            began = time.process_time()
            found = run(given, census, (), THREE_YEARS, 2 * sizes.sample, sizes.seed, threads, BY_KIND)
            into.append(time.process_time() - began)
            megabytes = max(megabytes, found.bytes_each / 1e6)
    return min(two) / min(one) - 1.0, megabytes


def _product(given: Parameters, census: Census, sizes: Sizes) -> tuple[float, list[str]]:
    """Three years of ten scenarios with 200 replicates each: so many of them are run, and the rest is multiplied out."""
    scenarios = [
        [Change(BEGINS + timedelta(days=60 + 7 * nth), "demand", "all", 1.0 + nth / 50)] for nth in range(10)
    ]
    replicates = max(2, sizes.sample)
    column, _ = columns_of(given, "kind")
    packing = sum(cpu(partial(inputs_of, given, census, each, THREE_YEARS, column))[0] for each in scenarios)
    began = time.process_time()
    for each in scenarios:
        run(given, census, each, THREE_YEARS, replicates, sizes.seed, 2, BY_KIND)
    took = time.process_time() - began - packing
    running = took * 200 / replicates
    on_two = packing + running / 2
    words = [
        (
            f"ten scenarios of three years: {replicates} replicates each were run, "
            f"{took / replicates / 10 * 1000:,.0f} ms of CPU "
            f"a replicate; 200 each are {packing + running:,.0f} s of CPU, {on_two:,.0f} s on two cores that nothing else "
            f"uses; what is done on one of them, {packing:,.1f} s, is counted whole"
        )
    ]
    return on_two, words


def _where(given: Parameters, census: Census, sizes: Sizes) -> list[str]:
    """How much of a replicate the event list and the draws take, by doing as many of each alone."""
    column, _ = columns_of(given, "kind")
    inputs = inputs_of(given, census, [], FIVE_YEARS, column)
    memory = Memory(inputs, 3 * len(census.families) + 2000)
    memory.empty()
    took, _ = cpu(partial(simulate, memory.record, sizes.seed, 0))
    events, depth = int(memory.record[0]["events"]), int(memory.record[0]["highest"])
    heap_alone(10, depth)
    draws_alone(10)
    alone, _ = cpu(partial(heap_alone, events, depth))
    drawn, _ = cpu(partial(draws_alone, events))
    return [
        (
            f"five years of the city: {events:,} events in {took * 1000:,.0f} ms of CPU; as many taken from and put "
            f"back on a heap of {depth:,} alone: {alone * 1000:,.0f} ms ({alone / took:.0%}), {alone / events * 1e9:,.0f} ns each, "  # noqa: E501
            f"which is the limit of this list; "
            f"as many draws: {drawn * 1000:,.0f} ms ({drawn / took:.0%});"
            " the rest is people, queues and counting"
        )
    ]
