"""The plain network of queues as its users would write it in SimPy, and in Ciw: the engine's peers in speed."""

from __future__ import annotations

from collections.abc import Generator
from random import Random
from typing import Any

import simpy

from rightplace.domain.simulation.plain import Network


class PlainSimpy:
    """The best plain use of SimPy: a Container for each node's places, a process for each family."""

    def __init__(self, network: Network, seed: int) -> None:
        self.network = network
        self.dice = Random(seed)  # noqa: S311  (invented families, not secrets)
        self.env = simpy.Environment()
        self.nodes = [simpy.Container(self.env, places, init=places) for places in network.places]
        self.events = 0

    def run(self, days: float) -> int:
        """Events until then: an arrival or the end of a stay each, as the engine counts them."""
        self.env.process(self._arrivals())
        self.env.run(until=days)
        return self.events

    def _arrivals(self) -> Generator[Any, Any, None]:
        while True:
            yield self.env.timeout(self.dice.expovariate(self.network.a_day))
            self.events += 1
            self.env.process(self._family())

    def _family(self) -> Generator[Any, Any, None]:
        node = 0
        while node >= 0:
            yield self.nodes[node].get(1)
            yield self.env.timeout(self.dice.expovariate(1.0 / self.network.stays[node]))
            self.events += 1
            self.nodes[node].put(1)
            node = self._next(node)

    def _next(self, node: int) -> int:
        u = self.dice.random()
        for to, share in enumerate(self.network.onward[node]):
            if u < share:
                return to
            u -= share
        return -1


def plain_ciw(network: Network, days: float, seed: int) -> int:
    """The same network in Ciw; the number of events, counted alike."""
    import ciw

    nodes = len(network.places)
    arrivals = [ciw.dists.Exponential(network.a_day) if node == 0 else None for node in range(nodes)]
    described = ciw.create_network(
        arrival_distributions=arrivals,
        service_distributions=[ciw.dists.Exponential(1.0 / stay) for stay in network.stays],
        routing=[list(row) for row in network.onward],
        number_of_servers=list(network.places),
    )
    ciw.seed(seed)
    simulation = ciw.Simulation(described)
    simulation.simulate_until_max_time(days)
    # A record is the end of one stay; an arrival from outside is an event as well.
    records = simulation.get_all_records()
    return int(len(records) + sum(record.node == 1 for record in records))
