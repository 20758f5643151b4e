"""A joint triage as those at its table see it: what was sent, who says what, who is still to speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Group, Lines, Link, Row, by_due
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.contact import TriageDecided, TriageOpened, TriageTold
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.access import rls
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.journal import reading
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, Worker
from rightplace.services.frontdoor.presenters.inbox import GRADES
from rightplace.services.frontdoor.projected_triage import Triage

COLUMNS = (Column("Opened"), Column("Grade"), Column("Who has spoken"), Column("Say what you know by"))
DONE_COLUMNS = (Column("Opened"), Column("Decided"), Column("Level"))
KNOWN = {"known": "known to them", "nothing": "nothing known", "refused": "would not say"}
SHOWN = 100


@dataclass(frozen=True)
class View:
    """What one agency at the table says. Why it will not is for the front door and itself alone."""

    agency: str
    tag: Tag
    known: str
    told: str
    level: str
    who: str


@dataclass(frozen=True)
class TriagePage:
    """One joint triage."""

    triage: Triage
    grade: Tag
    tell_by: Tag
    decide_by: Tag
    opened: str
    sent: TriageOpened | None
    views: Sequence[View]
    decided: TriageDecided | None
    decided_by: str
    may_tell: Sequence[tuple[int, str]]
    may_decide: bool
    contact: str
    silent: Sequence[str]


@dataclass(frozen=True)
class NoticesPage:
    """The triages that go on, by what is due, and the last that ended."""

    groups: Sequence[Group]
    done: Sequence[Row]
    files: frozenset[int]


def notices_page(actor: Actor) -> NoticesPage:
    """What waits for the reader's table, the next due first."""
    now = clock.now()
    rows = list(scope(actor, Triage).filter(decided__isnull=True).order_by("tell_by", "id")[:SHOWN])
    done = list(scope(actor, Triage).filter(decided__isnull=False).order_by("-decided")[:20])

    def line(row: Triage) -> Row:
        spoken = actor.agency in row.heard
        told = tags.met("you have spoken") if spoken else tags.due_tag(row.tell_by, now)
        heard = f"{len(row.heard)} of {len(row.agencies)}"
        link = Link(words.when(row.opened), reverse("frontdoor:notice", args=[row.id]))
        return Row([link, GRADES[row.grade], heard, told], late=not spoken and tags.is_late(row.tell_by, now))

    ended = [
        Row([Link(words.when(row.opened), reverse("frontdoor:notice", args=[row.id])), words.when(row.decided),
             row.level.capitalize()])
        for row in done
        if row.decided
    ]  # fmt: skip
    groups = by_due(rows, due=lambda row: row.tell_by, row=line, now=now)
    return NoticesPage(groups, ended, frozenset(row.concern for row in (*rows, *done)))


def triage_page(actor: Actor, row: Triage) -> TriagePage:
    """Gather one joint triage as the reader may read it."""
    with rls.reading_as(actor, purpose="joint triage"):
        entries = reading.entries_of(reading.file_rows([row.concern])).get(row.concern, [])
    own = [e for e in in_order(standing(entries).entries) if e.id == row.id or row.id in e.names]
    agencies = Agency.objects.in_bulk(row.agencies)
    workers = Worker.objects.in_bulk({e.author for e in own} | {row.opened_by})
    sent = next((e.body for e in own if isinstance(e.body, TriageOpened)), None)
    decided = next((e.body for e in own if isinstance(e.body, TriageDecided)), None)
    names = {number: agencies[number].name for number in row.agencies if number in agencies}
    now = clock.now()
    staff = not actor.is_partner
    return TriagePage(
        triage=row,
        grade=GRADES[row.grade],
        tell_by=tags.due_tag(row.tell_by, now, met_at=row.decided),
        decide_by=tags.due_tag(row.decide_by, now, met_at=row.decided),
        opened=f"{words.when(row.opened)}, by {_name(workers, row.opened_by)}",
        sent=sent,
        views=[
            _view(number, names.get(number, "An agency"), own, workers, staff or number == actor.agency)
            for number in row.agencies
        ],
        decided=decided,
        decided_by=_name(workers, row.decided_by) if row.decided else "",
        may_tell=[(n, names.get(n, "")) for n in row.agencies if staff or n == actor.agency]
        if row.decided is None
        else [],
        may_decide=staff and row.decided is None and may(actor, "contact.decide"),
        contact=reverse("frontdoor:contact", args=[row.concern]) if may(actor, "contact.see") else "",
        silent=[name for number, name in names.items() if number not in row.heard],
    )


def _name(workers: dict[int, Worker], number: int) -> str:
    return workers[number].name if number in workers else "somebody"


def _view(number: int, name: str, own: Sequence[Entry], workers: dict[int, Worker], why_not: bool) -> View:
    said = [e for e in own if isinstance(e.body, TriageTold) and e.body.agency == number]
    if not said:
        return View(name, tags.still_open("not heard yet"), "", "", "", "")
    last = said[-1]
    body = last.body
    assert isinstance(body, TriageTold)
    tag = (
        tags.plain(KNOWN[body.known])
        if body.known == "refused"
        else tags.met(KNOWN.get(body.known, body.known))
    )
    who = body.told_by or _name(workers, last.author)
    told = (body.refused_because if why_not else "") or body.told
    return View(name, tag, body.known, told, body.level, who)


def proposed(page: TriagePage) -> list[Lines]:
    """Which level each agency sees, side by side."""
    return [Lines(view.agency, view.level.capitalize() or "no level said") for view in page.views]
