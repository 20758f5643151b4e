"""Recruitment's seed on a small city with posts: believable rows, written by the actions, every page with something on it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from rightplace.demo.seeding import recruitment
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions, people
from rightplace.services.recruitment import queries, voices
from rightplace.services.recruitment.models import Candidate, Initiative, Notice, Vacancy
from rightplace.testing.organisation import LONG_AGO, MORNING, small_city


@pytest.fixture
def posts(db):
    with clock.clock_at(MORNING):
        city = small_city()
        by = city.human_resources.actor
        for who in (
            city.social_worker,
            city.front_door_worker,
            city.front_door_worker_2,
            city.family_support_worker,
        ):
            for sits in (True, False, False):
                post = actions.open_post(
                    title="Worker", grade="GR5", profession="social_work", role=who.membership.role, team=who.team,
                    funding="core", hours=Decimal(37), begins=LONG_AGO, by=by,
                )  # fmt: skip
                if sits:
                    people.seat_worker(
                        seat=post.seats.get(), worker=who.worker, kind="substantive", begins=LONG_AGO, by=by
                    )
        yield city


def test_three_years_come_out_believable(posts):
    recruitment.seed(1_000, 7)
    told = queries.retention(MORNING.date())
    assert told.filled >= 3
    assert told.days_to_fill is not None
    assert sum(step.lost for step in told.steps) >= 3
    assert Vacancy.objects.filter(ended_on=None).count() >= 3
    assert not Candidate.objects.filter(ended_on=None, vacancy__ended_on__isnull=False).exists()
    assert Notice.objects.filter(leaver=None, taken_back_on=None).count() >= 1
    assert Initiative.objects.count() == 2
    assert all(each.people >= 5 for each in voices.themes_told(posts.director.actor))
    assert all(row.last_day <= MORNING.date() + timedelta(days=60) for row in Notice.objects.all())


def test_no_two_ways_are_alike_and_what_is_due_to_be_deleted_is(posts):
    recruitment.seed(1_000, 7)
    steps = {step.code: step for step in queries.retention(MORNING.date()).steps}
    spread = [step for step in steps.values() if step.done >= 3]
    assert any(step.median_days != step.slow_days for step in spread)
    assert not Candidate.objects.filter(delete_on__lte=MORNING.date(), deleted_at=None).exists()
    assert Candidate.objects.exclude(deleted_at=None).exists()
