"""What the one who told may know of it: received, read, when they will hear; then their own text, never our reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from rightplace.common.web import words
from rightplace.common.web.pieces import Column, Lines, Link, Row
from rightplace.common.web.tags import Tag, late, met, plain, still_open
from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.contact import (
    ContactReceived,
    DisagreementAnswered,
    ReferrerDisagreed,
    ReferrerTold,
)
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.rls import reading_as
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.projections import Timescale
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.queries import holding
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.telling import TELL_RULES, hear_by

CLIMBS = (("READ-WORKER", "front door manager"), ("READ-MANAGER", "head of service"))
"""Whom an unread contact reaches when each clock has run out (promise 3)."""
COLUMNS = (
    Column("Children, as you told"),
    Column("Sent"),
    Column("Number", whole=True),
    Column("Where it stands"),
)


@dataclass(frozen=True)
class Step:
    """One thing that has happened to it, or is awaited."""

    tag: Tag
    sentence: str


@dataclass(frozen=True)
class Follow:
    """A concern as the one who raised it may see it."""

    concern: int
    number: str
    received: datetime
    children: str
    saw: str
    attachments: Sequence[int]
    team: str
    phone: str
    steps: Sequence[Step]
    told: ReferrerTold | None
    told_at: datetime | None
    disagreed: str
    answer: DisagreementAnswered | None
    answer_by: str

    @property
    def may_disagree(self) -> bool:
        """Once there is an outcome, and as long as no disagreement waits for its answer."""
        return self.told is not None and (not self.disagreed or self.answer is not None)


def by_words(moment: datetime) -> str:
    """By when, as people say it: what is due at midnight is due by the end of the day."""
    if words.clock_time(moment) in ("23:59", "00:00"):
        return (
            f"the end of {words.plain_day(words.day_number(moment) - (words.clock_time(moment) == '00:00'))}"
        )
    return words.when(moment)


def follow(actor: Actor, contact: Contact, now: datetime) -> Follow:
    """One concern for the one who raised it, or a colleague of the same team. The caller has asked the gate."""
    said = _said(actor, [contact.concern])[contact.concern]
    received = said.get(ContactReceived)
    due = _due([contact.concern])[contact.concern]
    team = who_answers(contact.team)
    told, disagreed = said.get(ReferrerTold), said.get(ReferrerDisagreed)
    answer = said.get(DisagreementAnswered)
    body = received.body if received else None
    return Follow(
        concern=contact.concern,
        number=contact.receipt,
        received=contact.received,
        children=body.answers.get("children as told", "") if isinstance(body, ContactReceived) else "",
        saw=body.saw if isinstance(body, ContactReceived) else "",
        attachments=body.attachments if isinstance(body, ContactReceived) else (),
        team=team.name if team else "The front door",
        phone=team.phone if team else "",
        steps=steps(contact, due, now),
        told=told.body if told and isinstance(told.body, ReferrerTold) else None,
        told_at=contact.told,
        disagreed=_disagreed(disagreed, answer),
        answer=answer.body if answer and isinstance(answer.body, DisagreementAnswered) else None,
        answer_by=by_words(due["DISAGREE"]) if "DISAGREE" in due else "",
    )


def who_answers(team: int) -> Team | None:
    """The team that has the concern; where it ended with an earlier structure, the front door that answers now."""
    there = Team.objects.filter(holding(clock.today())).filter(Q(pk=team) | Q(kind=Team.Kind.FRONT_DOOR))
    return min(there, key=lambda row: (row.pk != team, row.begins, row.pk), default=None)


def _disagreed(disagreed: Entry | None, answer: Entry | None) -> str:
    if disagreed is None or not isinstance(disagreed.body, ReferrerDisagreed):
        return ""
    return disagreed.body.because


def steps(contact: Contact, due: dict[str, datetime], now: datetime) -> list[Step]:
    """Received, read, decided: what is done says when, what is not says where it has climbed to."""
    found = [Step(met("received"), f"We received it on {words.when(contact.received)}.")]
    if contact.read is not None:
        found.append(Step(met("read"), f"A person at the front door read it on {words.when(contact.read)}."))
    elif contact.decided is None:
        found.append(unread(due, now))
    if contact.told is not None:
        found.append(Step(met("answered"), f"You were told what comes of it on {words.when(contact.told)}."))
    elif (hear := _first(due, TELL_RULES)) is not None:
        over = hear < now
        sentence = (
            f"You should have heard by {by_words(hear)}." if over else f"You will hear by {by_words(hear)}."
        )
        found.append(Step(late("late") if over else still_open("being decided"), sentence))
    return found


def unread(due: dict[str, datetime], now: datetime) -> Step:
    """Nobody has opened it: how far it has climbed, said to the sender (promise 3)."""
    raised = [(due[rule], whom) for rule, whom in CLIMBS if rule in due and due[rule] <= now]
    if not raised:
        by = due.get(CLIMBS[0][0])
        soon = f" It is due to be opened by {words.when(by)}." if by else ""
        return Step(still_open("not yet opened"), f"Nobody has opened it yet.{soon}")
    said = [f"raised to the {whom} {_at(at, now)}" for at, whom in raised]
    return Step(late("not yet opened"), f"Not yet opened; {', then '.join(said)}.")


def _at(at: datetime, now: datetime) -> str:
    same_day = words.day_number(at) == words.day_number(now)
    return f"at {words.clock_time(at)}" if same_day else f"on {words.when(at)}"


def own_rows(actor: Actor, contacts: Sequence[Contact], now: datetime, link: str) -> list[Row]:
    """The list of what somebody has raised; `link` is an address with {concern} in it."""
    concerns = [each.concern for each in contacts]
    said, due = _said(actor, concerns), _due(concerns)
    return [_row(each, said[each.concern], due[each.concern], now, link) for each in contacts]


def _row(
    contact: Contact, said: dict[type, Entry], due: dict[str, datetime], now: datetime, link: str
) -> Row:
    received = said.get(ContactReceived)
    body = received.body if received else None
    children = body.answers.get("children as told", "") if isinstance(body, ContactReceived) else ""
    by = body.referrer_name if isinstance(body, ContactReceived) else ""
    href = link.format(concern=contact.concern)
    return Row(
        [
            Link(children or "The children are not named", href),
            Lines(words.when(contact.received), f"by {by}" if by else ""),
            contact.receipt,
            _state(contact, due, now),
        ]
    )


def _state(contact: Contact, due: dict[str, datetime], now: datetime) -> Tag:
    if contact.disagreed is not None and contact.disagreement_answered is None:
        return still_open("looked at again")
    if contact.told is not None:
        return met("answered")
    if contact.read is not None or contact.decided is not None:
        hear = _first(due, TELL_RULES)
        return late("answer late") if hear is not None and hear < now else plain("read")
    return unread(due, now).tag


def _first(due: dict[str, datetime], rules: Sequence[str]) -> datetime | None:
    return next((due[rule] for rule in rules if rule in due), None)


def _due(concerns: Sequence[int]) -> dict[int, dict[str, datetime]]:
    """The clocks of these concerns, by rule; of several of one rule, the last begun."""
    found: dict[int, dict[str, datetime]] = {concern: {} for concern in concerns}
    rules = [*TELL_RULES, *(rule for rule, _ in CLIMBS), "DISAGREE"]
    rows = Timescale.objects.filter(person__in=concerns, rule__in=rules, due__isnull=False).order_by("begins")
    for row in rows:
        if row.due is not None:
            found[row.person][row.rule] = row.due
    return found


WANTED = (ContactReceived, ReferrerTold, ReferrerDisagreed, DisagreementAnswered)


def _said(actor: Actor, concerns: Sequence[int]) -> dict[int, dict[type, Entry]]:
    """The entries of these concerns that their sender may read, the last of each kind."""
    with reading_as(actor, purpose="own concern"):
        entries = reading.entries_of(reading.file_rows(concerns))
    found: dict[int, dict[type, Entry]] = {concern: {} for concern in concerns}
    for concern, own in entries.items():
        for entry in in_order(standing(own).entries):
            if isinstance(entry.body, WANTED):
                found[concern][type(entry.body)] = entry
    return found


def read_by(concern: int) -> str:
    """By when a person is due to have opened it."""
    due = _due([concern])[concern].get(CLIMBS[0][0])
    return by_words(due) if due else ""


def answer_by(concern: int) -> str:
    """By when it is due to be decided, and told to a professional."""
    due = hear_by(concern)
    return by_words(due) if due else ""
