"""Frameworks of outcomes: headlines and the points of one scale, each with its source and the years it was used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from rightplace.domain.practice.packfiles import PackRefused, Table, read_pack

PACKS: Final = Path(__file__).with_name("packs")
FEWEST_POINTS: Final = 2


@dataclass(frozen=True)
class Headline:
    """One outcome that a family and a worker look at."""

    id: str
    title: str
    asks: str


@dataclass(frozen=True)
class Point:
    """One point of the scale, in words. `hint` is what it means."""

    value: str
    words: str
    hint: str = ""


@dataclass(frozen=True)
class Framework:
    """Headlines looked at together. The points go from where it is hardest to where it is well."""

    id: str
    title: str
    headlines: tuple[Headline, ...]
    points: tuple[Point, ...]
    begins: date
    ends: date | None
    source: str
    checked: bool
    note: str = ""

    def used_nationally(self, on: date) -> bool:
        """Whether the framework was in use on a day, as its source says; a council may go on with it."""
        return self.begins <= on and (self.ends is None or on < self.ends)

    def headline(self, id: str) -> Headline | None:  # noqa: A002
        """The headline of that id; None for one that this framework does not have."""
        return next((each for each in self.headlines if each.id == id), None)

    def place(self, value: str) -> int | None:
        """Where on the scale a value stands; None for one that is not on it: not known, never the lowest."""
        return next((place for place, point in enumerate(self.points) if point.value == value), None)

    def words(self, value: str) -> str:
        """A value in words; what is not on the scale is not known."""
        place = self.place(value)
        return self.points[place].words if place is not None else "not known"


@cache
def frameworks() -> dict[str, Framework]:
    """Every framework that is shipped, by id, in order of their files."""
    return load_frameworks(PACKS)


def framework(id: str) -> Framework | None:  # noqa: A002
    """The framework of that id."""
    return frameworks().get(id)


def load_frameworks(folder: Path) -> dict[str, Framework]:
    """Read each pack of a folder. Raises PackRefused: half a framework is worse than none."""
    found: dict[str, Framework] = {}
    for file in sorted(folder.glob("*.toml")):
        read = _read(Table(file, "", read_pack(file)))
        if read.id in found:
            raise PackRefused(file, read.id, "another framework has the same id")
        found[read.id] = read
    return found


def _read(pack: Table) -> Framework:
    read = Framework(
        id=pack.text("id"),
        title=pack.text("title"),
        headlines=tuple(_headline(each) for each in pack.tables("headline")),
        points=tuple(_point(each) for each in pack.tables("point")),
        begins=pack.day("from"),
        ends=pack.day_or_none("to"),
        source=pack.text("source"),
        checked=pack.flag("checked"),
        note=pack.text("note", ""),
    )
    pack.finish()
    for name, ids in (
        ("headline", [h.id for h in read.headlines]),
        ("point", [p.value for p in read.points]),
    ):
        if len(set(ids)) != len(ids):
            raise pack.refuse(f"a {name} stands there twice")
    if len(read.points) < FEWEST_POINTS:
        raise pack.refuse("a scale has two points at least")
    if read.ends is not None and read.ends <= read.begins:
        raise pack.refuse("it ends before it begins")
    return read


def _headline(table: Table) -> Headline:
    read = Headline(table.text("id"), table.text("title"), table.text("asks"))
    table.finish()
    return read


def _point(table: Table) -> Point:
    read = Point(table.text("code"), table.text("words"), table.text("hint", ""))
    table.finish()
    return read
