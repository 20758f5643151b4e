"""The workload of workers at a moment, in hours: what their families take, against the hours that they really have.

One question of the journal's spans, one of the establishment. Every open child counts, the restricted too: hours are
figures and name nobody, so that the director's figure is the sum of the workers' own lists on every day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection

from rightplace.common.caseflow.queries import SIBLING
from rightplace.domain.practice.workdays import day_of, from_datetime, start_of_day, to_date, to_datetime
from rightplace.domain.practice.workload import (
    Besides,
    Child,
    Family,
    Load,
    Weights,
    besides,
    grouped,
    is_newly_qualified,
    weights_on,
)
from rightplace.domain.practice.workload.hours import WORKING_DAYS
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import hooks
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM

# how long the work has gone on: since the child's last stay in another part ended, or since the child was opened
WORK: Final = """
SELECT s.worker, s.person, s.part, s.legal,
       floor(extract(epoch FROM %(at)s - COALESCE(
           (SELECT max(p.ends) FROM journal_span p WHERE p.person = s.person AND p.part <> s.part
            AND p.ends <= s.begins AND p.ends > COALESCE(s.opened, s.begins)), s.opened, s.begins)) / 604800)::int,
       (SELECT array_agg(r.other) FROM people_relation r WHERE r.person = s.person AND r.other <> 0
        AND r.relation ~* %(sibling)s), s.team
FROM journal_span s
WHERE s.open AND s.begins <= %(at)s AND (s.ends IS NULL OR s.ends > %(at)s)
  AND (%(workers)s::bigint[] IS NULL OR s.worker = ANY(%(workers)s) OR (s.worker = 0 AND s.team = %(waiting)s)
       OR s.person = ANY(%(asked)s))
"""
HOLDS: Final = "{0}.begins <= %(on)s AND ({0}.ends IS NULL OR {0}.ends > %(on)s)"
AVAILABLE: Final = f"""
SELECT w.id,
  (SELECT sum(o.hours) FROM organisation_occupancy o WHERE o.worker_id = w.id AND {HOLDS.format("o")}),
  (SELECT c.hours FROM organisation_contract c WHERE c.worker_id = w.id AND {HOLDS.format("c")}),
  (SELECT p.qualified FROM organisation_particulars p WHERE p.worker_id = w.id AND {HOLDS.format("p")}),
  (SELECT count(*) FROM generate_series(%(monday)s::date, %(monday)s::date + %(last)s, interval '1 day') d(day)
   WHERE EXISTS (SELECT 1 FROM organisation_absence a WHERE a.worker_id = w.id AND a.begins <= d.day
                 AND (a.ends IS NULL OR a.ends > d.day))),
  (SELECT count(DISTINCT other.worker_id) FROM organisation_membership mine
   JOIN organisation_membership other ON other.team_id = mine.team_id AND other.worker_id <> mine.worker_id
   WHERE mine.worker_id = w.id AND mine.role = ANY(%(manage)s) AND other.role <> ALL(%(manage)s)
     AND {HOLDS.format("mine")} AND {HOLDS.format("other")}),
  EXISTS (SELECT 1 FROM organisation_membership m WHERE m.worker_id = w.id AND m.role = ANY(%(manage)s)
          AND {HOLDS.format("m")})
FROM unnest(%(workers)s::bigint[]) AS w(id)
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Week:
    """What is known of a worker's week: None hours where nobody said how long the worker works."""

    worker: int
    hours: float | None = None
    present: float = 1.0
    newly_qualified: bool = False
    supervises: int = 0
    leads: bool = False


def families_at(
    at: datetime,
    workers: Collection[int] | None = None,
    waiting_in: int | None = None,
    asked: Collection[int] = (),
) -> dict[int, tuple[Family, ...]]:
    """Each worker's families at a moment with the hours that they take; with a team, worker 0 are those who wait in it.

    With `asked` these children too, whoever has them: those whom another team offers.
    """
    table = weights_on(to_date(day_of(from_datetime(at))))
    if table is None:
        return {}
    wanted = list(workers) if workers is not None else None
    with connection.cursor() as cursor:
        values = {
            "at": at,
            "workers": wanted,
            "waiting": waiting_in,
            "sibling": SIBLING,
            "asked": list(asked),
        }
        cursor.execute(WORK, values)
        rows = cursor.fetchall()
    return _families(table, rows)


def _families(table: Weights, rows: Iterable[tuple[Any, ...]]) -> dict[int, tuple[Family, ...]]:
    children: dict[int, list[Child]] = {}
    siblings: dict[int, list[tuple[int, int]]] = {}
    for worker, person, part, legal, weeks, others, _team in rows:
        children.setdefault(worker, []).append(Child(person, part, weeks, legal))
        siblings.setdefault(worker, []).extend((person, other) for other in others or ())
    return {worker: grouped(table, found, siblings[worker]) for worker, found in children.items()}


def weeks_of(workers: Collection[int], on: date) -> dict[int, Week]:
    """The week of each worker in which a day lies: hours by seat and contract, days away, first year, supervisees."""
    table = weights_on(on)
    monday = on - timedelta(days=on.weekday())
    values: dict[str, Any] = {
        "workers": list(workers), "on": on, "monday": monday, "last": WORKING_DAYS - 1,
        "manage": [int(role) for role in MANAGES_A_TEAM],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(AVAILABLE, values)
        rows = cursor.fetchall()
    said = hooks.supervisees(workers, on)
    found = {}
    for worker, sits, contract, qualified, gone, members, leads in rows:
        hours = None if sits is None else float(min(sits, contract) if contract is not None else sits)
        new = table is not None and is_newly_qualified(table, qualified, on)
        supervises = members if said is None else said.get(worker, 0)
        found[worker] = Week(worker, hours, (WORKING_DAYS - gone) / WORKING_DAYS, new, supervises, leads)
    return found


def loads(workers: Collection[int], at: datetime | None = None) -> dict[int, Load]:
    """The load of each of these workers at a moment: families, the week's hours, and what the week holds besides."""
    at = at or clock.now()
    on = to_date(day_of(from_datetime(at)))
    return loads_from(workers, families_at(at, workers), on)


def loads_from(
    workers: Collection[int],
    families: Mapping[int, tuple[Family, ...]],
    on: date,
    weeks: Mapping[int, Week] | None = None,
) -> dict[int, Load]:
    """The same where the families are at hand already, and perhaps the weeks. One query at most."""
    table, weeks = weights_on(on), weeks_of(workers, on) if weeks is None else weeks
    return {worker: _load(table, weeks[worker], families.get(worker, ())) for worker in workers}


def _load(table: Weights | None, week: Week, families: tuple[Family, ...]) -> Load:
    if table is None or week.hours is None:
        return Load(week.worker, families, None)
    held = besides(
        table, week.hours, present=week.present, supervises=week.supervises,
        newly_qualified=week.newly_qualified, leads=week.leads,
    )  # fmt: skip
    return Load(week.worker, families, week.hours, held)


def hours_in_all(at: datetime | None = None) -> float:
    """The hours of a week that all families with a worker take: the director's figure, the sum of the workers' own."""
    found = families_at(at or clock.now())
    hours = sum(family.hours for worker, held in found.items() if worker for family in held)
    return round(hours, 2)


@dataclass(frozen=True, slots=True)
class Fullness:
    """How full the weeks of all workers are together, of nobody by name: the hours that families take, those that there are,
    by how much of a week workers are over, on average, and of how many this is known."""

    takes: float
    has: float
    over: float
    of: int


def fullness(workers: Collection[int], at: datetime) -> Fullness:
    """The weeks of these workers together at a moment, as they would be with nobody away."""
    on = to_date(day_of(from_datetime(at)))
    weeks = {worker: replace(week, present=1.0) for worker, week in weeks_of(workers, on).items()}
    told = loads_from(workers, families_at(at, workers), on, weeks).values()
    known = [(load.takes, load.has) for load in told if load.has]
    over = sum(max(0.0, takes / has - 1.0) for takes, has in known) / max(1, len(known))
    return Fullness(sum(takes for takes, _ in known), sum(has for _, has in known), over, len(known))


def end_of(day: date) -> datetime:
    """The moment at which a past day is counted: its last; today is counted now."""
    last = to_datetime(start_of_day(day.toordinal() + 1)) - timedelta(microseconds=1)
    return min(last, clock.now())


__all__ = [
    "Besides", "Family", "Fullness", "Load", "Week", "end_of", "families_at", "fullness", "hours_in_all", "loads",
    "loads_from", "weeks_of",
]  # fmt: skip
