"""What early help signs when somebody else acts: a step up is accepted, a lead practitioner leaves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from rightplace.common.caseflow.accepting import is_step
from rightplace.common.caseflow.moving import ChildMoved, TeamsMoved
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import accountable_team
from rightplace.domain.practice.entries import Body, Draft
from rightplace.domain.practice.entries.caseflow import SteppedUp
from rightplace.domain.practice.entries.familysupport import FamilySupportEnded, LeadNamed
from rightplace.domain.practice.workdays import day_of, from_datetime, start_of_day
from rightplace.foundation.access.actor import RULES_WORKER, Actor
from rightplace.foundation.journal.writing import new_id, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.hooks import Author
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.familysupport.projections import Support

STEPPED_UP = "stepped up to social care"


def ends_with_a_step_up(offer: Offer, by: Actor) -> Iterable[Body]:
    """Family support ends in the moment in which the other team accepts, never before: nobody is let go between."""
    if is_step(offer, SteppedUp.number):
        for support in Support.objects.filter(person=offer.person, ended__isnull=True).order_by("id"):
            if support.file == offer.file:
                yield FamilySupportEnded(
                    support=support.id, outcome=STEPPED_UP, reasons="The other team accepted the step up."
                )


def lead_left(worker: int, team: int, on: date, by: Author) -> None:
    """A lead practitioner who leaves the team leads no family: nobody does from that day, and it has its age."""
    now = clock.now()
    rule = Actor(
        worker=RULES_WORKER,
        name="Rules of Rightplace",
        role=int(RoleCode.RULE),
        team=team,
        worker_kind="rule",
    )
    at = max(from_datetime(now), start_of_day(on.toordinal()))
    occasions: dict[int, int] = {}
    led = Support.objects.filter(lead=worker, team=team).exclude(ended__lte=now).order_by("family", "id")
    drafts = [
        Draft(
            file=each.file, body=LeadNamed(support=each.id, worker=0, reasons="Left the team"), day=day_of(at), at=at,
            concern=each.concern, occasion=occasions.setdefault(each.family, new_id()),
        )
        for each in led
        if accountable_team(each.file) == team
    ]  # fmt: skip
    if drafts:
        write(drafts, by=rule, may="offer.place")


def led_on(moved: ChildMoved) -> Iterable[Body]:
    """A child who moves with its team keeps its lead practitioner if that one moves along; else the new worker leads."""
    for support in Support.objects.filter(file=moved.file, ended__isnull=True).exclude(lead=0).order_by("id"):
        if support.lead != moved.worker_after:
            yield LeadNamed(
                support=support.id, worker=moved.worker_after, reasons="Services were reorganised."
            )


def of_teams(moved: TeamsMoved) -> QuerySet[Support]:
    """Family support that teams which end are giving."""
    return Support.objects.filter(team__in=moved.before, ended=None)
