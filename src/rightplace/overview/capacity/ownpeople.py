"""Our own people as the model learns from them: how long they sat, who left, how long seats stood empty, how full they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from rightplace.common.caseflow.load import loads
from rightplace.overview.capacity.ownteams import HOLD_CASES, Own
from rightplace.overview.capacity.reading import FIRST_YEAR, UNKNOWN_EXPERIENCE

if TYPE_CHECKING:
    from rightplace.domain.simulation.census import Census
    from rightplace.domain.simulation.parameters import Parameters
    from rightplace.domain.simulation.published.own import Sat
    from rightplace.domain.simulation.published.stays import Stay

GOES_ON: Final = timedelta(days=60)
"""Whoever sits in another seat of ours so soon has not left."""
YEAR: Final = 365.25
WORKING: Final = 253 / 365
SEATED: Final = """
SELECT s.id, s.begins, s.ends, o.worker_id, o.begins, o.ends, o.kind = 'agency', p.qualified, p.in_profession_since,
  o.ends IS NOT NULL AND NOT EXISTS (SELECT 1 FROM organisation_occupancy n WHERE n.worker_id = o.worker_id
    AND n.begins <= o.ends + %(goes_on)s::interval AND (n.ends IS NULL OR n.ends > o.ends)),
  EXISTS (SELECT 1 FROM organisation_freeze f WHERE f.post_id = t.id)
FROM organisation_seat s JOIN organisation_post t ON t.id = s.post_id
LEFT JOIN organisation_occupancy o ON o.seat_id = s.id AND o.begins < %(on)s
LEFT JOIN LATERAL (SELECT q.qualified, q.in_profession_since FROM organisation_particulars q
  WHERE q.worker_id = o.worker_id ORDER BY q.begins DESC, q.id DESC LIMIT 1) p ON true
WHERE t.role = ANY(%(roles)s) AND t.team_id = ANY(%(teams)s) AND s.begins < %(on)s AND (s.ends IS NULL OR s.ends > %(since)s)
ORDER BY s.id, o.begins, o.id
"""


def sat(own: Own, since: date) -> list[Sat]:
    """Who sat in our seats since a day, for how many years, and whether they left us."""
    from rightplace.domain.simulation.published.own import Sat

    found = []
    for _, _, _, worker, begins, ends, agency, qualified, profession, left, _ in _seated(own, since):
        if worker is None or (ends is not None and ends <= since):
            continue
        start, end = max(begins, since), min(ends or own.on, own.on)
        middle = start + (end - start) / 2
        gone = bool(left and ends <= own.on)
        found.append(
            Sat((end - start).days / YEAR, _leaves_by(bool(agency), qualified, profession, middle), gone)
        )
    return found


def _leaves_by(agency: bool, qualified: date | None, profession: date | None, on: date) -> str:
    if agency:
        return "leaving.agency"
    if qualified is not None and (on - qualified).days < 7 * FIRST_YEAR:
        return "leaving.newly"
    weeks = (on - profession).days // 7 if profession else UNKNOWN_EXPERIENCE
    return "leaving.experienced" if weeks >= EXPERIENCED else "leaving.early"


EXPERIENCED: Final = 156
"""Weeks in the profession from which somebody counts as experienced, as the model has it."""


def empty(own: Own, since: date) -> list[Stay]:
    """How long seats stood empty since a day, in working days; those that stand empty now count as far as they go."""
    seats: dict[int, list[Any]] = defaultdict(list)
    for row in _seated(own, since):
        seats[row[0]].append(row)
    return [stay for rows in seats.values() for stay in _gaps(rows, since, own.on)]


def _gaps(rows: Sequence[Any], since: date, on: date) -> Iterator[Stay]:
    """Between those who sat in one seat. A frozen post's waits for nobody, and agency workers come by another way."""
    from rightplace.domain.simulation.published.stays import Stay

    _, begins, ends, *_, frozen = rows[0]
    held = [(row[4], row[5], row[6]) for row in rows if row[3] is not None]
    last = min(ends or on, on)
    line = [(begins, begins, False), *held, (last, None, False)]
    for nth, ((_, free, _), (taken, _, agency)) in enumerate(pairwise(line)):
        over = nth < len(held)
        if free is None or free >= taken or taken <= since or agency or (frozen and not over):
            continue
        yield Stay(max(0, (since - free).days) * WORKING, (taken - free).days * WORKING, over)


def practice(own: Own, given: Parameters, census: Census) -> float | None:
    """How much of the hours in the table of weights families take, so that the first day is as loaded as our pages say."""
    from rightplace.domain.simulation.published.loaded import hours

    workers = [seat.worker for seat in own.seats if seat.worker and not seat.managing]
    known = [load for load in loads(workers, own.now).values() if load.has]
    has = sum(load.has or 0.0 for load in known)
    takes = sum(load.takes for load in known)
    taken, full = hours(given, census)
    if not has or not taken or not takes:
        return None
    return takes / has * full / taken


def _seated(own: Own, since: date) -> list[Any]:
    values: dict[str, Any] = {
        "on": own.on, "since": since, "goes_on": GOES_ON, "roles": [int(role) for role in HOLD_CASES],
        "teams": list(own.team_of),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(SEATED, values)
        found: list[Any] = cursor.fetchall()
        return found
