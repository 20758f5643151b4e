"""Which areas a team serves: its own, and those that it took from a team that ended. No area is left to nobody.

Signals, schools and offers find their team by area. A team ends only when another of its kind serves each of its areas
from that day, or one serves the whole city; a cut-over lets the team that goes on take them by itself. A team that has no
area serves them all, so the same holds of it: the last front door ends when there is another.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.gaps import Days, Serving, days_of
from rightplace.foundation.organisation.hooks import Author, ask_gate
from rightplace.foundation.organisation.models import Area, Team, TeamArea
from rightplace.foundation.organisation.recording import end_row, recorded

MANAGE = "organisation.manage"
SOURCE = "Each area has a team that answers for it"


def taken(team: int, on: date) -> QuerySet[Any]:
    """The areas that a team took besides its own, as numbers: to ask within another question."""
    return queries.on_day(TeamArea.objects.filter(team=team), on).values("area_id")


def serves(prefix: str, team: int, area: int, on: date) -> Q:
    """That a row's area is one which a team serves; the prefix is the row's column with the area's number."""
    return Q(**{prefix: area}) | Q(**{f"{prefix}__in": taken(team, on)})


def areas_of(team: Team, on: date) -> list[int]:
    """The areas that a team serves on a day, its own first."""
    rows = queries.on_day(TeamArea.objects.filter(team=team), on).order_by("area_id")
    return [*([team.area_id] if team.area_id else []), *rows.values_list("area_id", flat=True)]


def areas_of_each(teams: Collection[Team], on: date) -> dict[int, list[Area]]:
    """The areas that each team serves on a day, its own first, in one question; none for a team that serves the whole city."""
    found = {team.pk: [team.area] if team.area is not None else [] for team in teams}
    rows = queries.on_day(TeamArea.objects.filter(team__in=found), on)
    for row in rows.select_related("area").order_by("area_id"):
        found[row.team_id].append(row.area)
    return found


@transaction.atomic
def take_area(*, team: Team, area: Area, begins: date, by: Author, may: str = MANAGE) -> TeamArea:
    """Let a team serve one more area from a day on: what is noticed, asked and offered there finds it."""
    ask_gate(by, may)
    held = Team.objects.select_for_update().get(pk=team.pk)
    if held.kind == Team.Kind.PARTNER_DESK or held.area_id is None:
        raise Refused(
            "A team without an area of its own serves the whole city.", "Choose a team that has an area."
        )
    if held.area_id == area.pk or area.pk in taken_numbers(held, begins):
        raise Refused(f"{held.name} serves this area already.", "Choose another area, or go back.")
    if begins < held.begins or (held.ends is not None and begins >= held.ends):
        raise Refused("The team is not there on that day.", "Choose a day on which it is there.")
    return TeamArea.objects.create(team=held, area=area, begins=begins, **recorded(by))


@transaction.atomic
def give_up_area(*, row: TeamArea, on: date, by: Author) -> None:
    """End what a team took, if another serves the area from that day."""
    ask_gate(by, MANAGE)
    _hold([row.area_id])
    held = TeamArea.objects.select_for_update(of=["self"]).select_related("team", "area").get(pk=row.pk)
    serving = Serving([held.team.kind], rows=[held.pk])
    gap = serving.first_gap(held.team.kind, held.area_id, days_of(held).within(Days(on)))
    if gap is not None:
        raise Refused(_nobody(str(held.area), held.team, gap), _INSTEAD, SOURCE)
    end_row(held, on, by)


def taken_numbers(team: Team, on: date) -> set[int]:
    """What a team took and keeps on a day or later."""
    rows = TeamArea.objects.filter(team=team).filter(Q(ends=None) | Q(ends__gt=on))
    return set(rows.values_list("area_id", flat=True))


def keep_areas(team: Team, on: date) -> None:
    """Refuse a team's end while nobody else would serve one of its areas, on that day or a later one.

    The areas are held until the transaction ends: of two teams that serve for each other, one is asked after the other.
    """
    if team.kind in FOR_NO_AREA:
        return
    team.refresh_from_db(from_queryset=Team.objects.select_for_update(no_key=True))
    if team.area_id is None:
        _keep_city(team, on)
        return
    rows: list[Team | TeamArea] = [team]
    rows += TeamArea.objects.filter(team=team).select_related("team").order_by("area_id", "begins")
    lost = [(row.area_id, days_of(row).within(Days(on))) for row in rows if row.area_id is not None]
    areas = _hold([area for area, _ in lost])
    serving = Serving([team.kind], teams=[team.pk])
    for area, days in lost:
        gap = serving.first_gap(team.kind, area, days)
        if gap is not None:
            raise Refused(_nobody(str(areas[area]), team, gap), _INSTEAD, SOURCE)


def _keep_city(team: Team, on: date) -> None:
    """The same of a team for the whole city: each area has another of its kind, or another is there for the city."""
    areas = _hold(Area.objects.values_list("pk", flat=True))
    serving, days = Serving([team.kind], teams=[team.pk]), days_of(team).within(Days(on))
    gaps = {area: serving.first_gap(team.kind, area, days) for area in areas}
    first = min((day for day in gaps.values() if day is not None), default=None)
    if first is not None:
        left = [str(areas[area]) for area, day in gaps.items() if day == first]
        raise Refused(_nobody_in(left, len(areas), team, first), _INSTEAD_OF_ALL, SOURCE)


def _hold(areas: Collection[int]) -> dict[int, Area]:
    rows = Area.objects.select_for_update(no_key=True).filter(pk__in=set(areas)).order_by("pk")
    return {row.pk: row for row in rows}


FOR_NO_AREA = (Team.Kind.PARTNER_DESK, Team.Kind.IMPORTED)
"""A partner's desk serves its agency; the team of imported children is made again by the next import."""

_INSTEAD = "Say on another team’s page that it takes this area from that day, or open a team for it."
_INSTEAD_OF_ALL = "Open another team of this kind for the whole city, or let teams with areas take each of them from that day."


def _nobody(area: str, team: Team, on: date) -> str:
    kind = Team.Kind(team.kind).label
    return f"From {on.day} {on:%B %Y} no {kind} team would serve {area}: its signals, schools and offers would find nobody."


def _nobody_in(left: Sequence[str], areas: int, team: Team, on: date) -> str:
    others = len(left) - 1
    some = left[0] if not others else f"{left[0]} and {others} other {'area' if others == 1 else 'areas'}"
    kind, where = Team.Kind(team.kind).label, "it" if len(left) == areas else some
    return (
        f"{team.name} serves the whole city. From {on.day} {on:%B %Y} no other team of its kind ({kind}) "
        f"would serve {where}: what comes to it would find nobody."
    )


def own_areas_left(ending: Collection[int], on: date) -> QuerySet[Team]:
    """Teams that end whose own area no other team of their kind would serve from that day for good."""
    rows = Team.objects.filter(pk__in=ending).exclude(area=None).exclude(kind__in=FOR_NO_AREA)
    return rows.filter(~_served(ending, on, OuterRef("kind"), OuterRef("area_id"))).order_by("pk")


def cities_left(ending: Collection[int], on: date) -> QuerySet[Team]:
    """Teams for the whole city that end, some area of which no other team of their kind would serve from that day."""
    rows = Team.objects.filter(pk__in=ending, area=None).exclude(kind__in=FOR_NO_AREA)
    left = Area.objects.filter(~_served(ending, on, OuterRef(OuterRef("kind")), OuterRef("pk")))
    return rows.filter(Exists(left)).order_by("pk")


def taken_areas_left(ending: Collection[int], on: date) -> QuerySet[TeamArea]:
    """What teams that end took over, and no other team of their kind would serve from that day for good."""
    rows = TeamArea.objects.filter(team__in=ending).filter(Q(ends=None) | Q(ends__gt=on))
    return rows.filter(~_served(ending, on, OuterRef("team__kind"), OuterRef("area_id"))).order_by("pk")


def _served(ending: Collection[int], on: date, kind: OuterRef, area: OuterRef) -> Q:
    """That some team which stays serves the row's area, and no end of that is recorded."""
    stays = Team.objects.filter(kind=kind, begins__lte=on, ends=None).exclude(pk__in=ending)
    took = TeamArea.objects.filter(team__kind=kind, area_id=area, begins__lte=on)
    took = took.filter(ends=None, team__begins__lte=on, team__ends=None).exclude(team__in=ending)
    return Q(Exists(stays.filter(Q(area_id=area) | Q(area=None)))) | Q(Exists(took))


def carry_over(area: Area, team: Team, on: date, by: Author, may: str) -> None:
    """Let the team that goes on take an area which nobody else would serve."""
    take_area(team=team, area=area, begins=max(on, team.begins, clock.today()), by=by, may=may)
