"""The engine and an independent model in SimPy count the same, to the last digit, over random services with everything on."""

import numpy as np
import pytest

pytest.importorskip("simpy")

from rightplace.domain.simulation.kernel import simulate
from rightplace.domain.simulation.memory import Memory
from rightplace.domain.simulation.names import MEASURES
from rightplace.domain.simulation.packing import inputs_of
from rightplace.domain.simulation.trial.oracle import Service
from rightplace.domain.simulation.trial.services import trial

TRIALS = 200
GROUPS = 10
SEATS_KEPT_FREE = (3, 1)
"""Workers' and managers' seats that a team keeps for what it is compared with: nobody sits there, in every second trial."""


def both(number: int) -> tuple[np.ndarray, np.ndarray]:
    asked = trial(number)
    columns = list(range(len(asked.given.structure.teams)))
    kept = {team.name: SEATS_KEPT_FREE for team in asked.given.structure.teams if number % 2}
    inputs = inputs_of(asked.given, asked.census, asked.changes, asked.days, columns, kept)
    memory = Memory(inputs, 4000)
    memory.empty()
    simulate(memory.record, asked.seed, asked.replicate)
    assert memory.record[0]["fault"] == 0
    return memory.counts, Service(inputs, asked.seed, asked.replicate).run()


@pytest.mark.parametrize("group", range(GROUPS))
def test_the_engine_counts_what_the_independent_model_counts(group):
    for number in range(group, TRIALS, GROUPS):
        ours, theirs = both(number)
        places = np.argwhere(ours != theirs)
        told = [
            (int(w), MEASURES[m], int(c), int(ours[w, m, c]), int(theirs[w, m, c])) for w, m, c in places[:5]
        ]
        assert not told, f"service {number}: week, measure, column, engine, independent model: {told}"


def test_the_random_services_use_every_feature():
    """Otherwise equality would say little: each measure is counted somewhere, and each kind of change is made."""
    seen = np.zeros(len(MEASURES), np.int64)
    whats = set()
    for number in range(40):
        asked = trial(number)
        whats |= {each.what for each in asked.changes}
        seen += np.abs(both(number)[0]).sum(axis=(0, 2))
    assert [MEASURES[place] for place in np.flatnonzero(seen == 0)] == []
    assert {"demand", "posts", "managers", "leave", "work"} <= whats
