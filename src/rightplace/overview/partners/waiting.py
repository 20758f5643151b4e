"""What waits for a partner's agency, whatever app it comes from: one list, the next due first, and no child named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Group, Link, Row, by_due
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.services.directory.models import Service
from rightplace.services.directory.projections import ServiceRequest
from rightplace.services.frontdoor.projected_triage import Triage
from rightplace.services.frontdoor.queries import checks_asked
from rightplace.services.protection.projections import Strategy
from rightplace.services.protection.queries import calls_to

COLUMNS = (Column("What waits for you"), Column("Came"), Column("Answer by"))
SHOWN = 50


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what to do, where, since when and until when."""

    act: str
    about: str
    address: str
    came: datetime
    due: datetime | None
    file: int


@dataclass(frozen=True)
class WaitingPage:
    """Everything that waits, grouped by what is due; and the files that stand behind it."""

    groups: list[Group]
    count: int
    files: list[int]


def waiting_for(actor: Actor, now: datetime) -> WaitingPage:
    """Gather what the actor's agency was asked and has not answered, as far as the actor may answer it."""
    found = [*_checks(actor), *_notices(actor), *_calls(actor), *_places(actor)]

    def line(each: Waiting) -> Row:
        link = Link(each.act, each.address, each.about)
        late = tags.is_late(each.due, now)
        return Row([link, words.when(each.came), tags.due_tag(each.due, now)], late=late)

    groups = by_due(found, due=lambda each: each.due, row=line, now=now)
    return WaitingPage(groups, len(found), sorted({each.file for each in found}))


def _checks(actor: Actor) -> Iterator[Waiting]:
    if may(actor, "check.answer"):
        for row in checks_asked(actor)[:SHOWN]:
            address = reverse("frontdoor:check", args=[row.id])
            yield Waiting("Say what you know", f"{row.grade} check", address, row.asked, row.due, row.concern)


def _notices(actor: Actor) -> Iterator[Waiting]:
    if may(actor, "notice.triage"):
        open_now = scope(actor, Triage).filter(decided__isnull=True)
        for row in open_now.exclude(heard__contains=[actor.agency]).order_by("tell_by")[:SHOWN]:
            address = reverse("frontdoor:notice", args=[row.id])
            about = f"{row.grade} notice"
            yield Waiting("Speak at a joint triage", about, address, row.opened, row.tell_by, row.concern)


def _calls(actor: Actor) -> Iterator[Waiting]:
    if not may(actor, "strategy.attend"):
        return
    calls = list(calls_to(actor).filter(answered__isnull=True, held__isnull=True)[:SHOWN])
    strategies = Strategy.objects.in_bulk([row.strategy for row in calls])
    for row in {row.number: row for row in calls}.values():
        own = strategies[row.strategy]
        meets = f"meets {words.when(own.meets)}" if own.meets else ""
        address = reverse("protection:asked-one", args=[row.number])
        yield Waiting("Say who comes to a strategy discussion", meets, address, row.called, row.due, own.file)


def _places(actor: Actor) -> Iterator[Waiting]:
    if not may(actor, "request.answer"):
        return
    rows = list(scope(actor, ServiceRequest).filter(answer="").order_by("due")[:SHOWN])
    names = dict(Service.objects.filter(pk__in=[row.service for row in rows]).values_list("pk", "name"))
    for row in rows:
        address = reverse("directory:answer", args=[row.entry])
        about = names.get(row.service, "")
        yield Waiting("Say whether there is a place", about, address, row.asked, row.due, row.file)
