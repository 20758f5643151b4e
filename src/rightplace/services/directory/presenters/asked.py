"""Requests for places: the provider's desk, with what was sent and nothing else; and the worker's list of what came of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from rightplace.common.caseflow.children import RESTRICTED
from rightplace.common.web import tags, words
from rightplace.common.web.frame import story_address
from rightplace.common.web.pieces import Cell, Column, Group, Lines, Link, Row, by_due
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.entries.directory import Answer, ServiceAnswered, ServiceRequested
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.access import rls
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal import reading
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.people.projections import Person
from rightplace.services.directory.models import Service
from rightplace.services.directory.projections import ServiceRequest

DESK_COLUMNS = (Column("For whom, and where"), Column("Asked"), Column("By"), Column("Answer by"))
LISTED_COLUMNS = (*DESK_COLUMNS[:-1], Column("How it stands"))
OWN_COLUMNS = (
    Column("Child"),
    Column("Service"),
    Column("Asked"),
    Column("How it stands"),
    Column("Answer by"),
)
DONE_COLUMNS = (Column("Child"), Column("Service"), Column("Answered"), Column("How it stands"))
SHOWN = 200
LATELY = timedelta(days=60)
STATES = {
    Answer.ACCEPTED: tags.met("a place"), Answer.WAITING: tags.due_soon("on the waiting list"),
    Answer.DECLINED: tags.plain("declined"), Answer.WITHDRAWN: tags.plain("taken back"),
    Answer.ENDED: tags.plain("place given back"),
}  # fmt: skip


def state_of(row: ServiceRequest) -> Tag:
    """How a request stands, as a tag."""
    if row.answer:
        found = STATES[Answer(row.answer)]
        if row.answer == Answer.ACCEPTED and row.starts:
            return tags.met(f"a place from {words.plain_day(row.starts, year=False)}")
        return found
    return tags.still_open("opened, not answered") if row.read else tags.due_soon("not opened yet")


@dataclass(frozen=True)
class DeskPage:
    """What waits at the provider's desk, and what it answered lately."""

    groups: Sequence[Group]
    waiting: Sequence[Row]
    places: Sequence[Row]
    files: frozenset[int]


FIRST_WORDS = re.compile(r"[.;\n]")


def first_words(sent: str) -> str:
    """How what was sent begins, which is whom it is for: “Hamza (7)”."""
    begins = FIRST_WORDS.split(sent.strip(), maxsplit=1)[0].strip()
    return begins if len(begins) <= 60 else f"{begins[:57].rstrip()}…"


def begun(actor: Actor, rows: Sequence[ServiceRequest]) -> dict[int, str]:
    """How the words that the provider was sent begin, by request."""
    with rls.reading_as(actor, purpose="service request"):
        told = reading.entries_naming([row.entry for row in rows], [row.file for row in rows])
    bodies = {entry.id: entry.body for entry in standing(told).entries}
    return {key: first_words(body.sent) for key, body in bodies.items() if isinstance(body, ServiceRequested)}


def desk_page(actor: Actor) -> DeskPage:
    """Gather the desk of a provider."""
    now = clock.now()
    rows = list(
        scope(actor, ServiceRequest).filter(answer__in=("", "waiting", "accepted")).order_by("asked")[:SHOWN]
    )
    services = Service.objects.in_bulk([row.service for row in rows])
    workers = Worker.objects.in_bulk([row.asked_by for row in rows])
    sent = begun(actor, rows)

    def line(row: ServiceRequest) -> Row:
        href = reverse("directory:answer", args=[row.entry])
        name = (
            services[row.service].name if row.service in services else "A service that is not here any more"
        )
        by = workers[row.asked_by].name if row.asked_by in workers else None
        last = tags.due_tag(row.due, now) if not row.answer else state_of(row)
        return Row(
            [
                Link(sent.get(row.entry) or name, href, name if sent.get(row.entry) else ""),
                words.when(row.asked),
                by,
                last,
            ],
            late=not row.answer and tags.is_late(row.due, now),
        )

    unanswered = [row for row in rows if not row.answer]
    return DeskPage(
        groups=by_due(unanswered, due=lambda row: row.due, row=line, now=now),
        waiting=[line(row) for row in rows if row.answer == Answer.WAITING],
        places=[line(row) for row in rows if row.answer == Answer.ACCEPTED],
        files=frozenset(row.file for row in rows),
    )  # fmt: skip


@dataclass(frozen=True)
class AskedPage:
    """What a worker and the worker's team asked for."""

    groups: Sequence[Group]
    done: Sequence[Row]
    files: frozenset[int]


def asked_page(actor: Actor) -> AskedPage:
    """Gather what was asked by this worker or team: what waits first, then what was answered lately."""
    now = clock.now()
    mine = scope(actor, ServiceRequest)
    mine = mine.filter(asked_by=actor.worker) | mine.filter(team=actor.team)
    rows = list(mine.order_by("-asked")[:SHOWN])
    services = Service.objects.in_bulk([row.service for row in rows])
    persons = {p.person: p for p in scope(actor, Person).filter(person__in=[row.person for row in rows])}

    def name(row: ServiceRequest) -> str:
        return persons[row.person].name if row.person in persons else RESTRICTED

    def service(row: ServiceRequest) -> str:
        return services[row.service].name if row.service in services else "not here any more"

    def waits(row: ServiceRequest) -> Row:
        href = reverse("directory:request", args=[row.entry])
        cells: list[Cell] = [
            Link(name(row), href),
            service(row),
            words.plain_day(row.asked),
            state_of(row),
            tags.due_tag(row.due, now),
        ]
        return Row(cells, late=tags.is_late(row.due, now))

    def came(row: ServiceRequest) -> Row:
        href = reverse("directory:request", args=[row.entry])
        when = words.when(row.answered) if row.answered else None
        return Row([Link(name(row), href), service(row), when, state_of(row)])

    done = [row for row in rows if row.answered and now - row.answered <= LATELY]
    return AskedPage(
        groups=by_due([r for r in rows if not r.answer], due=lambda row: row.due, row=waits, now=now),
        done=[came(row) for row in sorted(done, key=lambda row: row.answered or now, reverse=True)],
        files=frozenset(row.file for row in rows),
    )  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One answer, by whom and when."""

    when: str
    what: str
    reasons: str
    by: str


@dataclass(frozen=True)
class RequestPage:
    """One request: the words that were sent, and all that was answered."""

    row: ServiceRequest
    service: str
    places: str
    asked: ServiceRequested | None
    asked_by: str
    asked_phone: str
    ring: str
    asked_when: str
    state: Tag
    due: Tag | None
    """Until when it is to be answered; none once it is."""
    answers: Sequence[Said]
    child: str
    story: str


ANSWER_WORDS = {
    Answer.READ: "Opened", Answer.ACCEPTED: "Gave a place", Answer.WAITING: "Put on the waiting list",
    Answer.DECLINED: "Declined", Answer.WITHDRAWN: "Taken back", Answer.ENDED: "Place given back",
}  # fmt: skip


def request_page(actor: Actor, row: ServiceRequest) -> RequestPage:
    """Gather one request. A provider is shown what was sent, and no name that was not."""
    with rls.reading_as(actor, purpose="service request"):
        entries = reading.entries_of(reading.files_with(row.file))
    asked: ServiceRequested | None = None
    answers = []
    for entry in in_order(standing([e for found in entries.values() for e in found]).entries):
        body = entry.body
        if entry.id == row.entry and isinstance(body, ServiceRequested):
            asked = body
        elif isinstance(body, ServiceAnswered) and body.request == row.entry:
            what = ANSWER_WORDS[body.answer]
            if body.starts:
                what += f" from {words.plain_day(body.starts)}"
            answers.append(Said(words.when(entry.at or entry.recorded), what, body.reasons, body.answered_by))
    service = Service.objects.filter(pk=row.service).first()
    asker = Worker.objects.filter(pk=row.asked_by).first()
    team = Team.objects.filter(pk=row.team).first()
    person = None if actor.is_partner else scope(actor, Person).filter(person=row.person).first()
    left = service.places if service else None
    return RequestPage(
        row=row, service=service.name if service else "A service that is not here any more",
        places="" if left is None else words.count_words(left, "place") + " left now", asked=asked,
        asked_by=", ".join(filter(None, (asker.name if asker else "", team.name if team else ""))),
        asked_phone=(asker.phone if asker else "") or (team.phone if team else ""),
        ring=asker.name if asker else "", asked_when=words.when(row.asked), state=state_of(row),
        due=None if row.answer else tags.due_tag(row.due, clock.now()), answers=answers,
        child=person.name if person else "", story="" if actor.is_partner else story_address(row.file),
    )  # fmt: skip


__all__ = ["DESK_COLUMNS", "DONE_COLUMNS", "OWN_COLUMNS", "Lines", "asked_page", "desk_page", "request_page"]
