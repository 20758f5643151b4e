"""Which line of a TOML text says what: what is refused is refused with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Final

Path = tuple[str | int, ...]
MOST_DOTS: Final = 20
_SAYS_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)")
_HEADER: Final = re.compile(r"\s*\[")
_MARK: Final = re.compile(
    r""""{3}(?:\\.|[^\\])*?(?:"{3}(?!")|\Z)|'{3}.*?(?:'{3}(?!')|\Z)"""
    r"""|"(?:\\.|[^"\\\n])*"?|'[^'\n]*'?|#[^\n]*|[\[\]{}.\n]""",
    re.DOTALL,
)
"""What matters to where a statement ends: texts and comments as wholes, brackets, dots, and the end of a line.

A text without its end goes on to the end of the line or of everything, so that nothing is looked at twice."""


def line_of_fault(fault: Exception, text: str) -> int:
    """The line that a reader of TOML complains about; the last one when the text ends too early."""
    found = _SAYS_LINE.search(str(fault))
    last = text.count("\n") + 1
    return min(int(found[1]), last) if found else last


def statements(text: str) -> Iterator[tuple[int, str]]:
    """Each statement with its first line, which may go on over several. The text is gone through once, however long."""
    start, first, number, depth = 0, 1, 1, 0
    for mark in _MARK.finditer(text):
        said = mark[0]
        if said in "[{":
            depth += 1
        elif said in "]}":
            depth -= 1
        number += said.count("\n")
        if said == "\n" and depth == 0:
            yield first, text[start : mark.start()]
            start, first = mark.end(), number
    yield first, text[start:]


def line_of_many_dots(text: str) -> int | None:
    """The first line whose name has so many parts that reading it takes seconds; dots in texts are not counted."""
    number, dots = 1, 0
    for mark in _MARK.finditer(text):
        dots += mark[0] == "."
        if dots > MOST_DOTS:
            return number
        if "\n" in mark[0]:
            number, dots = number + mark[0].count("\n"), 0
    return None


class Lines:
    """The lines of a text that is well-formed TOML, by what they say."""

    def __init__(self, text: str) -> None:
        self._at: dict[Path, int] = {}
        self._many: dict[Path, int] = {}
        self._table: Path = ()
        self._read(text)

    def of(self, path: Path) -> int:
        """The line of a field, or of the nearest thing around it that has one."""
        for long in range(len(path), 0, -1):
            if path[:long] in self._at:
                return self._at[path[:long]]
        return 1

    def _read(self, text: str) -> None:
        for number, statement in statements(text):
            if _HEADER.match(statement):
                self._header(statement, number)
            else:
                self._note(self._table, tomllib.loads(statement), number)

    def _header(self, line: str, number: int) -> None:
        told = tomllib.loads(line)
        path: Path = ()
        while told:
            name, inner = next(iter(told.items()))
            path = (*path, name)
            if isinstance(inner, list):
                nth = self._many.get(path, 0) + 1
                self._many[path] = nth
                path = (*path, nth)
                break
            told = inner
        self._table = self._within(path)
        self._at.setdefault(self._table, number)

    def _within(self, path: Path) -> Path:
        """A table of a table of a list belongs to the last one of that list."""
        for long in range(1, len(path)):
            if path[:long] in self._many and not isinstance(path[long], int):
                return (*path[:long], self._many[path[:long]], *path[long:])
        return path

    def _note(self, path: Path, told: Mapping[str, Any], number: int) -> None:
        for name, value in told.items():
            here = (*path, name)
            self._at.setdefault(here, number)
            if isinstance(value, Mapping):
                self._note(here, value, number)
            elif isinstance(value, list):
                for nth, each in enumerate(value, 1):
                    self._at.setdefault((*here, nth), number)
                    if isinstance(each, Mapping):
                        self._note((*here, nth), each, number)
