"""What waits for a partner's agency, whatever app it comes from: one list, the next due first, and no child named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from rightplace.common.caseflow.waits import Waits, waits_for
from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Group, Link, Row, by_due
from rightplace.domain.practice.workdays import end_of_day, to_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.services.directory.models import Service
from rightplace.services.directory.projections import ServiceRequest
from rightplace.services.familysupport.projections import Support
from rightplace.services.familysupport.queries import invitations
from rightplace.services.frontdoor.projected_triage import Triage
from rightplace.services.frontdoor.queries import checks_asked
from rightplace.services.partnership.models import Dispute, DisputeWord
from rightplace.services.partnership.queries import disputes
from rightplace.services.protection.projections import Strategy
from rightplace.services.protection.queries import calls_to, undone_by
from rightplace.services.schools.waits import answered_lately

COLUMNS = (Column("What to do"), Column("Came"), Column("Answer by"))
ALSO = (Column("Yours too"), Column("Since"))
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
    standing: bool = False
    """Nobody asked for it by a day: a team around a family, an answer to read."""


@dataclass(frozen=True)
class WaitingPage:
    """Everything that waits, grouped by what is due; and the files that stand behind it."""

    groups: list[Group]
    also: list[Row]
    count: int
    files: list[int]


def waiting_for(actor: Actor, now: datetime) -> WaitingPage:
    """Gather what the actor's agency was asked and has not answered, as far as the actor may answer it."""
    there = {each.of.key for each in waits_for(actor)}
    found = [each for key, asked in OF_A_KIND.items() if key in there for each in asked(actor)]

    def line(each: Waiting) -> Row:
        link = Link(each.act, each.address, each.about)
        late = tags.is_late(each.due, now)
        return Row([link, words.when(each.came), tags.due_tag(each.due, now)], late=late)

    groups = by_due(
        [each for each in found if not each.standing], due=lambda each: each.due, row=line, now=now
    )
    also = [
        Row([Link(each.act, each.address, each.about), words.when(each.came)])
        for each in found
        if each.standing
    ]
    return WaitingPage(groups, also, len(found), sorted({each.file for each in found if each.file}))


def _checks(actor: Actor) -> Iterator[Waiting]:
    for row in checks_asked(actor)[:SHOWN]:
        address = reverse("frontdoor:check", args=[row.id])
        yield Waiting("Say what you know", f"{row.grade} check", address, row.asked, row.due, row.concern)


def _notices(actor: Actor) -> Iterator[Waiting]:
    open_now = scope(actor, Triage).filter(decided__isnull=True)
    for row in open_now.exclude(heard__contains=[actor.agency]).order_by("tell_by")[:SHOWN]:
        address = reverse("frontdoor:notice", args=[row.id])
        about = f"{row.grade} notice"
        yield Waiting("Speak at a joint triage", about, address, row.opened, row.tell_by, row.concern)


def _calls(actor: Actor) -> Iterator[Waiting]:
    own = Strategy.objects.filter(id=OuterRef("strategy")).values
    open_now = calls_to(actor).filter(answered__isnull=True, held__isnull=True)
    calls = open_now.annotate(meets=Subquery(own("meets")), file=Subquery(own("file"))).values()[:SHOWN]
    for row in {row["number"]: row for row in calls}.values():
        meets = f"meets {words.when(row['meets'])}" if row["meets"] else ""
        address = reverse("protection:asked-one", args=[row["number"]])
        yield Waiting(
            "Say who comes to a strategy discussion", meets, address, row["called"], row["due"], row["file"]
        )


def _actions(actor: Actor) -> Iterator[Waiting]:
    """What strategy discussions agreed that the agency does: each once, however many children it is about."""
    for row in {(row.number, row.place): row for row in undone_by(actor)[:SHOWN]}.values():
        address = reverse("protection:asked-one", args=[row.number])
        due = to_datetime(end_of_day(row.due.toordinal())) if row.due else None
        yield Waiting("Do what was agreed", "strategy discussion", address, row.agreed, due, row.file)


def disputes_to_answer(actor: Actor) -> QuerySet[Dispute] | None:
    """Disputes in which the other side spoke last: ours to answer, to settle between us or to take a step up."""
    if not (actor.is_partner and may(actor, "dispute.raise")):
        return None
    last = DisputeWord.objects.filter(dispute=OuterRef("pk")).order_by("-recorded_at", "-id")
    speaker, spoke = (Subquery(last.values(name)[:1]) for name in ("agency", "recorded_at"))
    found = disputes(actor).filter(ended_at=None).annotate(speaker=speaker, spoke=spoke)
    return found.exclude(speaker=actor.agency)


def _disputes(actor: Actor) -> Iterator[Waiting]:
    found: Any = disputes_to_answer(actor)
    for row in found[:SHOWN] if found is not None else ():
        until = to_datetime(end_of_day(row.due.toordinal())) if row.due else None
        address = reverse("partnership:dispute", args=[row.pk])
        yield Waiting("Answer in a dispute", row.get_subject_display(), address, row.spoke, until, 0)


def _places(actor: Actor) -> Iterator[Waiting]:
    rows = list(scope(actor, ServiceRequest).filter(answer="").order_by("due")[:SHOWN])
    names = dict(Service.objects.filter(pk__in=[row.service for row in rows]).values_list("pk", "name"))
    for row in rows:
        address = reverse("directory:answer", args=[row.entry])
        about = names.get(row.service, "")
        yield Waiting("Say whether there is a place", about, address, row.asked, row.due, row.file)


def _families(actor: Actor) -> Iterator[Waiting]:
    """The teams around families to which the reader belongs; the page of each asks what was done of one's own part."""
    rows = {row.family: row for row in invitations(actor)[:SHOWN]}
    support = Support.objects.in_bulk([row.support for row in rows.values()])
    for row in rows.values():
        address = reverse("familysupport:shared", args=[row.family])
        file = support[row.support].file
        yield Waiting(
            "See your part of a family’s plan", "team around a family", address, row.since, None, file, True
        )


def _answers(actor: Actor) -> Iterator[Waiting]:
    for row in answered_lately(actor) or ():
        address = reverse("schools:question", args=[row.concern])
        at = row.answered or row.asked
        yield Waiting("Read your link person’s answer", str(row.topic), address, at, None, row.concern, True)


OF_A_KIND: Mapping[str, Callable[[Actor], Iterator[Waiting]]] = {
    "checks": _checks, "notices": _notices, "calls": _calls, "agency-actions": _actions, "disputes": _disputes,
    "places": _places, "around": _families, "answers": _answers,
}  # fmt: skip
"""What of each kind waits, by the key under which its service registered it; asked only where something does."""

OWN = (
    Waits(
        "disputes", disputes_to_answer, "pk", "due", "Disputes in which the other side spoke last",
        "partnership:disputes", 40, by_day=True,
    ),
)  # fmt: skip
