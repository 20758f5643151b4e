"""What the hours of a year cost, team by team and school by school, exactly and to the penny.

Cost is hours times the cost of an hour on that day. A child's part of its family's hours goes to the school that the
child went to on the day (the rule in domain/evidence/sharing.py); the pence of the whole year are divided over the
schools by largest remainder, so that what the schools have and what falls on none adds up to the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import connection

from rightplace.domain.evidence import apportion
from rightplace.foundation.organisation import clock
from rightplace.services.funding.models import UnitCost
from rightplace.services.funding.projections import FINENESS
from rightplace.services.funding.years import first_day, last_day

HOUR = 60 * FINENESS
NO_SCHOOL = 0
K = TypeVar("K", bound=Hashable)

AT_SCHOOL = """
s.person = t.person AND s.begins <= t.day AND (s.ends IS NULL OR s.ends > t.day) AND t.label = 0 AND t.person NOT IN (
  SELECT f.person FROM access_restriction r JOIN journal_file f ON f.id = r.file
  WHERE r.begins <= %(now)s AND (r.ends IS NULL OR r.ends > %(now)s))
"""
"""The school that a child's part falls on. Of a restricted or sealed child, and of time under a label, it is none:
a school's hours would tell of a child of whom the school may know nothing. No agency pays for it.
"""

WORKED = """
SELECT coalesce(s.school, 0), t.team, t.doing, t.grade,
       (SELECT count(*) FROM unnest(%(bounds)s::date[]) b WHERE b <= t.day), sum(t.part)
FROM funding_time t
LEFT JOIN people_schooling s ON AT_SCHOOL
WHERE t.day BETWEEN %(first)s AND %(last)s
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
""".replace("AT_SCHOOL", AT_SCHOOL)


@dataclass(frozen=True, slots=True)
class Worked:
    """Time of one kind, in one grade and at one price, for one school's children; `cost` None: no price is known."""

    school: int
    team: int
    doing: str
    grade: str
    parts: int
    price: UnitCost | None

    @property
    def weight(self) -> int:
        """What it costs, in parts of a penny."""
        return self.parts * self.price.pence if self.price is not None else 0


@dataclass(frozen=True)
class YearOfWork:
    """All the time given in a year with its price, and what each school's part cost in whole pence."""

    year: int
    worked: Sequence[Worked]
    pence: int
    by_school: Mapping[int, int]

    def of_school(self, school: int) -> list[Worked]:
        return [each for each in self.worked if each.school == school]

    def by_team(self) -> dict[int, int]:
        """What each team's work cost; adds up to the whole as well."""
        return divided(self.pence, self.worked, lambda each: each.team)


def divided(pence: int, worked: Iterable[Worked], of: Callable[[Worked], K]) -> dict[K, int]:
    """Whole pence over what the work is grouped by, each by its cost; nothing is lost in rounding."""
    weights: dict[K, int] = defaultdict(int)
    for each in worked:
        weights[of(each)] += each.weight
    return apportion(pence, weights) if any(weights.values()) else dict.fromkeys(weights, 0)


def year_of_work(year: int) -> YearOfWork:
    """The time given in a year, with prices, in two queries. The whole is rounded once, half a penny up."""
    prices = prices_in_force()
    bounds = sorted({price.begins for price in prices})
    asked: dict[str, Any] = {
        "bounds": bounds,
        "first": first_day(year),
        "last": last_day(year),
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(WORKED, asked)
        rows = cursor.fetchall()
    starts: list[date | None] = [None, *bounds]
    worked = [
        Worked(school, team, doing, grade, int(parts), price_of(prices, grade, doing, starts[period]))
        for school, team, doing, grade, period, parts in rows
    ]
    whole = sum(each.weight for each in worked)
    pence = (whole * 2 + HOUR) // (2 * HOUR)
    return YearOfWork(year, worked, pence, divided(pence, worked, lambda each: each.school))


def prices_in_force() -> list[UnitCost]:
    """What an hour costs; of two said for one day, grade and kind of work the one recorded last holds."""
    found: dict[tuple[str, str, date], UnitCost] = {}
    for price in UnitCost.objects.select_related("recorded_by").order_by("recorded_at", "id"):
        found[price.grade, price.doing, price.begins] = price
    return sorted(found.values(), key=lambda price: (price.begins, price.grade, price.doing))


def price_of(prices: Sequence[UnitCost], grade: str, doing: str, on: date | None) -> UnitCost | None:
    """The price of an hour on a day: that of the kind of work where there is one, else that of the grade."""
    if on is None:
        return None
    for kind in (doing, ""):
        held = [p for p in prices if p.grade == grade and p.doing == kind and p.begins <= on]
        if held:
            return max(held, key=lambda price: price.begins)
    return None
