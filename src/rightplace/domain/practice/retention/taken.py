"""What the capacity model takes, in one piece."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rightplace.domain.practice.retention.overtime import TimeHazard
from rightplace.domain.practice.retention.retention import Hazard, StepTime


@dataclass(frozen=True)
class Retention:
    """What the capacity model takes: leaving, time to fill by step, agency; `since` and `as_of` are days."""

    as_of: date
    since: date
    hazards: tuple[Hazard, ...]
    over_time: tuple[TimeHazard, ...]
    steps: tuple[StepTime, ...]
    filled: int
    days_to_fill: float | None
    """The middle, counting vacancies that are still open for as long as they have been; None while most are open."""
    still_open: tuple[tuple[int, float, float, float], ...]
    """After so many days: the share of vacancies still open, with its range."""
    agency_share: float | None
    sources: tuple[str, ...] = ()
