"""Calling a strategy discussion, answering the call, holding it, doing what was agreed. One verb each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from rightplace.common.caseflow.queries import accountable_team
from rightplace.common.disclosure.actions import PROMISE_7, accounted_for
from rightplace.common.disclosure.keepingback import keep_addresses_back
from rightplace.domain.practice.entries import Body, Draft
from rightplace.domain.practice.entries.protection import (
    EnquiryBegan,
    StrategyActionDone,
    StrategyAnswered,
    StrategyCalledIn,
    StrategyDecided,
    StrategyHeld,
)
from rightplace.domain.practice.journey.refusals import Refused, needs_reasons, refused
from rightplace.domain.practice.workdays import calendar, day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, require
from rightplace.foundation.journal.writing import Later, Written, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.services.protection.policy import AT_THE_FRONT_DOOR
from rightplace.services.protection.projections import Action, Called, Strategy
from rightplace.services.protection.words import COMING, NOT_COMING, SENDS

ENQUIRY, NO_ENQUIRY = "A section 47 enquiry begins", "No section 47 enquiry"
CONFERENCE_WITHIN = 15
"""Working days from the discussion at which the enquiry began to the conference (ICPC-1)."""


def _draft(file: int, body: Body, occasion: int = 0, entry: int = 0, at: datetime | None = None) -> Draft:
    moment = from_datetime(at or clock.now())
    return Draft(file=file, body=body, day=day_of(moment), at=moment, occasion=occasion, id=entry)


def call_strategy(*, files: Sequence[int], call: StrategyDecided, by: Actor) -> Written:
    """Call police, health and others to speak of these children at once. What they are sent is in the entry."""
    for file in files:
        if by.team_kind not in AT_THE_FRONT_DOOR and accountable_team(file) != by.team:
            raise refused("not_your_team")
    needs_reasons(call.reasons)
    if call.called:
        accounted_for(call.basis, call.purpose, call.sent)
        keep_addresses_back(files, *_in_the_call(call))
    occasion = new_id()
    drafts = [_draft(file, call, occasion) for file in files]
    return write(drafts, by=by, may="strategy.call", then=[Later("strategy.called", {"number": occasion})])


def _in_the_call(call: StrategyDecided) -> list[str]:
    """The words of a call that those who are called read."""
    return [call.purpose, call.sent, call.where, call.not_told_reason]


def call_in(
    *, rows: Sequence[Strategy], call: StrategyDecided | None, agency: int, because: str, by: Actor
) -> Written:
    """Call another agency to a discussion that was called and not yet held. It is sent the words of the call."""
    for row in rows:
        require(by, "strategy.call", row)
        if not row.is_open:
            raise Refused(
                "This discussion is over.", "Ask the agency by a check, or call another discussion."
            )
    if call is None or not call.sent.strip():
        raise Refused("Nobody was called to this yet.", "Call the agencies first, from the child’s page.")
    if not because.strip():
        raise Refused(
            "Nobody says why this agency is called in.", "Write why; the agency reads it.", PROMISE_7
        )
    if Called.objects.filter(strategy__in=[row.id for row in rows], agency=agency).exists():
        raise Refused("This agency was called already.", "Ring it, if it does not answer.")
    keep_addresses_back([row.file for row in rows], because, *_in_the_call(call))
    occasion, number = new_id(), rows[0].number
    drafts = [
        _draft(row.file, StrategyCalledIn(strategy=row.id, agency=agency, because=because), occasion)
        for row in rows
    ]
    then = [Later("strategy.called", {"number": number, "agency": agency})]
    return write(drafts, by=by, may="strategy.call", then=then)


def answer_call(*, rows: Sequence[Called], answer: StrategyAnswered, by: Actor) -> Written:
    """An agency says who comes and what it knows, on which basis and for what. Written in the file of each child."""
    if not rows:
        raise NotAllowed
    for row in rows:
        require(by, "strategy.attend", row)
    if answer.answer in (COMING, SENDS) and not answer.who.strip():
        raise Refused("Nobody is named.", "Write who comes, so that they are expected.")
    if answer.answer == NOT_COMING and not (answer.knows.strip() or answer.refused_because.strip()):
        raise Refused(
            "Nobody comes, and nothing is said.",
            "Write what your agency knows, or that it knows nothing; police and health are needed for a decision.",
            "Working Together: social care, police and health at the least",
        )
    if answer.known == "refused" and not answer.refused_because.strip():
        raise Refused("A refusal to share says why.", "Write the reason.", PROMISE_7)
    if answer.knows.strip():
        accounted_for(answer.basis, answer.purpose, answer.knows)
    strategies = Strategy.objects.in_bulk([row.strategy for row in rows])
    occasion = new_id()
    drafts = [
        _draft(
            strategies[row.strategy].file,
            msgspec.structs.replace(answer, strategy=row.strategy, agency=row.agency),
            occasion,
        )
        for row in rows
    ]
    number = rows[0].number
    return write(drafts, by=by, may="strategy.attend", then=[Later("strategy.answered", {"number": number})])


@dataclass(frozen=True)
class Minutes:
    """What was said and decided: the same for all the children, but for whom an enquiry begins."""

    held: StrategyHeld
    enquiries: frozenset[int]
    """Files of the children for whom a section 47 enquiry begins."""
    at: datetime


def hold_strategy(*, rows: Sequence[Strategy], minutes: Minutes, by: Actor) -> Written:
    """Record that it was held: who was there, what was said, decided and agreed, and who is given what.

    Held without police or health it is taken, and in doubt. An enquiry cannot begin there: that is refused.
    """
    held = minutes.held
    for row in rows:
        require(by, "strategy.call", row)
    needs_reasons(held.reasons)
    if held.missing and not held.without_quorum.strip():
        raise Refused(
            "Children’s services, police and health were not all there, and nobody says why.",
            "Write why not; without all three no enquiry can begin.",
            "Working Together: social care, police and health at the least",
        )
    if held.partners_told.strip():
        accounted_for(held.basis, held.purpose, held.partners_told)
    keep_addresses_back([row.file for row in rows], *_for_partners(held))
    drafts: list[Draft] = []
    occasion, enquiry = new_id(), new_id()
    for row in rows:
        begins, entry = row.file in minutes.enquiries, new_id()
        body = msgspec.structs.replace(
            held, strategy=row.id, begins_enquiry=begins, decision=ENQUIRY if begins else NO_ENQUIRY
        )
        drafts.append(_draft(row.file, body, occasion, entry, minutes.at))
        if begins:
            target = _conference_by(minutes.at)
            began = EnquiryBegan(strategy=entry, conference_target=target)
            drafts.append(_draft(row.file, began, enquiry, at=minutes.at))
    number = rows[0].number
    return write(drafts, by=by, may="strategy.call", then=[Later("strategy.held", {"number": number})])


def _for_partners(held: StrategyHeld) -> list[str]:
    """The words of the minutes that leave the house: what partners are given, and what each agreed to do."""
    agreed = [word for each in held.agreed_actions if each.agency for word in (each.what, each.who)]
    return [held.purpose, held.partners_told, *agreed]


def _conference_by(held: datetime) -> date:
    day = calendar().add_working_days(day_of(from_datetime(held)), CONFERENCE_WITHIN)
    return date.fromordinal(day)


def say_done(*, rows: Sequence[Action], by: Actor, note: str = "") -> Written:
    """Say that something that was agreed is done: by the agency or the worker whose it is, or by the child's team."""
    if not rows:
        raise NotAllowed
    for row in rows:
        if row.done is not None:
            raise Refused("This is done already.", "Nothing more is needed.")
        if not is_theirs(by, row):
            raise NotAllowed
    occasion = new_id()
    drafts = [
        _draft(row.file, StrategyActionDone(held=row.held, place=row.place, note=note), occasion)
        for row in rows
    ]
    may = "strategy.attend" if by.is_partner else "story.see"
    return write(drafts, by=by, may=may)


def is_theirs(by: Actor, row: Action) -> bool:
    """Whether an action is the actor's own, of the own agency, or of the team that answers for the child."""
    if by.is_partner:
        return row.agency == by.agency
    return by.worker == row.worker or (bool(by.team) and accountable_team(row.file) == by.team)


def same_for_all(rows: Sequence[Action]) -> Mapping[int, list[Action]]:
    """The same action in the files of brothers and sisters, by its place."""
    found: dict[int, list[Action]] = {}
    for row in rows:
        found.setdefault(row.place, []).append(row)
    return found
