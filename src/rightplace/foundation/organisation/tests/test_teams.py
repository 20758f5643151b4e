"""Which team answers, who manages it, and that it cannot end while it answers for a child."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import actions, hooks, queries
from rightplace.foundation.organisation.models import Membership
from rightplace.foundation.organisation.rolecodes import RoleCode

TODAY = date(2026, 3, 3)
TOMORROW = TODAY + timedelta(days=1)


def test_an_area_is_answered_by_its_own_team_before_one_for_the_whole_city(city):
    assert queries.team_for(1, "family_support", TODAY) == city.north
    assert queries.team_for(2, "family_support", TODAY) == city.everywhere
    assert queries.team_for(None, "family_support", TODAY) == city.everywhere
    assert queries.team_for(1, "care", TODAY) is None


def test_a_team_answers_from_its_first_day_until_the_day_before_its_last(city):
    actions.end_team(team=city.north, on=TOMORROW, by=city.by)
    assert queries.team_for(1, "family_support", TODAY) == city.north
    assert queries.team_for(1, "family_support", TOMORROW) == city.everywhere
    assert queries.team_for(1, "family_support", date(2024, 12, 31)) is None


def test_a_team_that_answers_for_a_child_does_not_end(city, monkeypatch):
    monkeypatch.setattr(hooks, "_team_guards", [lambda team, on: 2 if team == city.north.pk else 0])
    with pytest.raises(Refused, match="2 children"):
        actions.end_team(team=city.north, on=TOMORROW, by=city.by)
    city.north.refresh_from_db()
    assert city.north.ends is None
    actions.open_team(
        agency=city.authority, name="City again", kind="family_support", begins=TODAY, by=city.by
    )
    actions.end_team(team=city.everywhere, on=TOMORROW, by=city.by)
    city.everywhere.refresh_from_db()
    assert city.everywhere.ends == TOMORROW


def test_an_end_is_recorded_with_its_author_and_not_moved(city):
    actions.end_team(team=city.north, on=TODAY, by=city.by)
    city.north.refresh_from_db()
    assert city.north.end_recorded_by_id == city.by.worker
    with pytest.raises(Refused, match="already ended"):
        actions.end_team(team=city.north, on=TOMORROW, by=city.by)


def test_the_manager_is_the_one_in_a_managing_role_for_longest(city):
    assert queries.manager_of(city.north.pk, TODAY) is None
    city.worker("Wendell Ashby", city.north, RoleCode.FAMILY_SUPPORT_WORKER)
    first = city.worker("Oriel Manning", city.north, RoleCode.FAMILY_SUPPORT_MANAGER)
    second = city.worker("Tamsin Reeve")
    actions.join_team(
        worker=second, team=city.north, role=RoleCode.FAMILY_SUPPORT_MANAGER, begins=TODAY, by=city.by
    )
    assert queries.manager_of(city.north.pk, TODAY) == first
    assert queries.managers_of([city.north.pk, city.everywhere.pk], TODAY) == {city.north.pk: first}
    actions.leave_team(membership=first.memberships.get(), on=TOMORROW, by=city.by)
    assert queries.manager_of(city.north.pk, TOMORROW) == second


def test_members_are_those_of_the_day(city):
    worker = city.worker("Wendell Ashby", city.north)
    assert [row.worker for row in queries.members(city.north.pk, TODAY)] == [worker]
    assert not queries.members(city.north.pk, date(2024, 12, 31)).exists()
    actions.end_worker(worker=worker, on=TOMORROW, by=city.by)
    assert queries.members(city.north.pk, TODAY).exists()
    assert not queries.members(city.north.pk, TOMORROW).exists()
    assert queries.has_left(worker.pk, TOMORROW)


def test_who_leaves_a_team_is_told_to_the_apps_in_the_same_transaction(city, monkeypatch):
    told = []
    monkeypatch.setattr(hooks, "_leavings", [lambda *what: told.append(what)])
    worker = city.worker("Wendell Ashby", city.north)
    actions.leave_team(membership=worker.memberships.get(), on=TOMORROW, by=city.by)
    assert told == [(worker.pk, city.north.pk, TOMORROW, city.by)]


def test_nobody_is_twice_in_the_same_role_of_a_team(city):
    worker = city.worker("Wendell Ashby", city.north)
    with pytest.raises(Refused, match="already has this role"):
        actions.join_team(
            worker=worker, team=city.north, role=RoleCode.SOCIAL_WORKER, begins=TODAY, by=city.by
        )
    row = worker.memberships.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            worker=worker,
            team=row.team,
            role=row.role,
            begins=TODAY,
            recorded_at=row.recorded_at,
            recorded_by_id=2,
        )
    actions.leave_team(membership=row, on=TODAY, by=city.by)
    again = actions.join_team(
        worker=worker, team=city.north, role=RoleCode.SOCIAL_WORKER, begins=TODAY, by=city.by
    )
    assert again.pk != row.pk


def test_a_role_that_begins_in_the_future_refuses_another_that_would_overlap(city):
    worker = city.worker("Wendell Ashby")
    actions.join_team(
        worker=worker, team=city.north, role=RoleCode.SOCIAL_WORKER, begins=TOMORROW, by=city.by
    )
    with pytest.raises(Refused):
        actions.join_team(
            worker=worker, team=city.north, role=RoleCode.SOCIAL_WORKER, begins=TODAY, by=city.by
        )
