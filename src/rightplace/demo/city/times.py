"""Moments of the simulated city: working days, office hours, times of day. Instants are microseconds, days ordinals."""

from __future__ import annotations

from random import Random

from rightplace.domain.practice.workdays import DAY, MINUTE, add_months, calendar, day_of, start_of_day
from rightplace.services.frontdoor.hours import front_door_hours

WORKING = calendar()
OFFICE = front_door_hours()
NINE, FIVE = 9 * 60, 17 * 60


def on(day: int, minute: int, seconds: float = 0.0) -> int:
    """A minute of a day; with parts of a minute, so that two things seldom fall on the same instant."""
    return start_of_day(day) + minute * MINUTE + int(seconds * 1_000_000)


def in_the_day(rng: Random, day: int) -> int:
    """Some time in the office on a day, or on the next working day."""
    return on(WORKING.next_working(day), rng.randrange(NINE, FIVE), rng.random() * 60)


def workday(day: int, number: int) -> int:
    """The nth working day after a day."""
    return WORKING.add_working_days(day, number)


def in_the_office(at: int, minutes: int) -> int:
    """So many minutes later, counting only those in which the front door is open."""
    return OFFICE.add_office_minutes(at, max(1, minutes))


def is_open(at: int) -> bool:
    """Whether the front door is open."""
    return OFFICE.is_open(at)


def about(rng: Random, length: int, late: float, *, least: int = 1) -> int:
    """How long something takes that should take at most so long: mostly well within, sometimes late."""
    if rng.random() < late:
        return max(least, int(length * (1.05 + 0.6 * rng.random())) + 1)
    return max(least, int(length * (0.45 + 0.5 * rng.random())))


__all__ = [
    "DAY",
    "MINUTE",
    "OFFICE",
    "WORKING",
    "about",
    "add_months",
    "day_of",
    "in_the_day",
    "in_the_office",
    "is_open",
    "on",
    "start_of_day",
    "workday",
]
