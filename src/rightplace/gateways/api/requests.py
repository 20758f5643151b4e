"""Places by the API: for which a provider is asked, and its answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Schema
from pydantic import AfterValidator, Field, model_validator

from rightplace.domain.practice.entries.directory import Answer, ServiceRequested
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.rls import reading_as
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.journal import reading
from rightplace.gateways.api.asked import Desk, a_page, answered_once, opened
from rightplace.gateways.api.mounting import Needs, mount
from rightplace.gateways.api.schema import WRONG_ASKED, WRONG_SENT, SenderId, Strict, plain
from rightplace.services.directory import requests as places
from rightplace.services.directory.projections import ServiceRequest

router = mount(
    "places",
    {
        "requests": Needs("request.answer", get="requests:read"),
        "request": Needs("request.answer", get="requests:read"),
        "request-answer": Needs("request.answer", post="requests:answer"),
    },
)
desk = Desk(ServiceRequest, "entry", "request.answer")


class RequestLine(Schema):
    """One request in the list: nothing of whom it is for."""

    number: str
    service: str
    asked: datetime
    due: datetime | None
    answer: str
    request: str


class RequestLines(Schema):
    """Requests that wait for an answer, the next due first."""

    requests: list[RequestLine]
    more: bool


class RequestWhole(RequestLine):
    """One request with what the family agreed to send."""

    need: str
    sent: str
    basis: str
    purpose: str
    agreed_by: str


class PlaceAnswer(Strict):
    """A place from a day, a place on the list, or a refusal with its reason."""

    sender_id: SenderId = Field(description="an id of your own, unique in your organisation")
    answer: Literal["accepted", "waiting", "declined"]
    starts: date | None = Field(None, description="from which day the place holds")
    reasons: Annotated[str, Field(max_length=2_000), AfterValidator(plain)] = ""

    @model_validator(mode="after")
    def _is_whole(self) -> PlaceAnswer:
        if self.answer == "accepted" and self.starts is None:
            raise ValueError("starts says from which day the place holds")
        if self.answer == "declined" and not self.reasons:
            raise ValueError("reasons says why it is declined")
        return self


class PlaceAnswered(Schema):
    """The answer stands in the record."""

    number: str
    answer: str


@router.get(
    "/requests", url_name="requests", response={200: RequestLines, **WRONG_ASKED}, operation_id="requests",
    summary="For which places you are asked",
)  # fmt: skip
def waiting(request: HttpRequest) -> RequestLines:
    """Up to a hundred requests that wait for an answer, the next due first."""
    rows = desk.rows(actor_in(request)).filter(answered__isnull=True).order_by("due", "entry")
    found, more = a_page(rows)
    return RequestLines(requests=[RequestLine(**_line(row)) for row in found], more=more)


@router.get(
    "/requests/{number}", url_name="request", response={200: RequestWhole, **WRONG_ASKED}, operation_id="request",
    summary="One request for a place",
)  # fmt: skip
def one(request: HttpRequest, number: str) -> RequestWhole:
    """The request with what was sent, and no name that was not. That it was fetched is recorded."""
    actor = actor_in(request)
    row = desk.one(actor, number)
    with reading_as(actor, purpose="service request"):
        entries = reading.entries_of(reading.file_rows([row.file])).get(row.file, [])
    asked = next((each.body for each in entries if each.id == row.entry), None)
    if not isinstance(asked, ServiceRequested):
        raise Http404
    opened(request, [row.file], "api request")
    return RequestWhole(
        **_line(row), need=asked.need, sent=asked.sent, basis=asked.basis, purpose=asked.purpose,
        agreed_by=asked.agreed_by,
    )  # fmt: skip


@router.post(
    "/requests/{number}/answer", url_name="request-answer",
    response={201: PlaceAnswered, 200: PlaceAnswered, **WRONG_SENT}, operation_id="answer_request",
    summary="Answer a request for a place",
)  # fmt: skip
def answer(request: HttpRequest, number: str, sent: PlaceAnswer) -> Any:
    """Give a place from a day, put the child on the list, or decline with the reason; once for each sender_id."""
    actor = actor_in(request)
    row = desk.one(actor, number)
    return answered_once(request, f"place {row.entry}", sent.sender_id, lambda: _answer(row, sent, actor))


def _answer(row: ServiceRequest, sent: PlaceAnswer, actor: Actor) -> dict[str, Any]:
    chosen = Answer(sent.answer)
    places.answer_request(request=row, answer=chosen, by=actor, starts=sent.starts, reasons=sent.reasons)
    return {"number": str(row.entry), "answer": str(chosen)}


def _line(row: ServiceRequest) -> dict[str, Any]:
    number = str(row.entry)
    return {
        "number": number, "service": str(row.service), "asked": row.asked, "due": row.due, "answer": row.answer,
        "request": reverse("api:request", args=[number]),
    }  # fmt: skip
