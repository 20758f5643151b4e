"""What is wrong with a text that is not well-formed TOML, in words: which name, and what may stand behind it."""

from __future__ import annotations

import re
import tomllib
from typing import Final

Path = tuple[str | int, ...]
TEXT: Final = 'text in quotes, as "South"'
A_DAY: Final = "a day that there is, as 2026-04-06, without quotes"
A_NUMBER: Final = "a number, as 8 or 1.15, without quotes"
NAMES: Final = 'a list of names, as ["North", "South"]'
MUST: Final = {
    **dict.fromkeys(("name", "note", "what", "where", "kind", "pool", "team", "to", "area", "evidence"), TEXT),
    **dict.fromkeys(("begins", "day"), A_DAY),
    **dict.fromkeys(("days", "posts", "budget", "savings", "amount", "weeks", "effect", "workers", "managers"), A_NUMBER),
    **dict.fromkeys(("areas", "stages"), NAMES),
}  # fmt: skip
"""What each name is followed by."""
NUMBERS_IN: Final = ("areas", "strengths", "costs", "promises")
"""Tables in which every name is followed by a number."""
SAID: Final = (
    ("expected newline or end of document", "something stands behind the value that does not belong there"),
    ("expected '=' after a key", "a name is followed by an equals sign and a value"),
    ("invalid statement", "a line is a name, an equals sign and a value, or the name of a table in brackets"),
    ("cannot overwrite a value", "it is said twice"),
    ("cannot declare", "this table is there twice"),
    ("unterminated", "it does not end: the closing quotes are missing"),
    ("illegal character '\\n'", "it does not end on its line: the closing quotes are missing"),
    ("unclosed array", "the list does not end: the closing bracket is missing"),
    ("expected ']", "the closing bracket is missing"),
)
_PAIR: Final = re.compile(r"""\s*([\w.-]+|"[^"\n]*"|'[^'\n]*')\s*=\s*(.*)""")
_TABLE: Final = re.compile(r"\s*\[\[?\s*([\w-]+)")


def malformed(fault: Exception, text: str, line: int) -> tuple[Path, str]:
    """The field, where one can be named, and why it cannot be read."""
    lines = text.split("\n")
    pair = _PAIR.match(lines[line - 1]) if line <= len(lines) else None
    if pair is not None and not _is_read(f"x = {pair[2]}"):
        name = pair[1].strip("\"'")
        must = A_NUMBER if _table(lines[: line - 1]) in NUMBERS_IN else MUST.get(name)
        found = pair[2].split("#")[0].strip()
        if must is not None:
            return (name,), f"it must be {must}, not {_short(found)}" if found else f"it must be {must}"
    said = str(fault).split(" (at ")[0].lower()
    because = next((words for start, words in SAID if start in said), said)
    return (), f"it is not well-formed TOML: {because}"


def _table(before: list[str]) -> str:
    headers = (_TABLE.match(each) for each in reversed(before))
    return next((header[1] for header in headers if header), "")


def _is_read(statement: str) -> bool:
    try:
        tomllib.loads(statement)
    except (ValueError, RecursionError):
        return False
    return True


def _short(found: str) -> str:
    return found if len(found) <= 40 else f"{found[:39]}…"
