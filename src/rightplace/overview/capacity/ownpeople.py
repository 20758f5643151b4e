"""Our own people as the model learns from them: how long they sat, who left, how long seats stood empty, how full they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from rightplace.common.caseflow.load import fullness
from rightplace.overview.capacity.ownteams import HOLD_CASES, WORK, Own
from rightplace.overview.capacity.reading import FIRST_YEAR, UNKNOWN_EXPERIENCE

if TYPE_CHECKING:
    from rightplace.domain.simulation.census import Census
    from rightplace.domain.simulation.parameters import Parameters
    from rightplace.domain.simulation.published.own import Full, Sat
    from rightplace.domain.simulation.published.stays import Stay

GOES_ON: Final = timedelta(days=60)
"""Whoever sits in another seat of ours so soon has not left; of those who left since, nobody knows yet."""
YEAR: Final = 365.25
LEAST_FULL, MOST_FULL = 0.3, 2.0
"""Outside of these the load of a day says more about how it is written down than about work."""
SEATED: Final = """
SELECT s.id, t.id, s.begins, s.ends, o.worker_id, o.begins, o.ends, o.kind = 'agency', p.qualified, p.in_profession_since,
  o.ends IS NOT NULL AND NOT EXISTS (SELECT 1 FROM organisation_occupancy n WHERE n.worker_id = o.worker_id
    AND n.begins <= o.ends + %(goes_on)s::interval AND (n.ends IS NULL OR n.ends > o.ends))
  AND NOT EXISTS (SELECT 1 FROM organisation_kept k WHERE k.worker_id = o.worker_id
    AND k.begins <= o.ends + %(goes_on)s::interval AND (k.ends IS NULL OR k.ends > o.ends))
FROM organisation_seat s JOIN organisation_post t ON t.id = s.post_id JOIN organisation_team m ON m.id = t.team_id
LEFT JOIN organisation_occupancy o ON o.seat_id = s.id AND o.begins < %(on)s
LEFT JOIN LATERAL (SELECT q.qualified, q.in_profession_since FROM organisation_particulars q
  WHERE q.worker_id = o.worker_id AND q.begins <= %(on)s ORDER BY q.begins DESC, q.id DESC LIMIT 1) p ON true
WHERE t.role = ANY(%(roles)s) AND m.kind = ANY(%(kinds)s) AND s.begins < %(on)s AND (s.ends IS NULL OR s.ends > %(since)s)
ORDER BY s.id, o.begins, o.id
"""
"""Of every team that did the model's work since a day: also of those that a change has ended."""
NOT_LOOKED_FOR: Final = """
SELECT seat_id, begins, ends FROM organisation_kept
UNION ALL SELECT s.id, f.begins, f.ends FROM organisation_freeze f JOIN organisation_seat s ON s.post_id = f.post_id
"""
"""When nobody was looked for: somebody will come back to the seat, or its post is frozen."""
Span = tuple[date, date]


def sat(own: Own, since: date, experienced: float) -> list[Sat]:
    """Who sat in our seats since a day, for how many years, and whether they left us. Who is on leave has not. `experienced` is
    the weeks in the profession from which somebody counts as such."""
    from rightplace.domain.simulation.published.own import Sat

    known, found = own.on - GOES_ON, []
    for row in _seated(own, since):
        _, _, _, _, worker, begins, ends, agency, qualified, profession, left = row
        if worker is None or (ends is not None and ends <= since) or begins >= known:
            continue
        start, end = max(begins, since), min(ends or known, known)
        by = _leaves_by(bool(agency), qualified, profession, start + (end - start) / 2, experienced)
        found.append(Sat((end - start).days / YEAR, by, bool(left and ends <= known)))
    return found


def _leaves_by(
    agency: bool, qualified: date | None, profession: date | None, on: date, experienced: float
) -> str:
    if agency:
        return "leaving.agency"
    if qualified is not None and (on - qualified).days < 7 * FIRST_YEAR:
        return "leaving.newly"
    weeks = (on - profession).days // 7 if profession else UNKNOWN_EXPERIENCE
    return "leaving.experienced" if weeks >= experienced else "leaving.early"


def empty(own: Own, since: date) -> list[Stay]:
    """How long seats stood empty since a day, in working days; those that stand empty now count as far as they go."""
    seats: dict[int, list[Any]] = defaultdict(list)
    for row in _seated(own, since):
        seats[row[0]].append(row)
    waits: dict[int, list[Span]] = defaultdict(list)
    for seat, begins, ends in _rows(NOT_LOOKED_FOR, {}):
        waits[seat].append((begins, ends or own.on))
    return [stay for seat, rows in seats.items() for stay in _gaps(rows, waits[seat], since, own.on)]


def _gaps(rows: Sequence[Any], waits: Sequence[Span], since: date, on: date) -> Iterator[Stay]:
    """Between those who sat in one seat. Days on which nobody was looked for do not count; agency workers come another way."""
    from rightplace.domain.simulation.published.lives import WORKING
    from rightplace.domain.simulation.published.stays import Stay

    begins, ends = rows[0][2], rows[0][3]
    held = [(row[5], row[6], row[7]) for row in rows if row[4] is not None]
    line = [(begins, begins, False), *held, (min(ends or on, on), None, False)]
    for nth, ((_, free, _), (taken, _, agency)) in enumerate(pairwise(line)):
        if free is None or free >= taken or taken <= since or agency:
            continue
        before = _looked_for(free, max(free, since), waits)
        lasted = before + _looked_for(max(free, since), taken, waits)
        if lasted > before:
            yield Stay(before * WORKING, lasted * WORKING, nth < len(held))


def _looked_for(since: date, until: date, waits: Sequence[Span]) -> int:
    """Days between two on which somebody was looked for."""
    away = sum(max(0, (min(until, end) - max(since, begins)).days) for begins, end in waits)
    return max(0, (until - since).days - away)


def full(own: Own, given: Parameters, census: Census) -> Full | None:
    """How full our workers' weeks are, nobody being away: the model makes its own absences."""
    from rightplace.domain.simulation.published.loaded import hours
    from rightplace.domain.simulation.published.own import Full

    workers = [seat.worker for seat in own.seats if seat.worker and not seat.managing]
    weeks = fullness(workers, own.now)
    taken, there = hours(given, census)
    if not weeks.has or not taken or not weeks.takes:
        return None
    practice = weeks.takes / weeks.has * there / taken
    return Full(min(MOST_FULL, max(LEAST_FULL, practice)), weeks.over, weeks.of)


def _seated(own: Own, since: date) -> list[Any]:
    values = {
        "on": own.on, "since": since, "goes_on": GOES_ON, "roles": [int(role) for role in HOLD_CASES],
        "kinds": [str(kind) for kind in WORK],
    }  # fmt: skip
    return _rows(SEATED, values)


def _rows(sql: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[Any] = cursor.fetchall()
        return found
