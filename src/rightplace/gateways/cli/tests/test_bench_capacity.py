"""`rightplace bench capacity` tells exactly its figures, and refuses in a sentence where it cannot measure."""

import json

import pytest
from typer.testing import CliRunner

from rightplace.gateways.cli import bench_capacity
from rightplace.gateways.cli.main import build_app
from rightplace.gateways.cli.room import DoesNotHold

SMALL = ("--children", "4000", "--areas", "1", "--peer-days", "21", "--rounds", "1", "--sample", "1")


def test_the_bench_tells_exactly_its_figures() -> None:
    for package in ("numba", "simpy", "ciw"):
        pytest.importorskip(package)
    told = CliRunner().invoke(build_app(), ["bench", "capacity", *SMALL, "--ciw-days", "0.5", "--json"])
    figures = json.loads(told.stdout)
    assert list(figures) == [
        "worker_level_vs_simpy",
        "plain_vs_simpy",
        "plain_vs_ciw",
        "mb_per_replicate",
        "two_thread_cpu_inflation",
        "seconds_3y_10x200",
    ]
    assert figures["worker_level_vs_simpy"] > 10
    assert figures["plain_vs_simpy"] > 20
    assert 0 < figures["mb_per_replicate"] < 2


def test_without_the_extra_the_bench_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setattr(bench_capacity, "find_spec", lambda name: name != "ciw")
    told = CliRunner().invoke(build_app(), ["bench", "capacity", *SMALL])
    assert isinstance(told.exception, DoesNotHold)
    assert "needs ciw" in str(told.exception)


def test_the_city_that_is_measured_by_default_can_be() -> None:
    for package in ("numba", "simpy", "ciw"):
        pytest.importorskip(package)
    from rightplace.domain.simulation.packing import inputs_of
    from rightplace.domain.simulation.trial.measure import Sizes, city

    given, census = city(Sizes())
    inputs_of(given, census, [], 30, [0] * len(given.structure.teams))
