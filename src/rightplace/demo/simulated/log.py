"""The engine's log as plain whole numbers, and as the bytes in which the small town's is kept with the demonstration.

Kept because `make demo` installs the base alone, and the engine needs `rightplace[capacity]`. All of it came out of our own
engine: `rightplace capacity city --record` makes it anew, and a test finds the same bytes.
"""

from __future__ import annotations

import json
import lzma
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

KEPT = Path(__file__).with_name("tiny.xz")
BEGINS = date(2023, 3, 6)
ENDS = date(2026, 3, 3)
"""Three years, up to the evening before the demonstration begins: what happens on its first morning is the guided story's."""
DAYS = (ENDS - BEGINS) // timedelta(days=1)
FAMILY = ("children", "area", "source", "stage", "age", "reviews", "worker")
"""Of each family: its children, area and source; of those who were open on the first day also the stage, working days in it,
reviews held, and who had them within the team. Stage -1: the family was not known yet."""
LINE = ("tick", "kind", "case", "seat", "generation", "team", "about")


class Line(NamedTuple):
    """One thing that happened. `seat` counts over the whole council; a line without a case is about somebody in a seat."""

    tick: int
    kind: int
    case: int
    seat: int
    generation: int
    team: int
    about: int


@dataclass(slots=True)
class Log:
    """Everything that happened in a city of so many children. Families by number; lines by family, then in their order."""

    population: int
    families: dict[str, array[int]] = field(default_factory=lambda: {name: array("i") for name in FAMILY})
    lines: dict[str, array[int]] = field(default_factory=lambda: {name: array("i") for name in LINE})
    vacant: array[int] = field(default_factory=lambda: array("i"))
    """The seats that nobody held on the first day."""

    @property
    def many(self) -> int:
        """How many families there are."""
        return len(self.families["children"])

    def bounds(self) -> list[int]:
        """Where each family's lines begin; behind them, where all of them end. Lines of people stand before the first."""
        cases, found = self.lines["case"], []
        at = 0
        for case in range(self.many + 1):
            while at < len(cases) and cases[at] < case:
                at += 1
            found.append(at)
        return found

    def between(self, first: int, last: int) -> list[Line]:
        """The lines from one place to another."""
        return [Line(*row) for row in zip(*(self.lines[name][first:last] for name in LINE), strict=True)]

    def of_people(self) -> list[Line]:
        """Who came, left, fell ill and returned."""
        return self.between(0, self.bounds()[0])

    def cut(self, first: int, last: int) -> Log:
        """These families alone, counted from nought: what one process takes along."""
        bounds = self.bounds()
        found = Log(self.population)
        for name in FAMILY:
            found.families[name] = self.families[name][first:last]
        for name in LINE:
            found.lines[name] = self.lines[name][bounds[first] : bounds[last]]
        found.lines["case"] = array("i", (case - first for case in found.lines["case"]))
        return found

    def each(self) -> Iterator[tuple[int, list[Line]]]:
        """Each family's number with its lines."""
        bounds = self.bounds()
        for case in range(self.many):
            yield case, self.between(bounds[case], bounds[case + 1])


def plain(log: Log) -> bytes:
    """The log as bytes, the same on every machine: a line that says how long each column is, and the columns."""
    columns = [*(log.families[name] for name in FAMILY), *(log.lines[name] for name in LINE), log.vacant]
    head = json.dumps({"population": log.population, "columns": [len(column) for column in columns]})
    return head.encode() + b"\n" + b"".join(_little(column).tobytes() for column in columns)


def read(stored: bytes) -> Log:
    """A log from its bytes."""
    head, _, rest = stored.partition(b"\n")
    told = json.loads(head)
    columns, at = [], 0
    for many in told["columns"]:
        column = array("i")
        column.frombytes(rest[at : at + 4 * many])
        columns.append(_little(column))
        at += 4 * many
    log = Log(told["population"], vacant=columns.pop())
    for nth, name in enumerate(FAMILY):
        log.families[name] = columns[nth]
    for nth, name in enumerate(LINE, len(FAMILY)):
        log.lines[name] = columns[nth]
    return log


def _little(column: array[int]) -> array[int]:
    """The column with its lowest byte first, whatever this machine writes first."""
    if sys.byteorder == "little":
        return column
    swapped = array("i", column)
    swapped.byteswap()
    return swapped


def keep(log: Log, file: Path = KEPT) -> int:
    """Write the log where the demonstration finds it; returns how many bytes it takes."""
    file.write_bytes(lzma.compress(plain(log), preset=9 | lzma.PRESET_EXTREME))
    return file.stat().st_size


def kept(file: Path = KEPT) -> Log:
    """The log of the small town."""
    return read(lzma.decompress(file.read_bytes()))
