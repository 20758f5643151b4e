"""Initiatives to recruit or keep staff: begun, ended, and nothing of them changed afterwards."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.recording import end_row, recorded
from rightplace.services.recruitment.models import Initiative

KEEP = "initiative.keep"


@transaction.atomic
def begin_initiative(
    *,
    title: str,
    aim: str,
    begins: date,
    cost: int,
    expected: str,
    because: str,
    teams: Collection[Team],
    by: Actor,
) -> Initiative:
    """Begin something, in some teams, with its cost in pence a year and what is expected of it, said before."""
    require(by, KEEP)
    if not title.strip() or not expected.strip() or not because.strip():
        raise Refused("It has a title, an expected effect and a reason.", "Fill in what is missing.")
    if not teams:
        raise Refused("It is done in at least one team.", "Choose the teams.")
    if cost < 0:
        raise Refused("A cost is not below nought.", "Give what it costs a year.")
    made = Initiative.objects.create(
        title=title.strip(), aim=Initiative.Aim(aim), begins=begins, cost=cost, expected=expected.strip(),
        because=because.strip(), **recorded(by),
    )  # fmt: skip
    made.teams.set(teams)
    return made


@transaction.atomic
def end_initiative(*, initiative: Initiative, on: date, because: str, by: Actor) -> None:
    """End it from a day, and say why."""
    require(by, KEEP)
    if not because.strip():
        raise Refused("An end has a reason.", "Say why it ends.")
    found = Initiative.objects.select_for_update().get(pk=initiative.pk)
    end_row(found, on, by)
    found.ended_because = because.strip()
    found.save(update_fields=["ended_because"])
