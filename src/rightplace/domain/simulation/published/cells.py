"""One published cell: a number, or why there is none. Nothing is guessed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

# What the Department's tables mean by each mark (explore-education-statistics, "Symbols").
MARKS = {
    "c": "suppressed",
    "x": "not available",
    "z": "not applicable",
    "k": "rounds to nought",
    "low": "rounds to nought",
    "u": "low reliability",
    ":": "not available",
    "..": "not available",
    ".": "not applicable",
    "-": "not available",
    "*": "suppressed",
    "na": "not available",
    "n/a": "not available",
    "nan": "not available",
    "": "blank",
}
UNCLEAR = "where a comma or a point may mark thousands or decimals"
POINT, COMMA = ".", ","
_SWAPPED = str.maketrans(",.", ".,")
_NUMBER = re.compile(r"^[+-]?([1-9]\d{0,2}(,\d{3})+|\d+)?(\.\d+)?([eE][+-]?\d+)?$")


def number_in(cell: str | None, decimals: str = POINT) -> tuple[float, str]:
    """The number and "", or not-a-number and the reason. A percent sign is dropped, never divided away.

    `decimals` is the mark before them in this file; empty where the file does not tell.
    """
    text = (cell or "").strip().strip('"').strip()
    reason = MARKS.get(text.lower().strip("[]()"))
    if reason is not None:
        return math.nan, reason
    found = _read(text, decimals or POINT)
    if not decimals and _read(text, COMMA) not in (None, found):
        return math.nan, UNCLEAR
    if found is None:
        return math.nan, "unreadable"
    return (math.nan, "negative") if found < 0 else (found, "")


def _read(text: str, decimals: str) -> float | None:
    """The number that a text is with this mark before its decimals; the other one marks thousands."""
    bare = text.rstrip("%").replace(" ", "").replace("\u00a0", "")
    bare = bare.translate(_SWAPPED) if decimals == COMMA else bare
    if not _NUMBER.match(bare) or not any(letter.isdigit() for letter in bare):
        return None
    found = float(bare.replace(",", ""))
    return found if math.isfinite(found) else None


def decimals_of(cells: Iterable[str], between: str) -> str:
    """Which mark stands before decimals in a file, by those of its cells that can be read in one way only.

    Nobody knows where they say nothing or both. Where a comma stands between cells it is England's point, unless all say no.
    """
    ways: set[str] = set()
    for cell in cells:
        if (POINT in cell or COMMA in cell) and len(can := _ways(cell)) == 1:
            ways |= can
        if len(ways) == 2:
            break
    if between == ",":
        return "" if ways == {COMMA} else POINT
    return ways.pop() if len(ways) == 1 else ""


def _ways(cell: str) -> set[str]:
    return {mark for mark in (POINT, COMMA) if _read(cell.strip(), mark) is not None}


def year_in(cell: str | None) -> int | None:
    """The year in which the reporting period ends: 2025, 202425, 2024/25 and 2024-25 are all 2025."""
    text = (cell or "").strip().removesuffix(".0")
    if re.fullmatch(r"(19|20)\d\d", text):
        return int(text)
    pair = re.fullmatch(r"((?:19|20)\d\d)[/\-–_ ]?((?:19|20)?\d\d)", text)
    if pair and int(pair[2]) % 100 == (int(pair[1]) + 1) % 100:
        return int(pair[1]) + 1
    return None


def column_name(cell: str | None) -> str:
    """A column's name without case, marks and the invisible mark that some files begin with."""
    return re.sub(r"[^a-z0-9]+", "_", (cell or "").lower().lstrip("\ufeff")).strip("_")
