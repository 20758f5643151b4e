"""`rightplace bench record`: the record's speeds, measured here on an invented city in a scratch database.

CPU seconds where a page or a write waits, wall seconds over all cores where bulk work does. The rows are thrown away.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from rightplace.dbserver import Server
from rightplace.gateways.cli.room import AsJson, answer, open_room, progress

group = typer.Typer(help="Measure this installation.", no_args_is_help=True)

GOALS = {
    "fold_entries_per_s": (50_000, "at least"),
    "write_cpu_ms_200": (25, "at most"),
    "write_cpu_ms_1000": (50, "at most"),
    "verify_entries_per_s": (80_000, "at least"),
    "rebuild_entries_per_s": (25_000, "at least"),
    "bulk_entries_per_s": (20_000, "at least"),
    "find_p95_ms": (5, "at most"),
    "find_recall_at_5": (0.97, "at least"),
}


def register(app: typer.Typer) -> None:
    """Add `rightplace bench`."""
    app.add_typer(group, name="bench")


@group.callback()
def measure_something() -> None:
    """Measure this installation."""


@group.command()
def record(
    files: Annotated[int, typer.Option(min=100, help="Files of the invented city.")] = 24_000,
    people: Annotated[int, typer.Option(min=1_000, help="Persons to find one among.")] = 1_000_000,
    as_json: AsJson = False,
) -> None:
    """Measure folding, writing, verifying, rebuilding, bulk writing and finding."""
    with open_room() as server, scratch(server):
        told = _measured(server, files, people)
    lines = [
        f"{name:<22} {value:>12,.2f}   {GOALS[name][1]} {GOALS[name][0]:,}{'' if _holds(name, value) else '   MISSED'}"
        for name, value in told.items()
    ]
    answer(told, as_json, "\n".join(lines))
    if not all(_holds(name, value) for name, value in told.items()):
        raise typer.Exit(1)


def _holds(name: str, value: float) -> bool:
    goal, side = GOALS[name]
    return value >= goal if side == "at least" else value <= goal


@contextmanager
def scratch(server: Server) -> Iterator[None]:
    """An empty migrated database that is thrown away afterwards."""
    from django.core.management import call_command
    from django.db import connections

    name = f"bench_{time.time_ns()}"
    server.create_database(name)
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    try:
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        yield
    finally:
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = before[alias]
        server.drop_database(name)


def _measured(server: Server, files: int, people: int) -> dict[str, float]:
    from rightplace.gateways import measuring

    told: dict[str, float] = {}
    with progress() as bar:
        task = bar.add_task("Measuring", total=6)

        def step(name: str) -> None:
            bar.update(task, description=name, advance=1)

        step("Bulk writing")
        told["bulk_entries_per_s"] = measuring.bulk(files)
        step("Folding")
        told["fold_entries_per_s"] = measuring.fold_rate()
        step("Verifying")
        told["verify_entries_per_s"] = measuring.verify()
        step("Rebuilding")
        told["rebuild_entries_per_s"] = measuring.rebuild()
        step("Writing")
        for entries in (200, 1_000):
            told[f"write_cpu_ms_{entries}"] = measuring.write_cpu_ms(entries)
        step("Finding")
        found = measuring.finding(server, people)
        told["find_p95_ms"], told["find_recall_at_5"] = found.find_p95_ms, found.find_recall_at_5
    return {name: round(told[name], 3) for name in GOALS}
