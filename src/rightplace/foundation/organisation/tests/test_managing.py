"""A team has a named manager on each day on which it stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import actions
from rightplace.foundation.organisation.managing import (
    ROLES_IN,
    keep_a_manager,
    manager_role,
    no_manager_from,
)
from rightplace.foundation.organisation.models import Membership, Team
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode

DAY = date(2026, 3, 3)
MANAGER = RoleCode.FAMILY_SUPPORT_MANAGER


def day(number: int) -> date:
    return DAY + timedelta(days=number)


@pytest.fixture(autouse=True)
def open_gate(monkeypatch):
    """Leave is asked of access, which this layer does not know; its own tests are there."""
    monkeypatch.setattr(actions, "ask_gate", lambda by, permission: None)


def another(city, name: str, begins: int, ends: int | None = None) -> Membership:
    worker = actions.add_worker(
        name=name, kind="staff", begins=day(-400), agency=city.north.agency, by=city.by
    )
    made = actions.join_team(worker=worker, team=city.north, role=MANAGER, begins=day(begins), by=city.by)
    if ends is not None:
        actions.leave_team(membership=made, on=day(ends), by=city.by)
    return made


def test_every_kind_of_team_has_roles_and_at_most_one_that_manages():
    assert set(ROLES_IN) == set(Team.Kind.values)
    for kind, roles in ROLES_IN.items():
        assert roles and sum(role in MANAGES_A_TEAM for role in roles) <= 1
        assert manager_role(kind) in (None, *roles)


def test_the_next_manager_has_to_be_there_on_every_day(city):
    first = another(city, "Perry Vale", -300)
    for other in Membership.objects.filter(team=city.north, role=MANAGER).exclude(pk=first.pk):
        other.delete()
    assert no_manager_from(first, day(5)) == day(5)
    another(city, "Ines Rook", 0, ends=10)
    assert no_manager_from(first, day(5)) == day(10)
    another(city, "Theo Lunt", 12)
    assert no_manager_from(first, day(5)) == day(10)
    assert no_manager_from(first, day(12)) is None
    another(city, "Alma Fox", 9, ends=13)
    assert no_manager_from(first, day(5)) is None
    keep_a_manager(first, day(5))


def test_nobody_asks_for_a_manager_of_a_team_that_ends_that_day(city):
    first = another(city, "Perry Vale", -300)
    Membership.objects.filter(team=city.north, role=MANAGER).exclude(pk=first.pk).delete()
    with pytest.raises(Refused, match="no named manager from 8 March 2026"):
        keep_a_manager(first, day(5))
    first.team.ends = day(5)
    keep_a_manager(first, day(5))
