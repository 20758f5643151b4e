"""The words of a scope are kept; whom it holds is asked anew for each reader and at each moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from rightplace.foundation.access import reach
from rightplace.foundation.access.models import Restriction
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal.models import File, Span
from rightplace.foundation.journal.policy import hidden_persons, persons_of_team
from rightplace.foundation.journal.tests.telling import OTHER_TEAM, TEAM, open_with_team
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.testing.organisation import MORNING, small_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    with clock.clock_at(MORNING):
        yield small_city()


def persons(rows) -> set[int]:
    return set(File.objects.filter(person__in=rows).values_list("person", flat=True))


def test_who_is_hidden_depends_on_the_reader_and_the_moment(city):
    child = open_with_team()
    reader, named = city.front_door_worker.actor, city.head_of_service
    assert not persons(hidden_persons(reader))
    with clock.clock_at(MORNING + timedelta(hours=1)):
        reach.restrict(
            file=child, kind=Restriction.Kind.RESTRICTED, reason="Kin of a colleague.",
            may_open=[named.worker.pk], by=named.actor,
        )  # fmt: skip
        assert persons(hidden_persons(reader)) == {child}
        assert not persons(hidden_persons(named.actor))
        assert not scope(reader, Span).exists() and scope(named.actor, Span).exists()
    assert not persons(hidden_persons(reader))


def test_a_team_reaches_its_own_from_the_moment_that_it_answers(city):
    child = open_with_team()
    for hours, team, seen in ((1, TEAM, set()), (4, TEAM, {child}), (4, OTHER_TEAM, set())):
        worker = replace(team, role=int(RoleCode.FAMILY_SUPPORT_WORKER))
        with clock.clock_at(MORNING + timedelta(hours=hours)):
            assert persons(persons_of_team(worker)) == seen
