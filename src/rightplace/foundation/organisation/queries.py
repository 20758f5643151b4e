"""Who answers for what on a day: teams, managers, cover, the rota, and the area of an address."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from rightplace.foundation.organisation.models import (
    Absence,
    Agency,
    Area,
    AreaSquare,
    LinkPerson,
    Membership,
    Rota,
    School,
    Team,
    TeamArea,
    Worker,
)
from rightplace.foundation.organisation.places import places
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode

M = TypeVar("M", bound=Model)


def holding(on: date, prefix: str = "") -> Q:
    """The rows that hold on a day; with a prefix, those of a relation (`team__`)."""
    begun = Q(**{f"{prefix}begins__lte": on})
    return begun & (Q(**{f"{prefix}ends__isnull": True}) | Q(**{f"{prefix}ends__gt": on}))


def on_day(rows: QuerySet[M], on: date) -> QuerySet[M]:
    """Narrow dated rows to those that hold on a day."""
    return rows.filter(holding(on))


def teams(on: date, kinds: Iterable[str] = ()) -> QuerySet[Team]:
    """The teams there are on a day, of these kinds or of all."""
    took = on_day(TeamArea.objects.filter(team=OuterRef("pk")), on).order_by("area_id")
    found = on_day(Team.objects.annotate(took=ArraySubquery(took.values("area_id"))), on).order_by(
        "name", "id"
    )
    kinds = tuple(kinds)
    return found.filter(kind__in=kinds) if kinds else found


def team_for(area: int | None, kind: str, on: date) -> Team | None:
    """The team of a kind that answers for an area; a team for the whole city where the area has none of its own.

    Of two the older answers, so that the reply does not depend on the order of rows.
    """
    took = on_day(TeamArea.objects.filter(area_id=area or 0), on).values("team_id")
    near = Q(area_id=area) | Q(area__isnull=True) | Q(pk__in=took)
    return team_among(teams(on, [kind]).filter(near), area, kind)


def team_among(teams: Iterable[Team], area: int | None, kind: str) -> Team | None:
    """The same among teams that are at hand already: of the area, else one that took it, else for the whole city."""
    nearness: dict[int, int] = {}
    ordered = sorted((team for team in teams if team.kind == kind), key=lambda team: (team.begins, team.pk))
    for team in ordered:
        if area is not None and team.area_id == area:
            nearness[team.pk] = 0
        elif area is not None and area in getattr(team, "took", ()):
            nearness[team.pk] = 1
        elif team.area_id is None:
            nearness[team.pk] = 2
    found = [team for team in ordered if team.pk in nearness]
    return min(found, key=lambda team: nearness[team.pk], default=None)


def members(team: int, on: date, role: RoleCode | None = None) -> QuerySet[Membership]:
    """Who is in a team on a day, with the worker at hand."""
    found = on_day(Membership.objects.filter(team_id=team), on).filter(holding(on, "worker__"))
    if role is not None:
        found = found.filter(role=role)
    return found.select_related("worker").order_by("role", "worker__name", "id")


def memberships_of(worker: int, on: date) -> QuerySet[Membership]:
    """The teams and roles that a worker has on a day."""
    found = on_day(Membership.objects.filter(worker_id=worker), on)
    found = found.filter(holding(on, "worker__"), holding(on, "team__"))
    return found.select_related("worker", "team").order_by("id")


def manager_of(team: int, on: date) -> Worker | None:
    """The named manager of a team; of two, the one who has been it longest."""
    found = on_day(Membership.objects.filter(team_id=team, role__in=MANAGES_A_TEAM), on)
    first = found.filter(holding(on, "worker__")).select_related("worker").order_by("begins", "id").first()
    return first.worker if first else None


def managers_of(teams: Iterable[int], on: date) -> dict[int, Worker]:
    """The named manager of each of several teams, in one query."""
    found = on_day(Membership.objects.filter(team_id__in=list(teams), role__in=MANAGES_A_TEAM), on)
    rows = found.filter(holding(on, "worker__")).select_related("worker").order_by("-begins", "-id")
    return {row.team_id: row.worker for row in rows}


def teams_and_managers(teams: Collection[int], on: date) -> dict[int, tuple[Team, str]]:
    """These teams, each with the name of its manager on a day, in one query; no name where it has none."""
    if not teams:
        return {}
    manages = Membership.objects.filter(holding(on), holding(on, "worker__"), team=OuterRef("pk"))
    named = manages.filter(role__in=MANAGES_A_TEAM).order_by("begins", "id").values("worker__name")[:1]
    rows = Team.objects.filter(pk__in=list(teams)).annotate(manager=Subquery(named))
    return {row.pk: (row, row.manager or "") for row in rows}


def heads_of_service(on: date) -> list[Worker]:
    """The heads of service, longest in post first."""
    found = on_day(Membership.objects.filter(role=RoleCode.HEAD_OF_SERVICE), on)
    rows = found.filter(holding(on, "worker__")).select_related("worker").order_by("begins", "id")
    return [row.worker for row in rows]


def who_is_on_rota(at: datetime) -> list[Worker]:
    """Who takes calls out of hours at an instant, in the order in which they came on."""
    rows = Rota.objects.filter(begins_at__lte=at, ends_at__gt=at).select_related("worker")
    return [row.worker for row in rows.order_by("begins_at", "id")]


def is_away(worker: int, on: date) -> bool:
    """Whether a worker is away on a day."""
    return on_day(Absence.objects.filter(worker_id=worker), on).exists()


def workers_away(workers: Iterable[int], on: date) -> set[int]:
    """Which of these workers are away on a day, in one query."""
    found = on_day(Absence.objects.filter(worker_id__in=list(workers)), on)
    return set(found.values_list("worker_id", flat=True))


def cover_for(worker: int, on: date) -> Worker | None:
    """Who covers for a worker who is away; None when nobody is away, or nobody covers."""
    found = on_day(Absence.objects.filter(worker_id=worker, cover__isnull=False), on)
    first = found.select_related("cover").order_by("-recorded_at", "-id").first()
    return first.cover if first else None


def has_left(worker: int, on: date) -> bool:
    """Whether a worker has no membership on a day: nobody can be said to answer through them."""
    return not memberships_of(worker, on).exists()


def link_person(school: int, on: date) -> Worker | None:
    """The link person of a school on a day."""
    first = on_day(LinkPerson.objects.filter(school_id=school), on).select_related("worker").first()
    return first.worker if first else None


def link_schools(worker: int, on: date) -> QuerySet[School]:
    """The schools that a worker is the link person of."""
    linked = on_day(LinkPerson.objects.filter(worker_id=worker), on).values("school_id")
    return School.objects.filter(agency_id__in=linked).select_related("agency").order_by("agency__name")


def authority() -> Agency | None:
    """The local authority itself."""
    return Agency.objects.filter(kind=Agency.Kind.AUTHORITY).order_by("id").first()


def area_of_square(east: int, north: int) -> Area | None:
    """The area that answers for a square kilometre; None outside the city."""
    row = AreaSquare.objects.filter(east=east, north=north).select_related("area").first()
    return row.area if row else None


def area_of_postcode(postcode: str) -> Area | None:
    """The area that answers for a postcode; None when it is not the city's or cannot be read."""
    square = places.square_of(postcode)
    return area_of_square(*square) if square else None
