"""`rightplace bench allocation` tells exactly its figures, and refuses in a sentence where it cannot measure."""

import json

import pytest
from typer.testing import CliRunner

from rightplace.gateways.cli import bench_allocation
from rightplace.gateways.cli.main import build_app
from rightplace.gateways.cli.room import DoesNotHold

SMALL = ("--cases", "120", "--workers", "16", "--days", "2", "--families", "4", "--instances", "3")


def test_the_bench_tells_its_figures_and_each_plan_is_certified() -> None:
    for package in ("numba", "scipy", "ortools", "matching"):
        pytest.importorskip(package)
    told = CliRunner().invoke(build_app(), ["bench", "allocation", *SMALL, "--peer-seconds", "2", "--json"])
    figures = json.loads(told.stdout)
    assert list(figures) == [
        "rolling_p95_ms",
        "proved_optimal",
        "rebalance_cpu_s",
        "rebalance_gap",
        "unallocated",
        "vs_cpsat_cost",
        "vs_highs_cost",
        "matching_vs_peer_speed",
        "matching_identical",
        "blocking_pairs",
    ]
    assert figures["proved_optimal"] == 1
    assert figures["unallocated"] == 0
    assert 0 <= figures["rebalance_gap"] < 0.3
    assert figures["matching_identical"] == 1
    assert figures["blocking_pairs"] == 0


def test_without_the_extra_the_bench_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setattr(bench_allocation, "find_spec", lambda name: name != "ortools")
    told = CliRunner().invoke(build_app(), ["bench", "allocation", *SMALL])
    assert isinstance(told.exception, DoesNotHold)
    assert "needs ortools" in str(told.exception)
