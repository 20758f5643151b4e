"""A plain network of queues on the same heap and the same draws: for theory, which speaks of such, and for the bench.

Contacts arrive at random; each node has so many equal places, first come first served, with stays that forget (Erlang's
M/M/c); a family goes on from node to node or leaves.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.domain.simulation.compiled import compiled
from rightplace.domain.simulation.draws import base_of, luck_of, uniform
from rightplace.domain.simulation.heap import pop, push, replace_first

Real = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
TICKS: Final = 1_000_000_000
"""Ticks of a day: so fine that nothing ties."""
_ARRIVAL, _STAY, _ROUTE = 1, 2, 3
_NOBODY: Final = -1


@dataclass(frozen=True)
class Network:
    """Nodes with places, mean stays in days, and where a family goes from each; the rest leave."""

    a_day: float
    places: tuple[int, ...]
    stays: tuple[float, ...]
    onward: tuple[tuple[float, ...], ...]

    def flows(self) -> Real:
        """Families a day who come to each node, when it keeps up."""
        come = np.zeros(len(self.places))
        come[0] = self.a_day
        return np.asarray(np.linalg.solve(np.eye(len(come)) - np.array(self.onward).T, come), np.float64)

    def loads(self) -> Real:
        """How full each node is."""
        return np.asarray(self.flows() * np.array(self.stays) / np.array(self.places), np.float64)


def city_network(scale: float = 1.0, load: float = 0.97) -> Network:
    """Front door, early help, assessment, enquiry, child in need, protection, care: 240 contacts a working day."""
    stays = (1.0, 100.0, 30.0, 10.0, 120.0, 200.0, 500.0)
    onward = (
        (0.0, 0.25, 1 / 3, 0.0, 0.0, 0.0, 0.0),
        (0.0,) * 7,
        (0.0, 0.0, 0.0, 0.25, 0.25, 0.0, 0.0),
        (0.0, 0.0, 0.0, 0.0, 0.4, 0.35, 0.1),
        (0.0,) * 7,
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.1),
        (0.0,) * 7,
    )
    open_ended = Network(240.0 * scale, (1,) * 7, stays, onward)
    places = tuple(max(1, math.ceil(each / load)) for each in open_ended.loads())
    return Network(240.0 * scale, places, stays, onward)


def erlang_wait(arrivals: float, stay: float, places: int) -> float:
    """Erlang's mean wait for a place, in days."""
    offered = arrivals * stay
    busy = 1.0
    for nth in range(1, places + 1):
        busy = 1.0 + busy * nth / offered
    blocked = 1.0 / busy
    waits = blocked / (1.0 - (1.0 - blocked) * offered / places)
    return waits * stay / (places - offered)


@compiled
def walk(
    a_day: float,
    free: Whole,
    stays: Real,
    onward: Real,
    days: float,
    from_day: float,
    seed: int,
    replicate: int,
    keys: Whole,
    slots: npt.NDArray[np.int32],
    lucks: npt.NDArray[np.uint64],
    places: npt.NDArray[np.int32],
    since: Whole,
    behind: npt.NDArray[np.int32],
    first: npt.NDArray[np.int32],
    last: npt.NDArray[np.int32],
    waited: Real,
    seen: Whole,
) -> int:
    """The number of events of one replicate, or -1 for too little room; what each node counted goes to `waited` and `seen`."""
    base = base_of(seed, replicate)
    nodes = free.shape[0]
    end, counted = int(days * TICKS), int(from_day * TICKS)
    arrivals = luck_of(base, 8, 0, 0)
    number, size, empty, used, events = 0, 0, _NOBODY, 1, 0
    when = int(-math.log(1.0 - uniform(arrivals, _ARRIVAL, 0)) / a_day * TICKS)
    size = push(keys, slots, size, when, 0)
    while size > 0 and keys[0] < end:
        now, slot = keys[0], slots[0]
        events += 1
        come = _NOBODY
        if slot == 0:
            number += 1
            gap = -math.log(1.0 - uniform(arrivals, _ARRIVAL, number)) / a_day
            replace_first(keys, slots, size, now + int(gap * TICKS), 0)
            if empty >= 0:
                slot, empty = empty, behind[empty]
            else:
                slot, used = used, used + 1
                if used >= lucks.shape[0]:
                    return -1
            lucks[slot] = luck_of(base, 7, number, 0)
            come = 0
        else:
            node = places[slot]
            if first[node] < 0:
                free[node] += 1
                size = pop(keys, slots, size)
            else:
                after = first[node]
                first[node] = behind[after]
                if since[after] >= counted:
                    waited[node] += (now - since[after]) / TICKS
                stay = -math.log(1.0 - uniform(lucks[after], _STAY, node)) * stays[node]
                replace_first(keys, slots, size, now + int(stay * TICKS), after)
            u = uniform(lucks[slot], _ROUTE, node)
            for to in range(nodes):
                if u < onward[node, to]:
                    come = to
                    break
                u -= onward[node, to]
        if come < 0:
            behind[slot] = empty
            empty = slot
            continue
        places[slot] = come
        since[slot] = now
        if now >= counted:
            seen[come] += 1
        if free[come] > 0:
            free[come] -= 1
            stay = -math.log(1.0 - uniform(lucks[slot], _STAY, come)) * stays[come]
            size = push(keys, slots, size, now + int(stay * TICKS), slot)
        else:
            behind[slot] = _NOBODY
            if first[come] >= 0:
                behind[last[come]] = slot
            else:
                first[come] = slot
            last[come] = slot
    return events


@dataclass(frozen=True)
class Walked:
    """What a replicate of the plain network counted: events, and by node the arrivals and the days waited."""

    events: int
    seen: Whole
    waited: Real

    @property
    def mean_waits(self) -> Real:
        return np.asarray(self.waited / np.maximum(self.seen, 1), np.float64)


def walked(network: Network, days: float, seed: int = 1, replicate: int = 0, from_day: float = 0.0) -> Walked:
    """Simulate a plain network, from empty; what came before `from_day` is not counted."""
    room = int(sum(network.places) * 2 + network.a_day * 200)
    nodes = len(network.places)
    while True:
        waited, seen = np.zeros(nodes), np.zeros(nodes, np.int64)
        events = walk(
            network.a_day,
            np.array(network.places, np.int64),
            np.array(network.stays),
            np.array(network.onward),
            days,
            from_day,
            seed,
            replicate,
            np.zeros(room, np.int64),
            np.zeros(room, np.int32),
            np.zeros(room, np.uint64),
            np.zeros(room, np.int32),
            np.zeros(room, np.int64),
            np.zeros(room, np.int32),
            np.full(nodes, _NOBODY, np.int32),
            np.full(nodes, _NOBODY, np.int32),
            waited,
            seen,
        )
        if events >= 0:
            return Walked(events, seen, waited)
        room *= 2
