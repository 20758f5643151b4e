"""Who left us and how long a seat stood empty: leave is no leaving, and for a frozen post nobody is looked for."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from rightplace.foundation.access.actor import RULES
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions, people
from rightplace.foundation.organisation.establishment.tables import Kept, Particulars, Profession
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.overview.capacity import ownpeople
from rightplace.testing.organisation import MORNING, colleague, small_city

TODAY = MORNING.date()
LONG_AGO = date(2020, 1, 6)
SINCE = TODAY - timedelta(days=1_000)
pytestmark = pytest.mark.django_db


@pytest.fixture
def posts(db):
    """Three posts in assessment, two years old: somebody left one, somebody is on leave from one, one is frozen."""
    with clock.clock_at(MORNING):
        city = small_city()
        Team.objects.filter(pk=city.assessment.pk).update(begins=LONG_AGO)
        city.assessment.refresh_from_db()
        yield SimpleNamespace(city=city, own=SimpleNamespace(on=TODAY), team=city.assessment)


def seated(posts, name: str, begins: date):
    row = actions.open_post(
        title="Social worker", grade="G", profession=Profession.SOCIAL_WORK, role=RoleCode.SOCIAL_WORKER, team=posts.team,
        hours=37, begins=begins, by=RULES, funding="Council", reference=name,
    )  # fmt: skip
    seat = row.seats.get()
    worker = colleague(name, posts.team, RoleCode.SOCIAL_WORKER).worker
    Worker.objects.filter(pk=worker.pk).update(begins=LONG_AGO)
    worker.refresh_from_db()
    return seat, people.seat_worker(seat=seat, worker=worker, kind="substantive", begins=begins, by=RULES)


def days(stays):
    return [(round(each.lasted * 365 / 253), each.over) for each in stays]


def test_whoever_left_has_left_and_their_seat_is_looked_for(posts):
    _, sits = seated(posts, "Ada Lane", TODAY - timedelta(days=700))
    people.leave_seat(occupancy=sits, on=TODAY - timedelta(days=200), by=RULES)
    assert [each.left for each in ownpeople.sat(posts.own, SINCE, 156)] == [True]
    assert days(ownpeople.empty(posts.own, SINCE)) == [(200, False)]


def test_whoever_is_on_leave_has_not_left_and_nobody_is_looked_for(posts):
    _, sits = seated(posts, "Bo Reed", TODAY - timedelta(days=700))
    people.leave_seat(occupancy=sits, on=TODAY - timedelta(days=200), by=RULES, kept=Kept.Why.FAMILY_LEAVE)
    assert [each.left for each in ownpeople.sat(posts.own, SINCE, 156)] == [False]
    assert ownpeople.empty(posts.own, SINCE) == []


def test_what_is_said_of_somebody_from_a_later_day_on_is_not_known_yet(posts):
    """Half a year ago nobody knew of a year in the profession that was written down since."""
    _, sits = seated(posts, "Eve Hart", TODAY - timedelta(days=700))
    noted = {"recorded_at": clock.now(), "recorded_by_id": RULES.worker}
    told = {"worker": sits.worker, "profession": Profession.SOCIAL_WORK, **noted}
    then = SimpleNamespace(on=TODAY - timedelta(days=182))
    Particulars.objects.create(
        begins=TODAY - timedelta(days=90), in_profession_since=date(2001, 9, 3), **told
    )
    assert [each.leaves_by for each in ownpeople.sat(posts.own, SINCE, 156)] == ["leaving.experienced"]
    assert [each.leaves_by for each in ownpeople.sat(then, SINCE, 156)] == ["leaving.early"]


def test_of_whoever_went_in_the_last_weeks_nobody_knows_whether_they_come_back(posts):
    _, sits = seated(posts, "Cy Moor", TODAY - timedelta(days=700))
    people.leave_seat(occupancy=sits, on=TODAY - timedelta(days=20), by=RULES)
    assert [each.left for each in ownpeople.sat(posts.own, SINCE, 156)] == [False]


def test_the_days_on_which_a_post_was_frozen_are_no_search(posts):
    seat, sits = seated(posts, "Di Shaw", TODAY - timedelta(days=700))
    people.leave_seat(occupancy=sits, on=TODAY - timedelta(days=300), by=RULES)
    actions.freeze_post(
        post=seat.post, begins=TODAY - timedelta(days=300), ends=TODAY - timedelta(days=100), because="savings", by=RULES,
    )  # fmt: skip
    assert days(ownpeople.empty(posts.own, SINCE)) == [(100, False)]
