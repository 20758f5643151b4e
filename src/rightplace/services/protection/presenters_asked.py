"""What an agency sees that was called to a strategy discussion: what it was sent, said, given, and has to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.entries.protection import (
    StrategyAnswered,
    StrategyCalledIn,
    StrategyDecided,
    StrategyHeld,
)
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, Team, Worker
from rightplace.services.protection import queries
from rightplace.services.protection.actions import same_for_all
from rightplace.services.protection.presenters import answer_tag, entry_of, no_answer
from rightplace.services.protection.projections import Action, Called, Strategy

ASKED = (Column("Called"), Column("By"), Column("Meets"), Column("Your answer"), Column("Yours to do"))


@dataclass(frozen=True)
class OwnAction:
    """One action of an agency, as it sees it."""

    row: Action
    what: str
    who: str
    due: Tag


@dataclass(frozen=True)
class AskedPage:
    """One discussion as an agency sees it that was called: what it was sent, said, given, and has to do."""

    number: int
    rows: Sequence[Called]
    call: StrategyDecided | None
    called: str
    phone: str
    meets: str
    due: Tag
    others: str
    answers: Sequence[tuple[str, StrategyAnswered]]
    given: StrategyHeld | None
    held: str
    because: str
    """Why the agency was called in after the others; empty where it was called with them."""
    actions: Sequence[OwnAction]
    files: frozenset[int]


def asked_rows(actor: Actor, rows: Iterable[Called]) -> tuple[list[Row], frozenset[int]]:
    """What the actor's agency was called to, each discussion in one line; and the files that stand behind it."""
    now, found = clock.now(), dict[int, Called]()
    for row in rows:
        found.setdefault(row.number, row)
    strategies = Strategy.objects.in_bulk([row.strategy for row in found.values()])
    teams = Team.objects.in_bulk({each.team for each in strategies.values()})
    to_do = queries.own_to_do(actor)

    def line(row: Called) -> Row:
        strategy = strategies[row.strategy]
        answer = answer_tag(row.answer) if row.answered else no_answer(row, now)
        if row.held is not None and row.answered is None:
            answer = tags.plain("held without your answer")
        meets: Cell = words.when(strategy.meets) if strategy.meets else None
        if row.held is not None:
            meets = Lines("held", words.when(row.held))
        team = teams[strategy.team].name if strategy.team in teams else None
        href = reverse("protection:asked-one", args=[row.number])
        own = to_do.get(row.number)
        yours: Cell = tags.due_tag(own.due, now) if own else None
        late = answer.css == "late" or bool(own and tags.is_late(own.due, now))
        if not own:
            yours = "Nothing" if row.answered or row.held else "Say who comes"
        return Row([Link(words.when(row.called), href), team, meets, answer, yours], late=late)

    return [line(row) for row in found.values()], frozenset(s.file for s in strategies.values())


def asked_page(actor: Actor, rows: Sequence[Called]) -> AskedPage:
    """Gather one discussion as the agency sees it: nothing that others said, nothing of the file."""
    now, row = clock.now(), rows[0]
    strategies = Strategy.objects.in_bulk([each.strategy for each in rows])
    own = strategies[row.strategy]
    told = queries.entries_told(actor, [own.file])
    first, kept = entry_of(told, own.id), entry_of(told, own.held_entry)
    call = first.body if first and isinstance(first.body, StrategyDecided) else None
    held = kept.body if kept and isinstance(kept.body, StrategyHeld) else None
    later = {
        e.body.agency: e for e in told if isinstance(e.body, StrategyCalledIn) and e.body.strategy == own.id
    }
    everybody = {*(call.called if call else ()), *later}
    names = dict(Agency.objects.filter(pk__in=everybody).values_list("pk", "name"))
    team = Team.objects.filter(pk=own.team).first()
    added = later.get(row.agency)
    caller = Worker.objects.filter(pk=added.author if added else own.called_by).first()
    return AskedPage(
        number=row.number,
        rows=rows,
        call=call,
        called=f"{words.when(row.called)}, by {caller.name if caller else 'a rule'}{f', {team.name}' if team else ''}",
        phone=team.phone if team else "",
        meets=words.when(own.meets) if own.meets else "",
        due=tags.due_tag(row.due, now, met_at=row.answered),
        others=words.listed(sorted(n for pk, n in names.items() if pk != row.agency), "nobody else"),
        answers=[
            (words.when(e.at) if e.at is not None else words.plain_day(e.day), e.body)
            for e in told
            if isinstance(e.body, StrategyAnswered) and (e.body.strategy, e.body.agency) == (own.id, row.agency)
        ],
        given=held if held and held.partners_told else None,
        held=words.when(own.held) if own.held else "",
        because=added.body.because if added and isinstance(added.body, StrategyCalledIn) else "",
        actions=own_actions(scope(actor, Action).filter(number=row.number), held, now),
        files=frozenset(each.file for each in strategies.values()),
    )  # fmt: skip


def own_actions(rows: Iterable[Action], held: StrategyHeld | None, now: datetime) -> list[OwnAction]:
    """The agency's own actions of one discussion."""
    found = []
    for place, group in sorted(same_for_all(list(rows)).items()):
        row = group[0]
        agreed = held.agreed_actions[place] if held and place < len(held.agreed_actions) else None
        due = tags.due_tag(row.due, now, met_at=row.done)
        found.append(OwnAction(row, agreed.what if agreed else "", agreed.who if agreed else "", due))
    return found
