"""`rightplace bench capacity`: how fast the capacity model runs, beside SimPy and Ciw on the same work in the same run.

CPU seconds, turn by turn. No database is needed. The engine and SimPy must have counted the same before a ratio is told.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from rightplace.gateways.cli.bench import group
from rightplace.gateways.cli.room import AsJson, DoesNotHold, answer, progress

GOALS = {
    "worker_level_vs_simpy": (50, "at least"),
    "plain_vs_simpy": (100, "at least"),
    "plain_vs_ciw": (1_000, "at least"),
    "mb_per_replicate": (2, "at most"),
    "two_thread_cpu_inflation": (0.15, "at most"),
    "seconds_3y_10x200": (240, "at most"),
}
NEEDED = {"numpy": "numpy", "numba": "numba", "simpy": "simpy", "ciw": "ciw"}


@group.command()
def capacity(
    children: Annotated[int, typer.Option(min=2_000, help="Children of the simulated city.")] = 292_859,
    areas: Annotated[int, typer.Option(min=1, max=40, help="Areas of that city.")] = 12,
    peer_days: Annotated[int, typer.Option(min=14, help="Days that SimPy simulates of it.")] = 60,
    ciw_days: Annotated[
        float, typer.Option(min=0.5, help="Days that Ciw simulates of the plain network.")
    ] = 4.0,
    rounds: Annotated[int, typer.Option(min=1, help="How often each is timed; the middle is told.")] = 3,
    sample: Annotated[
        int, typer.Option(min=1, max=200, help="Replicates that are run of each scenario's 200.")
    ] = 4,
    seed: Annotated[int, typer.Option(min=0, help="Which luck.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Measure the capacity model against SimPy and Ciw."""
    missing = sorted(name for name in NEEDED if not find_spec(name))
    if missing:
        raise DoesNotHold(
            f"The bench needs {', '.join(missing)}: install rightplace[capacity] and the packages simpy and ciw."
        )
    from rightplace.domain.simulation.trial.measure import Sizes, measured

    with progress() as bar:
        task = bar.add_task("Measuring", total=6)

        def step(name: str) -> None:
            bar.update(task, description=name, advance=1)

        sizes = Sizes(children, areas, peer_days, ciw_days=ciw_days, rounds=rounds, sample=sample, seed=seed)
        found = measured(sizes, step)
    told = {name: round(found.figures[name], 4) for name in GOALS}
    lines = [
        f"{name:<26} {value:>12,.3f}   {GOALS[name][1]} {GOALS[name][0]:,}{'' if _holds(name, value) else '   MISSED'}"
        for name, value in told.items()
    ]
    answer(told, as_json, "\n".join([*lines, "", *found.words]))
    if not all(_holds(name, value) for name, value in told.items()):
        raise typer.Exit(1)


def _holds(name: str, value: float) -> bool:
    goal, side = GOALS[name]
    return value >= goal if side == "at least" else value <= goal
