"""Two teams that serve each other's areas end at the same moment: one of them stays."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import connection

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import RULES
from rightplace.foundation.organisation import actions, clock, serving
from rightplace.foundation.organisation.models import Area, Team
from tests.together import at_once

LONG_AGO = date(2025, 1, 1)


@pytest.fixture(autouse=True)
def own(fresh_database, django_db_blocker):
    """A database of this module's own, and no transaction around a test: threads have to see each other's rows."""
    with django_db_blocker.unblock():
        yield
        connection.close()


def two_that_cover_each_other() -> list[Team]:
    agency = actions.add_agency(name="Example City Council", kind="authority", begins=LONG_AGO, by=RULES)
    areas = [Area.objects.get(pk=number) for number in (1, 9)]
    teams = [
        actions.open_team(
            agency=agency, name=f"Team {area.pk}", kind="family_support", begins=LONG_AGO, by=RULES, area=area
        )
        for area in areas
    ]
    for team, area in zip(teams, reversed(areas), strict=True):
        serving.take_area(team=team, area=area, begins=clock.today(), by=RULES)
    return teams


def test_of_two_teams_that_serve_for_each_other_only_one_ends(monkeypatch):
    teams, both_asked, refused = two_that_cover_each_other(), threading.Barrier(2), []
    goes_on = actions.hand_team_over

    def after_asking(*args):
        """Were nothing held, both would have asked by now, and both would end."""
        with suppress(threading.BrokenBarrierError):
            both_asked.wait(1.5)
        goes_on(*args)

    monkeypatch.setattr(actions, "hand_team_over", after_asking)

    def end(team: Team) -> None:
        try:
            actions.end_team(team=team, on=clock.today() + timedelta(days=30), by=RULES)
        except Refused:
            refused.append(team.pk)

    wrong = at_once([lambda team=team: end(team) for team in teams])
    assert wrong == [], wrong[0]
    assert len(refused) == 1
    assert list(Team.objects.filter(pk__in=refused).values_list("ends", flat=True)) == [None]
