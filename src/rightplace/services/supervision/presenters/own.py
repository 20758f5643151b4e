"""My supervision and whom I supervise: when it is due, who covers, who read what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.supervision import Answering, Due, How, State, cadence_on
from rightplace.foundation.access.roles import role_of
from rightplace.services.supervision.lines import Chart, Supervised
from rightplace.services.supervision.models import Opened, Release, Session
from rightplace.services.supervision.queries import Planned, Standing

SESSION_COLUMNS = (Column("Session"), Column("With"), Column("Minutes", number=True), Column("State"))
PEOPLE_COLUMNS = (Column("Who"), Column("How often"), Column("Last"), Column("Due"), Column("Next step"))
OPENED_COLUMNS = (Column("When"), Column("Who"), Column("Session"), Column("Why"))
RELEASE_COLUMNS = (Column("Session"), Column("Asked"), Column("For", number=True), Column("State"))

COVERED = {
    How.NAMED: "was named to cover",
    How.TEAM: "also manages the team",
    How.ABOVE: "is the supervisor’s manager",
    How.OTHERS: "is at work and holds supervision",
}


def due_tag(due: Due, now: datetime) -> Tag:
    """When the next session is due; what nobody knows is not called late."""
    if due.state is State.AWAY:
        return tags.plain("away")
    if due.state is State.NO_CADENCE:
        return tags.not_known("no rule says how often")
    cadence = cadence_on(now.date())
    soon = timedelta(days=cadence.soon_days) if cadence else None
    return tags.due_tag(due.day, now, soon=soon)


def last_words(due: Due) -> str | None:
    """When the last one was; None where nobody wrote one down."""
    return words.plain_day(due.last) if due.last else None


def answering_words(known: Chart, found: Answering | None) -> str:
    """Who supervises today, in a sentence."""
    if found is None:
        return ""
    name = known.name(found.supervisor)
    if found.how is How.OWN:
        return f"{name} supervises you."
    if found.how is How.NOBODY_THERE:
        return f"{name} supervises you and is away; nobody else who holds supervision is at work today."
    return f"Your own supervisor is away. {name} supervises you meanwhile: {name} {COVERED[found.how]}."


def state_tag(session: Session, now: datetime) -> Tag:
    """How far a session has come."""
    if session.put_off_at is not None:
        return tags.plain("put off")
    if session.supervisee_signed_at is not None:
        return tags.met("signed by both")
    if session.supervisor_signed_at is not None:
        return tags.due_soon("the worker has to sign")
    return tags.due_tag(session.planned_on, now)


@dataclass(frozen=True)
class SessionLine:
    """One session in a list."""

    session: Session
    now: datetime
    mine: bool

    def row(self) -> Row:
        on = self.session.held_on or self.session.planned_on
        other = self.session.supervisor if self.mine else self.session.supervisee
        more = f"instead of {self.session.covers_for.name}" if self.session.covers_for else ""
        link = Link(words.plain_day(on), reverse("supervision:session", args=[self.session.pk]))
        waits = self.session.held_on is None and self.session.put_off_at is None
        minutes: Cell = "–" if self.session.held_on is None else self.session.minutes
        return Row(
            (link, Lines(other.name, more), minutes, state_tag(self.session, self.now)),
            late=waits and tags.is_late(self.session.planned_on, self.now),
        )


@dataclass(frozen=True)
class Mine:
    """The worker's own page."""

    now: datetime
    known: Chart
    me: Supervised | None
    standing: Standing | None
    sessions: Sequence[Session]
    openings: Sequence[Opened]
    releases: Sequence[Release]

    @property
    def sentences(self) -> list[str]:
        if self.me is None or not self.me.supervisor or self.standing is None:
            return []
        said = [answering_words(self.known, self.known.answering(self.me.worker))]
        due = self.standing.due
        if due.title:
            said.append(f"You are due supervision {due.title}.")
        if due.last:
            said.append(f"The last session was on {words.plain_day(due.last)}.")
        elif due.state is State.UNKNOWN:
            said.append("Whether you had a session before sessions were written down here is not known.")
        else:
            said.append("No session has been written down yet.")
        return said

    @property
    def tag(self) -> Tag | None:
        return due_tag(self.standing.due, self.now) if self.standing else None

    @property
    def planned(self) -> Planned | None:
        return self.standing.planned if self.standing else None

    @property
    def planned_words(self) -> str:
        return words.day_words(self.planned.planned_on, self.now) if self.planned else ""

    @property
    def rows(self) -> list[Row]:
        return [SessionLine(each, self.now, True).row() for each in self.sessions]

    @property
    def to_sign(self) -> list[Session]:
        return [
            each for each in self.sessions if each.supervisor_signed_at and each.supervisee_signed_at is None
        ]

    @property
    def opened_rows(self) -> list[Row]:
        return [opened_row(each) for each in self.openings]


def opened_row(opened: Opened) -> Row:
    """Who opened a personal part, in which role, and by which right."""
    session = opened.session
    if opened.release_id:
        why = "released"
    elif opened.reader_id == session.supervisor_id:
        why = "your supervisor"
    else:
        why = "your supervisor’s manager"
    on = words.plain_day(session.held_on or session.planned_on)
    return Row((words.when(opened.at), Lines(opened.reader.name, role_of(opened.role).name), on, why))


@dataclass(frozen=True)
class Supervising:
    """Whom somebody supervises, the most urgent first, and whom one covers."""

    now: datetime
    known: Chart
    people: Sequence[Supervised]
    covered: Sequence[Supervised]
    found: Mapping[int, Standing]

    @property
    def sentences(self) -> list[str]:
        late = [each for each in self.people if self._late(each)]
        unknown = [each for each in self.people if self.found[each.worker].due.state is State.UNKNOWN]
        return [
            f"You supervise {words.count_words(len(self.people), 'person', 'people', none='nobody')}.",
            f"{words.count_words(len(late), 'session is', 'sessions are', none='No session is')} late."
            if self.people
            else "",
            f"Of {words.count_words(len(unknown), 'person', 'people')} nobody knows when the last one was."
            if unknown
            else "",
        ]

    def _late(self, person: Supervised) -> int:
        return self.found[person.worker].due.late(self.now.date())

    @property
    def rows(self) -> list[Row]:
        return [self._row(each) for each in sorted(self.people, key=self._order)]

    @property
    def covered_rows(self) -> list[Row]:
        return [self._row(each) for each in sorted(self.covered, key=self._order)]

    def _order(self, person: Supervised) -> tuple[date, str]:
        return self.found[person.worker].due.day or date.max, person.name

    def _row(self, person: Supervised) -> Row:
        standing = self.found[person.worker]
        due = standing.due
        planned = standing.planned
        step: Cell
        if planned is None:
            step = Link("Plan a session", reverse("supervision:plan", args=[person.worker]))
        else:
            href = reverse("supervision:session", args=[planned.pk])
            step = Link(words.day_words(planned.planned_on, self.now), href, "planned")
        who = Lines(person.name, f"{role_of(person.role).name}, {person.team_name}")
        return Row(
            (who, due.title or None, last_words(due), due_tag(due, self.now), step),
            late=bool(self._late(person)),
        )
