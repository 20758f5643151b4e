"""One published cell: a number, or why there is none. Nothing is guessed."""

from __future__ import annotations

import math
import re

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
_NUMBER = re.compile(r"^[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?([eE][+-]?\d+)?$")


def number_in(cell: str | None) -> tuple[float, str]:
    """The number and "", or not-a-number and the reason. A percent sign is dropped, never divided away."""
    text = (cell or "").strip().strip('"').strip()
    reason = MARKS.get(text.lower().strip("[]()"))
    if reason is not None:
        return math.nan, reason
    bare = text.rstrip("%").replace(" ", "").replace("\u00a0", "")
    if not bare or not _NUMBER.match(bare) or not any(letter.isdigit() for letter in bare):
        return math.nan, "unreadable"
    found = float(bare.replace(",", ""))
    if not math.isfinite(found):
        return math.nan, "unreadable"
    return (math.nan, "negative") if found < 0 else (found, "")


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
