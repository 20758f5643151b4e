"""Concerns by the API: take one in once, with what is attached, and say where it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Query, Status

from rightplace.common.web.steady import same_time_for_all
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import record_reading
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import require, scope
from rightplace.foundation.journal.models import Inbound
from rightplace.foundation.organisation import clock
from rightplace.gateways.api import queueing
from rightplace.gateways.api.gate import canonical_in, token_in
from rightplace.gateways.api.intake import LARGEST_FILE, keep_attachment, take_in
from rightplace.gateways.api.mounting import Needs, mount
from rightplace.gateways.api.once import OTHER_BODY, OtherBody, once
from rightplace.gateways.api.schema import (
    WRONG_ASKED,
    WRONG_SENT,
    AttachmentIn,
    AttachmentKept,
    ContactIn,
    ContactState,
    InTurn,
    Outcome,
    Taken,
    Wrong,
)
from rightplace.services.frontdoor import following
from rightplace.services.frontdoor.intake import Receipt, SameIdAnotherBody
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.telling import hear_by

IN_TURN = "Kept, and taken in as soon as it is its turn, within a minute. Send it again for its receipt."

router = mount(
    "contacts",
    {
        "contacts": Needs("contact.raise", post="contacts:write"),
        "attachments": Needs("contact.raise", post="contacts:write", largest=LARGEST_FILE),
        "contact-sent": Needs("follow.own_contact", get="contacts:read"),
        "contact": Needs("follow.own_contact", get="contacts:read"),
    },
)


@router.post(
    "/contacts", url_name="contacts", response={201: Taken, 200: Taken, 202: InTurn, **WRONG_SENT},
    operation_id="tell", summary="Tell of a concern",
)  # fmt: skip
def tell(request: HttpRequest, sent: ContactIn) -> Any:
    """Take a concern in. Sent again with the same sender_id and content it is the same receipt.

    A concern is never refused for being one of many: above an agency's rate it is kept, answered with 202, and taken
    in within a minute. One with danger_now “yes” does not wait.
    """
    actor, body = actor_in(request), canonical_in(request)
    require(actor, "contact.raise")
    too_many = getattr(request, "seconds_over", 0) and sent.danger_now != "yes"
    try:
        if too_many and (row := queueing.queue(token_in(request), sent.sender_id, body)) is not None:
            return Status(202, InTurn(sender_id=sent.sender_id, came=row.came, said=IN_TURN))
        with same_time_for_all():
            receipt, fresh = take_in(sent, body, actor)
    except (SameIdAnotherBody, OtherBody):
        return Status(409, Wrong(said=OTHER_BODY))
    return Status(201 if fresh else 200, _taken(request, receipt))


@router.post(
    "/attachments", url_name="attachments", response={201: AttachmentKept, 200: AttachmentKept, **WRONG_SENT},
    operation_id="attach", summary="Send a file that a concern will name",
)  # fmt: skip
def attach(request: HttpRequest, sent: AttachmentIn) -> Any:
    """Keep a file for a day: PDF, JPEG, PNG, HEIC, DOCX or plain text, up to eight megabytes, base64.

    Name its number in `attachments` of the concern. What hides something is refused with the reason; pictures are
    made anew, without what the camera wrote into them.
    """
    actor = actor_in(request)
    try:
        code, answer = once(
            agency=actor.agency, what="attachment", sender_id=sent.sender_id, body=canonical_in(request),
            do=lambda: keep_attachment(sent, actor),
        )  # fmt: skip
    except OtherBody:
        return Status(409, Wrong(said=OTHER_BODY))
    return Status(code, answer)


def _taken(request: HttpRequest, receipt: Receipt) -> Taken:
    where = reverse("api:contact", args=[receipt.number])
    return Taken(
        receipt=receipt.number, received=receipt.received, team=receipt.team.name, team_phone=receipt.team.phone,
        hear_by=hear_by(receipt.concern), state=request.build_absolute_uri(where),
    )  # fmt: skip


@router.get(
    "/contacts/sent", url_name="contact-sent", response={200: ContactState, 202: InTurn, **WRONG_ASKED},
    operation_id="find_sent", summary="Where a concern stands, by your own id for it",
)  # fmt: skip
def find_sent(request: HttpRequest, sender_id: Annotated[str, Query(max_length=200)]) -> Any:
    """Where the concern stands that you sent under this id, whether or not its answer ever reached you."""
    actor = actor_in(request)
    plain = sender_id if sender_id.isprintable() else ""
    if (row := queueing.waiting(actor.agency, plain)) is not None:
        return Status(202, InTurn(sender_id=plain, came=row.came, said=IN_TURN))
    came = Inbound.objects.filter(agency=actor.agency, sender_id=plain).first()
    return _followed(request, actor, came.receipt if came else "")


@router.get(
    "/contacts/{receipt}", url_name="contact", response={200: ContactState, **WRONG_ASKED},
    operation_id="follow", summary="Where a concern stands",
)  # fmt: skip
def follow(request: HttpRequest, receipt: str) -> Any:
    """Where a concern of your agency stands. Another's receipt is answered like one that was never given."""
    plain = receipt if receipt.isascii() and receipt.isprintable() else ""
    return _followed(request, actor_in(request), plain[:40])


def _followed(request: HttpRequest, actor: Actor, receipt: str) -> ContactState:
    contact = scope(actor, Contact).filter(receipt=receipt).first()
    if contact is None:
        raise Http404
    require(actor, "follow.own_contact", contact)
    now = clock.now()
    told = following.follow(actor, contact, now)
    record_reading(actor, [contact.concern], "api own concern", request_id=getattr(request, "request_id", ""))
    return state_of(contact, told, hear_by(contact.concern))


def state_of(contact: Contact, told: following.Follow, by: datetime | None) -> ContactState:
    """Where a concern stands, in the words of the pages."""
    unread = None
    if contact.read is None and contact.decided is None:
        unread = next((step.sentence for step in told.steps if step.tag.word == "not yet opened"), None)
    outcome = None
    if told.told is not None and contact.told is not None:
        outcome = Outcome(
            outcome=told.told.outcome, text=told.told.text, next_steps=told.told.next_steps, to_do=told.told.to_do,
            told=contact.told,
        )  # fmt: skip
    return ContactState(
        receipt=contact.receipt, received=contact.received, read=contact.read, not_yet_opened=unread, hear_by=by,
        outcome=outcome,
    )  # fmt: skip
