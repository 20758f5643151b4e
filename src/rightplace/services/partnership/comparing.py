"""A pilot beside the rest: plain counts of what carries its mark, and a fair comparison of areas before and after.

The marks say which contacts were worked on under the pilot. Before it there are none, so areas are compared: those of
the pilot by their marked contacts, the others by those without a mark. What fits neither is left out and counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from rightplace.domain.evidence.comparing import Comparison, Measure, Panel, difference_in_differences
from rightplace.domain.evidence.refusing import TooFew
from rightplace.domain.evidence.smallnumbers import THRESHOLD, suppress
from rightplace.domain.practice.entries.contact import Route
from rightplace.domain.practice.workdays import add_months
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, Area, Pilot
from rightplace.foundation.organisation.pilots import covers
from rightplace.services.partnership.queries import start_of

HALF_YEARS_BEFORE = 3
LEAST = 5
"""A half-year of an area with fewer than these gives no middle worth the name: the area is left out."""
TO_HELP = (Route.FAMILY_SUPPORT, Route.ASSESSMENT, Route.STRATEGY, Route.ALREADY_OPEN)
AREAS = {"of": "areas", "period": "half-year"}
ANSWERS = Measure("the usual wait for an answer of those in the room", "hours", 1, **AREAS)
DECISIONS = Measure("the usual time from told to decided", "hours", 1, **AREAS)
ONWARD = Measure("the share sent on to a team that helps", "percentage points", 1, **AREAS)


@dataclass(frozen=True)
class Compared:
    """Plain counts of the contacts decided in a pilot, or of the rest; None where too small."""

    contacts: int
    hours_to_decide: float | None
    checks: int
    checks_in_time: int
    hours_to_answer: float | None
    routes: Mapping[str, int]

    @property
    def shown(self) -> bool:
        """Whether there are enough contacts to show anything of them."""
        return self.contacts == 0 or self.contacts >= THRESHOLD


NO_CONTACTS = Compared(0, None, 0, 0, None, {})
CONTACTS_SQL = """
WITH decided AS (
    SELECT d.person, d.at, d.outcome, min(r.at) AS received,
           coalesce(bool_or(p.outcome = %(pilot)s), false) AS inside, coalesce(bool_or(p.id IS NOT NULL), false) AS marked
    FROM journal_happening d
    LEFT JOIN journal_happening r ON r.person = d.person AND r.name = 'contact.received'
    LEFT JOIN journal_happening p ON p.person = d.person AND p.name = 'contact.piloted'
    WHERE d.name = 'contact.decided' AND d.concern AND d.at >= %(since)s AND d.at < %(until)s
    GROUP BY d.person, d.at, d.outcome, d.id
), kept AS (SELECT * FROM decided WHERE inside OR NOT marked)
"""
DECIDED_SQL = f"""{CONTACTS_SQL}SELECT inside, outcome, count(*), NULL::float FROM kept GROUP BY inside, outcome
UNION ALL SELECT inside, '', count(*),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM at - received) / 3600) FROM kept GROUP BY inside
"""  # noqa: S608  (constants only)
IN_THE_ROOM = """
    JOIN journal_timescale t ON t.person = k.person AND t.rule LIKE 'CHECK-%%'
    JOIN disclosure_sharing s ON s.entry = t.trigger AND s.person = t.person AND s.kind = 23 AND s.way = 'given'
    JOIN organisation_agency a ON a.id = s.agency AND a.kind = ANY(%(kinds)s)
"""
CHECKED_SQL = f"""{CONTACTS_SQL}SELECT k.inside, count(*), count(*) FILTER (WHERE t.met <= t.due),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM t.met - t.begins) / 3600)
FROM kept k {IN_THE_ROOM} GROUP BY k.inside
"""  # noqa: S608  (constants only)


def compared(pilot: Pilot) -> tuple[Compared, Compared]:
    """The pilot's contacts and the rest, decided while it is or was on: counts that prove nothing by themselves."""
    asked = {
        "pilot": str(pilot.pk),
        "since": start_of(pilot.begins),
        "until": _until(pilot),
        "kinds": _kinds(pilot),
    }
    with connection.cursor() as cursor:
        cursor.execute(DECIDED_SQL, asked)
        decided = cursor.fetchall()
        cursor.execute(CHECKED_SQL, asked)
        checked = {row[0]: row[1:] for row in cursor.fetchall()}
    return _compared(True, decided, checked), _compared(False, decided, checked)


def _compared(inside: bool, decided: Sequence[Any], checked: Mapping[bool, Any]) -> Compared:
    own = [row for row in decided if row[0] is inside]
    whole = next((row for row in own if row[1] == ""), None)
    if whole is None:
        return NO_CONTACTS
    asked, in_time, hours = checked.get(inside, (0, 0, None))
    routes = suppress({row[1]: row[2] for row in own if row[1]})
    return Compared(
        contacts=whole[2], hours_to_decide=whole[3], checks=asked, checks_in_time=in_time, hours_to_answer=hours,
        routes={name: count for name, count in routes.counts.items() if count} if routes.whole else {},
    )  # fmt: skip


def _until(pilot: Pilot) -> datetime:
    return min(start_of(pilot.ends) if pilot.ends else clock.now(), clock.now())


def _kinds(pilot: Pilot) -> list[str]:
    """The kinds of agency that sit in the room; all, where none is named."""
    return list(pilot.agency_kinds) or [str(kind) for kind in Agency.Kind]


# Where the children of a contact live is found for all tellings at once: entry by entry it took two minutes of a page.
AREA_SQL = """
WITH tells AS MATERIALIZED (
    SELECT h.person, h.at, h.concern, e.occasion FROM journal_happening h JOIN journal_entry e ON e.id = h.entry
    WHERE h.name = 'contact.received' AND e.occasion <> 0
), lives AS MATERIALIZED (
    SELECT DISTINCT ON (t.occasion) t.occasion, c.area FROM tells t JOIN people_person c ON c.person = t.person
    WHERE NOT t.concern AND c.area <> 0 ORDER BY t.occasion, c.person
), told AS (
    SELECT d.person, d.at, d.outcome, r.at AS received, lives.area, coalesce(p.outcome, '') AS mark,
           width_bucket(d.at, %(starts)s::timestamptz[]) AS period
    FROM journal_happening d
    JOIN tells r ON r.person = d.person AND r.concern
    JOIN lives ON lives.occasion = r.occasion
    LEFT JOIN journal_happening p ON p.person = d.person AND p.name = 'contact.piloted'
    WHERE d.name = 'contact.decided' AND d.concern AND d.at >= %(since)s AND d.at < %(until)s
), k AS (
    SELECT *, (period <= %(before)s) OR (area = ANY(%(areas)s) AND mark = %(pilot)s)
           OR (area <> ALL(%(areas)s) AND mark = '') AS fits FROM told
)
"""
MIDDLES_SQL = f"""{AREA_SQL}SELECT area, period, count(*),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM at - received) / 3600),
    100 * avg((outcome = ANY(%(onward)s))::int)::float
FROM k WHERE fits GROUP BY area, period HAVING count(*) >= %(least)s
UNION ALL SELECT 0, 0, count(*), NULL, NULL FROM k WHERE NOT fits
"""  # noqa: S608  (constants only)
WAITS_SQL = f"""{AREA_SQL}SELECT area, period,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM t.met - t.begins) / 3600)
FROM k {IN_THE_ROOM} WHERE fits AND t.met IS NOT NULL GROUP BY area, period HAVING count(*) >= %(least)s
"""  # noqa: S608  (constants only)


@dataclass(frozen=True)
class Panels:
    """What each area's half-years were like: waits for answers, times to decide, shares sent on; and what is left out."""

    treated: frozenset[str]
    since: int
    outcomes: Mapping[Measure, Panel]
    left_out: int


def panels(pilot: Pilot) -> Panels:
    """The half-years of each area, three before the pilot began and those since, from what was decided and its marks."""
    treated = [area.pk for area in Area.objects.all() if covers(pilot, area)]
    starts = _starts(pilot)
    asked = {
        "starts": [start_of(day) for day in starts], "since": start_of(starts[0]), "until": _until(pilot),
        "before": HALF_YEARS_BEFORE, "areas": treated, "pilot": str(pilot.pk), "kinds": _kinds(pilot), "least": LEAST,
        "onward": [str(route) for route in TO_HELP],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(MIDDLES_SQL, asked)
        middles = cursor.fetchall()
        cursor.execute(WAITS_SQL, asked)
        waits = cursor.fetchall()
    found: dict[Measure, dict[str, dict[int, float]]] = {ANSWERS: {}, DECISIONS: {}, ONWARD: {}}
    for area, period, hours in waits:
        found[ANSWERS].setdefault(str(area), {})[period] = float(hours)
    for area, period, _, hours, share in middles:
        if area:
            found[DECISIONS].setdefault(str(area), {})[period] = float(hours)
            found[ONWARD].setdefault(str(area), {})[period] = float(share)
    left_out = sum(row[2] for row in middles if not row[0])
    return Panels(frozenset(map(str, treated)), HALF_YEARS_BEFORE + 1, found, left_out)


def _starts(pilot: Pilot) -> list[date]:
    """The first day of each half-year, counted from the pilot's own first day."""
    until = _until(pilot).date()
    days, number = [], -HALF_YEARS_BEFORE
    while number <= 0 or _months(pilot.begins, 6 * number) <= until:
        days.append(_months(pilot.begins, 6 * number))
        number += 1
    return days


def _months(day: date, number: int) -> date:
    return date.fromordinal(add_months(day.toordinal(), number))


def fair_comparisons(pilot: Pilot) -> tuple[Panels, Mapping[Measure, Comparison | TooFew]]:
    """Each outcome compared before and after, in the pilot's areas against the others; or why that cannot be done."""
    found = panels(pilot)
    return found, {each: _fair(panel, found, each) for each, panel in found.outcomes.items()}


def _fair(panel: Panel, found: Panels, measure: Measure) -> Comparison | TooFew:
    treated = found.treated & set(panel)
    try:
        if treated != found.treated:
            missing = len(found.treated - treated)
            raise TooFew(
                f"{missing} of the pilot’s {len(found.treated)} areas had fewer than {LEAST} in a half-year.",
                "Look again when more was decided.",
            )
        return difference_in_differences(panel, treated=treated, since=found.since, measure=measure)
    except TooFew as why:
        return why
