"""Where a postcode lies: its one-kilometre square, and the area that answers for it.

The directory is read once, on first use. A postcode that the city does not have gives None, never a guess.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
QUARTERS = ("north", "east", "south", "west")

# One or two letters, a digit, perhaps a digit or letter; then a digit and two letters, none of CIKMOV.
OUTWARD = r"[A-PR-UWYZ](?:[0-9][0-9A-HJKPSTUW]?|[A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)"
INWARD = r"[0-9][ABD-HJLNP-UW-Z]{2}"
SHAPE = re.compile(f"({OUTWARD})({INWARD})")
LOOKS_LIKE_A_DIGIT = {"O": "0", "I": "1", "L": "1"}

Square = tuple[int, int]


@dataclass(frozen=True)
class Area:
    """One of the sixteen areas of the city; its postcodes are those of homes."""

    number: int
    key: str
    quarter: str
    name: str
    postcodes: int
    squares: tuple[Square, ...]

    @property
    def title(self) -> str:
        """The name as people say it, with the quarter first."""
        return f"{self.quarter.capitalize()}: {self.name}"


@dataclass(frozen=True)
class Directory:
    """The postcodes, both ways: to their square, and the homes of each square."""

    square_of: dict[str, Square]
    homes: dict[Square, tuple[str, ...]]


def normalise_postcode(text: str) -> str | None:
    """Write a postcode as it should be written, or None where it cannot be one.

    People type "b129ab", "B12-9AB" and the letter O for nought; the third character from the end is a digit.
    """
    letters = re.sub(r"[^0-9A-Z]", "", text.upper()) if len(text) <= 40 else ""
    if len(letters) < 5:
        return None
    inward = LOOKS_LIKE_A_DIGIT.get(letters[-3], letters[-3]) + letters[-2:]
    found = SHAPE.fullmatch(letters[:-3] + inward)
    return f"{found[1]} {found[2]}" if found else None


def square_from(text: str) -> Square:
    """Read a square as it is written in the files: three digits east, three north."""
    return int(text[:3]), int(text[3:6])


def pairs(text: str) -> list[str]:
    """Cut a run of letters into twos."""
    return [text[at : at + 2] for at in range(0, len(text), 2)]


@cache
def directory() -> Directory:
    """Read postcodes.txt."""
    where: dict[str, Square] = {}
    homes: dict[Square, list[str]] = {}
    for line in (HERE / "postcodes.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        sector, _, groups = line.partition("\t")
        for group in groups.split(" "):
            square = square_from(group)
            lived_in, _, large = group[6:].partition("/")
            here = [sector + unit for unit in pairs(lived_in)]
            homes.setdefault(square, []).extend(here)
            where.update(dict.fromkeys(here, square))
            where.update(dict.fromkeys((sector + unit for unit in pairs(large)), square))
    return Directory(where, {square: tuple(found) for square, found in sorted(homes.items())})


def square_of(postcode: str) -> Square | None:
    """The kilometre square (east, north) of a postcode of the city; None for any other."""
    written = normalise_postcode(postcode)
    return directory().square_of.get(written) if written else None


def squares() -> tuple[Square, ...]:
    """All squares of the city, from west to east."""
    return tuple(directory().homes)


def postcodes_in(square: Square) -> tuple[str, ...]:
    """The postcodes of homes in a square; those of large users are left out."""
    return directory().homes.get(square, ())


def nearest_square(square: Square) -> Square:
    """The city's own square nearest to any square of the National Grid; itself when it is the city's."""
    east, north = square
    return min(directory().homes, key=lambda each: ((each[0] - east) ** 2 + (each[1] - north) ** 2, each))


@cache
def areas() -> tuple[Area, ...]:
    """The sixteen areas in order of their numbers."""
    with (HERE / "areas.toml").open("rb") as file:
        rows = tomllib.load(file)["area"]
    return tuple(
        Area(
            row["number"],
            row["key"],
            row["quarter"],
            row["name"],
            row["postcodes"],
            tuple(square_from(text) for text in row["squares"]),
        )
        for row in rows
    )


@cache
def area_by_square() -> dict[Square, Area]:
    """Which area has each square."""
    return {square: area for area in areas() for square in area.squares}


def area_of_square(square: Square) -> Area | None:
    """The area that has this square; None outside the city."""
    return area_by_square().get(square)


def area_of(postcode: str) -> Area | None:
    """The area that has this postcode; None where it is not the city's or cannot be read."""
    square = square_of(postcode)
    return area_of_square(square) if square else None
