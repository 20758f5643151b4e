"""No area is left to nobody on any later day: what passes leaves none, and nothing else is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import actions, serving
from rightplace.foundation.organisation.gaps import Days, first_gap
from rightplace.foundation.organisation.models import Area, Team, TeamArea
from rightplace.foundation.organisation.recording import recorded

TODAY = date(2026, 3, 3)
AREAS = (1, 3, 9)
HORIZON = 16
"""Nothing changes after that day."""

begun = st.integers(0, 5)
lasting = st.one_of(st.none(), st.integers(1, 6))
taken_rows = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(AREAS), begun, lasting), max_size=6)
for_the_city = st.lists(st.tuples(begun, lasting), max_size=3)
moves = st.lists(
    st.tuples(st.sampled_from(["end", "end", "give up"]), st.integers(0, 5), st.integers(1, 9)),
    min_size=1, max_size=5,
)  # fmt: skip


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.fixture
def two(city):
    """Teams of area 1 and 9, and no team for the whole city."""
    south = actions.open_team(
        agency=city.authority, name="South", kind="family_support", begins=TODAY, by=city.by,
        area=Area.objects.get(pk=9),
    )  # fmt: skip
    Team.objects.filter(pk=city.everywhere.pk).update(ends=TODAY)
    return city.north, south


def take(city, team: Team, area: int, begins: int, ends: int | None = None) -> TeamArea:
    return TeamArea.objects.create(
        team=team, area_id=area, begins=day(begins), ends=None if ends is None else day(ends),
        **recorded(city.by),
    )  # fmt: skip


def whole_city(city, begins: int, lasts: int | None) -> Team:
    ends = None if lasts is None else day(begins + lasts)
    return Team.objects.create(
        agency=city.authority, name="City", kind="family_support", begins=day(begins), ends=ends,
        **recorded(city.by),
    )  # fmt: skip


def served() -> set[tuple[int, int]]:
    """Each area and day on which a team serves it, counted day by day; a team without an area serves them all."""
    teams = {row.pk: row for row in Team.objects.filter(kind="family_support")}
    every = Area.objects.values_list("pk", flat=True)
    spells = [
        (area, team, team)
        for team in teams.values()
        for area in ([team.area_id] if team.area_id is not None else every)
    ]
    spells += [(row.area_id, row, teams[row.team_id]) for row in TeamArea.objects.all()]
    return {
        (area, number)
        for area, *rows in spells
        for number in range(HORIZON)
        if all(row.begins <= day(number) and (row.ends is None or day(number) < row.ends) for row in rows)
    }


def would_leave_one(row: Team | TeamArea, on: date) -> bool:
    before = served()
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(ends=on)
        after = served()
        transaction.set_rollback(True)
    return not before <= after


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=taken_rows, whole=for_the_city, asked=moves)
def test_what_passes_leaves_no_area_to_nobody_and_what_is_refused_would(city, two, taken, whole, asked):
    with transaction.atomic():
        third = actions.open_team(
            agency=city.authority, name="West", kind="family_support", begins=day(2), by=city.by,
            area=Area.objects.get(pk=3),
        )  # fmt: skip
        everywhere = [whole_city(city, begins, lasts) for begins, lasts in whole]
        teams = [*two, third, *everywhere]
        for team, area, begins, lasts in taken:
            take(city, teams[team], area, begins, None if lasts is None else begins + lasts)
        for what, number, on in asked:
            rows = teams if what == "end" else list(TeamArea.objects.order_by("pk"))
            if not rows:
                continue
            row = type(rows[0]).objects.get(pk=rows[number % len(rows)].pk)
            if day(on) >= row.begins:
                ask(city, row, day(on))
        transaction.set_rollback(True)


def ask(city, row: Team | TeamArea, on: date) -> None:
    expected, before = would_leave_one(row, on), served()
    refused = False
    try:
        with transaction.atomic():
            if isinstance(row, Team):
                actions.end_team(team=row, on=on, by=city.by)
            else:
                serving.give_up_area(row=row, on=on, by=city.by)
    except Refused as why:
        assert "would serve" in str(why)
        refused = True
    assert refused == expected
    assert before <= served()


def test_who_takes_an_area_from_a_later_day_does_not_go_before_it(city, two):
    north, south = two
    take(city, south, 1, begins=5)
    actions.end_team(team=north, on=day(5), by=city.by)
    take(city, actions.open_team(
        agency=city.authority, name="All", kind="family_support", begins=TODAY, by=city.by,
        area=Area.objects.get(pk=3),
    ), 9, begins=0)  # fmt: skip
    with pytest.raises(Refused, match="From 8 March 2026 no family support team would serve North"):
        actions.end_team(team=south, on=day(2), by=city.by)


def test_what_was_taken_is_not_given_up_to_a_team_that_ends_later(city, two):
    north, south = two
    row = take(city, south, 1, begins=0)
    actions.end_team(team=north, on=day(7), by=city.by)
    with pytest.raises(Refused, match="From 10 March 2026 no family support team would serve North"):
        serving.give_up_area(row=row, on=day(1), by=city.by)


def test_a_cut_over_carries_an_area_whose_only_other_team_ends_later(city, two):
    north, south = two
    take(city, south, 1, begins=0, ends=6)
    third = actions.open_team(
        agency=city.authority, name="North again", kind="family_support", begins=day(2), by=city.by,
        area=Area.objects.get(pk=3),
    )  # fmt: skip
    assert list(serving.own_areas_left([north.pk], day(2))) == [north]
    serving.carry_over(Area.objects.get(pk=1), third, day(2), city.by, serving.MANAGE)
    assert not serving.own_areas_left([north.pk], day(2)).exists()
    actions.end_team(team=north, on=day(2), by=city.by)


def test_a_gap_begins_where_the_last_that_is_kept_ends():
    lost = [Days(day(2), day(9))]
    assert first_gap(lost, [Days(day(0), day(4)), Days(day(4))]) is None
    assert first_gap(lost, [Days(day(0), day(4)), Days(day(5))]) == day(4)
    assert first_gap(lost, [Days(day(3))]) == day(2)
    assert first_gap(lost, [Days(day(0), day(9))]) is None
