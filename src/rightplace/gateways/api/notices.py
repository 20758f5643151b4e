"""Joint triages by the API: what one's agency is asked to look at with others, and what it says at the table."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Schema
from pydantic import AfterValidator, Field, model_validator

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.gateways.api.asked import Desk, a_page, answered_once, opened
from rightplace.gateways.api.mounting import Needs, mount
from rightplace.gateways.api.schema import WRONG_ASKED, WRONG_SENT, Name, SenderId, Strict, plain
from rightplace.services.frontdoor import triage
from rightplace.services.frontdoor.presenters.triage import triage_page
from rightplace.services.frontdoor.projected_triage import Triage

router = mount(
    "notices",
    {
        "notices": Needs("notice.triage", get="notices:read"),
        "notice": Needs("notice.triage", get="notices:read"),
        "notice-say": Needs("notice.triage", post="notices:answer"),
    },
)
desk = Desk(Triage, "id", "notice.triage")


class NoticeLine(Schema):
    """One joint triage in the list: nothing of whom it is about."""

    number: str
    grade: str
    opened: datetime
    due: datetime | None
    spoken: bool
    decided: datetime | None
    level: str
    notice: str


class NoticeLines(Schema):
    """Joint triages at which your agency sits, the next due first."""

    notices: list[NoticeLine]
    more: bool


class AtTheTable(Schema):
    """What one agency said. Why another will not say is not told."""

    agency: str
    known: str
    told: str
    level: str


class NoticeWhole(NoticeLine):
    """One joint triage with what each was sent and what each said."""

    sent: str
    basis: str
    purpose: str
    family_told: str
    table: list[AtTheTable]


class SayIn(Strict):
    """What your agency knows, and which level of need it sees. Everybody at the table reads it."""

    sender_id: SenderId = Field(description="an id of your own, unique in your agency: it is written once")
    known: Literal["known", "nothing", "refused"]
    told: Annotated[str, Field(max_length=10_000), AfterValidator(plain)] = ""
    level: Literal["", "universal", "universal plus", "additional", "complex/significant"] = ""
    refused_because: Annotated[str, Field(max_length=2_000), AfterValidator(plain)] = ""
    told_by: Name = Field(description="name and role of who says it")

    @model_validator(mode="after")
    def _says_what(self) -> SayIn:
        if not self.told_by:
            raise ValueError("told_by says who says it")
        if self.known == "known" and not self.told:
            raise ValueError("told says what is known")
        if self.known == "refused" and not self.refused_because:
            raise ValueError("refused_because gives the reason; the law asks for one")
        return self


class Said(Schema):
    """It stands in the record."""

    number: str
    spoken: bool


@router.get(
    "/notices", url_name="notices", response={200: NoticeLines, **WRONG_ASKED}, operation_id="notices",
    summary="At which joint triages you sit",
)  # fmt: skip
def listed(request: HttpRequest, waiting: bool = True) -> NoticeLines:
    """Up to a hundred that are not decided, the next due first; with waiting=false those that are, the newest first."""
    actor = actor_in(request)
    rows = desk.rows(actor).filter(decided__isnull=waiting)
    found, more = a_page(rows.order_by("tell_by", "id") if waiting else rows.order_by("-decided", "-id"))
    return NoticeLines(notices=[NoticeLine(**_line(row, actor)) for row in found], more=more)


@router.get(
    "/notices/{number}", url_name="notice", response={200: NoticeWhole, **WRONG_ASKED}, operation_id="notice",
    summary="One joint triage",
)  # fmt: skip
def one(request: HttpRequest, number: str) -> NoticeWhole:
    """What was sent, and what each at the table has said. That it was fetched is recorded."""
    actor = actor_in(request)
    row = desk.one(actor, number)
    said = triage_page(actor, row)
    if said.sent is None:
        raise Http404
    opened(request, [row.concern], "api notice")
    return NoticeWhole(
        **_line(row, actor), sent=said.sent.sent, basis=said.sent.basis, purpose=said.sent.purpose,
        family_told=said.sent.family_told,
        table=[AtTheTable(agency=v.agency, known=v.known, told=v.told, level=v.level) for v in said.views],
    )  # fmt: skip


@router.post(
    "/notices/{number}/say", url_name="notice-say", response={201: Said, 200: Said, **WRONG_SENT},
    operation_id="say_at_notice", summary="Say what you know at a joint triage",
)  # fmt: skip
def say(request: HttpRequest, number: str, sent: SayIn) -> Any:
    """Say what your agency knows and which level it sees, once for each sender_id."""
    actor = actor_in(request)
    row = desk.one(actor, number)
    return answered_once(request, f"notice {row.id}", sent.sender_id, lambda: _say(row, sent, actor))


def _say(row: Triage, sent: SayIn, actor: Actor) -> dict[str, Any]:
    triage.tell_triage(
        triage=row, known=sent.known, told=sent.told, level=sent.level, refused_because=sent.refused_because,
        told_by=sent.told_by, by=actor,
    )  # fmt: skip
    return {"number": str(row.id), "spoken": True}


def _line(row: Triage, actor: Actor) -> dict[str, Any]:
    number = str(row.id)
    return {
        "number": number, "grade": row.grade, "opened": row.opened, "due": row.tell_by, "decided": row.decided,
        "spoken": actor.agency in row.heard, "level": row.level, "notice": reverse("api:notice", args=[number]),
    }  # fmt: skip
