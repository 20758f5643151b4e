"""A programme says what it is for, what it protects and why, and never has evidence of what has not happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Post
from rightplace.foundation.organisation.establishment.tests.conftest import (
    City,
    city,
    keeper,
    morning,
    opened,
)
from rightplace.foundation.organisation.programme import actions, queries
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.organisation.tests.conftest import By

__all__ = ["city", "keeper", "morning", "opened"]
pytestmark = pytest.mark.django_db
BEGAN = date(2026, 1, 5)


@pytest.fixture
def programme(city: City, keeper: Any) -> Programme:
    return actions.begin_programme(
        title="The right child",
        purpose="Families find one team.",
        lead=city.worker("Lead"),
        begins=BEGAN,
        by=keeper,
    )


def test_what_is_protected_says_what_works_there(
    programme: Programme, opened: Callable[..., Post], keeper: Any
):
    post = opened()
    with pytest.raises(Refused, match="what works"):
        actions.put_post(programme=programme, post=post, side="old", protected=True, by=keeper)
    actions.put_post(
        programme=programme, post=post, side="old", protected=True, because="Families trust it.", by=keeper
    )
    other = opened()
    actions.put_post(programme=programme, post=other, side="old", by=keeper)
    assert list(queries.at_risk(programme.pk)) == [other]


def test_a_post_is_on_one_side_once(programme: Programme, opened: Callable[..., Post], keeper: Any):
    post = opened()
    actions.put_post(programme=programme, post=post, side="old", by=keeper)
    with pytest.raises(Refused, match="already"):
        actions.put_post(programme=programme, post=post, side="new", by=keeper)


def test_evidence_is_of_a_day_that_was(programme: Programme, keeper: Any):
    today = clock.today()
    for day in (today + timedelta(1), BEGAN - timedelta(1)):
        with pytest.raises(Refused):
            actions.record_evidence(
                programme=programme, stage="consultation", on=day, what="Minutes", by=keeper
            )
    for day in (today, BEGAN):
        actions.record_evidence(programme=programme, stage="consultation", on=day, what="Minutes", by=keeper)
    assert queries.evidence_days(programme.pk) == {"consultation": BEGAN}


def test_the_first_day_lies_ahead(programme: Programme, keeper: Any):
    with pytest.raises(Refused, match="ahead"):
        actions.set_first_day(programme=programme, on=clock.today(), by=keeper)
    actions.set_first_day(programme=programme, on=clock.today() + timedelta(30), by=keeper)
    programme.refresh_from_db()
    assert programme.first_day == clock.today() + timedelta(30)


def test_each_old_team_leads_to_the_teams_that_go_on_from_it(programme: Programme, city: City, keeper: Any):
    for after, kind in ((city.front_door, "split"), (city.north, "continued")):
        actions.say_team_lineage(
            programme=programme,
            before=city.north,
            after=after,
            kind=kind,
            because="Nearer to schools.",
            by=keeper,
        )
    with pytest.raises(Refused, match="already"):
        actions.say_team_lineage(
            programme=programme,
            before=city.north,
            after=city.front_door,
            kind="split",
            because="Again.",
            by=keeper,
        )
    assert [line.after for line in queries.successors(programme.pk)[city.north.pk]] == [
        city.front_door,
        city.north,
    ]


def test_nobody_without_the_permission_keeps_a_programme(city: City):
    with pytest.raises(Http404):
        actions.begin_programme(
            title="x",
            purpose="y",
            lead=city.worker("Lead"),
            begins=BEGAN,
            by=By(role=RoleCode.SOCIAL_WORKER),
        )
