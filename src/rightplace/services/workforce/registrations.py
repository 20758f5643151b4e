"""A worker's registration runs out: said sixty days ahead to the worker, the manager and human resources."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse

from rightplace.common.caseflow.waits import Waits
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Particulars
from rightplace.foundation.organisation.queries import holding, members
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM
from rightplace.services.workforce.presenters.people import registration

AHEAD: Final = timedelta(days=60)
ENDING_COLUMNS = (Column("Worker"), Column("Registration"))


def ending(today: date) -> QuerySet[Particulars]:
    """Registrations that have run out or do so within sixty days, of those who are here today."""
    return Particulars.objects.filter(
        holding(today), holding(today, "worker__"), registered=True, registered_until__lte=today + AHEAD
    )


def own_ending(actor: Actor) -> QuerySet[Particulars] | None:
    """The reader's own."""
    return ending(clock.today()).filter(worker=actor.worker) if may(actor, "workload.see_own") else None


def ending_in_the_team(actor: Actor) -> QuerySet[Particulars] | None:
    """For a manager: those of the own team's workers."""
    if actor.role not in MANAGES_A_TEAM or not may(actor, "establishment.see"):
        return None
    today = clock.today()
    ours = members(actor.team, today).exclude(worker=actor.worker).order_by().values("worker")
    return ending(today).filter(worker__in=ours)


def registration_rows(today: date) -> list[Row]:
    """For human resources: whose registration runs out, the first to do so first."""
    found = ending(today).select_related("worker").order_by("registered_until", "worker__name")
    return [
        Row(
            (
                Link(each.worker.name, reverse("workforce:employed", args=[each.worker_id])),
                registration(each, today),
            ),
            late=each.registered_until is not None and each.registered_until < today,
        )
        for each in found
    ]


OWN = (
    Waits(
        "registration", own_ending, "worker_id", "registered_until", "Renew your registration: it runs out",
        "workforce:my-work", 6, by_day=True,
    ),
    Waits(
        "registrations", ending_in_the_team, "worker_id", "registered_until",
        "See that it is renewed: a worker’s registration runs out", "workforce:own-team-posts", 7, by_day=True,
    ),
)  # fmt: skip
