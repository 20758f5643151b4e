"""`rightplace capacity city`: what the engine says happens in the demonstration city; `--record` keeps the small town's."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from rightplace.demo.sizes import NEEDED, Size
from rightplace.gateways.cli.capacity import group
from rightplace.gateways.cli.room import AsJson, DoesNotHold, UsedWrongly, answer


@group.command("city")
def simulate_city(
    size: Annotated[Size, typer.Option(help="Which of the demonstration's cities.")] = Size.TINY,
    seed: Annotated[int | None, typer.Option(help="Another seed than the demonstration's.")] = None,
    record: Annotated[
        bool,
        typer.Option(
            "--record", help="Keep it for `rightplace demo`, which builds the size tiny without the engine."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Simulate the three years of the demonstration city, and count what happens in each."""
    if record and (size is not Size.TINY or seed is not None):
        raise UsedWrongly("What is kept is the size tiny with the demonstration's own seed.")
    missing = sorted(name for name in NEEDED if not find_spec(name))
    if missing:
        raise DoesNotHold(f"This needs {', '.join(missing)}: install rightplace[capacity].")
    from rightplace.demo.material.volumes import volumes
    from rightplace.demo.simulated import log, running

    found = running.simulated(volumes().sizes[size], running.SEED if seed is None else seed)
    told = by_year(found)
    said = _table(told)
    if record:
        said += (
            f"\nKept: {found.many:,} families, {len(found.lines['tick']):,} lines, {log.keep(found):,} bytes."
        )
    answer(dict(told), as_json, said)


def by_year(found: object) -> dict[str, list[int]]:
    """How many children each kind of line is about, in each of the three years; lines about workers count as one."""
    from rightplace.demo.simulated.courses import working_days
    from rightplace.demo.simulated.log import BEGINS, Log
    from rightplace.domain.simulation.names import DAY, ENTRIES

    assert isinstance(found, Log)
    first, days, children = BEGINS.toordinal(), working_days(), found.families["children"]
    told: dict[str, list[int]] = {}
    for tick, kind, case in zip(*(found.lines[name] for name in ("tick", "kind", "case")), strict=True):
        row = told.setdefault(ENTRIES[kind], [0, 0, 0])
        row[min(2, (days[tick // DAY] - first) // 365)] += children[case] if case >= 0 else 1
    return {name: told[name] for name in ENTRIES if name in told}


def _table(told: dict[str, list[int]]) -> str:
    lines = [f"{'':<26}" + "".join(f"{f'year {n}':>10}" for n in (1, 2, 3))]
    return "\n".join(
        lines + [f"{name:<26}" + "".join(f"{many:>10,}" for many in row) for name, row in told.items()]
    )
