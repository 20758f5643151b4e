"""Writes the directory as Open Referral UK 3.0: nested JSON, or a table a file; valid, and with nothing left out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rightplace.services.directory import standard as std
from rightplace.services.directory.making import shelf_of
from rightplace.services.directory.mending import mended
from rightplace.services.directory.models import Source
from rightplace.services.directory.nesting import nested
from rightplace.services.directory.shelf import Fields, Shelf

TOPS = ("service", "organization", "location", "service_at_location", "taxonomy")
"""What stands in a file of its own, in this order, where nothing before it holds it."""


def files(form: str, source: Source | None = None, *, gone: bool = False) -> dict[str, str]:
    """Every file of an export by its name. What its source has no longer is left out unless it is asked for."""
    shelf = shelf_of(source, gone=gone)
    return dict(csv_files(shelf) if form == "csv" else json_files(shelf))


def services(shelf: Shelf) -> list[Fields]:
    """Every service with all that belongs to it: what the standard calls a package of services."""
    return [nested(shelf, "service", shelf.of["service"][ident]) for ident in sorted(shelf.of["service"])]


def json_files(shelf: Shelf) -> Iterable[tuple[str, str]]:
    """Services first; then whatever no service holds, so that nothing is lost."""
    held: set[tuple[str, str]] = set()

    def seen(kind: str, ident: str) -> None:
        held.add((kind, ident))

    for kind in (*TOPS, *(kind for kind in std.TABLES if kind not in TOPS)):
        rows = [
            nested(shelf, kind, fields, seen=seen)
            for ident, fields in sorted(shelf.of[kind].items())
            if (kind, ident) not in held
        ]
        if rows or kind == "service":
            yield f"{std.TABLES[kind].file}.json", json.dumps(rows, ensure_ascii=False, indent=1)


def csv_files(shelf: Shelf) -> Iterable[tuple[str, str]]:
    """A table a file, with the standard's columns in its order; tables without a row are left out."""
    for kind, table in std.TABLES.items():
        rows = [_cells(kind, fields) for _, fields in sorted(shelf.of[kind].items())]
        if not rows:
            continue
        beside = sorted(
            {name for row in rows for name in row if name not in table.fields and name != std.AS_GIVEN}
        )
        columns = [*table.fields, *beside]
        if any(std.AS_GIVEN in row for row in rows):
            columns.append(std.AS_GIVEN)
        out = io.StringIO(newline="")
        written = csv.DictWriter(out, columns, restval="", lineterminator="\r\n")
        written.writeheader()
        written.writerows(rows)
        yield f"{table.file}.csv", out.getvalue()


def _cells(kind: str, fields: Fields) -> dict[str, Any]:
    """A row as cells. What a cell cannot say, a list or an empty text, stands beside as it was given."""
    table = std.TABLES[kind]
    row = mended(kind, fields)
    given = row.pop(std.AS_GIVEN, {})
    for name in list(row):
        said = row[name]
        if name in given:
            continue
        if not _is_cell(name, said, table):
            given[name] = row.pop(name)
    if given:
        row[std.AS_GIVEN] = json.dumps(given, ensure_ascii=False, sort_keys=True)
    return row


def _is_cell(name: str, said: Any, table: std.Table) -> bool:
    """Whether a value is read back from a cell as what it is."""
    if table.fields.get(name) == std.NUMBER:
        return isinstance(said, int) or (
            isinstance(said, float) and f"{said!r}" == f"{said:.10f}".rstrip("0")
        )
    plain = (
        isinstance(said, str)
        and said.strip() == said
        and said != ""
        and "\x00" not in said
        and "\r" not in said
    )
    return plain and (name in table.fields or (name.isidentifier() and name.isascii() and name.islower()))


def write_files(out: Path, form: str, source: Source | None = None) -> list[str]:
    """Write an export to a folder, or JSON to one file. Gives the names of what was written."""
    if out.suffix.lower() == ".json" and form == "json":
        out.write_text(
            json.dumps(services(shelf_of(source, gone=False)), ensure_ascii=False, indent=1), encoding="utf-8"
        )
        return [out.name]
    out.mkdir(parents=True, exist_ok=True)
    found = files(form, source)
    for name, text in found.items():
        with (out / name).open("w", encoding="utf-8", newline="") as file:
            file.write(text)
    return list(found)
