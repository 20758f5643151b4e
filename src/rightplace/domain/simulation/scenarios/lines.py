"""Which line of a TOML text says what: what is refused is refused with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

Path = tuple[str | int, ...]
_SAYS_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)")
_HEADER: Final = re.compile(r"\s*\[")


def line_of_fault(fault: Exception, text: str) -> int:
    """The line that a reader of TOML complains about; the last one when the text ends too early."""
    found = _SAYS_LINE.search(str(fault))
    last = text.count("\n") + 1
    return min(int(found[1]), last) if found else last


class Lines:
    """The lines of a text that is well-formed TOML, by what they say."""

    def __init__(self, text: str) -> None:
        self._at: dict[Path, int] = {}
        self._many: dict[Path, int] = {}
        self._table: Path = ()
        self._read(text.split("\n"))

    def of(self, path: Path) -> int:
        """The line of a field, or of the nearest thing around it that has one."""
        for long in range(len(path), 0, -1):
            if path[:long] in self._at:
                return self._at[path[:long]]
        return 1

    def _read(self, lines: list[str]) -> None:
        place = 0
        while place < len(lines):
            if _HEADER.match(lines[place]):
                self._header(lines[place], place + 1)
                place += 1
                continue
            past = self._whole(lines, place)
            place = past

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

    def _whole(self, lines: list[str], place: int) -> int:
        """One statement, which may go on over several lines."""
        for past in range(place + 1, len(lines) + 1):
            try:
                told = tomllib.loads("\n".join(lines[place:past]))
            except ValueError:
                continue
            self._note(self._table, told, place + 1)
            return past
        return len(lines)

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
