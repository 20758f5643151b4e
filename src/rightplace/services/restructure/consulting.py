"""Consultation: whom, what was proposed and when, meetings, questions and counter-proposals with answers that are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction

from rightplace.domain.practice import workdays
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.restructure.actions import KEEP, of_a_day_that_came
from rightplace.services.restructure.models import Asked, Body, Meeting, Terms

ANSWERED_WITHIN: Final = 10
"""Working days in which a question or counter-proposal is answered: ours, to be agreed with the unions."""


@transaction.atomic
def add_body(*, programme: Programme, name: str, kind: str, speaks_for: str, by: Actor) -> Body:
    """Name whom the law says to consult: a recognised union, or representatives whom staff elected."""
    require(by, KEEP)
    if not name.strip() or not speaks_for.strip():
        raise Refused("Whom we consult has a name, and speaks for somebody.", "Fill in what is missing.")
    if Body.objects.filter(programme=programme, name=name.strip()).exists():
        raise Refused("They are consulted already.", "Look at the list on this page.")
    return Body.objects.create(
        programme=programme,
        name=name.strip(),
        kind=Body.Kind(kind),
        speaks_for=speaks_for.strip(),
        **recorded(by),
    )


@transaction.atomic
def say_terms(*, programme: Programme, proposed_on: date, by: Actor, **said: Any) -> Terms:
    """Say what is proposed, as the law's papers ask for it. What was said before stays, and no longer counts."""
    require(by, KEEP)
    if proposed_on > clock.today():
        raise Refused("A proposal is made on a day that has come.", "Give the day on which it was made.")
    for name, words in (("statement_given", "The statement was given"), ("notified_on", "The HR1 was sent")):
        day = said.get(name)
        if day is not None and day > clock.today():
            raise Refused(f"{words} on a day that has come, or not yet.", "Leave it empty until it is done.")
    first, last = said.get("first_dismissal"), said.get("last_dismissal")
    if first is not None and last is not None and last < first:
        raise Refused("The last dismissal is not before the first.", "Check both days.")
    return Terms.objects.create(programme=programme, proposed_on=proposed_on, **said, **recorded(by))


@transaction.atomic
def record_meeting(
    *, programme: Programme, kind: str, on: date, words: str, by: Actor, bodies: Sequence[Body] = ()
) -> Meeting:
    """Record a proposal that was put forward, a meeting, or a briefing of all staff: on a day that has come."""
    require(by, KEEP)
    of_a_day_that_came(programme, on)
    if not words.strip():
        raise Refused("A meeting says what was said.", "Write down in a sentence what it was about.")
    made = Meeting.objects.create(
        programme=programme, kind=Meeting.Kind(kind), on=on, words=words.strip(), **recorded(by)
    )
    made.bodies.set(bodies)
    return made


@transaction.atomic
def record_asked(
    *,
    programme: Programme,
    kind: str,
    on: date,
    words: str,
    owner: Worker,
    by: Actor,
    body: Body | None = None,
) -> Asked:
    """Record a question or counter-proposal. Its answer is due ten working days later, from somebody by name."""
    require(by, KEEP)
    of_a_day_that_came(programme, on)
    if not words.strip():
        raise Refused("A question has words.", "Write down what was asked.")
    due = workdays.calendar().add_working_days(on.toordinal(), ANSWERED_WITHIN)
    return Asked.objects.create(
        programme=programme, body=body, kind=Asked.Kind(kind), on=on, words=words.strip(), owner=owner,
        answer_by=date.fromordinal(due), **recorded(by),
    )  # fmt: skip


@transaction.atomic
def answer_asked(*, asked: Asked, answer: str, outcome: str, by: Actor) -> None:
    """Answer a question or counter-proposal, once. A question is answered; a counter-proposal accepted or declined."""
    require(by, KEEP)
    found = Asked.objects.select_for_update().get(pk=asked.pk)
    if found.answered_on is not None:
        raise Refused("It is answered already.", "Record a new question for what is asked now.")
    if not answer.strip():
        raise Refused("An answer has words, and reasons.", "Write what those who asked will read.")
    said = Asked.Outcome(outcome)
    if (found.kind == Asked.Kind.QUESTION) != (said is Asked.Outcome.ANSWERED):
        raise Refused(
            "A question is answered; a counter-proposal is accepted, in part or not.", "Choose which."
        )
    found.answer, found.outcome = answer.strip(), said
    found.answered_on, found.answered_by_id = clock.today(), by.worker
    found.save(update_fields=["answer", "outcome", "answered_on", "answered_by"])
