"""Invented workers in roles, for the tests of access and of the apps above it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from rightplace.foundation.access.actor import RULES, Actor, actor_of
from rightplace.foundation.access.models import User
from rightplace.foundation.organisation import actions
from rightplace.foundation.organisation.models import Agency, Team, Worker
from rightplace.foundation.organisation.rolecodes import RoleCode

MORNING = datetime(2026, 3, 3, 10, 20, tzinfo=UTC)
LONG_AGO = date(2025, 1, 1)
NAMES = iter(f"Invented {number}" for number in range(1, 10_000))


def team(kind: str = "assessment", agency: Agency | None = None) -> Team:
    """A team of the authority."""
    agency = agency or Agency.objects.filter(kind="authority").first()
    agency = agency or actions.add_agency(name="Example City", kind="authority", begins=LONG_AGO, by=RULES)
    return actions.open_team(agency=agency, name=f"Team {kind}", kind=kind, begins=LONG_AGO, by=RULES)


def actor(
    role: RoleCode, in_team: Team | None = None, kind: str = "staff", worker: Worker | None = None
) -> Actor:
    """A new worker in a role, as an actor."""
    in_team = in_team or team()
    worker = worker or actions.add_worker(
        name=next(NAMES), kind=kind, begins=LONG_AGO, agency=in_team.agency, by=RULES
    )
    return actor_of(actions.join_team(worker=worker, team=in_team, role=role, begins=LONG_AGO, by=RULES))


def account(of: Actor, password: str | None = None) -> User:
    """The account of an actor's worker."""
    made = User(
        username=f"worker{of.worker}", email=f"worker{of.worker}@example.invalid", worker_id=of.worker
    )
    made.set_password(password) if password else made.set_unusable_password()
    made.save()
    return made
