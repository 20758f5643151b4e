"""`rightplace capacity`: the capacity model from the command line.

`backtest` and `calibrate --data` read a folder of published figures and need no database; `calibrate --journal` reads ours.
"""

from __future__ import annotations

import codecs
import json
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rightplace.gateways.cli.room import AsJson, DoesNotHold, UsedWrongly, answer, open_room, progress

if TYPE_CHECKING:
    from rightplace.domain.simulation.published.calibration import Calibration
    from rightplace.domain.simulation.published.reading import Published

group = typer.Typer(help="The capacity model: demand, people and standards.", no_args_is_help=True)

NEEDED = ("numpy", "scipy", "statsforecast")
Folder = Annotated[
    Path,
    typer.Option("--data", exists=True, file_okay=False, help="Folder of the Department's tables (CSV)."),
]


def register(app: typer.Typer) -> None:
    """Add `rightplace capacity`."""
    app.add_typer(group, name="capacity")


@group.callback()
def plan_capacity() -> None:
    """The capacity model: demand, people and standards."""


@group.command()
def backtest(
    folder: Folder,
    account: Annotated[
        Path | None,
        typer.Option(
            help="Also write, as JSON, what was read, ranges, errors, what is not testable here and why, and which "
            "forecasts were left out. The answer itself holds only what was tested."
        ),
    ] = None,
    own_only: Annotated[
        bool, typer.Option("--own-only", help="Learn from this folder alone, not from the numbers shipped.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Forecast from past years what is known today, and score it against three other methods.

    With --json: {measure: {n, coverage80, interval_score, naive, drift, autoets}} for each measure that can be tested.
    Those that cannot are named with the reason on standard error, and in the file that --account writes.
    """
    _require_new(account, "--account")
    published = _published(folder)
    from rightplace.domain.simulation.published.backtesting import backtest as judged
    from rightplace.domain.simulation.published.prior import shipped

    with progress() as bar:
        task = bar.add_task("Backtest", total=len(published.values))

        def watch(title: str, done: int, whole: int) -> None:
            bar.update(task, description=title, completed=done, total=whole)

        found = judged(published, None if own_only else shipped(), watch)
    for sentence in found.said():
        typer.echo(sentence, err=True)
    if account is not None:
        told = {**found.account(), "read": published.account.told()}
        _keep(account, json.dumps(told, indent=1, allow_nan=False))
    figures: dict[str, Any] = dict(found.figures())
    answer(figures, as_json, _table(figures))


def _table(figures: dict[str, Any]) -> str:
    heads = ("n", "coverage80", "interval_score", "naive", "drift", "autoets")
    lines = [f"{'measure':<22}" + "".join(f"{head:>16}" for head in heads)]
    lines += [
        f"{name:<22}" + "".join(f"{row[head]:>16,.6g}" for head in heads) for name, row in figures.items()
    ]
    return "\n".join(lines)


@group.command()
def calibrate(
    folder: Annotated[
        Path | None,
        typer.Option("--data", exists=True, file_okay=False, help="Folder of the Department's tables (CSV)."),
    ] = None,
    authority: Annotated[str, typer.Option(help="The authority's nine-character code.")] = "",
    origin: Annotated[int | None, typer.Option(help="Use figures up to this year.")] = None,
    write: Annotated[
        Path | None,
        typer.Option(
            help="Also write what the figures say of a simulated service, as a scenario for `rightplace capacity run`."
        ),
    ] = None,
    journal: Annotated[
        bool, typer.Option("--journal", help="Learn the model's strengths from our own record instead.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fit the yearly stocks and flows of one authority, with ranges, or the model's strengths to our own record."""
    if journal == bool(folder or authority):
        raise UsedWrongly("Give --data DIR and --authority CODE for published figures, or --journal alone.")
    if journal and write:
        raise UsedWrongly("--write is for published figures; our own record is what the pages begin from.")
    if journal:
        _from_our_record(as_json)
        return
    if folder is None or not authority:
        raise UsedWrongly("Published figures need both: --data DIR and --authority CODE.")
    _require_new(write, "--write")
    published = _published(folder)
    from rightplace.domain.simulation.published.calibration import NotHere, calibrated
    from rightplace.domain.simulation.published.prior import shipped

    with progress() as bar:
        bar.add_task("Fitting", total=None)
        try:
            found = calibrated(published, authority, shipped(), origin)
        except NotHere as why:
            raise UsedWrongly(str(why)) from why
    if write is not None:
        _written(found, write)
    answer(found.told(), as_json, found.said())


def _written(found: Calibration, file: Path) -> None:
    """The scenario, as `capacity run` reads it."""
    from rightplace.domain.simulation.parameters import parameters
    from rightplace.domain.simulation.published.writing import as_scenario, begins, has_service
    from rightplace.domain.simulation.teams import Structure

    text = as_scenario(found, parameters(Structure((), ()), begins(found)))
    _keep(file, text)
    then = (
        "Next: capacity run."
        if has_service(found)
        else "It has no [areas], since the number of children is not in the folder, or too small: add them, then capacity run."
    )
    typer.echo(f"Wrote {file}: what is carried over, from what, and what is not. {then}", err=True)


def _require_new(file: Path | None, option: str) -> None:
    """Asked before the work: a file can be written there, and none is there already that would be lost."""
    if file is None:
        return
    if not os.access(file.parent, os.F_OK) or not file.parent.is_dir():
        raise UsedWrongly(f"{option} {file}: there is no folder {file.parent}.")
    if not os.access(file.parent, os.W_OK | os.X_OK):
        raise UsedWrongly(f"{option} {file}: nothing can be written to the folder {file.parent}.")
    if file.exists():
        raise UsedWrongly(f"{option} {file}: it is there already; name another, or move it away first.")


def _keep(file: Path, text: str) -> None:
    """Written once: what came there meanwhile is not written over."""
    try:
        with file.open("x", encoding="utf-8") as kept:
            kept.write(text)
    except OSError as why:
        raise DoesNotHold(f"{file} could not be written: {why.strerror or why}.") from why


def _from_our_record(as_json: bool) -> None:
    """What our own record says of the strengths, up to today."""
    _needs()
    with open_room():
        from rightplace.domain.simulation.parameters import parameters
        from rightplace.foundation.organisation import clock
        from rightplace.overview.capacity import engine, ownrecord, reading
        from rightplace.overview.capacity.lookingback import looked_back

        ours = reading.whole(clock.today())
        found = ownrecord.learnt_of(ours.own, parameters(ours.structure, ours.own.on), ours.census)
        back = looked_back(ours, threads=engine.threads())
    told = {**found.told(), "looked_back": back.told() if back else None}
    answer(told, as_json, "\n".join([found.said(), "", *(back.sentences() if back else ())]))


def _needs() -> None:
    missing = sorted(name for name in NEEDED if not find_spec(name))
    if missing:
        raise DoesNotHold(f"This needs {', '.join(missing)}: install rightplace[capacity].")


def _published(folder: Path) -> Published:
    """The folder read, and what was left out of it said on standard error."""
    _needs()
    from rightplace.domain.simulation.published.reading import NothingToRead, read

    try:
        published = read({path.name: _text(path) for path in _files(folder) if _is_table(path)})
    except NothingToRead as why:
        raise UsedWrongly(f"{folder}: {why}{_others(folder)}") from why
    typer.echo(f"{published.account.said()}{_others(folder)}", err=True)
    return published


def _others(folder: Path) -> str:
    others = [path.name for path in _files(folder) if not _is_table(path)]
    return f"\n- Not looked into, since the name does not end in .csv: {', '.join(others)}." if others else ""


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _is_table(path: Path) -> bool:
    return path.suffix.lower() == ".csv"


def _text(path: Path) -> str:
    """The Department writes UTF-8; a file saved by a spreadsheet may be UTF-16, by an old one neither."""
    held = path.read_bytes()
    if held.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return held.decode("utf-16", errors="replace")
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        return held.decode("cp1252", errors="replace")
