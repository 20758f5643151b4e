"""Write the compact list of the city's postcodes from the ONS Postcode Directory extract.

Run once for each edition: `python tools/make_places.py PATH_TO_CSV`. The CSV has the columns
pcd, oseast1m, osnrth1m, laua. What is written is our own form; the source line goes with it.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

PLACES = Path(__file__).parent.parent / "src/rightplace/foundation/organisation/places"

# A delivery office or an office block carries dozens of postcodes on one grid reference: nobody lives there.
LARGE_USER_FROM = 8

HEADING = """\
# Postcodes of the city by one-kilometre square of the National Grid.
# Source: ONS Postcode Directory 2026, Open Government Licence v3.0.
# Contains OS data (c) Crown copyright and database right 2026. Contains Royal Mail data (c) Royal Mail
# copyright and database right 2026. Contains National Statistics data (c) Crown copyright and database right
# 2026. One line a sector: sector, a tab, then groups parted by blanks. A group is the square (three digits of
# kilometres east, three north of the National Grid) and the last two letters of its postcodes; after "/" those
# of large users, where nobody lives.
# Written by tools/make_places.py; do not edit.
"""


class Postcode(NamedTuple):
    """One postcode and where it lies, in metres."""

    sector: str
    unit: str
    easting: int
    northing: int

    @property
    def square(self) -> str:
        """The one-kilometre square as six digits."""
        return f"{self.easting // 1000:03d}{self.northing // 1000:03d}"


def postcodes_of(lines: Iterable[str]) -> Iterator[Postcode]:
    """Read the directory's rows; the first four characters are the outward code, padded with blanks."""
    for row in csv.DictReader(lines):
        text = row["pcd"]
        outward, inward = text[:-3].strip(), text[-3:]
        yield Postcode(
            f"{outward} {inward[0]}", inward[1:], int(float(row["oseast1m"])), int(float(row["osnrth1m"]))
        )


def compact(postcodes: Iterable[Postcode]) -> str:
    """Group the postcodes by sector and square, the large users apart."""
    everything = sorted(postcodes)
    on_one_point = Counter((each.easting, each.northing) for each in everything)
    groups: dict[str, dict[str, tuple[list[str], list[str]]]] = defaultdict(dict)
    for each in everything:
        homes, large = groups[each.sector].setdefault(each.square, ([], []))
        crowded = on_one_point[each.easting, each.northing] >= LARGE_USER_FROM
        (large if crowded else homes).append(each.unit)
    lines = []
    for sector, squares in sorted(groups.items()):
        parts = [
            square + "".join(homes) + ("/" + "".join(large) if large else "")
            for square, (homes, large) in sorted(squares.items())
        ]
        lines.append(f"{sector}\t{' '.join(parts)}\n")
    return HEADING + "".join(lines)


def main(arguments: list[str]) -> int:
    """Write postcodes.txt; used wrongly is 2."""
    if len(arguments) != 1:
        sys.stderr.write("Say which file: python tools/make_places.py PATH_TO_CSV\n")
        return 2
    with Path(arguments[0]).open(encoding="utf-8", newline="") as lines:
        text = compact(postcodes_of(lines))
    (PLACES / "postcodes.txt").write_text(text, encoding="utf-8")
    sys.stdout.write(f"postcodes.txt: {len(text):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
