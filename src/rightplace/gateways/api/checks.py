"""Checks by the API: what an agency is asked, that its system has opened it, and its answer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db import transaction
from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Query, Schema
from pydantic import AfterValidator, Field, model_validator

from rightplace.common.documents.attachments import MOST
from rightplace.domain.practice.entries.contact import CheckAsked
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.gateways.api.asked import Desk, a_page, answered_once, opened
from rightplace.gateways.api.intake import LARGEST_FILE, keep_file, keep_with, waiting_files
from rightplace.gateways.api.mounting import Needs, mount
from rightplace.gateways.api.schema import (
    WRONG_ASKED,
    WRONG_SENT,
    AttachmentIn,
    AttachmentKept,
    Name,
    Number,
    SenderId,
    Strict,
    plain,
)
from rightplace.services.frontdoor import actions, asking, checkfiles
from rightplace.services.frontdoor.presenters.words import entry_words
from rightplace.services.frontdoor.projections import Check

WAITING = "only those that wait for an answer; else all, the newest first"

router = mount(
    "checks",
    {
        "checks": Needs("check.answer", get="checks:read"),
        "check": Needs("check.answer", get="checks:read"),
        "check-read": Needs("check.answer", post="checks:answer"),
        "check-answer": Needs("check.answer", post="checks:answer"),
        "check-attachments": Needs("check.answer", post="checks:answer", largest=LARGEST_FILE),
    },
)
desk = Desk(Check, "id", "check.answer")


class CheckLine(Schema):
    """One check in the list: nothing of whom it is about."""

    number: str
    grade: str
    asked: datetime
    due: datetime | None
    read: datetime | None
    answered: datetime | None
    check: str


class CheckLines(Schema):
    """Checks that your agency was asked, the next due first."""

    checks: list[CheckLine]
    more: bool


class Relative(Schema):
    """Somebody of the family whom the question names beside the child, and why it must."""

    name: str
    because: str


class CheckWhole(CheckLine):
    """One check with what was sent with it: the question, on which basis and for what purpose you are asked."""

    question: str
    basis: str
    purpose: str
    sent: str
    family_told: str
    relatives: list[Relative]


class Opened(Schema):
    """Since when the check counts as opened."""

    number: str
    read: datetime | None


class Nothing(Strict):
    """An empty object."""


class AnswerIn(Strict):
    """What your agency holds: known and what, nothing, or a refusal with its reason."""

    sender_id: SenderId = Field(description="an id of your own, unique in your agency: it is written once")
    known: Literal["known", "nothing", "refused"]
    answer: Annotated[str, Field(max_length=10_000), AfterValidator(plain)] = ""
    refused_because: Annotated[str, Field(max_length=2_000), AfterValidator(plain)] = ""
    attachments: Annotated[list[Number], Field(max_length=MOST)] = Field(
        [], description="numbers that POST /checks/{number}/attachments gave"
    )
    answered_by: Name = Field(description="name and role of who answers")

    @model_validator(mode="after")
    def _says_what(self) -> AnswerIn:
        if not self.answered_by:
            raise ValueError("answered_by says who answers")
        if self.known == "known" and not self.answer:
            raise ValueError("answer says what is known")
        if self.known == "refused" and not self.refused_because:
            raise ValueError("refused_because gives the reason; the law asks for one")
        return self


class Answered(Schema):
    """The answer stands in the record."""

    number: str
    answered: datetime


@router.get(
    "/checks", url_name="checks", response={200: CheckLines, **WRONG_ASKED}, operation_id="checks",
    summary="What you are asked",
)  # fmt: skip
def checks(request: HttpRequest, waiting: Annotated[bool, Query(description=WAITING)] = True) -> CheckLines:
    """Up to a hundred checks, the next due first."""
    rows = desk.rows(actor_in(request))
    rows = (
        rows.filter(answered__isnull=True).order_by("due", "id")
        if waiting
        else rows.order_by("-asked", "-id")
    )
    found, more = a_page(rows)
    return CheckLines(checks=[CheckLine(**_line(row)) for row in found], more=more)


@router.get(
    "/checks/{number}", url_name="check", response={200: CheckWhole, **WRONG_ASKED}, operation_id="check",
    summary="One thing that you are asked",
)  # fmt: skip
def check(request: HttpRequest, number: str) -> CheckWhole:
    """The question, with what was sent with it. That it was opened is recorded."""
    actor = actor_in(request)
    row = desk.one(actor, number)
    entry = entry_words(actor, row.concern, row.id)
    if entry is None or not isinstance(entry.body, CheckAsked):
        raise Http404
    opened(request, [row.concern], "api check")
    said = entry.body
    return CheckWhole(
        **_line(row), question=said.question, basis=said.basis, purpose=said.purpose, sent=said.sent,
        family_told=said.family_told,
        relatives=[Relative(name=each.name, because=each.because) for each in said.relatives],
    )  # fmt: skip


@router.post(
    "/checks/{number}/read", url_name="check-read", response={200: Opened, **WRONG_SENT}, operation_id="read_check",
    summary="Say that a person has opened it",
)  # fmt: skip
def read(request: HttpRequest, number: str, sent: Nothing) -> Opened:
    """Say that a colleague of yours has opened it, not a machine alone: until then it climbs to who leads you.

    Send an empty object. The first time counts; after that nothing is written.
    """
    actor = actor_in(request)
    row = desk.one(actor, number)
    asking.open_check(check=row, by=actor)
    row.refresh_from_db()
    return Opened(number=str(row.id), read=row.read)


@router.post(
    "/checks/{number}/answer", url_name="check-answer", response={201: Answered, 200: Answered, **WRONG_SENT},
    operation_id="answer_check", summary="Answer what you are asked",
)  # fmt: skip
def answer(request: HttpRequest, number: str, sent: AnswerIn) -> Any:
    """Answer a check, once. Another answer to the same check needs another sender_id and is added to the record."""
    actor = actor_in(request)
    row = desk.one(actor, number)
    return answered_once(request, f"answer {row.id}", sent.sender_id, lambda: _answer(row, sent, actor))


@transaction.atomic
def _answer(row: Check, sent: AnswerIn, actor: Actor) -> dict[str, Any]:
    files = waiting_files(sent.attachments, actor)
    if files and sent.known != "known":
        raise Refused("Files are named, and the answer says nothing.", "Name none, or say what is known.")
    actions.answer_check(
        check=row, known=sent.known, answer=sent.answer, refused_because=sent.refused_because,
        answered_by=sent.answered_by, attachments=[each.pk for each in files], by=actor,
    )  # fmt: skip
    keep_with(files, row.concern)
    row.refresh_from_db()
    assert row.answered is not None, "it was answered just now"
    return {"number": str(row.id), "answered": row.answered.isoformat()}


@router.post(
    "/checks/{number}/attachments", url_name="check-attachments",
    response={201: AttachmentKept, 200: AttachmentKept, **WRONG_SENT}, operation_id="attach_to_answer",
    summary="Send a file that an answer will name",
)  # fmt: skip
def attach(request: HttpRequest, number: str, sent: AttachmentIn) -> Any:
    """Keep a file for a day, made harmless as those of a concern are. Name its number in `attachments` of the answer."""
    actor = actor_in(request)
    row = desk.one(actor, number)
    return answered_once(
        request, f"attachment {row.id}", sent.sender_id, lambda: keep_file(sent, actor, checkfiles.SET)
    )


def _line(row: Check) -> dict[str, Any]:
    number = str(row.id)
    return {
        "number": number, "grade": row.grade, "asked": row.asked, "due": row.due, "read": row.read, "answered": row.answered,
        "check": reverse("api:check", args=[number]),
    }  # fmt: skip
