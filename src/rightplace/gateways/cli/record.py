"""`rightplace anchor`, `verify` and `rebuild`: what shows that the record is as it was signed."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from rightplace.gateways.cli.room import AsJson, UsedWrongly, answer, open_room, progress


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("anchor")(anchor)
    app.command("verify")(verify)
    app.command("rebuild")(rebuild)


def as_owner() -> None:
    """Use the owner's connection: the application's own role makes and drops no tables."""
    from django.db import connections

    owner = connections["owner"].settings_dict
    connections["default"].close()
    connections["default"].settings_dict.update(
        {key: owner[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
    )


def anchor(
    out: Annotated[Path, typer.Option("--out", help="The file to write; give it to somebody outside.")],
    as_json: AsJson = False,
) -> None:
    """Seal what is not sealed and write an anchor that a partner keeps."""
    with open_room():
        from rightplace.foundation.journal.sealed_minutes import write_anchor
        from rightplace.foundation.organisation import clock

        made = write_anchor(out, clock.now())
    files = len(made.heads) // 44
    told = {"seal": made.seal, "files": files, "made": made.made, "out": str(out)}
    answer(told, as_json, f"Anchor of {files} files at seal {made.seal}, written to {out}.")


def verify(
    anchor: Annotated[
        Path | None, typer.Option("--anchor", exists=True, dir_okay=False, help="An anchor kept outside.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Name every row that was changed, removed, reordered or added behind the application's back."""
    began = time.perf_counter()
    with open_room():
        from rightplace.foundation.journal import sealed_minutes, verifying
        from rightplace.foundation.journal.parallel import file_ranges, in_processes, processes

        try:
            kept = sealed_minutes.read_anchor(anchor) if anchor is not None else None
        except ValueError as wrong:
            raise UsedWrongly(str(wrong)) from wrong
        ranges = file_ranges(processes() * 6)
        found = verifying.Verified()
        with progress() as bar:
            task = bar.add_task("Verifying", total=len(ranges))
            for part in in_processes(verifying.verify_files, ranges, lambda _: bar.advance(task)):
                found.add(part)
        found.bad.extend(verifying.verify_seals_and_audit(kept, found))
    told: dict[str, Any] = {
        "entries": found.entries,
        "bad": [asdict(bad) for bad in found.bad],
        "unproven_since": found.unproven_since,
        "seconds": round(time.perf_counter() - began, 2),
    }
    answer(told, as_json, _verified(told))
    if found.bad:
        raise typer.Exit(1)


def _verified(told: dict[str, Any]) -> str:
    lines = [f"{told['entries']} entries verified in {told['seconds']} seconds."]
    if told["bad"]:
        rows = "1 row is" if len(told["bad"]) == 1 else f"{len(told['bad'])} rows are"
        lines.append(f"{rows} not as signed:")
        lines += [f"  file {bad['file']}, entry {bad['entry']}: {bad['why']}" for bad in told["bad"]]
    else:
        lines.append("Every row is as it was signed.")
    if told["unproven_since"]:
        lines.append(
            f"Nothing outside this database can prove what was written since {told['unproven_since']}."
        )
    return "\n".join(lines)


def rebuild(
    check: Annotated[bool, typer.Option("--check", help="Only compare; change nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Work every projection out from the journal again; readers are not blocked."""
    began = time.perf_counter()
    with open_room():
        as_owner()
        from rightplace.foundation.journal import rebuilding
        from rightplace.foundation.journal.parallel import file_ranges, in_processes, processes

        schema = "rebuild"
        since = rebuilding.heads_now()
        rebuilding.make_tables(schema)
        done = rebuilding.Rebuilt()
        ranges = [(schema, first, last) for first, last in file_ranges(processes() * 6)]
        with progress() as bar:
            task = bar.add_task("Rebuilding", total=len(ranges))
            for part in in_processes(rebuilding.fill, ranges, lambda _: bar.advance(task)):
                done.add(part)
        done.differences = rebuilding.compare(schema)
        if check:
            rebuilding.drop(schema)
        else:
            rebuilding.swap_in(schema, since)
    told = {
        "files": done.files,
        "rows": done.rows,
        "differences": done.differences,
        "seconds": round(time.perf_counter() - began, 2),
    }
    said = f"{done.rows} rows of {done.files} files worked out in {told['seconds']} seconds: "
    answer(told, as_json, said + (f"{done.differences} differ." if done.differences else "none differ."))
    if check and done.differences:
        raise typer.Exit(1)
