"""No area is left to nobody: a team ends when another serves its area, and one may take more areas than its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import actions, queries, serving
from rightplace.foundation.organisation.models import Area, TeamArea

TODAY = date(2026, 3, 3)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def south(city):
    """A team of area 9, and no team for the whole city any more."""
    team = actions.open_team(
        agency=city.north.agency, name="South", kind="family_support", begins=TODAY, by=city.by, area=area(9)
    )
    actions.end_team(team=city.everywhere, on=TODAY, by=city.by)
    return team


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
