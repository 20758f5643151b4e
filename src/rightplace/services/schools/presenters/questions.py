"""A question as its school sees it, and as the link person's team does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Group, Lines, Link, Row, by_due
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.entries import Body
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.entries.questions import SchoolAnswered, SchoolAsked
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.rls import reading_as
from rightplace.foundation.journal import reading
from rightplace.foundation.organisation.clock import london_day
from rightplace.foundation.organisation.linkpeople import LinkBook, Linked, Why, link_book
from rightplace.foundation.organisation.models import Agency, School, Worker
from rightplace.services.schools.projections import Question
from rightplace.services.schools.queries import AnswerTimes, climbed

CLIMBED_TO = ("the link person", "the team’s manager", "the head of service")
OWN_COLUMNS = (Column("What it is about, and when you asked"), Column("Asked by"), Column("Where it stands"))
ASKED_COLUMNS = (
    Column("School and question"), Column("Asked"), Column("Who links the school today"), Column("Opened"),
    Column("Answer"),
)  # fmt: skip


@dataclass(frozen=True)
class LinkCard:
    """Whom a school asks today: name, telephone, and who covers until when."""

    name: str
    phone: str
    says: str


def link_card(linked: Linked | None, book: LinkBook) -> LinkCard | None:
    """The card of whoever links the school, with why it is they."""
    if linked is None:
        return None
    name, named = book.names[linked.worker], book.names.get(linked.named, "")
    return LinkCard(name, book.phones[linked.worker], _why(linked, named))


def _why(linked: Linked, named: str) -> str:
    if linked.why is Why.NAMED:
        return "Your school’s link person."
    for_whom = f" for {named}" if named else ""
    until = f" until {words.plain_day(linked.until)}" if linked.until else ""
    if linked.why is Why.COVERS:
        return f"Covers{for_whom}{until}."
    return f"Stands in{for_whom}{until}: {linked.why}."


@dataclass(frozen=True)
class Asked:
    """One question with its words, for whoever may read it."""

    concern: int
    school: str
    topic: str
    pupil: str
    about_pupil: bool
    question: str
    asked: str
    asked_by: str
    steps: Sequence[tuple[Tag, str]]
    answer: str
    comes_next: str
    answered: str
    known_because: str

    @property
    def may_answer(self) -> bool:
        """As long as there is no answer."""
        return not self.answer


def asked_page(actor: Actor, row: Question, now: datetime, *, ours: bool = False) -> Asked:
    """A question with its words. The caller has asked the gate and records the reading."""
    said = _words_of(actor, row.concern)
    asked, answer = said.get(SchoolAsked), said.get(SchoolAnswered)
    people = Worker.objects.in_bulk([row.asked_by, row.answerer, row.reader])
    school = Agency.objects.filter(pk=row.school).first()
    body = asked if isinstance(asked, SchoolAsked) else None
    told = answer if isinstance(answer, SchoolAnswered) else None
    return Asked(
        concern=row.concern,
        school=school.name if school else "A school",
        topic=words.capitalised(row.topic),
        pupil=body.pupil if body else "",
        about_pupil=row.about_pupil,
        question=body.question if body else "",
        asked=words.when(row.asked),
        asked_by=people[row.asked_by].name if row.asked_by in people else "",
        steps=steps(row, {number: worker.name for number, worker in people.items()}, now, ours=ours),
        answer=told.answer if told else "",
        comes_next=words.capitalised(str(told.comes_next)) if told else "",
        answered=_answered(row, people),
        known_because=told.known_because if told else "",
    )


def _answered(row: Question, people: Mapping[int, Worker]) -> str:
    if row.answered is None:
        return ""
    by = f" by {people[row.answerer].name}" if row.answerer in people else ""
    return f"{words.when(row.answered)}{by}"


def _words_of(actor: Actor, concern: int) -> dict[type[Body], Body]:
    with reading_as(actor, purpose="question"):
        entries = reading.entries_of(reading.file_rows([concern]))
    return {type(e.body): e.body for e in in_order(standing(entries.get(concern, [])).entries)}


def steps(
    row: Question, names: Mapping[int, str], now: datetime, *, ours: bool = False
) -> list[tuple[Tag, str]]:
    """Asked, opened or how far it has climbed, answered or by when (promise 3)."""
    found = [(tags.met("asked"), f"Asked on {words.when(row.asked)}.")]
    if row.read is not None:
        by = f" by {names[row.reader]}" if row.reader in names else ""
        found.append((tags.met("opened"), f"Opened on {words.when(row.read)}{by}."))
    else:
        found.append(unread(row, now))
    if row.answered is not None:
        found.append((tags.met("answered"), f"Answered on {words.when(row.answered)}."))
    elif row.due is not None:
        by_day = words.plain_day(row.due)
        late = tags.is_late(row.due, now)
        hear = "To be answered" if ours else "You will hear"
        sentence = (
            f"It should have been answered by the end of {by_day}."
            if late
            else f"{hear} by the end of {by_day}."
        )
        found.append((tags.due_tag(row.due, now, soon=row.soon), sentence))
    return found


def unread(row: Question, now: datetime) -> tuple[Tag, str]:
    """Nobody has opened it: to whom it has climbed."""
    level = climbed(row, now)
    if not level:
        by = f" It is due to be opened by {words.when(row.climbs[0])}." if row.climbs[0] else ""
        return tags.still_open("not yet opened"), f"Nobody has opened it yet.{by}"
    reached = [CLIMBED_TO[place] for place in range(1, min(level, 2) + 1)]
    return tags.late("not yet opened"), f"Not yet opened; raised to {words.listed(reached)}."


def state(row: Question, now: datetime) -> Tag:
    """Where a question stands, in one tag."""
    if row.answered is not None:
        met = tags.due_tag(row.due, now, met_at=row.answered) if row.due else tags.met("met")
        return Tag(met.word.replace("met", "answered", 1), met.shape, met.css)
    if row.read is None and climbed(row, now):
        return tags.late("not yet opened")
    return tags.due_tag(row.due, now, soon=row.soon)


def own_rows(rows: Iterable[Question], now: datetime) -> list[Row]:
    """A school's own questions."""
    found = sorted(rows, key=lambda row: row.answered is not None)  # what waits stands first
    names = Worker.objects.in_bulk({row.asked_by for row in found})
    return [
        Row(
            [
                Link(f"{words.capitalised(row.topic)}, {words.plain_day(row.asked)}",
                     reverse("schools:question", args=[row.concern]), "about a pupil" if row.about_pupil else ""),
                names[row.asked_by].name if row.asked_by in names else None,
                state(row, now),
            ]
        )
        for row in found
    ]  # fmt: skip


@dataclass(frozen=True)
class AskedList:
    """What schools ask and nobody has answered, and whom it falls to today."""

    groups: Sequence[Group]
    mine: int
    climbed: int
    last: Sequence[Row]
    files: tuple[int, ...]


def asked_list(actor: Actor, rows: Sequence[Question], last: Sequence[Question], now: datetime) -> AskedList:
    """The questions that wait, by what is due; those of the reader's own schools are told apart."""
    schools = {row.school for row in (*rows, *last)}
    today = london_day(now)
    found = School.objects.filter(pk__in=schools).select_related("agency", "area")
    names = {school.pk: school.agency.name for school in found}
    book = link_book(found, today, today)
    linked = {school: book.on(school, today) for school in schools}

    def line(row: Question) -> Row:
        on = linked[row.school]
        whom: Cell = None
        if on is not None:
            why = "" if on.why is Why.NAMED else "covers" if on.why is Why.COVERS else "stands in"
            whom = Lines("You" if on.worker == actor.worker else book.names[on.worker], why)
        opened: Cell = unread(row, now)[0] if row.read is None else tags.met("opened")
        return Row(
            [
                Link(names[row.school], reverse("schools:answer", args=[row.concern]), row.topic),
                words.when(row.asked), whom, opened, state(row, now),
            ],
            late=row.answered is None and tags.is_late(row.due, now),
        )  # fmt: skip

    return AskedList(
        by_due(rows, due=lambda row: row.due, row=line, now=now),
        sum(1 for row in rows if (on := linked[row.school]) is not None and on.worker == actor.worker),
        sum(1 for row in rows if climbed(row, now)),
        [line(row) for row in last],
        tuple(row.concern for row in (*rows, *last)),
    )


def times_words(times: AnswerTimes, who: str) -> list[str]:
    """Answer times as sentences; nothing is made of nothing."""
    if not times.asked:
        return [f"Nobody asked {who} anything in the last twelve months."]
    found = [f"{words.count_words(times.asked, 'question')} to {who} in the last twelve months."]
    if times.middle is not None:
        found.append(f"Half were answered within {_length(times.middle)}.")
    if times.judged:
        share = f"{times.within} of {times.judged}"
        found.append(f"{share} were answered within their two working days.")
    if times.waiting:
        found.append(
            f"{words.count_words(times.waiting, 'question')} {'waits' if times.waiting == 1 else 'wait'} now."
        )
    return found


def _length(lasted: timedelta) -> str:
    hours = lasted.total_seconds() / 3600
    return words.length(lasted) if hours < 48 else f"{hours / 24:.1f} days"
