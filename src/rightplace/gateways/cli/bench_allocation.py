"""`rightplace bench allocation`: how well and how fast families and posts are given out, beside named peers.

Invented cities alone; no database is needed. A figure is told only for plans that the independent checker certified.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from rightplace.gateways.cli.bench import group
from rightplace.gateways.cli.room import AsJson, DoesNotHold, answer, progress

GOALS = {
    "rolling_p95_ms": (50, "at most"),
    "proved_optimal": (1, "at least"),
    "rebalance_cpu_s": (15, "at most"),
    "rebalance_gap": (0.2, "at most"),
    "unallocated": (0, "at most"),
    "vs_cpsat_cost": (0.2, "at most"),
    "vs_highs_cost": (0.2, "at most"),
    "matching_vs_peer_speed": (25, "at least"),
    "matching_identical": (1, "at least"),
    "blocking_pairs": (0, "at most"),
}
NEEDED = {"numpy": "numpy", "numba": "numba", "scipy": "scipy", "ortools": "ortools", "matching": "matching"}


@group.command()
def allocation(
    cases: Annotated[int, typer.Option(min=20, help="Children of the city that is cut over.")] = 8_000,
    workers: Annotated[int, typer.Option(min=5, help="Workers of that city.")] = 1_000,
    days: Annotated[int, typer.Option(min=2, help="Days at the door, each with its own families.")] = 200,
    families: Annotated[int, typer.Option(min=1, max=256, help="New families of a day.")] = 20,
    instances: Annotated[int, typer.Option(min=1, help="Random matchings of staff to posts.")] = 1_000,
    peer_seconds: Annotated[
        float, typer.Option(min=0.1, help="How long CP-SAT and HiGHS may each try.")
    ] = 60.0,
    seed: Annotated[int, typer.Option(min=0, help="Which invented city.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Measure suggestions, a cut-over and matching against CP-SAT, HiGHS and the package matching."""
    missing = sorted(name for name in NEEDED if not find_spec(name))
    if missing:
        raise DoesNotHold(
            f"The bench needs {', '.join(missing)}: install rightplace[allocation] and the package matching."
        )
    from rightplace.domain.allocation.trial.measure import Sizes, measured
    from rightplace.domain.matching.measuring import measured as matched

    with progress() as bar:
        task = bar.add_task("Measuring", total=5)

        def step(name: str) -> None:
            bar.update(task, description=name, advance=1)

        sizes = Sizes(days, families, cases, workers, peer_seconds, seed=seed)
        told = measured(sizes, step)
        step("Staff to posts")
        told |= matched(instances, seed)
    whole = (
        f"{'with data and reasons':<24} {told['rolling_whole_p95_ms']:>12,.4f}   at most 150 (milliseconds)"
    )
    told = {name: round(told[name], 4) for name in GOALS}
    lines = [
        f"{name:<24} {value:>12,.4f}   {GOALS[name][1]} {GOALS[name][0]:,}{'' if _holds(name, value) else '   MISSED'}"
        for name, value in told.items()
    ]
    lines.insert(1, whole)
    answer(told, as_json, "\n".join(lines))
    if not all(_holds(name, value) for name, value in told.items()):
        raise typer.Exit(1)


def _holds(name: str, value: float) -> bool:
    goal, side = GOALS[name]
    return value >= goal if side == "at least" else value <= goal
