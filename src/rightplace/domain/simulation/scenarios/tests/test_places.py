"""What the name of a place means."""

from __future__ import annotations

from rightplace.domain.simulation.names import ASSESSMENT, CARE, DOOR, SUPPORT
from rightplace.domain.simulation.scenarios.places import teams_meant
from rightplace.domain.simulation.teams import Structure, Team


def team(name: str, *areas: str, kind: str, stage: int) -> Team:
    return Team(name, areas, (stage,), workers=4, managers=1, pool=name, kind=kind)


NORTH, SOUTH = "North", "South"
CITY = Structure(
    ((NORTH, 20_000), (SOUTH, 20_000)),
    (
        team("Front door", NORTH, SOUTH, kind="door", stage=DOOR),
        team("South support", SOUTH, kind="support", stage=SUPPORT),
        team("South assessment", SOUTH, kind="assessment", stage=ASSESSMENT),
        team("North support", NORTH, kind="support", stage=SUPPORT),
        team("Care", NORTH, SOUTH, kind="care", stage=CARE),
    ),
)


def named(where: str, structure: Structure = CITY) -> list[str]:
    return [structure.teams[nth].name for nth in teams_meant(structure, where)]


def test_an_area_means_its_own_teams_and_not_those_of_the_whole_city():
    assert named(SOUTH) == ["South support", "South assessment"]
    assert named("South support") == ["South support"]


def test_a_team_of_the_whole_city_is_meant_by_its_name_its_kind_or_everything():
    assert named("Front door") == named("door") == ["Front door"]
    assert named("all") == [each.name for each in CITY.teams]


def test_a_place_of_one_area_means_all_its_teams():
    one = Structure(((SOUTH, 20_000),), tuple(each for each in CITY.teams if each.areas == (SOUTH,)))
    assert named(SOUTH, one) == ["South support", "South assessment"]


def test_an_area_that_only_the_citys_teams_serve_means_them():
    shared = Structure(CITY.children, (CITY.teams[0], CITY.teams[4]))
    assert named(SOUTH, shared) == ["Front door", "Care"]


def test_a_team_of_some_areas_belongs_to_each_of_them_and_to_no_other():
    east = "East"
    both = team("North and South support", NORTH, SOUTH, kind="support", stage=SUPPORT)
    city = Structure(
        (*CITY.children, (east, 20_000)),
        (
            team("Front door", NORTH, SOUTH, east, kind="door", stage=DOOR),
            both,
            team("South assessment", SOUTH, kind="assessment", stage=ASSESSMENT),
            team("East support", east, kind="support", stage=SUPPORT),
        ),
    )
    assert named(NORTH, city) == ["North and South support"]
    assert named(SOUTH, city) == ["North and South support", "South assessment"]
    assert named(east, city) == ["East support"]
    assert named("South family support", city) == ["North and South support"]


def test_a_city_that_was_cut_into_parts_means_everybody_there():
    parts = Structure(
        (("City 1", 9_000), ("City 2", 9_000)),
        (
            team("Front door", "City 1", "City 2", kind="door", stage=DOOR),
            team("City 1 support", "City 1", kind="support", stage=SUPPORT),
            team("City 2 support", "City 2", kind="support", stage=SUPPORT),
        ),
    )
    assert named("City", parts) == ["Front door", "City 1 support", "City 2 support"]
    assert named("City 2", parts) == ["City 2 support"]
