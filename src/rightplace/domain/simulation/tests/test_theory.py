"""Where theory speaks, the engine agrees with it: Erlang on the plain network, Pollaczek and Khinchine on the engine itself."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from rightplace.domain.simulation.census import FAMILY, Census, synthetic_census
from rightplace.domain.simulation.kernel import simulate
from rightplace.domain.simulation.memory import Memory
from rightplace.domain.simulation.names import DAY, MEASURES
from rightplace.domain.simulation.order import TABLES
from rightplace.domain.simulation.packing import inputs_of
from rightplace.domain.simulation.parameters import parameters
from rightplace.domain.simulation.plain import Network, erlang_wait, walked
from rightplace.domain.simulation.teams import KINDS, Structure, Team

Z = 3.5


def z_of(found: np.ndarray, expected: float) -> float:
    return float((found.mean() - expected) / (found.std(ddof=1) / len(found) ** 0.5))


@pytest.mark.parametrize(("places", "load"), [(1, 0.6), (3, 0.8), (12, 0.9), (60, 0.95)])
def test_one_node_waits_as_erlang_says(places, load):
    network = Network(places * load / 2.0, (places,), (2.0,), ((0.0,),))
    means = np.array([walked(network, 9000, 5, rep, from_day=1500).mean_waits[0] for rep in range(24)])
    assert abs(z_of(means, erlang_wait(network.a_day, 2.0, places))) < Z


def test_nodes_in_a_row_wait_as_erlang_says_each():
    """Jackson's theorem: in such a network each node is as if it stood alone."""
    onward = ((0.0, 0.5, 0.3), (0.0, 0.0, 0.5), (0.0, 0.0, 0.0))
    network = Network(3.0, (4, 8, 9), (1.0, 4.5, 4.5), onward)
    runs = np.array([walked(network, 9000, 6, rep, from_day=1500).mean_waits for rep in range(24)])
    for node, flow in enumerate(network.flows()):
        expected = erlang_wait(flow, network.stays[node], network.places[node])
        assert abs(z_of(runs[:, node], expected)) < Z, node


def door(workers: int, **strengths: float):
    """A service that is a front door alone: contacts come evenly, and every one is closed at its decision."""
    teams = [Team("door", ("Area",), KINDS["door"], workers, 1, "door", "door")]
    teams += [Team(kind, ("Area",), KINDS[kind], 1, 1, kind, kind) for kind in KINDS if kind != "door"]
    given = parameters(Structure((("Area", 10_000),), tuple(teams)), date(2026, 1, 5))
    off = [
        name
        for name in given.strengths
        if name.startswith(("door.", "leaving.", "return.", "absence.", "load.s"))
    ]
    given = given.having(
        {
            **dict.fromkeys(off, 0.0),
            "supervision.weeks": 10_000,
            "supervision.newly_weeks": 10_000,
            "manager.supervision": 0.01,
            "manager.asked": 0.0,
            "hours.practice": 1.0,
        }
    )
    given = given.having({name.replace("__", "."): value for name, value in strengths.items()})
    assert given.demand is not None
    given = replace(given, demand=replace(given.demand, children=(1.0,)))
    census = synthetic_census(given)
    census.people["state"], census.people["minutes"], census.people["newly"] = 1, 2220, 0
    census.people["experience"], census.people["agency"] = 60, 0
    return given, Census(np.zeros(0, FAMILY), census.people)


def replicates(given, census, a_day: float, days: int, many: int):
    inputs = inputs_of(given, census, [], days, [0] * len(given.structure.teams))
    inputs.fixed["rates"][:] = a_day / inputs.fixed["rates"].shape[1]
    inputs.fixed["none"][:] = np.exp(-inputs.fixed["rates"])
    memory = Memory(inputs, 20_000)
    for replicate in range(many):
        memory.empty()
        simulate(memory.record, 11, replicate)
        yield memory.counts[:, :, 0].astype(float)


def test_a_manager_of_the_engine_is_waited_for_as_theory_says():
    """One manager, tasks of equal length, families at random: half the load over what is left of it, times the task."""
    given, census = door(64 - 8, manager__contact=30.0, manager__share=1.0, hours__door=0.01)
    long = int(30.0 * 2400 / 2220) + 1
    load = 0.8
    waits = []
    for counts in replicates(given, census, load * DAY / long, 1500, 24):
        seen = counts[20:]
        waited = seen[:, MEASURES.index("manager_wait_ticks")].sum()
        waits.append(waited / seen[:, MEASURES.index("manager_tasks")].sum())
    # Whole ticks: what waits in the same minute is served at its end, half a minute later on average than the theory's point.
    assert abs(z_of(np.array(waits), load * long / (2 * (1 - load)))) < Z


def test_a_worker_of_the_engine_is_waited_for_as_theory_says():
    """One worker with room for one contact, stays of any shape: Pollaczek and Khinchine's queue, seen as each week ends."""
    given, census = door(
        1, manager__contact=0.01, manager__share=1.0, hours__door=14.0, pace__experienced=1.0
    )
    inputs = inputs_of(given, census, [], 60, [0] * 5)
    knots = inputs.fixed["tables"][TABLES.index("screening")] * DAY
    low, high = knots[:-1], knots[1:]
    mean = ((low + high) / 2).mean() - 0.5
    square = ((low * low + low * high + high * high) / 3).mean() - mean - 0.25
    load = 0.8
    queue = load * load * square / mean**2 / (2 * (1 - load))
    found = [
        counts[20:, MEASURES.index("waiting")].mean()
        for counts in replicates(given, census, load * DAY / mean, 2500, 40)
    ]
    assert abs(z_of(np.array(found), queue)) < Z
