"""Seats those whom the log knows: each post with the people who held it after one another, and when they were away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from rightplace.demo.material.strip import PersonToBe, strip
from rightplace.demo.simulated.benches import Chair
from rightplace.demo.simulated.sitting import Sitting, Sittings
from rightplace.foundation.access.actor import RULES
from rightplace.foundation.organisation import actions, clock
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.organisation.rolecodes import RoleCode

if TYPE_CHECKING:
    from rightplace.demo.organisation import Seeding

SAID_BEFORE = timedelta(days=28)
AWAY_WITHIN = timedelta(days=400)
"""Absences longer ago than that are not kept."""
Hire = Callable[..., Worker]


def fill_from_log(
    seeding: Seeding, team: Team, role: RoleCode, people: list[PersonToBe], sittings: Sittings, hire: Hire
) -> None:
    """Fill a team's posts for casework; people of the story sit where somebody has sat longest and still does."""
    rows = [sittings[chair] for chair in sorted(_chairs(team, sittings), key=lambda chair: chair.nth)]
    staying = sorted((row for row in rows if row and row[-1].ends is None), key=_steadiness)
    of_story = {id(row): person for row, person in zip(staying, people, strict=False)}
    for row in rows:
        for each in row:
            person = of_story.get(id(row)) if each is row[-1] else None
            worker = _sit(seeding, team, role, each, person, hire)
            seeding.sat.append((worker, each))


def _chairs(team: Team, sittings: Sittings) -> list[Chair]:
    return [chair for chair in sittings if chair.team == team.name]


def _steadiness(row: list[Sitting]) -> tuple[date, int]:
    """Who came first, and of those who was away least."""
    return row[-1].begins or date.min, len(row[-1].away)


def _sit(
    seeding: Seeding, team: Team, role: RoleCode, sitting: Sitting, person: PersonToBe | None, hire: Hire
) -> Worker:
    name = person.name if person is not None else next(seeding.names)
    if sitting.begins is None:
        worker = hire(seeding, team, role, name, person=person, account=sitting.ends is None)
    else:
        with clock.clock_at(_nine(sitting.begins - SAID_BEFORE)):
            worker = hire(
                seeding, team, role, name, begins=sitting.begins, person=person, account=sitting.ends is None
            )
    if sitting.ends is not None:
        with clock.clock_at(_nine(max(sitting.ends - SAID_BEFORE, sitting.begins or date.min))):
            actions.end_worker(worker=worker, on=sitting.ends, by=RULES)
    return worker


def absences(seeding: Seeding) -> list[tuple[Worker, date, date | None]]:
    """Who was away in the last year or is away now, but for the people of the story."""
    story, today = {person.name for person in strip().people}, strip().starts.date()
    return [
        (worker, began, ended)
        for worker, sitting in seeding.sat
        for began, ended in sitting.away
        if worker.name not in story and sitting.ends is None and began >= today - AWAY_WITHIN
    ]


def _nine(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)
