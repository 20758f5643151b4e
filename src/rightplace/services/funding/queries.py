"""What is agreed, due and paid, and what each pound bought: scoped, counted in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum, Value

from rightplace.domain.evidence import THRESHOLD
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, School, Team
from rightplace.services.funding.models import (
    Agreement,
    Budget,
    Contribution,
    Payment,
    Share,
    TermCounted,
    UnitCost,
)
from rightplace.services.funding.statement import (
    OUTCOMES,
    Agreed,
    Due,
    Hours,
    Price,
    Statement,
    Term,
)
from rightplace.services.funding.working import AT_SCHOOL, YearOfWork
from rightplace.services.funding.years import first_day, last_day, share_of

CHILDREN = """
SELECT coalesce(s.school, 0), count(DISTINCT t.person) FROM funding_time t
LEFT JOIN people_schooling s ON AT_SCHOOL
WHERE t.day BETWEEN %(first)s AND %(last)s GROUP BY 1
""".replace("AT_SCHOOL", AT_SCHOOL)


@dataclass(frozen=True, slots=True)
class DueOf:
    """A term's contribution with the agency that owes it."""

    contribution: Contribution
    paid: int

    @property
    def left(self) -> int:
        return max(self.contribution.pence - self.paid, 0)


def in_force(actor: Actor) -> QuerySet[Contribution]:
    """Contributions as they are due now: what was said anew stands for what was said before."""
    rows = scope(actor, Contribution).filter(replaced_by__isnull=True)
    return rows.select_related("agreement__agency")


def paid_for(actor: Actor, among: Q) -> dict[tuple[int, int, int], int]:
    """What came in, less what was taken back, by agreement, year and term."""
    rows = scope(actor, Payment).filter(among).values_list("agreement", "year", "term")
    return {(a, year, term): pence for a, year, term, pence in rows.annotate(sum=Sum("pence")).order_by()}


def due_and_paid(actor: Actor, year: int) -> list[DueOf]:
    """Every contribution of a year, what is late first, with what came in."""
    paid = paid_for(actor, Q(year=year))
    rows = in_force(actor).filter(year=year).order_by("due", "agreement__agency__name")
    return [DueOf(row, paid.get((row.agreement_id, row.year, row.term), 0)) for row in rows]


def agreements(actor: Actor) -> list[Agreement]:
    """Every agreement, those that run first."""
    rows = scope(actor, Agreement).select_related("agency", "recorded_by")
    return list(rows.order_by("ends", "agency__name"))


def shares_of(agreements: Sequence[int]) -> dict[tuple[int, int], Share]:
    """The share that holds, by agreement and year: the one recorded last."""
    rows = Share.objects.filter(agreement__in=agreements).select_related("recorded_by")
    return {(row.agreement_id, row.year): row for row in rows.order_by("recorded_at", "id")}


def budgets(actor: Actor, year: int) -> dict[int, Budget]:
    """Each team's budget of a year, as it was said last."""
    rows = (
        scope(actor, Budget)
        .filter(year=year)
        .select_related("team", "recorded_by")
        .order_by("recorded_at", "id")
    )
    return {row.team_id: row for row in rows}


def children_by_school(year: int) -> dict[int, int | None]:
    """Children helped, by school. A small number is withheld, and no total is shown beside them."""
    with connection.cursor() as cursor:
        cursor.execute(CHILDREN, {"first": first_day(year), "last": last_day(year), "now": clock.now()})
        counts = dict(cursor.fetchall())
    return {school: count if count == 0 or count >= THRESHOLD else None for school, count in counts.items()}


def statement_of(actor: Actor, agency: Agency, year: int) -> Statement:
    """An agency's statement of a year, for whoever may see it; anybody else finds nothing there."""
    if not (may(actor, "funding.see", agency) or may(actor, "statement.see", agency)):
        raise NotAllowed
    said = _agreements_and_shares(actor, agency)
    ever = _dues_ever(actor, agency)
    terms, prices = terms_told(agency, year)
    years = {year, *(each.year for each in said if each.year), *(row.year for row, _ in ever)}
    return Statement(
        agency=agency.pk,
        name=agency.name,
        year=year,
        counted=clock.now(),
        agreed=_agreed(said, year),
        ever_agreed=bool(said),
        terms=terms,
        waiting=not terms or max(each.ends for each in terms) < last_day(year),
        prices=prices,
        dues=tuple(Due(r.pk, r.term, r.due, r.pence, paid) for r, paid in ever if r.year == year),
        years=tuple(sorted(years, reverse=True)),
    )


def terms_told(agency: Agency, year: int) -> tuple[tuple[Term, ...], tuple[Price, ...]]:
    """The terms of a year that were counted for an agency, as they were told then, and the prices that count in them."""
    rows = list(
        TermCounted.objects.filter(
            agency=agency, ends__range=(first_day(year), last_day(year)), told__isnull=False
        ).order_by("ends")
    )
    used = {key for row in rows for key in (row.told or {})["prices"]}
    prices = UnitCost.objects.filter(pk__in=used).order_by("grade", "doing", "begins") if used else ()
    return tuple(_term(row) for row in rows), tuple(
        Price(p.grade, p.doing, p.begins, p.pence, p.source, p.assumed) for p in prices
    )


def _term(row: TermCounted) -> Term:
    told: dict[str, Any] = row.told or {}
    hours = tuple(Hours(doing, *figures) for doing, figures in told["hours"].items())
    outcomes = {key: told["outcomes"][key] for key in OUTCOMES}
    return Term(row.begins, row.ends, row.counted, told["children"], hours, outcomes)


class AgreedShare(NamedTuple):
    """An agreement with one of its shares, or with none."""

    agreement: int
    what_for: str
    begins: date
    ends: date | None
    year: int | None
    hundredths: int | None
    because: str | None
    by: str | None
    at: datetime | None


def _agreements_and_shares(actor: Actor, agency: Agency) -> list[AgreedShare]:
    """Every agreement of an agency with every share that was said of it, the last said last, in one query."""
    rows = (
        scope(actor, Agreement).filter(agency=agency).order_by("begins", "shares__recorded_at", "shares__id")
    )
    columns = (
        "id", "what_for", "begins", "ends", "shares__year", "shares__hundredths", "shares__because",
        "shares__recorded_by__name", "shares__recorded_at",
    )  # fmt: skip
    return [AgreedShare(*row) for row in rows.values_list(*columns)]


def _agreed(said: Sequence[AgreedShare], year: int) -> Agreed | None:
    """The agreement that ran last in the year, and the share that holds for it."""
    first, last = first_day(year), last_day(year)
    ran = [each for each in said if each.begins <= last and (each.ends is None or each.ends > first)]
    if not ran:
        return None
    found = ran[-1]
    of_year = [each for each in ran if each.agreement == found.agreement and each.year == year]
    share = of_year[-1] if of_year else None
    return Agreed(
        found.what_for, found.begins, found.ends, share.hundredths if share else None,
        (share.because if share else None) or "", (share.by if share else None) or "", share.at if share else None,
    )  # fmt: skip


def _dues_ever(actor: Actor, agency: Agency) -> list[tuple[Contribution, int]]:
    """Every contribution of an agency as it is due now, with what came in for it, in one query."""
    paid = scope(actor, Payment).filter(
        agreement=OuterRef("agreement"), year=OuterRef("year"), term=OuterRef("term")
    )
    sums = paid.order_by().values("agreement").annotate(sum=Sum("pence")).values("sum")
    rows = in_force(actor).filter(agreement__agency=agency).order_by("due", "term")
    return [(row, row.paid or 0) for row in rows.annotate(paid=Subquery(sums))]


def due_by_agency(actor: Actor, year: int) -> dict[int, int]:
    """What each agency is to pay for a year."""
    due: dict[int, int] = defaultdict(int)
    for each in in_force(actor).filter(year=year):
        due[each.agreement.agency_id] += each.pence
    return due


def shares_owed(actor: Actor, work: YearOfWork) -> dict[int, int]:
    """Each agency's share of what the hours for its children cost, where a share was agreed for the year."""
    rows = scope(actor, Share).filter(year=work.year).select_related("agreement")
    return {
        row.agreement.agency_id: share_of(work.by_school.get(row.agreement.agency_id, 0), row.hundredths)
        for row in rows.order_by("agreement__begins", "recorded_at", "id")
    }


def names_of_teams_and_schools() -> tuple[dict[int, str], dict[int, str]]:
    """Family support teams, and schools by their agency, by name: in one query."""
    teams = Team.objects.filter(kind=Team.Kind.FAMILY_SUPPORT).order_by()
    both = teams.values_list(Value(True), "id", "name").union(
        School.objects.order_by().values_list(Value(False), "agency_id", "agency__name")
    )
    named: dict[bool, dict[int, str]] = {True: {}, False: {}}
    for is_team, number, name in both:
        named[bool(is_team)][number] = name
    return named[True], named[False]
