"""`rightplace import`: the returns of other systems."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rightplace.gateways.cli.room import AsJson, DoesNotHold, answer, open_room, progress

if TYPE_CHECKING:
    from rightplace.gateways.exchange.cin.accounting import Outcome
    from rightplace.gateways.exchange.cin.parser import RefusedFile
    from rightplace.services.schools.taking import Tally

REFUSALS_SAID = 20
group = typer.Typer(help="Take in the returns of other systems.", no_args_is_help=True)
COUNTS = ("children", "taken", "with_doubts", "refused", "entries", "seconds")


def register(app: typer.Typer) -> None:
    """Add `rightplace import`."""
    app.add_typer(group, name="import")


@group.callback()
def returns() -> None:
    """Take in the returns of other systems."""


@group.command()
def cin(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The return, as XML.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and count; write nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take in a children in need census return: every child is taken, taken with doubts, or refused with the reason."""
    with open_room():
        from rightplace.domain.practice.journey.refusals import Refused
        from rightplace.foundation.access.actor import CIN_IMPORT
        from rightplace.gateways.exchange.cin.importing import import_return
        from rightplace.gateways.exchange.cin.parser import RefusedFile

        try:
            with progress() as bar:
                task = bar.add_task("Reading through", total=None)

                def show(what: str, done: int, of: int) -> None:
                    bar.update(task, description=what, completed=done, total=of)

                outcome = import_return(file, by=CIN_IMPORT, dry_run=dry_run, progress=show)
        except RefusedFile as why:
            answer(_refusal(why), as_json, f"{why.because}\n{why.instead}")
            raise typer.Exit(1) from why
        except Refused as why:
            raise DoesNotHold(f"{why.because} {why.instead}") from why
    told = {name: value for name, value in asdict(outcome).items() if name in COUNTS}
    answer({name: told[name] for name in COUNTS}, as_json, _said(outcome, dry_run=dry_run))
    if not outcome.balanced:
        raise typer.Exit(1)


@group.command()
def schools(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, readable=True, help="The list, as CSV, as it was published."
        ),
    ],
    authority: Annotated[
        str, typer.Option(help="Our number, the column LA (code). Needed the first time only.")
    ] = "",
    listed: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the list; else today.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Work everything out; change nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take in the national list of schools: each row is taken, unchanged, closed, elsewhere, or refused with its line."""
    with open_room():
        from rightplace.foundation.access.actor import CIN_IMPORT
        from rightplace.services.schools.taking import take_schools

        day = listed.date() if listed else None

        def take(content: bytes) -> Tally:
            return take_schools(content, by=CIN_IMPORT, listed=day, authority=authority, dry_run=dry_run)

        _take_list(file, take, dry_run=dry_run, as_json=as_json)


@group.command()
def figures(
    file: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, readable=True, help="A line a school and year, as CSV."),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Work everything out; change nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take in what schools report by school year: attendance, suspensions, exclusions."""
    with open_room():
        from rightplace.foundation.access.actor import CIN_IMPORT
        from rightplace.services.schools.reporting import take_figures

        def take(content: bytes) -> Tally:
            return take_figures(content, by=CIN_IMPORT, dry_run=dry_run)

        _take_list(file, take, dry_run=dry_run, as_json=as_json)


def _take_list(file: Path, take: Callable[[bytes], Tally], *, dry_run: bool, as_json: bool) -> None:
    from rightplace.domain.practice.journey.refusals import Refused

    try:
        tally = take(file.read_bytes())
    except Refused as why:
        answer({"refused": why.because, "instead": why.instead}, as_json, f"{why.because}\n{why.instead}")
        raise typer.Exit(1) from why
    told = {
        "rows": tally.rows,
        "taken": 0,
        "refused": 0,
        **{str(name): number for name, number in tally.counts.items()},
        "to_look_at": tally.to_look_at,
        "before": tally.before,
        "dry_run": dry_run,
    }
    counted = ", ".join(f"{number} {name}" for name, number in tally.counts.items())
    lines = [f"{tally.rows} rows: {counted}."]
    lines += [
        f"  line {each['line'] or '-'}, school {each['urn']}: {each['because']}"
        for each in tally.to_look_at[:REFUSALS_SAID]
    ]
    if len(tally.to_look_at) > REFUSALS_SAID:
        lines.append(f"  and {len(tally.to_look_at) - REFUSALS_SAID} more: see the page School lists.")
    if dry_run:
        lines.append("Nothing was changed: this was a dry run.")
    elif tally.before:
        lines.append("This list was taken in before: nothing was changed.")
    answer(told, as_json, "\n".join(lines))


def _refusal(why: RefusedFile) -> dict[str, Any]:
    return {"refused": why.because, "instead": why.instead, "line": why.line}


def _said(outcome: Outcome, *, dry_run: bool) -> str:
    of = f"authority {outcome.authority}" if outcome.authority else "an authority that is not named"
    year = f"{outcome.year}" if outcome.year else "a year that is not given"
    lines = [
        f"CIN census of {year}, {of}: {outcome.children} children.",
        f"{outcome.taken} taken, {outcome.with_doubts} of them with doubts; {outcome.refused} refused.",
        *(
            f"  child {each.number}, line {each.line}: {each.sentence}"
            for each in outcome.refusals[:REFUSALS_SAID]
        ),
    ]
    if outcome.refused > REFUSALS_SAID:
        lines.append(f"  and {outcome.refused - REFUSALS_SAID} more: see the page Imports.")
    lines.append(_written(outcome, dry_run=dry_run))
    if outcome.manager is None and not outcome.before:
        lines.append("Nobody is named as manager of the team Imported, to be confirmed: name one.")
    return "\n".join(lines)


def _written(outcome: Outcome, *, dry_run: bool) -> str:
    if outcome.before:
        return "This return was taken in before: nothing was changed."
    would = "would be written; this was a dry run" if dry_run else "written"
    return f"{outcome.entries} entries {would}, in {outcome.seconds} seconds."
