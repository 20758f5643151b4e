"""What people had to carry, month by month: children for each worker in post, children without a worker, empty posts.

Children and workers are those of the same teams, within one's scope, as each month ended. The number of children alone would
miss that half of the people left: it stands in only where no post of these teams is written down.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count as Number
from django.db.models import Q

from rightplace.domain.simulation.drift import Pressure
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation.establishment.tables import Occupancy, Seat
from rightplace.overview.capacity.months import Months, day_of, instant
from rightplace.overview.capacity.ownteams import HOLD_CASES

WHOLE_WEEK: Final = 37.0
OPEN, CASELOAD, WITHOUT, EMPTY = (
    "children open",
    "children for each worker in post",
    "children without a worker",
    "empty posts",
)
NOBODY: Final = "(where nobody was, as with one at most)"
"""A month with nobody in post is the worst of all, and no number: it counts as if one were there, or the fewest ever."""


def pressures(actor: Actor, first: int, last: int) -> list[Pressure]:
    """Month by month from the first until before the last. Three questions of the database."""
    ends = {month: day_of(month + 1) - timedelta(days=1) for month in range(first, last)}
    if not ends:
        return []
    children, without, teams = _children(actor, ends)
    posts, there = _posts(teams, ends), _there(teams, ends)
    told: list[tuple[str, str, Months]] = [("unallocated", WITHOUT, without)]
    if posts:
        fewest = min([1.0, *there.values()])
        each = {month: children[month] / there.get(month, fewest) for month in posts}
        empty = {month: max(0.0, posts[month] - there.get(month, 0.0)) for month in posts}
        caseload = CASELOAD if all(month in there for month in posts) else f"{CASELOAD} {NOBODY}"
        told = [("caseload", caseload, each), *told, ("vacancies", EMPTY, empty)]
    else:
        told = [("open", OPEN, children), *told]
    return [Pressure(name, title, tuple(sorted(months.items()))) for name, title, months in told]


def _children(actor: Actor, ends: Mapping[int, date]) -> tuple[Months, Months, list[int]]:
    """Children open, those of them without a worker, and the teams that ever had them."""
    counts: dict[str, Any] = {"teams": ArrayAgg("team", distinct=True, default=[])}
    for month, day in ends.items():
        at = instant(day + timedelta(days=1)) - timedelta(seconds=1)
        there = Q(begins__lte=at) & (Q(ends__isnull=True) | Q(ends__gt=at))
        counts[f"open{month}"] = Number("pk", filter=there)
        counts[f"none{month}"] = Number("pk", filter=there & Q(worker=0))
    found = scope(actor, Span).filter(open=True).aggregate(**counts)
    return (
        {month: float(found[f"open{month}"]) for month in ends},
        {month: float(found[f"none{month}"]) for month in ends},
        found["teams"],
    )


def _posts(teams: list[int], ends: Mapping[int, date]) -> Months:
    """Whole-time posts of those who hold cases, in the months in which there was any."""
    rows = Seat.objects.filter(post__team_id__in=teams, post__role__in=HOLD_CASES)
    return _whole_time(rows.values_list("begins", "ends", "hours"), ends)


def _there(teams: list[int], ends: Mapping[int, date]) -> Months:
    """Whole-time workers who sat in these posts, agency workers among them."""
    rows = Occupancy.objects.filter(seat__post__team_id__in=teams, seat__post__role__in=HOLD_CASES)
    return _whole_time(rows.values_list("begins", "ends", "hours"), ends)


def _whole_time(rows: Any, ends: Mapping[int, date]) -> Months:
    """How many whole-time weeks rows of days and hours make on the last day of each month; a month of none is left out."""
    dated = [(begins, until, float(hours) / WHOLE_WEEK) for begins, until, hours in rows]
    found = {
        month: sum(
            hours for begins, until, hours in dated if begins <= day and (until is None or until > day)
        )
        for month, day in ends.items()
    }
    return {month: many for month, many in found.items() if many > 0}
