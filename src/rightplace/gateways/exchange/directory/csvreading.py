"""Reads CSV as real directories send it: other orders, other marks between cells, columns too many or too few."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from rightplace.gateways.exchange.directory.jsonreading import MOST_ROWS, Read, given_row
from rightplace.gateways.exchange.directory.opening import Part, RefusedDirectory
from rightplace.services.directory import standard as std
from rightplace.services.directory import values
from rightplace.services.directory.judging import Given
from rightplace.services.directory.mending import as_given

LONGEST_CELL = 1_000_000
SPREADSHEET = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
MORE = "cells_without_heading"
PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,12})?")


def read_csv(part: Part, text: str, kind: str, into: Read) -> None:
    """Read one table. Every line is a row, also one that cannot be kept."""
    csv.field_size_limit(LONGEST_CELL)
    between, text = _between(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    headings: list[str] | None = None
    last = 0
    try:
        for cells in lines:
            begins, last = last + 1, lines.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if headings is None:
                headings = _headings(cells, part, into)
                continue
            if len(into.rows) >= MOST_ROWS:
                raise RefusedDirectory(f"There are more than {MOST_ROWS:,} rows.")
            into.rows.append(_row(headings, cells, kind, f"{part.name}:{begins}"))
    except csv.Error as wrong:
        raise RefusedDirectory(
            f"“{part.name[:80]}” cannot be read from line {lines.line_num} on: {wrong}."
        ) from wrong


def _between(text: str) -> tuple[str, str]:
    """What stands between cells, as a spreadsheet's first line says or as the heading has most of; and the text.

    The spreadsheet's line is left empty, so that lines keep their numbers.
    """
    if found := SPREADSHEET.match(text):
        return found[1], "\n" + text[found.end() :]
    heading = text.lstrip("\r\n ").split("\n", 1)[0]
    return max(",;\t|", key=lambda mark: (heading.count(mark), mark == ",")), text


def _headings(cells: list[str], part: Part, into: Read) -> list[str]:
    """Headings as the standard writes them; one that comes twice is told apart, one that is empty is numbered."""
    found: list[str] = []
    for place, cell in enumerate(cells, 1):
        plain = (
            re.sub(r"\W+", "_", cell.replace("\ufeff", "").strip().lower()).strip("_") or f"column_{place}"
        )
        if plain in found:
            into.notes.append(f"“{part.name[:80]}” has the heading {plain[:60]} twice.")
            plain = f"{plain}_{place}"
        found.append(plain)
    if "id" not in found:
        into.notes.append(f"“{part.name[:80]}” has no column id: none of its rows can be kept.")
    return found


def _row(headings: list[str], cells: list[str], kind: str, where: str) -> Given:
    fields: dict[str, Any] = {}
    for name, cell in zip(headings, cells, strict=False):
        if cell.strip() == "":
            continue
        fields[name] = _cell(std.TABLES[kind].fields.get(name), name, cell)
    extra = [cell for cell in cells[len(headings) :] if cell.strip()]
    if extra:
        fields[MORE] = extra
    row = given_row(kind, as_given(fields), where)
    if extra:
        row.findings.append("has more cells than there are headings")
    elif len(cells) < len(headings):
        row.findings.append("has fewer cells than there are headings")
    return row


def _cell(form: str | None, name: str, cell: str) -> Any:
    """What a cell says: a number where the standard has one; and what we once wrote beside a mended row."""
    if name == std.AS_GIVEN:
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            return cell
    if form == std.NUMBER:
        number = values.number_in(cell)
        if number is not None and PLAIN_NUMBER.fullmatch(cell.strip()):
            return values.tidy_number(number)
    return cell if form is None or form == std.TEXT else cell.strip()
