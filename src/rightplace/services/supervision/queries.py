"""When each is due, what an agenda holds, and what was decided about children. Worked out when opened, never stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import Max, Q, QuerySet

from rightplace.common.caseflow.queries import held_at
from rightplace.domain.practice.entries.caseflow import (
    OfferRead,
    SupervisionActed,
    SupervisionDecided,
)
from rightplace.domain.practice.entries.contact import ContactRead
from rightplace.domain.practice.entries.keeping import (
    DoubtSettled,
    EntryCorrected,
    EntryErased,
    EntryWithdrawn,
    InformationRefused,
    InformationShared,
    NoteWritten,
    TimescaleExcused,
)
from rightplace.domain.practice.supervision import Cadence, Due, State, cadence_on, due_on
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.rls import reading_as
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Absence
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.people.projections import Person
from rightplace.services.supervision.lines import Supervised
from rightplace.services.supervision.models import Decided, Session

MOVES_NOTHING: Final = tuple(
    kind.number
    for kind in (
        OfferRead, ContactRead, SupervisionDecided, SupervisionActed, DoubtSettled, EntryCorrected, EntryErased,
        EntryWithdrawn, InformationRefused, InformationShared, NoteWritten, TimescaleExcused,
    )
)  # fmt: skip
"""Entries that move nothing for a child: reading, talking, notes and keeping the record true."""
AGENDA: Final = """
SELECT s.person, s.part, s.seen, s.begins,
  (SELECT array_agg(t.rule ORDER BY t.due) FROM journal_timescale t
   WHERE t.person = s.person AND t.due < %(now)s AND t.begins <= %(now)s AND t.met IS NULL AND t.unknown = ''
     AND NOT t.concern AND (t.overtaken IS NULL OR t.overtaken > %(now)s)
     AND (t.not_required_from IS NULL OR t.not_required_from > %(now)s)),
  (SELECT max(e.day) FROM journal_file f JOIN journal_entry e ON e.file = f.id
   WHERE f.person = s.person AND e.kind <> ALL(%(nothing)s))
FROM journal_span s
WHERE s.worker = %(worker)s AND s.open AND s.begins <= %(now)s AND (s.ends IS NULL OR s.ends > %(now)s)
"""
DECISIONS: Final = f"""
SELECT {reading.HEADER_COLUMNS}, b.sealed FROM journal_entry e LEFT JOIN journal_entry_body b ON b.id = e.id
WHERE e.file = ANY(%s) AND (e.id = ANY(%s) OR (e.names && %s::bigint[] AND e.kind = ANY(%s))) ORDER BY e.recorded
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Planned:
    """A session that is planned, and for which day."""

    pk: int
    planned_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """When somebody's next session is due, and the one that is planned."""

    due: Due
    planned: Planned | None


def standings(people: Sequence[Supervised], on: date) -> dict[int, Standing]:
    """When each is due. Two questions however many there are."""
    cadence = cadence_on(on)
    workers = [each.worker for each in people]
    waits = Q(held_on=None, put_off_at=None)
    rows = Session.objects.filter(supervisee__in=workers).values_list("supervisee")
    known = {
        worker: (last, Planned(number, day) if number else None)
        for worker, last, number, day in rows.annotate(
            last=Max("held_on", filter=Q(held_on__lte=on)),
            number=Max("id", filter=waits),
            day=Max("planned_on", filter=waits),
        )
    }
    away: dict[int, list[tuple[date, date | None]]] = {}
    spells = Absence.objects.filter(worker__in=workers).exclude(ends__lt=on - timedelta(days=90))
    for worker, begins, ends in spells.values_list("worker_id", "begins", "ends"):
        away.setdefault(worker, []).append((begins, ends))
    held = {each.worker: known.get(each.worker, (None, None)) for each in people}
    return {
        each.worker: Standing(
            _due(cadence, each, on, held[each.worker][0], away.get(each.worker, ())),
            held[each.worker][1],
        )
        for each in people
    }


def _due(
    cadence: Cadence | None,
    person: Supervised,
    on: date,
    last: date | None,
    away: Sequence[tuple[date, date | None]],
) -> Due:
    if cadence is None:
        return Due(State.NO_CADENCE, last=last)
    return due_on(
        cadence, on=on, role=RoleCode(person.role).name, qualified=person.qualified, since=person.since,
        held=[last] if last else [], away=away,
    )  # fmt: skip


def sessions(actor: Actor) -> QuerySet[Session]:
    """The sessions of which this reader may know, the latest first."""
    found = scope(actor, Session).select_related("supervisee", "supervisor", "over", "covers_for", "team")
    return found.order_by("-planned_on", "-id")


# the agenda -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnAgenda:
    """One child of the worker: what is late, whether anything moves, and whether anybody has seen the child."""

    person: Person
    part: str
    late: tuple[str, ...]
    seen: date | None
    moved: date | None
    unseen: bool
    stuck: bool

    @property
    def calls(self) -> bool:
        """Whether this child asks to be talked about first."""
        return bool(self.late) or self.unseen or self.stuck


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a session should look at, as it stands now; how many more there are whom the reader may not see."""

    children: tuple[OnAgenda, ...]
    hidden: int


def agenda(actor: Actor, worker: int, now: datetime) -> Agenda:
    """Each child of a worker, those who ask to be talked about first. Two questions."""
    cadence = cadence_on(clock.london_day(now))
    with connection.cursor() as cursor:
        cursor.execute(AGENDA, {"worker": worker, "now": now, "nothing": list(MOVES_NOTHING)})
        rows = cursor.fetchall()
    people = {each.person: each for each in scope(actor, Person).filter(person__in=[row[0] for row in rows])}
    found = [_on_agenda(people[row[0]], row, cadence, now) for row in rows if row[0] in people]
    found.sort(key=lambda each: (not each.calls, -len(each.late), each.person.name, each.person.person))
    return Agenda(tuple(found), len(rows) - len(found))


def _on_agenda(person: Person, row: Sequence[Any], cadence: Cadence | None, now: datetime) -> OnAgenda:
    _, part, seen, begins, late, moved = row
    today = clock.london_day(now)
    seen_on = clock.london_day(seen) if seen else None
    moved_on = date.fromordinal(moved) if moved else None
    unseen = stuck = False
    if cadence is not None:
        unseen = (today - (seen_on or clock.london_day(begins))).days > cadence.unseen_days
        stuck = moved_on is not None and (today - moved_on).days > cadence.stuck_days
    return OnAgenda(person, part, tuple(late or ()), seen_on, moved_on, unseen, stuck)


# what was decided -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Action:
    """Something agreed for a child, until when, by whom; what became of it, if anybody said."""

    file: int
    entry: int
    what: str
    due: date | None
    by: int
    done: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class DecisionTold:
    """A decision of a session as it stands in the child's file; `changed` when it was corrected or withdrawn there."""

    session: int
    file: int
    entry: int
    day: date
    decision: str
    reasons: str
    actions: tuple[Action, ...]
    changed: bool


def decisions(actor: Actor, of: Collection[int]) -> list[DecisionTold]:
    """What these sessions decided, as far as the reader may read the children's files."""
    rows = list(Decided.objects.filter(session__in=of).order_by("id"))
    seen = set(
        scope(actor, Person).filter(person__in=[row.file for row in rows]).values_list("person", flat=True)
    )
    rows = [row for row in rows if row.file in seen]
    if not rows:
        return []
    numbers = [row.entry for row in rows]
    entries = _entries(actor, [row.file for row in rows], numbers)
    acted = {(e.body.entry, e.body.action): e.body for e in entries if isinstance(e.body, SupervisionActed)}
    corrected = {
        name for e in entries if isinstance(e.body, EntryCorrected | EntryWithdrawn) for name in e.names
    }
    told = {e.id: e for e in entries}
    return [
        _told(row, told[row.entry].day, body, acted, row.entry in corrected)
        for row in rows
        if row.entry in told and isinstance(body := told[row.entry].body, SupervisionDecided)
    ]


def _told(
    row: Decided,
    day: int,
    body: SupervisionDecided,
    acted: dict[tuple[int, str], SupervisionActed],
    changed: bool,
) -> DecisionTold:
    if changed:
        return DecisionTold(row.session_id, row.file, row.entry, date.fromordinal(day), "", "", (), True)
    actions = []
    for each in body.agreed:
        became = acted.get((row.entry, each.what))
        actions.append(
            Action(
                row.file, row.entry, each.what, each.due, each.by,
                became.done if became else None, became.words if became else "",
            )
        )  # fmt: skip
    return DecisionTold(
        row.session_id, row.file, row.entry, date.fromordinal(day), body.decision, body.reasons, tuple(actions), False
    )  # fmt: skip


def _entries(actor: Actor, files: Iterable[int], numbers: list[int]) -> list[Any]:
    rows = reading.file_rows(files)
    kinds = [kind.number for kind in (SupervisionActed, EntryCorrected, EntryWithdrawn)]
    with reading_as(actor), connection.cursor() as cursor:
        cursor.execute(DECISIONS, [list(rows), numbers, numbers, kinds])
        return [reading.entry_from(row, rows[row[0]].salt) for row in cursor.fetchall()]


def last_sessions(session: Session) -> list[int]:
    """The sessions of the same worker in the year before, whose agreed actions are looked at again."""
    since = session.planned_on - timedelta(days=365)
    found = Session.objects.filter(supervisee=session.supervisee_id, planned_on__gte=since).exclude(
        pk=session.pk
    )
    return list(found.filter(held_on__isnull=False).order_by("-held_on").values_list("pk", flat=True)[:6])


def children_now(actor: Actor, worker: int) -> QuerySet[Person]:
    """The children whom a worker has now, as far as the reader may see them."""
    spans = scope(actor, Span).filter(held_at(clock.now()), open=True, worker=worker)
    return (
        scope(actor, Person).filter(person__in=spans.values("person")).order_by("given", "family", "person")
    )
