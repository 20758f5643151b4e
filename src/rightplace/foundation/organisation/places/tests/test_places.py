"""Where postcodes lie, held against the directory itself where it is at hand."""

import csv
import os
from pathlib import Path

import pytest

from rightplace.foundation.organisation.places.places import (
    area_of,
    nearest_square,
    normalise_postcode,
    postcodes_in,
    square_of,
    squares,
)

ROOT = Path(__file__).parents[6]
DIRECTORY = Path(os.environ.get("RIGHTPLACE_SHARED_DATA", ROOT / "../shared/data")) / "places"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("B12 9AB", "B12 9AB"),
        ("  b129ab ", "B12 9AB"),
        ("b12-9 ab", "B12 9AB"),
        ("B1 1AA", "B1 1AA"),
        ("b31ii", None),
        ("B31 IAA", "B31 1AA"),
        ("B14 OAB", "B14 0AB"),
        ("sw1a 1aa", "SW1A 1AA"),
        ("B12 9CB", None),
        ("B12", None),
        ("", None),
        ("not known", None),
        ("B12 9AB and next door", None),
        ("9" * 10_000, None),
    ],
)
def test_a_postcode_is_written_one_way(typed: str, written: str | None) -> None:
    assert normalise_postcode(typed) == written


def test_a_known_postcode_has_its_square_however_it_is_typed() -> None:
    assert square_of("B1 1AA") == square_of("b11aa") == (406, 286)


def test_a_postcode_of_elsewhere_has_no_square_and_no_area() -> None:
    assert square_of("SW1A 1AA") is None
    assert area_of("SW1A 1AA") is None
    assert area_of("rubbish") is None


def test_every_home_is_in_the_square_that_lists_it() -> None:
    listed = {postcode: square for square in squares() for postcode in postcodes_in(square)}
    assert len(listed) > 25_000
    assert all(square_of(postcode) == square for postcode, square in listed.items())
    assert all(area_of(postcode) is not None for postcode in listed)


def test_the_city_is_296_squares() -> None:
    assert len(squares()) == 296


def test_a_square_of_the_city_is_its_own_nearest_and_one_outside_finds_the_edge() -> None:
    assert nearest_square((406, 286)) == (406, 286)
    assert nearest_square((500, 286))[0] == max(east for east, _ in squares())


def test_every_postcode_agrees_with_the_directory() -> None:
    source = DIRECTORY / "birmingham_postcodes_2026.csv"
    if not source.exists():
        pytest.skip("The postcode directory is not at hand; set RIGHTPLACE_SHARED_DATA to its folder.")
    with source.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    wrong = [
        row["pcd"]
        for row in rows
        if square_of(row["pcd"]) != (int(float(row["oseast1m"])) // 1000, int(float(row["osnrth1m"])) // 1000)
    ]
    assert len(rows) > 35_000
    assert wrong == []
