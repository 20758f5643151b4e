"""What the demonstration says of staff is written through the same actions as everything else, and is there to be read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rightplace.demo.seeding import learning, performance
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import people
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.learning.models import Booking, FirstYear
from rightplace.services.performance.lock import opened_for
from rightplace.services.performance.models import Matter, Objective, Thanks
from rightplace.testing.organisation import MORNING, colleague, small_city


@pytest.mark.django_db
def test_a_team_has_objectives_thanks_support_courses_and_a_first_year():
    with clock.clock_at(MORNING):
        city = small_city()
        for name in ("Ivo Penn", "Maud Carr"):
            colleague(name, city.assessment, RoleCode.SOCIAL_WORKER)
        people.say_particulars(
            worker=city.social_worker.worker, profession="social_work", begins=date(2025, 9, 1), registered=True,
            qualified=MORNING.date() - timedelta(days=150), by=city.human_resources.actor,
        )  # fmt: skip
        performance.seed(1, 7)
        learning.seed(1, 7)
        with opened_for(city.assessment_manager.actor):
            assert Matter.objects.filter(led_by=city.assessment_manager.worker).count() == 1
    assert Objective.objects.filter(agreed_by_worker__isnull=False, agreed_by_lead__isnull=False).exists()
    assert Thanks.objects.filter(shared_at__isnull=False).exists()
    assert Booking.objects.filter(state="attended").exists()
    assert FirstYear.objects.get().reviews.filter(held_on__isnull=False).exists()
