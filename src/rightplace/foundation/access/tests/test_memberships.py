"""The roles of whoever is signed in are those that the organisation's own query gives, in one query."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import Exists, OuterRef

from rightplace.foundation.access import memberships
from rightplace.foundation.access.actor import actor_of
from rightplace.foundation.access.memberships import know_too, memberships_of
from rightplace.foundation.access.models import User
from rightplace.foundation.organisation import actions, clock, queries
from rightplace.foundation.organisation.models import School
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.testing.organisation import MORNING, small_city

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 3)


@pytest.fixture
def city():
    with clock.clock_at(MORNING):
        yield small_city()


def test_the_same_rows_as_the_organisations_query_in_one(city, django_assert_num_queries):
    by, worker = city.administrator.actor, city.social_worker.worker
    for role, team, begins in (
        (RoleCode.FAMILY_SUPPORT_WORKER, city.family_support, TODAY),
        (RoleCode.FRONT_DOOR_WORKER, city.front_door, TODAY + timedelta(days=1)),
    ):
        actions.join_team(worker=worker, team=team, role=role, begins=begins, by=by)
    expected = list(queries.memberships_of(worker.pk, TODAY))
    with django_assert_num_queries(1):
        found = memberships_of(city.social_worker.user)
    assert len(found) == 2
    with django_assert_num_queries(0):
        assert [(row, row.worker.name, row.team.name) for row in found] == [
            (row, row.worker.name, row.team.name) for row in expected
        ]
    for part in ("worker", "team"):
        assert [vars(getattr(row, part)) | {"_state": 0} for row in found] == [
            vars(getattr(row, part)) | {"_state": 0} for row in expected
        ]
    assert list(map(actor_of, found)) == list(map(actor_of, expected))


def test_what_has_ended_gives_no_role_whatever_ended(city):
    by = city.administrator.actor
    actions.leave_team(membership=city.social_worker.membership, on=TODAY, by=by)
    door = city.front_door
    actions.open_team(agency=door.agency, name="New door", kind=door.kind, begins=TODAY, by=by)
    actions.end_team(team=door, on=TODAY, by=by)
    for person in (city.social_worker, city.front_door_worker):
        assert memberships_of(person.user) == []
    assert memberships_of(User()) == []


def test_a_second_factor_is_known(city):
    assert [row.has_second_factor for row in memberships_of(city.social_worker.user)] == [True]
    assert [row.has_second_factor for row in memberships_of(city.police.user)] == [False]


def test_what_an_app_knows_too_comes_in_the_same_query(city, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(memberships, "_known", dict(memberships._known))
    memberships_of(city.school.user)
    try:
        know_too("of_a_school", Exists(School.objects.filter(agency=OuterRef("team__agency_id"))))
        with django_assert_num_queries(1):
            assert [row.of_a_school for row in memberships_of(city.school.user)] == [True]
        found = memberships_of(city.social_worker.user)
        assert [(row.of_a_school, row.has_second_factor, row.team) for row in found] == [
            (False, True, city.assessment)
        ]
    finally:
        memberships._written.cache_clear()
