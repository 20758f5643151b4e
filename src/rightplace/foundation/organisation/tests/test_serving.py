"""No area is left to nobody: a team ends when another serves its area, and one may take more areas than its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import actions, queries, serving
from rightplace.foundation.organisation.models import Area, Team, TeamArea

TODAY = date(2026, 3, 3)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def south(city):
    """A team of area 9, and no team for the whole city any more."""
    team = actions.open_team(
        agency=city.north.agency, name="South", kind="family_support", begins=TODAY, by=city.by, area=area(9)
    )
    never_there(city.everywhere)
    return team


def never_there(team: Team) -> None:
    """It would not be let go: it serves the areas that have no team of their own."""
    Team.objects.filter(pk=team.pk).update(ends=TODAY)


def area(number: int) -> Area:
    return Area.objects.get(pk=number)


def test_the_last_team_of_an_area_does_not_end_before_another_takes_the_area(city, south):
    with pytest.raises(Refused, match="no family support team would serve North") as why:
        actions.end_team(team=city.north, on=TOMORROW, by=city.by)
    assert "takes this area" in why.value.instead
    serving.take_area(team=south, area=area(1), begins=TOMORROW, by=city.by)
    with pytest.raises(Refused):
        actions.end_team(team=city.north, on=TODAY, by=city.by)
    actions.end_team(team=city.north, on=TOMORROW, by=city.by)
    assert queries.team_for(1, "family_support", TODAY) == city.north
    assert queries.team_for(1, "family_support", TOMORROW) == south
    assert serving.areas_of(south, TODAY) == [9]
    assert serving.areas_of(south, TOMORROW) == [9, 1]


def test_an_areas_own_team_comes_before_one_that_took_it(city, south):
    serving.take_area(team=south, area=area(1), begins=TODAY, by=city.by)
    assert queries.team_for(1, "family_support", TODAY) == city.north
    assert queries.team_for(1, "care", TODAY) is None


def test_what_was_taken_goes_on_once_more_or_the_team_stays(city, south):
    serving.take_area(team=south, area=area(1), begins=TODAY, by=city.by)
    actions.end_team(team=city.north, on=TODAY, by=city.by)
    with pytest.raises(Refused, match="would serve"):
        serving.give_up_area(row=TeamArea.objects.get(), on=TOMORROW, by=city.by)
    with pytest.raises(Refused, match="would serve"):
        actions.end_team(team=south, on=TOMORROW, by=city.by)
    third = actions.open_team(
        agency=south.agency, name="All", kind="family_support", begins=TODAY, by=city.by, area=area(3)
    )
    for number in (1, 9):
        serving.take_area(team=third, area=area(number), begins=TODAY, by=city.by)
    actions.end_team(team=south, on=TOMORROW, by=city.by)
    assert TeamArea.objects.get(team=south).ends == TOMORROW
    assert queries.team_for(1, "family_support", TOMORROW) == third


def test_nothing_is_taken_twice_nor_by_a_team_for_the_whole_city(city, south):
    with pytest.raises(Refused, match="serves the whole city"):
        serving.take_area(team=city.everywhere, area=area(1), begins=TODAY, by=city.by)
    with pytest.raises(Refused, match="already"):
        serving.take_area(team=south, area=area(9), begins=TODAY, by=city.by)
    serving.take_area(team=south, area=area(1), begins=TOMORROW, by=city.by)
    with pytest.raises(Refused, match="already"):
        serving.take_area(team=south, area=area(1), begins=TODAY, by=city.by)


def test_what_was_taken_can_be_given_up_when_the_area_has_its_own_team(city, south):
    row = serving.take_area(team=south, area=area(1), begins=TODAY, by=city.by)
    serving.give_up_area(row=row, on=TOMORROW, by=city.by)
    assert serving.areas_of(south, TODAY) == [9, 1]
    assert serving.areas_of(south, TOMORROW) == [9]


def test_the_last_team_for_the_whole_city_does_not_end_before_another_of_its_kind_is_there(city):
    with pytest.raises(Refused, match=r"no other team of its kind \(front door\) would serve it") as why:
        actions.end_team(team=city.front_door, on=TOMORROW, by=city.by)
    assert "Open another team of this kind" in why.value.instead
    door = {"agency": city.authority, "kind": "front_door", "by": city.by}
    actions.open_team(name="New door", begins=TOMORROW, **door)
    with pytest.raises(Refused, match="From 3 March 2026"):
        actions.end_team(team=city.front_door, on=TODAY, by=city.by)
    actions.end_team(team=city.front_door, on=TOMORROW, by=city.by)
    assert queries.team_for(5, "front_door", TODAY) == city.front_door
    assert queries.team_for(5, "front_door", TOMORROW).name == "New door"


def test_a_team_for_the_whole_city_ends_once_teams_with_areas_serve_each_of_them(city):
    others = [each.pk for each in Area.objects.all() if each.pk != 1]
    for number in others[1:]:
        serving.take_area(team=city.north, area=area(number), begins=TODAY, by=city.by)
    left = area(others[0])
    with pytest.raises(Refused, match=f"would serve {left}: what comes to it"):
        actions.end_team(team=city.everywhere, on=TOMORROW, by=city.by)
    assert list(serving.cities_left([city.everywhere.pk], TOMORROW)) == [city.everywhere]
    serving.take_area(team=city.north, area=left, begins=TOMORROW, by=city.by)
    assert not serving.cities_left([city.everywhere.pk], TOMORROW).exists()
    actions.end_team(team=city.everywhere, on=TOMORROW, by=city.by)
    assert {queries.team_for(each.pk, "family_support", TOMORROW) for each in Area.objects.all()} == {
        city.north
    }


def test_some_areas_left_to_nobody_are_named_and_counted(city):
    with pytest.raises(Refused, match="and 14 other areas: what comes to it would find nobody"):
        actions.end_team(team=city.everywhere, on=TOMORROW, by=city.by)


def test_a_partners_desk_and_the_team_of_imported_children_serve_no_area(city):
    imported = actions.open_team(
        agency=city.authority, name="Imported", kind="imported", begins=TODAY, by=city.by
    )
    actions.end_team(team=imported, on=TOMORROW, by=city.by)
    police = actions.add_agency(name="Example Police", kind="police", begins=TODAY, by=city.by)
    desk = actions.open_team(agency=police, name="Desk", kind="partner_desk", begins=TODAY, by=city.by)
    actions.end_team(team=desk, on=TOMORROW, by=city.by)
    assert set(Team.objects.filter(ends=TOMORROW)) == {imported, desk}
