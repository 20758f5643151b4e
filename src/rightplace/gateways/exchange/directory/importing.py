"""Takes a directory in: opens it, reads it whatever its form, and hands its rows to the directory, each accounted for."""

from __future__ import annotations

import json
from pathlib import Path

from rightplace.foundation.access.actor import Actor
from rightplace.gateways.exchange.directory.csvreading import read_csv
from rightplace.gateways.exchange.directory.jsonreading import Read, read_json
from rightplace.gateways.exchange.directory.letters import text_of
from rightplace.gateways.exchange.directory.opening import (
    Opened,
    Part,
    RefusedDirectory,
    open_bytes,
    open_path,
)
from rightplace.services.directory import standard as std
from rightplace.services.directory.judging import Given
from rightplace.services.directory.keeping import Account, Directory, take_directory

TABLES = (".csv", ".tsv", ".txt")
DESCRIPTION = "datapackage"


def import_path(path: Path, *, by: Actor, source: str = "", dry_run: bool = False) -> Account:
    """Take in a file, a zip or a folder. Raises RefusedDirectory for what is not read at all."""
    return take_directory(read(open_path(path), path.stem), by=by, source=source, dry_run=dry_run)


def import_bytes(name: str, content: bytes, *, by: Actor, source: str = "", dry_run: bool = False) -> Account:
    """Take in what was uploaded."""
    return take_directory(
        read(open_bytes(name, content), Path(name).stem), by=by, source=source, dry_run=dry_run
    )


def read(opened: Opened, name: str) -> Directory:
    """The rows of all files together: what stands in one may belong to what stands in another."""
    into = Read(notes=list(opened.left_aside))
    tables = _described(opened.parts)
    forms: set[str] = set()
    singles = 0
    for part in opened.parts:
        if part.stem.lower() == DESCRIPTION:
            into.notes.append("The description of the tables (datapackage) was read for their names.")
            continue
        text, said = text_of(part.content, part.name)
        into.notes += [said] if said else []
        before, into.whole = into.whole, True
        _read_part(part, text, tables, into, forms)
        singles += not into.whole
        into.whole = before
    if not forms:
        raise RefusedDirectory("There is no table and no JSON in what was sent.")
    alone = bool(singles) and len(opened.parts) == 1
    return Directory(
        rows=into.rows,
        whole=not alone and _all_pages(into),
        form="csv" if forms == {"csv"} else "json",
        notes=into.notes[:200],
        name=name,
    )


def _read_part(part: Part, text: str, tables: dict[str, str], into: Read, forms: set[str]) -> None:
    if part.ending in TABLES:
        kind = tables.get(part.name.rsplit("/", 1)[-1].lower(), "") or std.kind_called(part.stem)
        forms.add("csv")
        if kind:
            read_csv(part, text, kind, into)
        else:
            _refuse_table(part, text, into)
        return
    forms.add("json")
    read_json(part, text, into)


def _refuse_table(part: Part, text: str, into: Read) -> None:
    """A table that is none of the standard's: each of its lines is refused, so that each is accounted for."""
    why = f"Refused: “{part.stem[:60]}” is no table of the standard."
    for number, line in enumerate(text.splitlines()[1:], 2):
        if line.strip():
            into.rows.append(Given(part.stem[:40], "", {}, f"{part.name}:{number}", refused=why))


def _described(parts: list[Part]) -> dict[str, str]:
    """Which file is which table, where a description of the tables says so."""
    found: dict[str, str] = {}
    for part in parts:
        if part.stem.lower() != DESCRIPTION:
            continue
        try:
            resources = json.loads(text_of(part.content, part.name)[0]).get("resources", [])
        except (ValueError, RecursionError, AttributeError):
            continue
        for each in resources if isinstance(resources, list) else ():
            if isinstance(each, dict) and isinstance(each.get("path"), str):
                kind = std.kind_called(str(each.get("name", "")))
                if kind:
                    found[each["path"].rsplit("/", 1)[-1].lower()] = kind
    return found


def _all_pages(into: Read) -> bool:
    """Whether all pages of the API came: as many as the first says that there are."""
    pages = [note for note in into.notes if " is page " in note]
    if not pages:
        return True
    wanted = int(pages[0].split(" of ")[1].split(",")[0])
    if len(pages) < wanted:
        into.notes.append(
            f"{len(pages)} of {wanted} pages came: what they do not name is not marked as gone."
        )
    return len(pages) >= wanted
