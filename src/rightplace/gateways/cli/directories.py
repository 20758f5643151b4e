"""`rightplace import directory` and `rightplace export directory`: Open Referral UK 3.0."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rightplace.gateways.cli import importing
from rightplace.gateways.cli.room import AsJson, DoesNotHold, UsedWrongly, answer, open_room

if TYPE_CHECKING:
    from rightplace.services.directory.keeping import Account

SAID = 20
exports = typer.Typer(help="Write what is kept here, for other systems.", no_args_is_help=True)
FORMATS = ("json", "csv")
Named = Annotated[
    str, typer.Option("--source", help="Whose directory it is; found by its ids where nothing is said.")
]


def register(app: typer.Typer) -> None:
    """Add `rightplace import directory` and `rightplace export directory`."""
    importing.group.command("directory")(take)
    app.add_typer(exports, name="export")


@exports.callback()
def written() -> None:
    """Write what is kept here, for other systems."""


def take(
    path: Annotated[
        Path, typer.Argument(exists=True, readable=True, help="JSON, CSV, a zip or a folder of them.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and count; write nothing.")] = False,
    source: Named = "",
    as_json: AsJson = False,
) -> None:
    """Take in a directory of services in Open Referral UK 3.0: every row is accounted for."""
    with open_room():
        from rightplace.foundation.access.actor import CIN_IMPORT
        from rightplace.gateways.exchange.directory.importing import import_path
        from rightplace.gateways.exchange.directory.opening import RefusedDirectory

        try:
            account = import_path(path, by=CIN_IMPORT, source=source, dry_run=dry_run)
        except RefusedDirectory as why:
            answer({"refused": why.because, "instead": why.instead}, as_json, f"{why.because}\n{why.instead}")
            raise typer.Exit(1) from why
    answer(told(account), as_json, _said(account, dry_run=dry_run))
    if not account.balanced:
        raise typer.Exit(1)


def told(account: Account) -> dict[str, Any]:
    """The account as JSON: the sums, the tables, and each row that was refused or is in doubt."""
    return {
        "source": account.source, **account.counts(), "tables": account.tables(), "notes": account.notes,
        "refusals": [
            {"table": row.kind, "id": row.ident, "where": row.place, "because": row.refused}
            for row, outcome in account.pairs()
            if outcome == "refused"
        ],
        "doubts": [
            {"table": row.kind, "id": row.ident, "where": row.place, "doubts": row.findings}
            for row, outcome in account.pairs()
            if row.findings and outcome != "refused"
        ],
    }  # fmt: skip


def _said(account: Account, *, dry_run: bool) -> str:
    found = account.counts()
    lines = [
        f"{account.source}: {found['rows']} rows.",
        (
            f"{found['taken']} taken, {found['corrected']} corrected, {found['unchanged']} unchanged, "
            f"{found['repeated']} said twice, {found['refused']} refused; {found['with_doubts']} of those kept with doubts."
        ),
    ]
    if account.vanished:
        lines.append(
            f"{account.vanished} that were here are not in the source any more: marked, not deleted."
        )
    lines += [f"  {note}" for note in account.notes]
    lines += [
        f"  refused: {row.kind}, {row.place}: {row.refused}" for row, out in _some(account, refused=True)
    ]
    lines += [
        f"  doubt: {row.kind}, {row.place}: {'; '.join(row.findings)}"
        for row, out in _some(account, refused=False)
    ]
    if found["refused"] > SAID or found["with_doubts"] > SAID:
        lines.append("  and more: see the page of this import, or --json.")
    lines.append("Nothing was written; this was a dry run." if dry_run else "Written.")
    return "\n".join(lines)


def _some(account: Account, *, refused: bool) -> list[Any]:
    return [
        (row, out) for row, out in account.pairs() if (out == "refused") is refused and (refused or row.findings)
    ][:SAID]  # fmt: skip


@exports.command("directory")
def export(
    out: Annotated[Path, typer.Option("--out", help="A folder; or, for JSON, one file that ends in .json.")],
    form: Annotated[str, typer.Option("--format", help="json or csv.")] = "json",
    source: Named = "",
    as_json: AsJson = False,
) -> None:
    """Write the directory of services in Open Referral UK 3.0."""
    if form not in FORMATS:
        raise UsedWrongly("The format is json or csv.")
    with open_room():
        from rightplace.gateways.exchange.directory.exporting import write_files
        from rightplace.services.directory.models import Source

        wanted = Source.objects.filter(name=source).first() if source else None
        if source and wanted is None:
            raise DoesNotHold(f"There is no directory called “{source}” here.")
        if out.is_file() and out.suffix.lower() != ".json":
            raise UsedWrongly("Say a folder, or a file that ends in .json.")
        names = write_files(out, form, wanted)
    answer({"out": str(out), "files": names}, as_json, f"{len(names)} files written: {', '.join(names)}.")
