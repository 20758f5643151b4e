"""The steps of a dispute, as the partnership wrote them down."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from rightplace.domain.practice.workdays import DEFAULT_DEFINITION
from rightplace.foundation.journal.folding import rules

PLACE = Path(__file__).parent / "steps.toml"


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step: between whom, and in how many working days it is answered."""

    number: int
    title: str
    who: str
    working_days: int


class Steps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every step, the first first."""

    source: str
    checked: bool
    step: tuple[Step, ...]


@cache
def steps() -> Steps:
    """The steps as they are written."""
    return msgspec.convert(tomllib.loads(PLACE.read_text(encoding="utf-8")), Steps)


def step(number: int) -> Step:
    """One step; the last for any beyond it."""
    found = steps().step
    return found[min(number, len(found)) - 1]


def due_on(number: int, from_day: date) -> date:
    """By when a step that begins on a day is answered."""
    calendar = rules().calendars[DEFAULT_DEFINITION]
    return date.fromordinal(calendar.add_working_days(from_day.toordinal(), step(number).working_days))
