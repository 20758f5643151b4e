"""Threshold drift from our own record: shares month by month against what people could do, counted within one's scope.

The first months of a record hold only children who are still open, so that it is read from where it is whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Count as Number
from django.db.models import Q
from django.db.models.functions import TruncMonth

from rightplace.domain.simulation.drift import (
    Alarm,
    Direction,
    Pressure,
    Ratio,
    bounds,
    counted,
    too_little,
    watch,
)
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal.projections import Happening, Span
from rightplace.foundation.organisation import clock
from rightplace.services.frontdoor.projections import Contact

LONDON: Final = ZoneInfo("Europe/London")
MOST_MONTHS: Final = 60
USUAL_MONTHS: Final = 24
FEWEST_USUAL: Final = 12
REFERRED: Final = ("assessment", "strategy discussion")
Months = Mapping[int, float]


@dataclass(frozen=True)
class Watched:
    """One share, how it stands on its chart, and why it cannot be watched if it cannot."""

    ratio: Ratio
    limits: tuple[float, float, float] | None
    alarm: Alarm | None
    too_little: str


@dataclass(frozen=True)
class Thresholds:
    """Every share that is watched, from which month on, and how many months say what is usual."""

    shares: tuple[Watched, ...]
    first: date | None
    months: int
    usual: int


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def day_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def thresholds(actor: Actor) -> Thresholds:
    """The shares of our own record on their charts, with what capacity did meanwhile. Four questions of the database."""
    today = clock.today()
    last = month_of(today)
    since = day_of(last - MOST_MONTHS)
    decided = _contacts(actor, since, day_of(last))
    first = _whole_from(decided["all"], last)
    months = last - first if first is not None else 0
    usual = min(USUAL_MONTHS, max(FEWEST_USUAL, months // 2))
    ratios = _ratios(decided, _happened(actor, since, day_of(last)), first or last)
    pressures = _pressures(actor, first or last, last)
    alarms = {alarm.ratio: alarm for alarm in watch(ratios, pressures, usual_periods=usual)}
    shares = tuple(
        Watched(each, bounds(each, usual), alarms.get(each.name), too_little(each, usual)) for each in ratios
    )
    return Thresholds(shares, day_of(first) if first is not None else None, months, usual)


def _whole_from(contacts: Months, last: int) -> int | None:
    """The first month with at least half of what the last year's months had: before it the record has holes."""
    year = [contacts.get(month, 0.0) for month in range(last - 12, last)]
    if not any(year):
        return None
    enough = median(year) / 2
    first = last
    while contacts.get(first - 1, 0.0) >= enough and contacts.get(first - 1, 0.0) > 0:
        first -= 1
    return first


def _contacts(actor: Actor, since: date, until: date) -> dict[str, Months]:
    rows = (
        scope(actor, Contact)
        .filter(decided__gte=_instant(since), decided__lt=_instant(until))
        .annotate(month=TruncMonth("decided", tzinfo=LONDON))
        .values("month")
        .annotate(
            all=Number("concern"),
            referred=Number("concern", filter=Q(route__in=REFERRED)),
            nothing=Number("concern", filter=Q(route="no further action")),
        )
        .order_by("month")
    )
    return _by_month(rows, ("all", "referred", "nothing"))


def _happened(actor: Actor, since: date, until: date) -> dict[str, Months]:
    rows = (
        scope(actor, Happening)
        .filter(
            name__in=("referral.accepted", "assessment.authorised"), at__gte=_instant(since), at__lt=_instant(until)
        )
        .annotate(month=TruncMonth("at", tzinfo=LONDON))
        .values("month")
        .annotate(
            referrals=Number("pk", filter=Q(name="referral.accepted")),
            again=Number("pk", filter=Q(name="referral.accepted", again=True)),
            assessed=Number("pk", filter=Q(name="assessment.authorised")),
            no_need=Number("pk", filter=Q(name="assessment.authorised", outcome="not in need")),
        )
        .order_by("month")
    )  # fmt: skip
    return _by_month(rows, ("referrals", "again", "assessed", "no_need"))


def _by_month(rows: Any, names: tuple[str, ...]) -> dict[str, Months]:
    found: dict[str, dict[int, float]] = {name: {} for name in names}
    for row in rows:
        for name in names:
            found[name][month_of(row["month"].date())] = float(row[name])
    return dict(found)


def _ratios(decided: Mapping[str, Months], happened: Mapping[str, Months], first: int) -> list[Ratio]:
    told = (
        ("referred", "Contacts that became a referral", Direction.FALLING, decided["all"], decided["referred"]),
        ("nothing", "Contacts that ended with no further action", Direction.RISING, decided["all"], decided["nothing"]),
        ("again", "Referrals of a family referred within a year before", Direction.RISING, happened["referrals"],
         happened["again"]),
        ("no_need", "Assessments that found no need", Direction.RISING, happened["assessed"], happened["no_need"]),
    )  # fmt: skip
    return [
        Ratio(name, title, way, counted({at: n for at, n in of.items() if at >= first}, dict(passed)))
        for name, title, way, of, passed in told
    ]


def _pressures(actor: Actor, first: int, last: int) -> list[Pressure]:
    """Children open, and those of them without a worker, as each month ended."""
    ends = {month: _instant(day_of(month + 1)) - timedelta(seconds=1) for month in range(first, last)}
    if not ends:
        return []
    counts = {}
    for month, at in ends.items():
        there = Q(begins__lte=at) & (Q(ends__isnull=True) | Q(ends__gt=at))
        counts[f"open{month}"] = Number("pk", filter=there)
        counts[f"none{month}"] = Number("pk", filter=there & Q(worker=0))
    found = scope(actor, Span).filter(open=True).aggregate(**counts)
    return [
        Pressure(name, title, tuple((month, float(found[f"{key}{month}"])) for month in ends))
        for name, title, key in (
            ("open", "children open", "open"), ("unallocated", "children without a worker", "none"),
        )
    ]  # fmt: skip


def _instant(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)
