"""The partnership's demonstration puts something believable on each of its pages, and checks at every stage on the desks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rightplace.demo.seeding import partnership
from rightplace.domain.practice.entries.contact import Grade
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Pilot
from rightplace.services.frontdoor import actions
from rightplace.services.frontdoor.projected_triage import Triage
from rightplace.services.frontdoor.projections import Check
from rightplace.services.frontdoor.tests.telling_staff import told
from rightplace.services.partnership.models import Commitment, Dispute, Meeting
from rightplace.testing.organisation import MORNING, small_city

pytestmark = pytest.mark.django_db


def test_the_board_the_pilot_the_desks_and_the_notices_have_something_on_them():
    with clock.clock_at(MORNING - timedelta(hours=1)):
        city = small_city()
        for place in range(7):
            contact = told(city.police if place < 3 else city.school, line=f"{place} Cedar Row")
            actions.screen(
                contact=contact, grade=Grade.GREEN, reasons="It goes on.", by=city.front_door_worker.actor
            )
    with clock.clock_at(MORNING):
        partnership.seed(1000, 1)
    assert (Meeting.objects.count(), Dispute.objects.count(), Pilot.objects.count()) == (6, 3, 1)
    assert Commitment.objects.count() >= 6
    checks = list(Check.objects.all())
    assert {(c.answered is not None, c.refused, c.read is not None, c.taken_by != 0) for c in checks} >= {
        (False, False, False, False), (False, False, True, False), (False, False, True, True),
        (True, False, True, True), (True, True, True, False),
    }  # fmt: skip
    assert sorted(len(t.heard) for t in Triage.objects.all()) == [0, 2, 3]
    assert Triage.objects.exclude(decided=None).count() == 1
