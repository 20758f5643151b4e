"""Reads the rows of a spreadsheet that somebody sends: XLSX or CSV, bounded, without formulas, macros or entities.

A zip is measured while it is unpacked, never by what it says of itself; a sheet with a document type is refused unread.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any, Final

import openpyxl

MOST_BYTES: Final = 5_000_000
MOST_UNPACKED: Final = 40_000_000
MOST_PARTS: Final = 200
MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 60
CHUNK: Final = 65_536
FORBIDDEN: Final = ("vbaproject", "externallinks/", "activex", "embeddings/")


class Unreadable(ValueError):
    """A file that cannot be read as a spreadsheet, and why, in a sentence."""


def rows_of(sent: bytes) -> list[list[str]]:
    """The rows of the first sheet as text, the heading first."""
    if len(sent) > MOST_BYTES:
        raise Unreadable("The file is larger than 5 MB.")
    rows = _of_xlsx(sent) if sent[:4] == b"PK\x03\x04" else _of_csv(sent)
    found = [row for row in _bounded(rows) if any(row)]
    if not found:
        raise Unreadable("The file has no rows.")
    return found


def _bounded(rows: Iterable[Sequence[Any]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise Unreadable(f"The file has more than {MOST_ROWS:,} rows.")
        if len(row) > MOST_COLUMNS and any(each not in (None, "") for each in row[MOST_COLUMNS:]):
            raise Unreadable(f"A row has more than {MOST_COLUMNS} columns.")
        yield [_text(each) for each in row[:MOST_COLUMNS]]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip()
    # what we wrote with a mark before it, so that no program takes it for a formula, is read without the mark
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _of_csv(sent: bytes) -> list[list[str]]:
    try:
        text = sent.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("The file is neither XLSX nor CSV in UTF-8.") from error
    if "\x00" in text:
        raise Unreadable("The file is neither XLSX nor CSV in UTF-8.")
    try:
        return list(csv.reader(StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise Unreadable(f"The CSV cannot be read: {error}.") from error


def _of_xlsx(sent: bytes) -> list[Sequence[Any]]:
    safe = _measured(sent)
    try:
        # values as they were last counted: a formula itself is never read, nor counted
        book = openpyxl.load_workbook(BytesIO(safe), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows: list[Sequence[Any]] = [
            tuple(row) for row in sheet.iter_rows(max_row=MOST_ROWS + 1, values_only=True)
        ]
        book.close()
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever its readers meet in a broken file
        raise Unreadable("The spreadsheet is broken, or not an XLSX file.") from error
    return list(rows)


def _measured(sent: bytes) -> bytes:
    """The same bytes once each part was unpacked within bounds and looked at."""
    try:
        with zipfile.ZipFile(BytesIO(sent)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS:
                raise Unreadable("The spreadsheet has too many parts.")
            if len({part.filename for part in parts}) != len(parts):
                raise Unreadable("The spreadsheet has a part twice.")
            room = MOST_UNPACKED
            for part in parts:
                room -= _look(packed, part, room)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable("The spreadsheet is broken, or not an XLSX file.") from error
    return sent


def _look(packed: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> int:
    name = part.filename.lower()
    if any(word in name for word in FORBIDDEN):
        raise Unreadable("The spreadsheet has macros or links to other files. Save it without them.")
    size, tail = 0, b""
    with packed.open(part) as opened:
        while chunk := opened.read(CHUNK):
            size += len(chunk)
            if size > room:
                raise Unreadable("Unpacked, the spreadsheet is too large.")
            if b"<!DOCTYPE" in tail + chunk or b"<!ENTITY" in tail + chunk or b"\x00" in chunk[:64]:
                raise Unreadable("The spreadsheet holds something that is no table.")
            tail = chunk[-16:]
    return size
