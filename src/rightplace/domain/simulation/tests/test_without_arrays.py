"""A page shows a kept answer and refuses a bad scenario where nothing but the base is installed."""

import subprocess
import sys

import pytest

BLOCKED = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("numba", "numpy", "llvmlite", "scipy"):
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Blocked())
"""
ASKED = """
from datetime import date

import rightplace.domain.simulation as simulation
from rightplace.domain.simulation import changes, days, drift, published, ratios
from rightplace.domain.simulation import Change, ImpossibleScenario, parameters, structure_of

given = parameters(structure_of([("North", 20_000)]), date(2026, 4, 6))
assert given.value("conference.plan") == 0.858
assert not [name for name in sys.modules if name.split(".")[0] in ("numba", "numpy")]
span = days.Days.from_day(given.begins, 100)
try:
    changes.checked(given, [Change(date(2026, 5, 1), "posts", "North assessment", -99)], span)
except ImpossibleScenario as refused:
    assert "cannot go" in refused.because
else:
    raise AssertionError("not refused")
"""


def outcome(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BLOCKED + code], capture_output=True, text=True, timeout=60, check=False
    )


def test_strengths_are_read_and_scenarios_refused_without_arrays():
    found = outcome(ASKED)
    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize("name", ["run", "pair", "Census", "Weeks", "warm"])
def test_what_runs_is_fetched_only_when_it_is_named(name):
    found = outcome(f"import rightplace.domain.simulation as simulation\nsimulation.{name}\n")
    assert "ModuleNotFoundError" in found.stderr


def test_everything_that_is_promised_can_be_named():
    import rightplace.domain.simulation as simulation

    for name in simulation.__all__:
        assert getattr(simulation, name) is not None
    with pytest.raises(AttributeError):
        _ = simulation.moonshine
    assert callable(simulation.parameters)
