"""Notice, what is handed over, the last day; retention as the capacity model reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rightplace.common.caseflow.handover import to_hand_over
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Leaver, Occupancy
from rightplace.foundation.organisation.models import Membership
from rightplace.services.recruitment import leavings, queries
from rightplace.services.recruitment.models import Notice
from rightplace.services.recruitment.tests.conftest import TODAY, ago, seated
from rightplace.testing.organisation import MORNING


def noticed(city, last_day=TODAY):
    return leavings.take_notice(
        worker=city.social_worker.worker,
        given_on=ago(28),
        last_day=last_day,
        reason="1",
        by=city.human_resources.actor,
    )


def test_after_the_last_day_the_seat_is_free_and_the_team_left(city):
    seated(city, city.social_worker)
    notice = noticed(city, ago(1))
    leavings.record_last_day(notice=notice, by=city.human_resources.actor)
    assert Leaver.objects.get().on == TODAY
    assert Occupancy.objects.get().ends == TODAY
    assert Membership.objects.get(worker=city.social_worker.worker).ends == TODAY
    with pytest.raises(Refused, match="settled"):
        leavings.take_notice_back(notice=notice, on=TODAY, by=city.human_resources.actor)


def test_a_last_day_that_is_yet_to_come_is_not_recorded(city):
    seated(city, city.social_worker)
    with pytest.raises(Refused, match="yet to come"):
        leavings.record_last_day(notice=noticed(city, TODAY + timedelta(5)), by=city.human_resources.actor)


def test_one_notice_at_a_time_and_staying_after_all(city):
    notice = noticed(city, TODAY + timedelta(30))
    with pytest.raises(Refused, match="already"):
        noticed(city)
    leavings.take_notice_back(notice=notice, on=TODAY, by=city.human_resources.actor)
    assert noticed(city).pk != notice.pk
    assert Notice.objects.count() == 2


def test_what_is_handed_over_counts_and_says_who_takes_it(city):
    from rightplace.foundation.organisation.establishment import hooks

    found = {each.what: each.number for each in to_hand_over(city.social_worker.worker.pk, TODAY)}
    assert found["children allocated"] == 0
    assert found["schools linked"] == 0
    known = hooks.supervisees([city.social_worker.worker.pk], TODAY)
    assert found["people supervised"] == (
        None if known is None else known.get(city.social_worker.worker.pk, 0)
    )


def test_retention_is_read_in_one_go_and_counts_who_left(city):
    for who in (city.social_worker, city.front_door_worker, city.front_door_worker_2, city.night_worker,
                city.family_support_worker):  # fmt: skip
        seated(city, who)
    leavings.record_last_day(notice=noticed(city, ago(1)), by=city.human_resources.actor)
    told = queries.retention(TODAY)
    assert {cell.experience for cell in told.hazards} == {"not known"}
    assert sum(cell.leavers for cell in told.hazards) == 1
    assert told.agency_share == 0
    with clock.clock_at(MORNING - timedelta(days=400)):
        early = queries.retention(ago(400))
    assert sum(cell.leavers for cell in early.hazards) == 0


def test_days_away_count_mondays_to_fridays():
    assert queries.weekdays(ago(1).toordinal(), TODAY.toordinal()) == 1  # Monday 2 March
    assert queries.weekdays(ago(7).toordinal(), TODAY.toordinal()) == 5
    assert queries.weekdays(ago(3).toordinal(), ago(1).toordinal()) == 0
