"""Nothing computed from the journal about a named worker that is not the worker's own to read first.

`showing_own` keeps what a worker was just shown; `as_seen` gives exactly that to whoever else may see it, and nothing
where the worker has not looked: a page for others never counts anew. What must be of this moment, the load of somebody
who may be given a child, stands on the worker's own page always, counted by the one function that the pages of others
call too: there is no instant at which they read what the worker could not. A service registers both in apps.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from rightplace.common.caseflow.models import SeenFigures
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock

Figures = Mapping[str, float | int | str | None]
WEEK, MONTH = "week", "month"


@dataclass(frozen=True, slots=True)
class ComputedView:
    """A figure about a named worker: where the worker reads it, and on which pages others do, by route name.

    `counted` is the path of the function that counts it for both at the same instant; without one others read only what
    the worker was shown before.
    """

    kind: str
    title: str
    period: str
    own: str
    others: tuple[str, ...]
    counted: str = ""


_known: dict[str, ComputedView] = {}


def register_computed(*views: ComputedView) -> None:
    """Say what a service computes about a named worker."""
    for view in views:
        if _known.get(view.kind, view) != view:
            raise ValueError(f"{view.kind} is registered already, otherwise")
        if view.period not in (WEEK, MONTH):
            raise ValueError(f"{view.kind} is about no known period")
        _known[view.kind] = view


def computed_views() -> tuple[ComputedView, ...]:
    """Everything that is computed about named workers anywhere in the product."""
    return tuple(_known.values())


def period_of(kind: str, day: date) -> date:
    """The first day of the period in which a day lies."""
    if _known[kind].period == WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1)


def showing_own(actor: Actor, kind: str, day: date, figures: Figures) -> None:
    """Keep what a worker is shown about the own work: from now on those who may can see the same."""
    period, now = period_of(kind, day), clock.now()
    row, is_new = SeenFigures.objects.get_or_create(
        worker_id=actor.worker, kind=kind, period=period,
        defaults={"figures": dict(figures), "first_seen": now, "last_seen": now},
    )  # fmt: skip
    if not is_new and row.figures != dict(figures):
        row.figures, row.last_seen = dict(figures), now
        row.save(update_fields=["figures", "last_seen"])


def as_seen(worker: int, kind: str, day: date) -> SeenFigures:
    """What a worker has seen about the own work, for another reader. Refused until the worker has looked."""
    view = _known[kind]
    found = SeenFigures.objects.filter(worker_id=worker, kind=kind, period=period_of(kind, day)).first()
    if found is None:
        raise Refused(
            f"{view.title} is shown to the worker first, and this worker has not opened it yet.",
            "Ask the worker to open it. Then you see the same figures, and can speak about them.",
        )
    return found


def seen_by(workers: Collection[int], kind: str, day: date) -> dict[int, SeenFigures]:
    """What each of these workers has seen; who has not looked is left out. One query."""
    rows = SeenFigures.objects.filter(worker__in=list(workers), kind=kind, period=period_of(kind, day))
    return {row.worker_id: row for row in rows}


# the deadlines of one's own children in a month, counted once each; what nobody knows stays unknown (promise 4)
TIMELINESS = """
SELECT count(*) FILTER (WHERE t.unknown <> ''), count(*) FILTER (WHERE t.unknown = '' AND t.met <= t.due),
       count(*) FILTER (WHERE t.unknown = '' AND (t.met > t.due OR (t.met IS NULL AND t.due < %(now)s)))
FROM journal_timescale t
WHERE EXISTS (SELECT FROM journal_span s WHERE s.person = t.person AND s.worker = %(worker)s
              AND s.begins <= COALESCE(t.due, t.begins) AND (s.ends IS NULL OR s.ends > COALESCE(t.due, t.begins)))
  AND NOT t.concern AND t.rule = ANY(%(rules)s)
  AND COALESCE(t.due, t.begins) >= %(begins)s AND COALESCE(t.due, t.begins) < %(ends)s
  AND t.not_required_from IS NULL AND (t.overtaken IS NULL OR t.overtaken > t.due)
"""


def timeliness(worker: int, begins: date, ends: date, rules: Collection[str]) -> dict[str, int]:
    """Of what fell due between two days for a worker's own children: done in time, late or not done, not known."""
    values: dict[str, Any] = {
        "worker": worker,
        "begins": begins,
        "ends": ends,
        "rules": list(rules),
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(TIMELINESS, values)
        unknown, in_time, late = cursor.fetchone()
    return {"in_time": in_time, "late": late, "not_known": unknown}
