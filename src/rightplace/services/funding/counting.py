"""Counts a term's work for each school once it is over, so that a statement shows children, hours and outcomes safely.

What a school is told of a term is worked out once, is about eight children at least in each figure, and is kept. A
term with fewer is told together with the next. What is written down late is told with the term after: so no two
countings are about sets of children of which one lies within the other, and no difference tells of one child.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Min

from rightplace.domain.evidence import THRESHOLD, Published, suppress
from rightplace.foundation.organisation import clock
from rightplace.services.funding.models import Agreement, TermCounted, UnitCost
from rightplace.services.funding.statement import OTHER_WORK, OUTCOMES
from rightplace.services.funding.working import AT_SCHOOL, HOUR, Worked, divided, price_of, prices_in_force
from rightplace.services.funding.years import terms_over

LONDON = ZoneInfo("Europe/London")
OF_SCHOOL = """
SELECT t.person, t.doing, t.grade,
       (SELECT count(*) FROM unnest(%(bounds)s::date[]) b WHERE b <= t.day), sum(t.part)
FROM funding_time t JOIN people_schooling s ON AT_SCHOOL JOIN journal_entry e ON e.id = t.entry
WHERE s.school = %(school)s AND t.day <= %(last)s AND e.recorded <= %(until)s
  AND (t.day >= %(first)s OR (t.day >= %(agreed)s AND e.recorded > %(counted)s))
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
""".replace("AT_SCHOOL", AT_SCHOOL)
CAME_OF_IT = """
SELECT coalesce(came.name, ''), count(*) FROM unnest(%(persons)s::bigint[]) AS helped(person) LEFT JOIN LATERAL (
  SELECT h.name FROM journal_happening h WHERE h.person = helped.person AND NOT h.concern
     AND h.at >= %(first)s AND h.at < %(after)s AND h.name = ANY(%(names)s)
  ORDER BY h.at DESC, h.entry DESC LIMIT 1) came ON true GROUP BY 1
"""
MEANS = {"familysupport.ended": "ended", "case.closed": "ended", "step.up": "up", "step.down": "down"}
BEGINS_AGAIN = "familysupport.began"


class Given(NamedTuple):
    """Time for one child of the school, of one kind, in one grade and at one price."""

    person: int
    doing: str
    grade: str
    period: int
    parts: int


@dataclass(frozen=True, slots=True)
class Window:
    """What one counting covers: a term, with the terms before it that were too few to be told."""

    school: int
    agreed: date
    begins: date
    ends: date
    counted: datetime | None


def count_terms() -> int:
    """Count each term that is over for each school with an agreement, the oldest first; returns how many it counted."""
    prices, made = prices_in_force(), 0
    firsts = Agreement.objects.values_list("agency").annotate(first=Min("begins")).order_by("agency")
    for school, agreed in firsts:
        made += _count_school(school, agreed, prices)
    return made


@transaction.atomic
def _count_school(school: int, agreed: date, prices: list[UnitCost]) -> int:
    rows = list(TermCounted.objects.select_for_update().filter(agency=school).order_by("ends"))
    since = rows[-1].ends + timedelta(days=1) if rows else agreed
    told = next((row for row in reversed(rows) if row.told is not None), None)
    begins, counted, made = (
        (told.ends + timedelta(days=1) if told else agreed),
        told.counted if told else None,
        0,
    )
    for ends in terms_over(since, clock.today()):
        figures = figures_of(Window(school, agreed, begins, ends, counted), prices)
        row = TermCounted(agency_id=school, begins=begins, ends=ends, counted=clock.now(), told=figures)
        made += len(TermCounted.objects.bulk_create([row], ignore_conflicts=True))
        if figures is not None:
            begins, counted = ends + timedelta(days=1), row.counted
    return made


def figures_of(window: Window, prices: list[UnitCost]) -> dict[str, Any] | None:
    """What may be told of a window: None while the children are so few that it would tell of one of them."""
    given = _given(window, prices)
    persons = sorted({each.person for each in given})
    outcomes = _came_of_it(persons, window)
    if len(persons) < THRESHOLD or outcomes.total is None:
        return None
    starts: list[date | None] = [None, *sorted({price.begins for price in prices})]
    kinds = together(given)
    worked = [
        Worked(0, 0, kinds[g.doing], g.grade, g.parts, price_of(prices, g.grade, g.doing, starts[g.period]))
        for g in given
    ]
    return {
        "children": len(persons),
        "hours": _hours(worked),
        "outcomes": {key: outcomes.counts[key] for key in OUTCOMES},
        "prices": sorted({each.price.pk for each in worked if each.price is not None}),
    }


def _given(window: Window, prices: Iterable[UnitCost]) -> list[Given]:
    asked: dict[str, Any] = {
        "school": window.school, "first": window.begins, "last": window.ends, "agreed": window.agreed,
        "now": clock.now(), "bounds": sorted({price.begins for price in prices}),
        "until": _microseconds(clock.now()),
        "counted": _microseconds(window.counted or clock.now()),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(OF_SCHOOL, asked)
        return [
            Given(person, doing, grade, period, int(parts)) for person, doing, grade, period, parts in cursor
        ]


def _microseconds(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def together(given: Iterable[Given]) -> dict[str, str]:
    """Under which name each kind of work is told: kinds with few children go together, until they are eight at least."""
    children: dict[str, set[int]] = defaultdict(set)
    for each in given:
        children[each.doing].add(each.person)
    most_last = sorted(children, key=lambda doing: (len(children[doing]), doing))
    few = [doing for doing in most_last if len(children[doing]) < THRESHOLD]
    for doing in most_last[len(few) :]:
        if not few or len(set().union(*(children[each] for each in few))) >= THRESHOLD:
            break
        few.append(doing)
    return {doing: OTHER_WORK if doing in few else doing for doing in children}


def _hours(worked: list[Worked]) -> dict[str, list[int]]:
    """By kind of work: parts, pence that add up to the term's, and parts of which no price is known."""
    parts: dict[str, int] = defaultdict(int)
    unpriced: dict[str, int] = defaultdict(int)
    for each in worked:
        parts[each.doing] += each.parts
        unpriced[each.doing] += each.parts if each.price is None else 0
    pence = (sum(each.weight for each in worked) * 2 + HOUR) // (2 * HOUR)
    cost = divided(pence, worked, lambda each: each.doing)
    return {doing: [parts[doing], cost[doing], unpriced[doing]] for doing in sorted(parts)}


def _came_of_it(persons: list[int], window: Window) -> Published[str]:
    """How it stood with the children when the term ended: each is in one place."""
    after = datetime.combine(window.ends + timedelta(days=1), time(), LONDON)
    first = datetime.combine(window.begins, time(), LONDON)
    asked: dict[str, Any] = {
        "persons": persons,
        "first": first,
        "after": after,
        "names": [*MEANS, BEGINS_AGAIN],
    }
    counts = dict.fromkeys(OUTCOMES, 0)
    with connection.cursor() as cursor:
        cursor.execute(CAME_OF_IT, asked)
        for name, count in cursor:
            counts[MEANS.get(name, "helped")] += count
    return suppress(counts)
