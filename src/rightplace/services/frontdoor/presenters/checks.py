"""Checks as the agency that was asked sees them: the question and what was sent with it, and nothing else.

The list names no child: it lies open on a desk. Who has opened a check, who has it and how far it climbed stand there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.urls import reverse

from rightplace.common.caseflow.children import RESTRICTED
from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Group, Lines, Link, Row, by_due
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.entries.contact import CheckAsked
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal.projections import Timescale
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Agency, Worker
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.people.projections import Person
from rightplace.services.frontdoor.presenters.asked import AnswerSaid, answers_said
from rightplace.services.frontdoor.presenters.inbox import GRADES
from rightplace.services.frontdoor.presenters.words import words_of
from rightplace.services.frontdoor.projections import Check
from rightplace.services.frontdoor.queries import checks_answered

COLUMNS = (
    Column("About"), Column("Asked of"), Column("Grade"), Column("Asked"), Column("At their desk"), Column("Answer by"),
)  # fmt: skip
OWN_COLUMNS = (Column("Asked"), Column("Grade"), Column("Who has it"), Column("Opened"), Column("Answer by"))
"""An agency sees its own only, and of whom only what was sent with the question."""
DONE_COLUMNS = (Column("Asked"), Column("Answered"), Column("What was said"))
CLIMB = ("ASKED-READ", "ASKED-READ-DOOR")
KNOWN = {"known": "known", "nothing": "nothing known", "refused": "not shared"}
SHOWN, LATELY = 200, 15


@dataclass(frozen=True)
class ChecksPage:
    """What waits for an answer, and what was answered lately."""

    groups: Sequence[Group]
    columns: Sequence[Column]
    done: Sequence[Row]
    files: frozenset[int]
    climbed: int
    own: bool
    desk: str


@dataclass(frozen=True)
class CheckPage:
    """One check: who asks what, on which basis, for what, and what they sent."""

    number: int
    agency: str
    kind: str
    grade: Tag
    asked_by: str
    asked_at: str
    due: Tag
    asked: CheckAsked | None
    answered: bool
    by_telephone: bool
    has: str
    mine: bool
    opened: str
    answers: Sequence[AnswerSaid]


def checks_page(actor: Actor, rows: Sequence[Check]) -> ChecksPage:
    """Gather the checks that wait for an answer, the next due first."""
    now, found = clock.now(), list(rows[:SHOWN])
    done = list(checks_answered(actor)[:LATELY]) if actor.is_partner else []
    every = [*found, *done]
    agencies = Agency.objects.in_bulk({row.agency for row in every})
    workers = Worker.objects.in_bulk(
        {n for row in every for n in (row.asked_by, row.taken_by, row.read_by) if n}
    )
    about = {} if actor.is_partner else children_asked_about(actor, [row.concern for row in found])
    climbs = climbing(found)
    line = _Line(actor, now, agencies, workers, about, climbs)
    groups = by_due(found, due=lambda row: row.due, row=line.open, now=now)
    return ChecksPage(
        groups=groups,
        columns=OWN_COLUMNS if actor.is_partner else COLUMNS,
        done=[line.done(row) for row in done],
        files=frozenset(row.concern for row in every),
        climbed=sum(1 for row in found if _climbed(climbs.get(row.id, {}), now))
        if actor.role == RoleCode.PARTNER_LEAD
        else 0,
        own=actor.is_partner,
        desk=agencies[actor.agency].name if actor.agency in agencies else actor.team_name,
    )


@dataclass(frozen=True)
class _Line:
    actor: Actor
    now: datetime
    agencies: Mapping[int, Agency]
    workers: Mapping[int, Worker]
    about: Mapping[int, str]
    climbs: Mapping[int, Mapping[str, datetime]]

    def open(self, row: Check) -> Row:
        """One check that waits."""
        href = reverse("frontdoor:check", args=[row.id])
        by, due = self._name(row.asked_by), tags.due_tag(row.due, self.now)
        late = tags.is_late(row.due, self.now)
        grade, desk = GRADES[row.grade], self._desk(row)
        if self.actor.is_partner:
            has: Cell = self._name(row.taken_by) if row.taken_by else "Nobody yet"
            return Row([Link(words.when(row.asked), href, f"by {by}"), grade, has, desk, due], late=late)
        children = self.about.get(row.concern, "No child is named")
        asked = Lines(words.when(row.asked), by)
        return Row([Link(children, href), self.agencies[row.agency].name, grade, asked, desk, due], late=late)

    def done(self, row: Check) -> Row:
        """One check that was answered."""
        assert row.answered is not None
        link = Link(words.when(row.asked), reverse("frontdoor:check", args=[row.id]))
        return Row([link, words.when(row.answered), KNOWN.get(row.known, row.known)])

    def _name(self, number: int) -> str:
        return self.workers[number].name if number in self.workers else "somebody"

    def _desk(self, row: Check) -> Tag:
        """Whether anybody at the agency has opened it; if not, whom it has climbed to."""
        if row.read is not None:
            return tags.met("opened")
        return unread_tag(self.climbs.get(row.id, {}), self.now)


def unread_tag(due: Mapping[str, datetime], now: datetime) -> Tag:
    """How far a check that nobody opened has climbed (promise 3)."""
    if _past(due, "ASKED-READ-DOOR", now):
        return tags.late("not opened: the front door rings")
    if _past(due, "ASKED-READ", now):
        return tags.due_soon("not opened: with the agency’s lead")
    return tags.still_open("not opened")


def _past(due: Mapping[str, datetime], rule: str, now: datetime) -> bool:
    return rule in due and due[rule] < now


def _climbed(due: Mapping[str, datetime], now: datetime) -> bool:
    return _past(due, "ASKED-READ", now)


def climbing(rows: Sequence[Check]) -> dict[int, dict[str, datetime]]:
    """By when each of these checks had to be opened, for those that nobody has opened."""
    unread = [row for row in rows if row.read is None]
    found: dict[int, dict[str, datetime]] = {}
    if unread:
        scales = Timescale.objects.filter(
            person__in={r.concern for r in unread}, rule__in=CLIMB, trigger__in=[r.id for r in unread]
        )
        for scale in scales.filter(met__isnull=True, overtaken__isnull=True, due__isnull=False):
            assert scale.due is not None
            found.setdefault(scale.trigger, {})[scale.rule] = scale.due
    return found


def children_asked_about(actor: Actor, concerns: Sequence[int]) -> dict[int, str]:
    """Whom each of these concerns is about, as far as the reader may know the names; none for one without a child."""
    about: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(CHILDREN_OF_CONCERNS, [list(concerns)])
        for concern, person in cursor.fetchall():
            about.setdefault(concern, []).append(person)
    persons = {person for several in about.values() for person in several}
    seen = {each.person: each.name for each in scope(actor, Person).filter(person__in=persons)}
    return {
        concern: words.listed(seen.get(person, RESTRICTED) for person in several)
        for concern, several in about.items()
    }


CHILDREN_OF_CONCERNS = """
SELECT told.concern, coalesce(own.person, 0) FROM frontdoor_contact told
CROSS JOIN LATERAL unnest(told.children) WITH ORDINALITY AS child(file, place)
LEFT JOIN journal_file own ON own.id = child.file
WHERE told.concern = ANY(%s) ORDER BY told.concern, child.place
"""


def check_page(actor: Actor, row: Check) -> CheckPage:
    """Gather one check."""
    said = words_of(actor, row.concern)
    agency = Agency.objects.get(pk=row.agency)
    workers = Worker.objects.in_bulk([n for n in (row.asked_by, row.taken_by, row.read_by) if n])
    asker, has, reader = (workers.get(n) for n in (row.asked_by, row.taken_by, row.read_by))
    opened = f"Opened by {reader.name}, {words.when(row.read)}." if reader and row.read else ""
    return CheckPage(
        number=row.id,
        agency=agency.name,
        kind=agency.kind,
        grade=GRADES[row.grade],
        asked_by=asker.name if asker else "The front door",
        asked_at=words.when(row.asked),
        due=tags.due_tag(row.due, clock.now(), met_at=row.answered),
        asked=said.asked.get(row.id),
        answered=row.answered is not None,
        by_telephone=not actor.is_partner,
        has=has.name if has else "",
        mine=bool(actor.worker) and row.taken_by == actor.worker,
        opened=opened,
        answers=answers_said(said, row.concern, [row.id]).get(row.id, ()),
    )


def colleagues_of(actor: Actor) -> list[tuple[int, str]]:
    """Those of the reader's desk who may have a check."""
    return [(m.worker_id, m.worker.name) for m in queries.members(actor.team, clock.today())]
