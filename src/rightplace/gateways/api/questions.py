"""Questions by the API: what a school asked its link person, and what it was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Schema

from rightplace.domain.practice.entries import Body
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.entries.questions import SchoolAnswered, SchoolAsked
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.access.audit import record_reading
from rightplace.foundation.access.rls import reading_as
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import require, scope
from rightplace.foundation.journal import reading
from rightplace.gateways.api.mounting import Needs, mount
from rightplace.gateways.api.schema import WRONG_ASKED, number_in
from rightplace.services.schools.projections import Question

A_PAGE = 100

router = mount(
    "questions",
    {
        "questions": Needs("question.ask", get="questions:read"),
        "question": Needs("question.ask", get="questions:read"),
    },
)


class QuestionLine(Schema):
    """One question in the list: what it is about in a word, and where it stands."""

    number: str
    topic: str
    asked: datetime
    due: datetime | None
    read: datetime | None
    answered: datetime | None
    question: str


class QuestionLines(Schema):
    """Questions of your school, the last asked first."""

    questions: list[QuestionLine]
    more: bool


class QuestionWhole(QuestionLine):
    """One question in words, with its answer when there is one."""

    words: str
    answer: str
    comes_next: str


@router.get(
    "/questions", url_name="questions", response={200: QuestionLines, **WRONG_ASKED}, operation_id="questions",
    summary="What you asked your link person",
)  # fmt: skip
def asked(request: HttpRequest) -> QuestionLines:
    """Up to a hundred questions of your own desk, the last asked first."""
    found = list(scope(actor_in(request), Question).order_by("-asked", "-concern")[: A_PAGE + 1])
    lines = [QuestionLine(**_line(row)) for row in found[:A_PAGE]]
    return QuestionLines(questions=lines, more=len(found) > A_PAGE)


@router.get(
    "/questions/{number}", url_name="question", response={200: QuestionWhole, **WRONG_ASKED},
    operation_id="question", summary="One question and its answer",
)  # fmt: skip
def one(request: HttpRequest, number: str) -> QuestionWhole:
    """The question in words, and the answer in the link person's own."""
    actor = actor_in(request)
    row = scope(actor, Question).filter(concern=number_in(number)).first()
    if row is None:
        raise Http404
    require(actor, "question.ask", row)
    with reading_as(actor, purpose="question"):
        entries = reading.entries_of(reading.file_rows([row.concern])).get(row.concern, [])
    said: dict[type[Body], Body] = {type(e.body): e.body for e in in_order(standing(entries).entries)}
    record_reading(actor, [row.concern], "api question", request_id=getattr(request, "request_id", ""))
    question, answer = said.get(SchoolAsked), said.get(SchoolAnswered)
    return QuestionWhole(
        **_line(row), words=question.question if isinstance(question, SchoolAsked) else "",
        answer=answer.answer if isinstance(answer, SchoolAnswered) else "",
        comes_next=str(answer.comes_next) if isinstance(answer, SchoolAnswered) else "",
    )  # fmt: skip


def _line(row: Question) -> dict[str, Any]:
    number = str(row.concern)
    return {
        "number": number, "topic": row.topic, "asked": row.asked, "due": row.due, "read": row.read,
        "answered": row.answered, "question": reverse("api:question", args=[number]),
    }  # fmt: skip
