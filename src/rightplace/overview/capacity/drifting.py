"""Threshold drift from our own record: shares month by month against what people could do, counted within one's scope.

The first months of a record hold only children who are still open, so that it is read from where it is whole; of a long one
from an April on, so that what is usual stays the same for a year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import Any, Final

from django.db.models import Count as Number
from django.db.models import Q
from django.db.models.functions import TruncMonth

from rightplace.domain.simulation.drift import (
    ONE_PERIOD,
    Alarm,
    Direction,
    Ratio,
    bounds,
    counted,
    too_little,
    watch,
)
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal.projections import Happening
from rightplace.foundation.organisation import clock
from rightplace.overview.capacity.carried import pressures
from rightplace.overview.capacity.months import LONDON, Months, day_of, instant, month_of
from rightplace.services.frontdoor.projections import Contact

MOST_MONTHS: Final = 60
APRIL: Final = 3
"""Months count from January, which is nought."""
USUAL_MONTHS: Final = 24
FEWEST_USUAL: Final = 12
REFERRED: Final = ("assessment", "strategy discussion")


@dataclass(frozen=True)
class Watched:
    """One share, how it stands on its chart, and why it cannot be watched if it cannot."""

    ratio: Ratio
    limits: tuple[float, float, float] | None
    """Between what a month stayed and what was usual, before what moved latest."""
    alarm: Alarm | None
    too_little: str
    earlier: tuple[Alarm, ...] = ()
    """What moved before, the latest first; what it moved to has become usual since."""


@dataclass(frozen=True)
class Thresholds:
    """Every share that is watched, from which month on, and how many months say what is usual."""

    shares: tuple[Watched, ...]
    first: date | None
    months: int
    usual: int
    cut: bool = False
    """Whether the record goes back further than is looked at."""


def thresholds(actor: Actor) -> Thresholds:
    """The shares of our own record on their charts, with what capacity did meanwhile. Five questions of the database."""
    last = month_of(clock.today())
    since = looked_back_to(last)
    decided = _contacts(actor, day_of(since), day_of(last))
    first = _whole_from(decided["all"], last)
    months = last - first if first is not None else 0
    usual = min(USUAL_MONTHS, max(FEWEST_USUAL, months // 2))
    ratios = _ratios(decided, _happened(actor, day_of(since), day_of(last)), first or last)
    alarms = watch(ratios, pressures(actor, first or last, last), usual_periods=usual)
    shares = tuple(
        _watched(each, [alarm for alarm in alarms if alarm.ratio == each.name], usual) for each in ratios
    )
    return Thresholds(shares, day_of(first) if first is not None else None, months, usual, first == since)


def looked_back_to(last: int) -> int:
    """The April from which a month looks back: five years and up to eleven months. From month to month it stays the same."""
    back = last - MOST_MONTHS
    return back - (back - APRIL) % 12


def _watched(ratio: Ratio, alarms: Sequence[Alarm], usual: int) -> Watched:
    latest = alarms[-1] if alarms else None
    return Watched(
        ratio, _bounds(ratio, alarms, usual), latest, too_little(ratio, usual), tuple(reversed(alarms[:-1]))
    )


def _bounds(ratio: Ratio, alarms: Sequence[Alarm], usual: int) -> tuple[float, float, float] | None:
    """What was usual before the latest move: of the first months or, after an earlier move, of those between both."""
    if len(alarms) < 2:
        return bounds(ratio, usual)
    earlier, latest = alarms[-2:]
    begins = earlier.at + 1 if ONE_PERIOD in earlier.charts else earlier.since
    between = tuple(each for each in ratio.counts if begins <= each.at < latest.since)
    return bounds(replace(ratio, counts=between), len(between)) or (0.0, latest.usual, 1.0)


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
        .filter(decided__gte=instant(since), decided__lt=instant(until))
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
            name__in=("referral.accepted", "assessment.authorised"), at__gte=instant(since), at__lt=instant(until)
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
