"""One session: what to look at, what was decided, what was said and by whom it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.frame import story_address
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.workload import Load, hours_words
from rightplace.foundation.journal.folding import rules
from rightplace.services.supervision.models import Session, Word
from rightplace.services.supervision.personal import Said
from rightplace.services.supervision.presenters.own import state_tag
from rightplace.services.supervision.queries import Action, Agenda, DecisionTold, OnAgenda

AGENDA_COLUMNS = (Column("Child"), Column("Late"), Column("Seen"), Column("Last moved"), Column("Decide"))
ACTION_COLUMNS = (
    Column("Agreed"),
    Column("Child"),
    Column("By"),
    Column("Until"),
    Column("What became of it"),
)


@dataclass(frozen=True)
class SaidShown:
    """Something that was said, with what was said first under it."""

    said: Said
    first: str
    own: bool

    @property
    def heading(self) -> str:
        return self.said.kind.label

    @property
    def by(self) -> str:
        what = "corrected" if self.said.corrects else "written"
        return f"{what} by {self.said.author_name}, {words.when(self.said.at)}"


@dataclass(frozen=True)
class SessionPage:
    """One session, as one of those who may know of it reads it."""

    now: datetime
    session: Session
    reader: int
    agenda: Agenda | None
    load: Load | None
    decided: Sequence[DecisionTold]
    before: Sequence[DecisionTold]
    said: Sequence[Said] | None
    names: Mapping[int, str]
    people: Mapping[int, str]

    @property
    def own(self) -> bool:
        """The reader is the worker."""
        return self.reader == self.session.supervisee_id

    @property
    def holds(self) -> bool:
        """The reader is the supervisor."""
        return self.reader == self.session.supervisor_id

    @property
    def over(self) -> bool:
        return not (self.own or self.holds)

    @property
    def open(self) -> bool:
        return self.session.supervisor_signed_at is None and self.session.put_off_at is None

    @property
    def tag(self) -> Tag:
        return state_tag(self.session, self.now)

    @property
    def day(self) -> str:
        return words.day_words(self.session.held_on or self.session.planned_on, self.now)

    @property
    def sentences(self) -> list[str]:
        session = self.session
        instead = f", who covers for {session.covers_for.name}" if session.covers_for else ""
        length = f", {words.count_words(session.minutes, 'minute')}" if session.minutes else ""
        said = [f"{session.supervisee.name} with {session.supervisor.name}{instead}: {self.day}{length}."]
        if session.put_off:
            said.append(f"It was put off: {Session.PutOff(session.put_off).label}.")
        for who, at in (
            (session.supervisor.name, session.supervisor_signed_at), (session.supervisee.name, session.supervisee_signed_at),
        ):  # fmt: skip
            if at is not None:
                said.append(f"{who} signed {words.when(at)}.")
        return said

    @property
    def readers(self) -> str:
        """Who can read the personal part at all, in a sentence."""
        over = f" and {self.session.over.name}" if self.session.over else ""
        return (
            f"Only {self.session.supervisee.name}, {self.session.supervisor.name}{over} can read this part; anybody else "
            "after two people release it, and the worker is told."
        )

    @property
    def load_words(self) -> str:
        """What the worker carries this week."""
        if self.load is None:
            return ""
        count = words.count_words(self.load.children, "child", "children", none="No child")
        families = words.count_words(len(self.load.families), "family", "families", none="no family")
        takes = hours_words(self.load.takes)
        has = (
            f"of {hours_words(self.load.has)} for families"
            if self.load.has is not None
            else "; the week’s hours are not known"
        )
        return f"{words.capitalised(count)} in {families}, taking {takes} {has} this week.".replace(" ;", ";")

    @property
    def agenda_words(self) -> str:
        """How many ask to be talked about first."""
        assert self.agenda is not None
        late = sum(1 for each in self.agenda.children if each.late)
        stuck = sum(1 for each in self.agenda.children if each.stuck)
        unseen = sum(1 for each in self.agenda.children if each.unseen)
        hidden = (
            f" {words.count_words(self.agenda.hidden, 'child', 'children')} more: restricted to you."
            if self.agenda.hidden
            else ""
        )
        calls = ((late, "with something late"), (stuck, "stuck"), (unseen, "not seen for long"))
        counts = [f"{number} {what}" for number, what in calls if number]
        called = (
            f"To talk about first: {words.listed(counts)}."
            if counts
            else "Nothing is late, nobody is stuck or unseen."
        )
        return called + hidden

    def _child(self, child: OnAgenda) -> Row:
        titles = rules().titles()
        late: Cell = "nothing"
        if child.late:
            first = titles.get(child.late[0], child.late[0])
            more = f"and {len(child.late) - 1} more" if len(child.late) > 1 else ""
            late = Lines(f"■ {first}", more)
        seen: Cell = words.plain_day(child.seen) if child.seen else None
        if child.unseen:
            seen = tags.late(
                f"not since {words.plain_day(child.seen, year=False)}" if child.seen else "not yet seen"
            )
        moved: Cell = words.plain_day(child.moved) if child.moved else None
        if child.stuck and child.moved:
            moved = tags.due_soon(f"stuck since {words.plain_day(child.moved, year=False)}")
        step: Cell = ""
        if self.holds and self.open:
            href = reverse("supervision:decide", args=[self.session.pk, child.person.person])
            step = Link("Write a decision", href)
        name = Link(child.person.name, story_address(child.person.person), child.part.replace("_", " "))
        return Row((name, late, seen, moved, step), late=bool(child.late))

    @property
    def columns(self) -> Sequence[Column]:
        return AGENDA_COLUMNS if self.holds and self.open else AGENDA_COLUMNS[:-1]

    @property
    def first_rows(self) -> list[Row]:
        """The children who ask to be talked about."""
        return self._rows(calls=True)

    @property
    def other_rows(self) -> list[Row]:
        """Those for whom nothing is late, who move and were seen: to be opened, not to be read through."""
        return self._rows(calls=False)

    def _rows(self, *, calls: bool) -> list[Row]:
        assert self.agenda is not None
        width = len(self.columns)
        found = (self._child(each) for each in self.agenda.children if each.calls is calls)
        return [Row(row.cells[:width], row.late) for row in found]

    @property
    def decisions(self) -> list[DecisionTold]:
        return list(self.decided)

    def child_of(self, file: int) -> Link:
        """The child's name, leading to the story."""
        return Link(self.names.get(file, "A child"), story_address(file))

    @property
    def action_rows(self) -> list[Row]:
        """What was agreed in the last sessions and in this one, what is open first."""
        found = [each for told in (*self.before, *self.decided) for each in told.actions]
        found.sort(key=lambda each: (each.done is not None, each.due or date.max))
        return [self._action(each, self._place(each)) for each in found]

    def _place(self, action: Action) -> int:
        told = next(t for t in (*self.before, *self.decided) if t.entry == action.entry)
        return told.actions.index(action)

    def _action(self, action: Action, place: int) -> Row:
        became: Cell
        if action.done is None:
            href = reverse("supervision:action", args=[self.session.pk, action.entry, place])
            became = "" if self.over else Link("Say what became of it", href)
        else:
            became = Lines("done" if action.done else "let go", action.words)
        due: Cell = tags.due_tag(action.due, self.now) if action.done is None else self._day(action.due)
        late = action.done is None and tags.is_late(action.due, self.now)
        by = self.people.get(action.by) if action.by else None
        return Row((action.what, self.child_of(action.file), by, due, became), late=late)

    @staticmethod
    def _day(day: date | None) -> str | None:
        return words.plain_day(day) if day else None

    @property
    def spoken(self) -> list[SaidShown]:
        """What was said, in the order of its kinds; a correction stands with what it corrects."""
        found = list(self.said or ())
        first = {each.number: each for each in found}
        corrected = {each.corrects for each in found}
        shown = [each for each in found if each.number not in corrected]
        order = list(Word.Kind)
        shown.sort(key=lambda each: (order.index(each.kind), each.number))
        return [SaidShown(each, self._first(each, first), each.author == self.reader) for each in shown]

    @staticmethod
    def _first(said: Said, every: Mapping[int, Said]) -> str:
        """What was said before, back to the first."""
        found: list[str] = []
        while said.corrects:
            said = every[said.corrects]
            found.append(f"“{said.words}” ({said.author_name}, {words.when(said.at)})")
        return "; before that: ".join(found)
