"""The redesign of 2011 is played whole: 500 people, 350 places, a tie, two appeals, everybody seated on the first day."""

from __future__ import annotations

import pytest

from rightplace.demo.seeding import restructure, restructure_results, selection_after, selection_of_2011
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Occupancy
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.services.selection import deciding, matching
from rightplace.services.selection.models import Appeal, Exercise, Member, PanelsOrder, Redeployment
from rightplace.testing.organisation import MORNING, small_city


@pytest.mark.django_db
def test_the_redesign_is_played_from_pools_to_the_first_day():
    with clock.clock_at(MORNING):
        small_city()
        from random import Random

        restructure.seed_2011(Random("1:restructure"))
        for each in (selection_of_2011, restructure_results, selection_after):
            each.seed(1000, 1)
        exercise = Exercise.objects.get(programme=Programme.objects.get(title=restructure.TITLE))
        placed = deciding.current(exercise)
        assert len(placed) == Member.objects.filter(exercise=exercise).count() == 500
        assert exercise.published_at is not None
        assert PanelsOrder.objects.filter(exercise=exercise).exists()
        assert sorted(each.outcome for each in Appeal.objects.all()) == ["not_upheld", "upheld"]
        held = [row for row in placed.values() if row.job_id]
        without = {member for member, row in placed.items() if row.job_id is None}
        assert without <= set(Redeployment.objects.values_list("member", flat=True))
        assert all(row.seated_at for row in held)
        assert Occupancy.objects.filter(
            begins="2011-09-05", seat__post__reference__startswith="R11-NEW"
        ).count() == len(held)
        assert all(matching.replays(each) for each in exercise.runs.first().results.all())
