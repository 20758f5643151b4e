"""`rightplace import`: the returns of other systems."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rightplace.gateways.cli.room import AsJson, DoesNotHold, answer, open_room, progress

if TYPE_CHECKING:
    from rightplace.gateways.exchange.cin.accounting import Outcome
    from rightplace.gateways.exchange.cin.parser import RefusedFile

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
