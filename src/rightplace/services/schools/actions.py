"""What is done between a school and its link person, one verb each: ask, open, answer, name, be away."""

from __future__ import annotations

import re
from datetime import date

from django.db import transaction

from rightplace.domain.practice.entries import Body, Draft, FileKind
from rightplace.domain.practice.entries.questions import (
    ComesNext,
    SchoolAnswered,
    SchoolAsked,
    SchoolQuestionRead,
    Topic,
)
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, require
from rightplace.foundation.journal.writing import Later, NewFile, Written, new_id, write
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.linkpeople import link_person_on
from rightplace.foundation.organisation.models import Absence, LinkPerson, School, Team, Worker
from rightplace.services.schools.projections import Question

TELLS = re.compile(
    r"\b(social worker|child protection|(?:un)?known to (?:us|the|our)|open to|has a (?:case|file|plan)|"
    r"(?:our|the) case|children'?s services|looked[- ]after|in care|on a plan|referral|assessment)\b",
    re.IGNORECASE,
)
"""Words that may say whether a child is known here: then the answer says why the school may know."""
BASIS = "public task"
"""On which a school and its link person tell each other what they tell; both read it where they write (promise 7)."""
TO_ASK = "So that the school’s link person can advise it"
TO_ANSWER = "To answer what the school asked"
LEAST = "What a school is told of a child is the least that it needs, and its to know"


def _draft(concern: int, body: Body, label: int = -1) -> Draft:
    at = from_datetime(clock.now())
    return Draft(
        file=concern,
        body=body,
        day=day_of(at),
        at=at,
        concern=concern,
        filekind=FileKind.CONCERN,
        label=label,
    )


@transaction.atomic
def ask(
    *, school: School, topic: Topic, question: str, by: Actor, about_pupil: bool = False, pupil: str = ""
) -> int:
    """Ask the school's link person. Opens a file of its own and gives its number; nobody is looked up."""
    require(by, "question.ask", school)
    if not question.strip():
        raise Refused("There is nothing asked.", "Write what you want to know.")
    linked = link_person_on(school.pk, clock.today())
    team = queries.team_for(school.area_id, Team.Kind.FAMILY_SUPPORT, clock.today())
    concern = new_id()
    body = SchoolAsked(
        school=school.pk, team=team.pk if team else 0, link=linked.worker if linked else 0, topic=topic,
        question=question.strip(), about_pupil=about_pupil, pupil=pupil.strip() if about_pupil else "",
        basis=BASIS, purpose=TO_ASK,
    )  # fmt: skip
    write(
        [_draft(concern, body)],
        by=by,
        may="question.ask",
        opening=[NewFile(concern, FileKind.CONCERN)],
        then=[Later("question.asked", {"concern": concern})],
    )
    return concern


def open_question(*, question: Question, by: Actor) -> Written | None:
    """Say that it has been opened: the school is told, and it climbs no further. Once; later openings are audit."""
    require(by, "question.answer", question)
    if question.read is not None:
        return None
    return write(
        [_draft(question.concern, SchoolQuestionRead(question=question.entry), question.label)],
        by=by,
        may="question.answer",
        then=[Later("question.read", {"concern": question.concern})],
    )


def answer(
    *, question: Question, text: str, comes_next: ComesNext, by: Actor, known_because: str = ""
) -> Written:
    """Answer the school. What may say that a child is known here needs the reason why the school may know."""
    require(by, "question.answer", question)
    if question.answered is not None:
        raise Refused("This has been answered.", "The school can ask again.")
    if not text.strip():
        raise Refused("There is no answer.", "Write what the school is told.")
    if question.about_pupil and tells(text) and not known_because.strip():
        raise Refused(
            "The answer may say whether a child or family is known to us.",
            "Leave that out, or write why it is the school’s to know.",
            LEAST,
        )
    body = SchoolAnswered(
        question=question.entry,
        answer=text.strip(),
        comes_next=comes_next,
        known_because=known_because.strip(),
        basis=BASIS,
        purpose=TO_ANSWER,
    )
    return write(
        [_draft(question.concern, body, question.label)],
        by=by,
        may="question.answer",
        then=[Later("question.answered", {"concern": question.concern})],
    )


def tells(text: str) -> list[str]:
    """The words of an answer that may say whether a child is known here."""
    return sorted({found.group(0).lower() for found in TELLS.finditer(text)})


def name_link_person(*, school: School, worker: Worker, begins: date, by: Actor) -> LinkPerson:
    """Name the school's next link person: a manager for the own area, a head or administrator for any."""
    require(by, "linkperson.set", school)
    if begins < clock.today():
        raise Refused("That day is past.", "Name the link person from today or a later day.")
    return organisation.set_link_person(
        school=school, worker=worker, begins=begins, by=by, may="linkperson.set"
    )


def say_away(
    *, worker: Worker, begins: date, by: Actor, ends: date | None = None, cover: Worker | None = None
) -> Absence:
    """Say that somebody of the own team is away and who covers; who keeps the directory says so of anybody."""
    _of_own_team(worker, by)
    if ends is not None and ends <= begins:
        raise Refused("They are back before they are away.", "Give a day after the first day away.")
    return organisation.record_absence(worker=worker, begins=begins, ends=ends, cover=cover, by=by)


def say_back(*, absence: Absence, on: date, by: Actor) -> None:
    """Say that somebody is back."""
    _of_own_team(absence.worker, by)
    organisation.end_absence(absence=absence, on=on, by=by)


def _of_own_team(worker: Worker, by: Actor) -> None:
    """A manager speaks for the own team, who keeps the directory for all."""
    if by.worker == worker.pk or by.team_kind in (Team.Kind.ASSURANCE, Team.Kind.LEADERSHIP):
        return
    if not queries.memberships_of(worker.pk, clock.today()).filter(team_id=by.team).exists():
        raise NotAllowed
