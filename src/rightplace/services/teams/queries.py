"""Teams, people and memberships for whoever keeps them: every reader begins with the scope."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Count, Q, QuerySet, Value, When

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.models import User
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership, Team, TeamArea, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.services.teams.models import TeamChange

DESKS = Q(kind=Team.Kind.PARTNER_DESK)


def teams_of(actor: Actor, on: date, *, partners: bool) -> QuerySet[Team]:
    """The teams there are or will be: the council's, or the desks of partners; each with how many are in it today."""
    here = Q(memberships__begins__lte=on) & (Q(memberships__ends__isnull=True) | Q(memberships__ends__gt=on))
    found = scope(actor, Team).filter(Q(ends__isnull=True) | Q(ends__gt=on))
    found = found.filter(DESKS if partners else ~DESKS).select_related("agency", "area")
    return found.annotate(people=Count("memberships__worker", filter=here, distinct=True)).order_by(
        "kind", "name", "id"
    )


def ended_teams(actor: Actor, on: date, *, partners: bool) -> QuerySet[Team]:
    """Teams that are no more, the last first."""
    found = scope(actor, Team).filter(DESKS if partners else ~DESKS, ends__lte=on)
    return found.select_related("agency", "area").order_by("-ends", "name")


def changes_of(actor: Actor, team: Team) -> QuerySet[TeamChange]:
    """What was changed of a team, the last first."""
    return scope(actor, TeamChange).filter(team=team).select_related("recorded_by")


def areas_taken(actor: Actor, team: Team) -> QuerySet[TeamArea]:
    """Areas that a team took besides its own, with who recorded it."""
    found = scope(actor, TeamArea).filter(team=team).select_related("area", "recorded_by")
    return found.order_by("-begins", "area")


def memberships(actor: Actor) -> QuerySet[Membership]:
    """Memberships, with who recorded each beginning and end."""
    return scope(actor, Membership).select_related(
        "worker", "team", "team__agency", "recorded_by", "end_recorded_by"
    )


def people_called(actor: Actor, words: str) -> QuerySet[Worker]:
    """People whose name or address holds each of these words, those who left last; who is here where none are given."""
    gone = Case(When(ends__lte=clock.today(), then=Value(1)), default=Value(0))
    found = scope(actor, Worker).select_related("agency").order_by(gone, "name", "id")
    if not words.split():
        return found.exclude(ends__lte=clock.today())
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return found


def people_to_choose(actor: Actor, agency: int, on: date) -> QuerySet[Worker]:
    """People of an agency who are there on a day or come later."""
    found = scope(actor, Worker).filter(Q(ends__isnull=True) | Q(ends__gt=on), agency_id=agency)
    return found.order_by("name", "id")


def now_in(workers: list[int], on: date) -> dict[int, list[Membership]]:
    """The memberships of several people on a day, in one query."""
    rows = Membership.objects.filter(holding(on), holding(on, "team__"), worker__in=workers)
    found: dict[int, list[Membership]] = {}
    for row in rows.select_related("team").order_by("team__name", "id"):
        found.setdefault(row.worker_id, []).append(row)
    return found


def accounts_of(actor: Actor, workers: list[int]) -> dict[int, User]:
    """The accounts of several people, in one query."""
    rows = scope(actor, User).filter(worker__in=workers)
    return {row.worker_id: row for row in rows if row.worker_id is not None}
