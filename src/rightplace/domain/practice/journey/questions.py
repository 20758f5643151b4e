"""Reducers of what schools ask their link person: a file of its own, in which nothing is open but the question."""

from __future__ import annotations

from rightplace.domain.practice.entries import questions as said
from rightplace.domain.practice.entries.base import Entry
from rightplace.domain.practice.journey.journey import Journey, reads


@reads(said.SchoolAsked)
def school_asked(journey: Journey, entry: Entry, body: said.SchoolAsked) -> None:
    journey.event("question.asked", entry.id, frozenset({"pupil"} if body.about_pupil else ()))
    journey.happen("question.asked", entry.id, str(body.topic), team=body.team)


@reads(said.SchoolQuestionRead)
def school_question_read(journey: Journey, entry: Entry, body: said.SchoolQuestionRead) -> None:
    journey.event("question.read", body.question)


@reads(said.SchoolAnswered)
def school_answered(journey: Journey, entry: Entry, body: said.SchoolAnswered) -> None:
    journey.event("question.answered", body.question)
    journey.happen("question.answered", body.question, str(body.comes_next), team=entry.team)
