"""What the pages of strategy discussions say, as plain classes: for those who call, and for those who are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from rightplace.common.caseflow.children import RESTRICTED, ChildKnown, children_of, identity_of
from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Group, Identity, Lines, Link, Row, by_due
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.protection import (
    QUORUM,
    Attended,
    StrategyAnswered,
    StrategyCalledIn,
    StrategyDecided,
    StrategyHeld,
)
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.journal.projections import Timescale
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, Worker
from rightplace.foundation.people.projections import Person
from rightplace.services.protection import queries
from rightplace.services.protection.actions import is_theirs, same_for_all
from rightplace.services.protection.projections import Action, Called, Strategy
from rightplace.services.protection.words import KNOWN_SAID, NOT_COMING, SAID, missing_words

TO_HOLD = (Column("Children"), Column("Meets"), Column("Who answered"), Column("Hold it by"))
HELD = (Column("Children"), Column("Held"), Column("Who was there"), Column("Decided"))
ACTIONS = (Column("What"), Column("Whose"), Column("By when"), Column("Next"))


@dataclass(frozen=True)
class ListPage:
    """Discussions to hold, the next due first, and those that were held."""

    groups: Sequence[Group]
    held: Sequence[Row]
    count: int
    files: frozenset[int]


@dataclass(frozen=True)
class AgencyCalled:
    """One agency that was called, and what it answered."""

    agency: Agency
    answer: Tag
    said: StrategyAnswered | None
    when: str
    known: str
    called_in: str = ""
    because: str = ""


@dataclass(frozen=True)
class Needed:
    """One of the three that must be there, and whether it is: who came, who is expected, who is not called."""

    kind: str
    stands: Tag


@dataclass(frozen=True)
class ChildDecided:
    """What was decided for one child."""

    child: ChildKnown
    decided: str


@dataclass(frozen=True)
class StrategyPage:
    """One discussion as those see it who called it and who answer for the children."""

    number: int
    rows: Sequence[Strategy]
    children: Sequence[ChildDecided]
    identity: Identity | None
    state: Tag
    due: Tag
    why: Link | None
    called: str
    call: StrategyDecided | None
    meets: str
    agencies: Sequence[AgencyCalled]
    held: StrategyHeld | None
    held_words: str
    missing: str
    quorum: Sequence[Needed]
    attended: Sequence[str]
    actions: Sequence[Row]
    may_hold: bool

    @property
    def names(self) -> str:
        """Whom it is about."""
        return words.listed(each.child.name for each in self.children)

    @property
    def initials(self) -> str:
        """For page titles, which stay in browser histories."""
        return ", ".join(words.initials(each.child.name) for each in self.children if each.child.person)

    @property
    def files(self) -> frozenset[int]:
        """Every file of which the page shows something."""
        return frozenset(number for each in self.children for number in (each.child.file, each.child.number))

    @property
    def coming(self) -> dict[int, str]:
        """Who of which agency is expected."""
        return {each.agency.pk: each.said.who for each in self.agencies if each.said}


def _by_number(rows: Iterable[Strategy]) -> list[list[Strategy]]:
    found: dict[int, list[Strategy]] = {}
    for row in rows:
        found.setdefault(row.number, []).append(row)
    return list(found.values())


def list_page(actor: Actor, to_hold: Iterable[Strategy], held: Iterable[Strategy]) -> ListPage:
    """Gather a team's discussions; brothers and sisters stand in one line."""
    now = clock.now()
    waiting, done = _by_number(to_hold), _by_number(held)
    rows = [row for group in (*waiting, *done) for row in group]
    persons = scope(actor, Person).in_bulk({row.person for row in rows})
    answers = _answered(actor, [row.id for group in waiting for row in group[:1]])

    def names(group: Sequence[Strategy]) -> Link:
        known = [persons[r.person].name if r.person in persons else RESTRICTED for r in group]
        return Link(words.listed(known), reverse("protection:one", args=[group[0].number]))

    def line(group: Sequence[Strategy]) -> Row:
        row = group[0]
        said, asked = answers.get(row.id, (0, 0))
        told: Cell = (
            Lines(f"{said} of {asked}", "agencies") if asked else Lines("nobody is called", "ring them")
        )
        meets = words.when(row.meets) if row.meets else None
        return Row([names(group), meets, told, tags.due_tag(row.due, now)], late=tags.is_late(row.due, now))

    def done_line(group: Sequence[Strategy]) -> Row:
        row = group[0]
        there: Cell = (
            tags.late(f"without {missing_words(row.missing)}") if row.missing else tags.met("all three")
        )
        begins = sum(each.enquiry for each in group)
        decided = words.count_words(begins, "enquiry begins", "enquiries begin", none="no enquiry")
        return Row(
            [names(group), words.when(row.held) if row.held else None, there, words.capitalised(decided)]
        )

    return ListPage(
        by_due(waiting, due=lambda group: group[0].due, row=line, now=now),
        [done_line(group) for group in done],
        len(waiting),
        frozenset(number for row in rows for number in (row.file, row.person)),
    )


def _answered(actor: Actor, strategies: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many of the agencies called to each of these discussions have answered."""
    found: dict[int, tuple[int, int]] = {}
    rows = scope(actor, Called).filter(strategy__in=strategies).values_list("strategy", "answered")
    for strategy, answered in rows:
        said, asked = found.get(strategy, (0, 0))
        found[strategy] = (said + (answered is not None), asked + 1)
    return found


def entry_of(told: Sequence[Entry], number: int) -> Entry | None:
    return next((entry for entry in told if entry.id == number), None)


def strategy_page(actor: Actor, rows: Sequence[Strategy]) -> StrategyPage:
    """Gather one discussion for those who called it and who answer for the children."""
    now, row = clock.now(), rows[0]
    known = children_of(actor, [each.file for each in rows])
    told = queries.entries_told(actor, [each.file for each in rows])
    first, kept = entry_of(told, row.id), entry_of(told, row.held_entry)
    call = first.body if first and isinstance(first.body, StrategyDecided) else None
    held = kept.body if kept and isinstance(kept.body, StrategyHeld) else None
    called = list(scope(actor, Called).filter(strategy=row.id))
    agencies = _agencies(called, told, row.id, now)
    due = Timescale.objects.filter(person=row.person, rule="STRATEGY", trigger=row.id).first()
    caller = Worker.objects.filter(pk=row.called_by).first()
    return StrategyPage(
        number=row.number,
        rows=rows,
        children=[ChildDecided(child, _decided(each)) for child, each in zip(known, rows, strict=True)],
        identity=identity_of(known[0]) if len(known) == 1 else None,
        state=_state(row),
        due=tags.due_tag(row.due, now, met_at=row.held, soon=due.soon if due else None),
        why=Link("Why is this due?", reverse("desk:why", args=[row.file, due.pk])) if due else None,
        called=f"{words.when(row.called)}, by {caller.name if caller else 'a rule'}",
        call=call,
        meets=words.when(row.meets) if row.meets else "",
        agencies=agencies,
        held=held,
        held_words=words.when(row.held) if row.held else "",
        missing=missing_words(row.missing),
        quorum=quorum_of(agencies, held),
        attended=[_there(each.who, each.how, names) for names, each in _attended(held)],
        actions=action_rows(
            actor, scope(actor, Action).filter(number=row.number).order_by("place", "file"), told, now
        ),
        may_hold=row.is_open and may(actor, "strategy.call", row),
    )


def _state(row: Strategy) -> Tag:
    if row.held is None:
        return tags.still_open("called, not held yet") if row.ended is None else tags.plain("ended, not held")
    if row.missing:
        return tags.late(f"held without {missing_words(row.missing)}")
    return tags.met("held with its quorum")


def quorum_of(agencies: Sequence[AgencyCalled], held: StrategyHeld | None) -> list[Needed]:
    """How it stands with the three without whom a talk is no strategy discussion, whoever was called and when."""
    there = {each.kind for each in held.attended} if held else set()
    found = []
    for kind in QUORUM:
        answers = [each.answer for each in agencies if each.agency.kind == kind]
        if held is not None:
            stands = tags.met("there") if kind in there else tags.late("was not there")
        elif kind == "authority":
            stands = tags.met("calls")
        else:
            best = [tag for tag in answers if tag.css == "met"] or answers
            stands = best[0] if best else tags.late("not called")
        found.append(Needed(words.capitalised(missing_words(kind)), stands))
    return found


def _decided(row: Strategy) -> str:
    if row.held is None:
        return ""
    return "A section 47 enquiry began." if row.enquiry else "No section 47 enquiry."


def _attended(held: StrategyHeld | None) -> list[tuple[str, Attended]]:
    if held is None:
        return []
    names = dict(
        Agency.objects.filter(pk__in=[each.agency for each in held.attended]).values_list("pk", "name")
    )
    return [(names.get(each.agency, each.kind), each) for each in held.attended]


def _there(who: str, how: str, agency: str) -> str:
    return f"{who}, {agency}{f' ({how})' if how else ''}"


def _agencies(
    called: Sequence[Called], told: Sequence[Entry], strategy: int, now: datetime
) -> list[AgencyCalled]:
    """Who was called and what they answered, in the order of the alphabet."""
    agencies = Agency.objects.in_bulk([row.agency for row in called])
    said = {
        e.body.agency: (e, e.body)
        for e in told
        if isinstance(e.body, StrategyAnswered) and e.body.strategy == strategy
    }
    later = {
        e.body.agency: (e, e.body)
        for e in told
        if isinstance(e.body, StrategyCalledIn) and e.body.strategy == strategy
    }
    workers = Worker.objects.in_bulk({e.author for e, _ in later.values()})
    found = []
    for row in called:
        entry, body = said.get(row.agency, (None, None))
        answer = answer_tag(body.answer) if body else no_answer(row, now)
        when = words.when(entry.at) if entry is not None and entry.at is not None else ""
        known = KNOWN_SAID.get(body.known, "") if body else ""
        added = ("", "")
        if row.agency in later:
            called_in, why = later[row.agency]
            by = workers[called_in.author].name if called_in.author in workers else "a rule"
            added = (f"{words.when(row.called)}, by {by}", why.because)
        found.append(AgencyCalled(agencies[row.agency], answer, body, when, known, *added))
    return sorted(found, key=lambda each: each.agency.name)


def answer_tag(code: str) -> Tag:
    """An answer in words: who comes is good news, that nobody can is not."""
    said = SAID.get(code, code)
    return tags.due_soon(said) if code == NOT_COMING else tags.met(said)


def no_answer(row: Called, now: datetime) -> Tag:
    if row.held is not None or tags.is_late(row.due, now):
        return tags.late("has not answered")
    return tags.still_open("has not answered yet")


def action_rows(actor: Actor, rows: Iterable[Action], told: Sequence[Entry], now: datetime) -> list[Row]:
    """What was agreed, whose it is and how it stands; the same for brothers and sisters in one line."""
    found = same_for_all(list(rows))
    flat = [row for group in found.values() for row in group]
    workers = Worker.objects.in_bulk({row.worker for row in flat} | {row.done_by for row in flat})
    agencies = Agency.objects.in_bulk({row.agency for row in flat})
    lines = []
    for place, group in sorted(found.items()):
        row = group[0]
        entry = entry_of(told, row.held)
        agreed = entry.body.agreed_actions[place] if entry and isinstance(entry.body, StrategyHeld) else None
        whose = workers[row.worker].name if row.worker in workers else None
        whose = whose or (agencies[row.agency].name if row.agency in agencies else None)
        step: Cell = tags.met("done") if row.done else Lines("not done yet")
        if row.done is None and is_theirs(actor, row):
            step = Link("Say that it is done", reverse("protection:action", args=[row.held, row.place]))
        shown = Lines(agreed.what, agreed.who) if agreed else Lines("You may not read it")
        due = tags.due_tag(row.due, now, met_at=row.done)
        lines.append(Row([shown, whose, due, step], late=row.done is None and tags.is_late(row.due, now)))
    return lines


def late_rows(
    actor: Actor, rows: Sequence[Action], names: Mapping[int, str], told: Sequence[Entry]
) -> list[Row]:
    """Actions that are this reader's, or have climbed to this reader: for whom, what, whose, by when."""
    now = clock.now()
    workers = Worker.objects.in_bulk({row.worker for row in rows})
    agencies = Agency.objects.in_bulk({row.agency for row in rows})
    lines = []
    for row in rows:
        entry = entry_of(told, row.held)
        agreed = (
            entry.body.agreed_actions[row.place] if entry and isinstance(entry.body, StrategyHeld) else None
        )
        href = reverse("protection:action", args=[row.held, row.place])
        whose = workers[row.worker].name if row.worker in workers else None
        whose = whose or (agencies[row.agency].name if row.agency in agencies else None)
        due = tags.due_tag(row.due, now)
        lines.append(
            Row(
                [Link(names.get(row.person, RESTRICTED), href), agreed.what if agreed else None, whose, due],
                late=tags.is_late(row.due, now),
            )
        )
    return lines
