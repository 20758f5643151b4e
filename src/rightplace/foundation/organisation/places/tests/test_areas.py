"""The sixteen areas: whole, even, and every square in exactly one."""

import importlib.util
from collections import Counter
from pathlib import Path

import pytest

from rightplace.foundation.organisation.places.places import (
    HERE,
    QUARTERS,
    Area,
    area_of,
    area_of_square,
    areas,
    postcodes_in,
    squares,
)

ROOT = Path(__file__).parents[6]


def reached(start: tuple[int, int], among: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Every square that can be walked to over shared edges."""
    seen, waiting = {start}, [start]
    while waiting:
        east, north = waiting.pop()
        beside = {(east + 1, north), (east - 1, north), (east, north + 1), (east, north - 1)}
        for near in (beside & among) - seen:
            seen.add(near)
            waiting.append(near)
    return seen


def test_there_are_sixteen_areas_four_to_a_quarter() -> None:
    assert [area.number for area in areas()] == list(range(1, 17))
    assert len({area.key for area in areas()}) == len({area.name for area in areas()}) == 16
    assert Counter(area.quarter for area in areas()) == dict.fromkeys(QUARTERS, 4)


def test_every_square_is_in_exactly_one_area() -> None:
    placed = [square for area in areas() for square in area.squares]
    assert len(placed) == len(set(placed)) == 296
    assert set(placed) == set(squares())


@pytest.mark.parametrize("area", areas(), ids=lambda area: area.key)
def test_an_area_is_in_one_piece(area: Area) -> None:
    assert reached(area.squares[0], set(area.squares)) == set(area.squares)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_a_quarter_is_in_one_piece(quarter: str) -> None:
    own = {square for area in areas() if area.quarter == quarter for square in area.squares}
    assert reached(min(own), own) == own


def test_no_area_is_more_than_a_quarter_larger_or_smaller_than_the_mean() -> None:
    counted = {area.key: sum(len(postcodes_in(square)) for square in area.squares) for area in areas()}
    mean = sum(counted.values()) / len(counted)
    assert counted == {area.key: area.postcodes for area in areas()}
    assert all(0.75 * mean <= count <= 1.25 * mean for count in counted.values())


def test_the_quarters_lie_where_their_names_say() -> None:
    def centre(quarter: str, axis: int) -> float:
        own = [square[axis] for area in areas() if area.quarter == quarter for square in area.squares]
        return sum(own) / len(own)

    assert centre("north", 1) == max(centre(quarter, 1) for quarter in QUARTERS)
    assert centre("south", 1) == min(centre(quarter, 1) for quarter in QUARTERS)
    assert centre("west", 0) < centre("east", 0)


def test_an_area_says_its_quarter_first_and_finds_its_own_postcodes() -> None:
    area = next(area for area in areas() if area.key == "south-hawthorn")
    assert area.title == "South: Hawthorn"
    assert area_of(postcodes_in(area.squares[0])[0]) == area
    assert area_of_square((0, 0)) is None


def test_the_same_squares_always_give_the_same_areas() -> None:
    tool = ROOT / "tools/make_areas.py"
    if not tool.exists():
        pytest.skip("The tools are not part of the wheel; run this in a checkout.")
    spec = importlib.util.spec_from_file_location("make_areas", tool)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    weights = module.weights_of((HERE / "postcodes.txt").read_text(encoding="utf-8"))
    assert module.toml(weights) == (HERE / "areas.toml").read_text(encoding="utf-8")
