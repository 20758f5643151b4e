"""A file of signals as a school's or agency's system saves it: CSV in UTF-8, each row accounted for by its line."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock
from rightplace.services.signals.rows import FIELDS, REQUIRED
from rightplace.services.signals.taking import NotTaken, Outcome, Raw, take
from rightplace.services.signals.tallies import count

LARGEST = 2 * 1024 * 1024
MOST_ROWS = 10_000
LONGEST_CELL = 100_000
"""Letters of one cell: the reader's own limit is the whole process's, and others raise it."""


class FileRefused(ValueError):
    """A file of which nothing was taken, with the sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    row: Raw | None


def take_file(agency: int, content: bytes, size: int, by: Actor) -> Outcome:
    """Take a file of an agency. Raises FileRefused and takes nothing when it is no such file."""
    lines = list(read(content, size))
    wrong = tuple(
        NotTaken(each.number, "", "The line has more or fewer columns than the heading.")
        for each in lines
        if each.row is None
    )
    fine = [(each.number, each.row) for each in lines if each.row is not None]
    outcome = take(agency, [row for _, row in fine], by, lines=[number for number, _ in fine])
    if wrong:
        count(agency, clock.today(), Counter({("unknown", "refused: unreadable"): len(wrong)}))
    return outcome.and_then(Outcome(refused=wrong))


def read(content: bytes, size: int) -> Iterator[_Line]:
    """The lines of a file, the heading left out. Raises FileRefused before the first when it is no CSV of signals."""
    reader = csv.reader(io.StringIO(_text(content, size), newline=""), strict=True)
    try:
        heading = _heading(next(reader, []))
        found = []
        before = reader.line_num
        for cells in reader:
            number, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if max(map(len, cells)) > LONGEST_CELL:
                raise csv.Error
            whole = len(cells) == len(heading)
            found.append(_Line(number, dict(zip(heading, cells, strict=True)) if whole else None))
            if len(found) > MOST_ROWS:
                raise FileRefused(f"{MOST_ROWS:,} rows are the most in one file. Send it in parts.")
    except csv.Error:
        raise FileRefused(
            f"Line {reader.line_num} cannot be read as CSV: look for a quotation mark that is not closed."
        ) from None
    if not found:
        raise FileRefused("The file has a heading and no rows.")
    return iter(found)


def _text(content: bytes, size: int) -> str:
    if size == 0:
        raise FileRefused("The file is empty. Choose it again.")
    if size > LARGEST or len(content) != size:
        raise FileRefused(
            f"The file has {size / 1024 / 1024:.1f} MB; {LARGEST // 1024 // 1024} MB is the most. Send it in parts."
        )
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise FileRefused("This is a spreadsheet. Save it as “CSV UTF-8” and send that.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("The file is not in UTF-8. Save it as “CSV UTF-8” and send that.") from None
    if "\x00" in text:
        raise FileRefused("The file holds characters that are no writing. Save it as “CSV UTF-8”.")
    return text


def _heading(cells: list[str]) -> list[str]:
    """The columns, in any order and case. All must be known, so that a column too many is not lost in silence."""
    names = [cell.strip().lower().replace(" ", "_") for cell in cells]
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise FileRefused(
            f"The first line must name the columns. Missing: {', '.join(missing)}. The columns are: {', '.join(FIELDS)}."
        )
    if len(set(names)) < len(names) or not set(names) <= set(FIELDS):
        raise FileRefused(f"A column is not known or named twice. The columns are: {', '.join(FIELDS)}.")
    return names


def columns_file() -> str:
    """An empty file with the heading, to be filled."""
    return ",".join(FIELDS) + "\r\n"
