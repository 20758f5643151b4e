"""An authority with a front door and two family support teams; invented people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from rightplace.foundation.organisation import actions, clock
from rightplace.foundation.organisation.models import Agency, Area, Team, Worker
from rightplace.foundation.organisation.rolecodes import RoleCode

MORNING = datetime(2026, 3, 3, 10, 20, tzinfo=UTC)
LONG_AGO = date(2025, 1, 1)


@pytest.fixture
def morning() -> Iterator[datetime]:
    """A Tuesday at 10:20; the clock stands still."""
    with clock.clock_at(MORNING):
        yield MORNING


@dataclass(frozen=True)
class By:
    """Who signs, as far as the organisation asks; unless said otherwise, the rules."""

    worker: int = 2
    role: int = RoleCode.RULE
    team: int = 0


@dataclass
class City:
    """What the tests of the organisation stand on."""

    by: By
    authority: Agency
    front_door: Team
    north: Team
    everywhere: Team

    def signed_by(self, worker: Worker, role: int) -> By:
        return By(worker.pk, role)

    def worker(self, name: str, team: Team | None = None, role: int = RoleCode.SOCIAL_WORKER) -> Worker:
        made = actions.add_worker(name=name, kind="staff", begins=LONG_AGO, agency=self.authority, by=self.by)
        if team:
            actions.join_team(worker=made, team=team, role=role, begins=LONG_AGO, by=self.by)
        return made


@pytest.fixture
def city(db: None, morning: datetime) -> City:
    by = By()
    authority = actions.add_agency(name="Example City Council", kind="authority", begins=LONG_AGO, by=by)
    found = SimpleNamespace(agency=authority, begins=LONG_AGO, by=by)
    return City(
        by=by,
        authority=authority,
        front_door=actions.open_team(name="Front door", kind="front_door", **vars(found)),
        north=actions.open_team(
            name="North family support", kind="family_support", area=Area.objects.get(id=1), **vars(found)
        ),
        everywhere=actions.open_team(name="City family support", kind="family_support", **vars(found)),
    )
