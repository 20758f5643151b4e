"""Strategy discussions by the API: to which one's agency is called, who comes, what it knows, what is its own to do."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Schema
from pydantic import AfterValidator, Field, model_validator

from rightplace.domain.practice.entries.protection import StrategyAnswered
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import scope
from rightplace.gateways.api.asked import A_PAGE, Desk, answered_once, opened
from rightplace.gateways.api.mounting import Needs, mount
from rightplace.gateways.api.schema import WRONG_ASKED, WRONG_SENT, Basis, Line, SenderId, Strict, plain
from rightplace.services.protection import actions, queries
from rightplace.services.protection.presenters_asked import OwnAction, asked_page
from rightplace.services.protection.projections import Action, Called, Strategy
from rightplace.services.protection.words import NOT_COMING

MOST_CHILDREN = 12
"""Rows that are read for each line of the list: one call is a row for each child."""

router = mount(
    "strategy",
    {
        "strategy-calls": Needs("strategy.attend", get="strategy:read"),
        "strategy-call": Needs("strategy.attend", get="strategy:read"),
        "strategy-answer": Needs("strategy.attend", post="strategy:answer"),
        "strategy-done": Needs("strategy.attend", post="strategy:answer"),
    },
)
desk = Desk(Called, "number", "strategy.attend")


class CallLine(Schema):
    """One call in the list: nothing of whom it is about."""

    number: str
    called: datetime
    meets: datetime | None
    due: datetime | None
    answered: datetime | None
    answer: str
    held: datetime | None
    was_there: bool | None
    call: str


class CallLines(Schema):
    """Strategy discussions to which your agency is called: not held first, the next due first."""

    calls: list[CallLine]
    more: bool


class Agreed(Schema):
    """One thing that was agreed and is your agency's to do."""

    place: int
    what: str
    who: str
    due: date | None
    done: datetime | None


class CallWhole(CallLine):
    """One call: what you were sent, what you are given of the minutes, what is yours to do. Nothing that others said."""

    where: str
    sent: str
    because: str
    basis: str
    purpose: str
    family_told: str
    others: str
    given: str
    actions: list[Agreed]


class CallAnswer(Strict):
    """Who comes, and what your agency knows, on which basis and for what."""

    sender_id: SenderId = Field(description="an id of your own, unique in your agency: it is written once")
    answer: Literal["coming", "sends", "not coming"]
    who: Line = Field("", description="name and role of who comes")
    known: Literal["known", "nothing", "at the meeting", "refused"]
    knows: Annotated[str, Field(max_length=20_000), AfterValidator(plain)] = ""
    basis: Basis = "public task"
    purpose: Annotated[str, Field(max_length=2_000), AfterValidator(plain)] = ""
    refused_because: Annotated[str, Field(max_length=2_000), AfterValidator(plain)] = ""

    @model_validator(mode="after")
    def _is_whole(self) -> CallAnswer:
        if self.answer != NOT_COMING and not self.who:
            raise ValueError("who says who comes")
        if self.known == "known" and not (self.knows and self.purpose):
            raise ValueError("knows says what is known, purpose what it is shared for")
        if self.known == "refused" and not self.refused_because:
            raise ValueError("refused_because gives the reason; the law asks for one")
        return self


class CallAnswered(Schema):
    """The answer stands in the record."""

    number: str
    answer: str


class DoneIn(Strict):
    """That your agency has done what was agreed, with a word about it."""

    sender_id: SenderId = Field(description="an id of your own, unique in your agency: it is written once")
    note: Annotated[str, Field(max_length=2_000), AfterValidator(plain)] = ""


class IsDone(Schema):
    """It stands in the record as done."""

    number: str
    place: int


@router.get(
    "/strategy-calls", url_name="strategy-calls", response={200: CallLines, **WRONG_ASKED},
    operation_id="strategy_calls", summary="To which strategy discussions you are called",
)  # fmt: skip
def listed(request: HttpRequest, waiting: bool = True) -> CallLines:
    """Up to a hundred that your agency has not answered and that are not held; with waiting=false every one."""
    rows = queries.calls_to(actor_in(request))
    if waiting:
        rows = rows.filter(answered__isnull=True, held__isnull=True)
    found: dict[int, Called] = {}
    for row in rows[: (A_PAGE + 1) * MOST_CHILDREN]:
        found.setdefault(row.number, row)
    shown = list(found.values())[:A_PAGE]
    meets = dict(Strategy.objects.filter(id__in=[r.strategy for r in shown]).values_list("id", "meets"))
    return CallLines(
        calls=[CallLine(**_line(row, meets.get(row.strategy))) for row in shown], more=len(found) > A_PAGE
    )


@router.get(
    "/strategy-calls/{number}", url_name="strategy-call", response={200: CallWhole, **WRONG_ASKED},
    operation_id="strategy_call", summary="One strategy discussion to which you are called",
)  # fmt: skip
def one(request: HttpRequest, number: str) -> CallWhole:
    """What you were sent, and after it was held your part of the minutes. That it was fetched is recorded."""
    actor = actor_in(request)
    rows = desk.own(actor, number)
    said = asked_page(actor, rows)
    if said.call is None:
        raise Http404
    opened(request, sorted(said.files), "api strategy call")
    return CallWhole(
        **_line(rows[0], said.call.meets), where=said.call.where, sent=said.call.sent, because=said.because,
        basis=said.call.basis, purpose=said.call.purpose, family_told=said.call.family_told, others=said.others,
        given=said.given.partners_told if said.given else "", actions=[_agreed(each) for each in said.actions],
    )  # fmt: skip


@router.post(
    "/strategy-calls/{number}/answer", url_name="strategy-answer",
    response={201: CallAnswered, 200: CallAnswered, **WRONG_SENT}, operation_id="answer_strategy_call",
    summary="Say who comes, and what you know",
)  # fmt: skip
def answer(request: HttpRequest, number: str, sent: CallAnswer) -> Any:
    """Answer a call, for all its children; once for each sender_id. Another answer is kept beside the first."""
    actor = actor_in(request)
    rows = desk.own(actor, number)
    return answered_once(
        request, f"strategy {rows[0].number}", sent.sender_id, lambda: _answer(rows, sent, actor)
    )


def _answer(rows: list[Called], sent: CallAnswer, actor: Actor) -> dict[str, Any]:
    knows = sent.knows or ("Nothing is known here." if sent.known == "nothing" else "")
    said = StrategyAnswered(
        strategy=0, agency=0, answer=sent.answer, who="" if sent.answer == NOT_COMING else sent.who, known=sent.known,
        knows=knows, basis=sent.basis if knows else "", refused_because=sent.refused_because,
        purpose=(sent.purpose or "To decide together") if knows else "",
    )  # fmt: skip
    actions.answer_call(rows=rows, answer=said, by=actor)
    return {"number": str(rows[0].number), "answer": sent.answer}


@router.post(
    "/strategy-calls/{number}/actions/{place}/done", url_name="strategy-done",
    response={201: IsDone, 200: IsDone, **WRONG_SENT}, operation_id="strategy_action_done",
    summary="Say that what was agreed is done",
)  # fmt: skip
def done(request: HttpRequest, number: str, place: int, sent: DoneIn) -> Any:
    """Say that your agency has done one of its own actions, once."""
    actor = actor_in(request)
    own = desk.own(actor, number)[0].number
    rows = list(scope(actor, Action).filter(number=own, place=max(0, min(place, 99))))
    if not rows:
        raise Http404

    def say() -> dict[str, Any]:
        waiting = [row for row in rows if row.done is None]
        actions.say_done(rows=waiting or rows, by=actor, note=sent.note)
        return {"number": str(own), "place": place}

    return answered_once(request, f"strategy {own} {place}", sent.sender_id, say)


def _agreed(each: OwnAction) -> Agreed:
    return Agreed(place=each.row.place, what=each.what, who=each.who, due=each.row.due, done=each.row.done)


def _line(row: Called, meets: datetime | None) -> dict[str, Any]:
    number = str(row.number)
    return {
        "number": number, "called": row.called, "meets": meets, "due": row.due, "answered": row.answered,
        "answer": row.answer, "held": row.held, "was_there": row.was_there if row.held else None,
        "call": reverse("api:strategy-call", args=[number]),
    }  # fmt: skip
