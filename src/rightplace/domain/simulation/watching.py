"""The shares of a simulated city as the control charts see them: how often a stable city is called on, and a drifting one."""

from __future__ import annotations

from typing import Final

from rightplace.domain.simulation.drift import Count, Direction, Pressure, Ratio
from rightplace.domain.simulation.weeks import Weeks

SHARES: Final = (
    ("referrals", "Decisions that became referrals", "decisions", Direction.FALLING),
    ("assessments", "Referrals that were assessed", "referrals", Direction.FALLING),
    ("need_began", "Assessments that became plans for need", "assessments", Direction.FALLING),
    ("conferences", "Enquiries that came to a conference", "enquiries", Direction.FALLING),
    ("plans_began", "Conferences that made a plan", "conferences", Direction.FALLING),
    ("repeat_contacts", "Contacts about families who came back", "contacts", Direction.RISING),
)
"""Which count of which other, and where the share goes when a service is short of people."""
PRESSURES: Final = (("load_percent", "load of workers"), ("unallocated", "children without a worker"))
WEEKS: Final = 4
"""A period: four weeks, so that each has as many working days but for holidays."""


def _periods(found: Weeks, measure: str, replicate: int, first: int) -> list[float]:
    weeks = found.of(measure)[replicate][first:]
    many = len(weeks) // WEEKS
    return [float(weeks[nth * WEEKS : (nth + 1) * WEEKS].sum()) for nth in range(many)]


def ratios_of(found: Weeks, replicate: int = 0, first: int = 0) -> list[Ratio]:
    """Each share by periods of four weeks, from a first week on. What passes in a period may have begun in another."""
    ratios = []
    for part, title, whole, direction in SHARES:
        of = _periods(found, whole, replicate, first)
        passed = _periods(found, part, replicate, first)
        counts = [
            Count(nth, n, min(n, m)) for nth, (n, m) in enumerate(zip(of, passed, strict=True)) if n > 0
        ]
        ratios.append(Ratio(part, title, direction, tuple(counts)))
    return ratios


def pressures_of(found: Weeks, replicate: int = 0, first: int = 0) -> list[Pressure]:
    """What was asked of people meanwhile."""
    return [
        Pressure(
            name,
            title,
            tuple((nth, n / WEEKS) for nth, n in enumerate(_periods(found, name, replicate, first))),
        )
        for name, title in PRESSURES
    ]
