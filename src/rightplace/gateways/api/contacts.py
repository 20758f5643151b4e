"""Concerns by the API: take one in once, and say where it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Status

from rightplace.domain.practice.entries.contact import ContactReceived
from rightplace.domain.practice.entries.identity import AddressRecorded, Identifier, IdentityRecorded
from rightplace.foundation.access.audit import record_reading
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.actions import located
from rightplace.gateways.api.gate import canonical_in
from rightplace.gateways.api.mounting import Needs, mount
from rightplace.gateways.api.schema import (
    WRONG_ASKED,
    WRONG_SENT,
    Child,
    ContactIn,
    ContactState,
    Outcome,
    Taken,
    Where,
    Wrong,
)
from rightplace.services.frontdoor import following
from rightplace.services.frontdoor.intake import (
    ChildTold,
    Receipt,
    SameIdAnotherBody,
    Told,
    receive_from_agency,
)
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.steady import same_time_for_all
from rightplace.services.frontdoor.telling import hear_by
from rightplace.services.frontdoor.told import child_words, source_of

SOURCE = "api"
OTHER_BODY = (
    "This sender_id came before with other content. Nothing was written: send a correction under a new id."
)

router = mount(
    "contacts",
    {
        "contacts": Needs("contact.raise", post="contacts:write"),
        "contact": Needs("follow.own_contact", get="contacts:read"),
    },
)


@router.post(
    "/contacts", url_name="contacts", response={201: Taken, 200: Taken, **WRONG_SENT}, operation_id="tell",
    summary="Tell of a concern",
)  # fmt: skip
def tell(request: HttpRequest, sent: ContactIn) -> Any:
    """Take a concern in. Sent again with the same sender_id and content it is the same receipt."""
    actor = actor_in(request)
    require(actor, "contact.raise")
    try:
        with same_time_for_all():
            receipt, fresh = receive_from_agency(
                told_of(sent, agency=actor.agency), agency=actor.agency, sender_id=sent.sender_id,
                body=canonical_in(request), by=actor,
            )  # fmt: skip
    except SameIdAnotherBody:
        return Status(409, Wrong(said=OTHER_BODY))
    return Status(201 if fresh else 200, _taken(request, receipt))


def _taken(request: HttpRequest, receipt: Receipt) -> Taken:
    where = reverse("api:contact", args=[receipt.number])
    return Taken(
        receipt=receipt.number, received=receipt.received, team=receipt.team.name, team_phone=receipt.team.phone,
        hear_by=hear_by(receipt.concern), state=request.build_absolute_uri(where),
    )  # fmt: skip


@router.get(
    "/contacts/{receipt}", url_name="contact", response={200: ContactState, **WRONG_ASKED},
    operation_id="follow", summary="Where a concern stands",
)  # fmt: skip
def follow(request: HttpRequest, receipt: str) -> Any:
    """Where a concern of your agency stands. Another's receipt is answered like one that was never given."""
    actor = actor_in(request)
    plain = receipt if receipt.isascii() and receipt.isprintable() else ""
    contact = scope(actor, Contact).filter(receipt=plain[:40]).first()
    if contact is None:
        raise Http404
    require(actor, "follow.own_contact", contact)
    now = clock.now()
    told = following.follow(actor, contact, now)
    record_reading(actor, [contact.concern], "api own concern", request_id=getattr(request, "request_id", ""))
    return _state(contact, told, hear_by(contact.concern))


def _state(contact: Contact, told: following.Follow, by: datetime | None) -> ContactState:
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


def told_of(sent: ContactIn, *, agency: int) -> Told:
    """What was sent, as it is signed."""
    lines = "; ".join(_words(child) for child in sent.children)
    contact = ContactReceived(
        team=0, source=source_of(agency), channel=SOURCE, agency=agency, saw=sent.saw, wants=sent.wants,
        referrer_name=sent.referrer.name, referrer_role=sent.referrer.role, referrer_phone=sent.referrer.phone,
        referrer_email=sent.referrer.email, family_told=sent.family_told,
        family_told_reason=sent.family_told_reason, lawful_basis=sent.lawful_basis, danger_now=sent.danger_now,
        answers={"children as told": lines, "their number for it": sent.sender_id},
    )  # fmt: skip
    home = _located(sent.address)
    children = [
        ChildTold(identity=_identity(child), address=_located(child.address) or home, relation=child.relation)
        for child in sent.children
    ]
    return Told(children=children, contact=contact)


def _located(where: Where | None) -> AddressRecorded | None:
    return located(where.line, where.postcode, SOURCE) if where and (where.line or where.postcode) else None


def _words(child: Child) -> str:
    told = {"given": child.given, "family": child.family, "described": child.described, "born": child.born,
            "sex": "not born yet" if child.expected else "", "born_age": child.age_about}  # fmt: skip
    return child_words(told)


def _identity(child: Child) -> IdentityRecorded:
    return IdentityRecorded(
        given=child.given, family=child.family, also_known_as=tuple(child.also_known_as), born=child.born,
        expected=child.expected, age_about=None if child.born or child.expected else child.age_about, sex=child.sex,
        identifiers=tuple(Identifier(kind=i.kind, number=i.number, issuer=i.issuer) for i in child.identifiers),
        provisional=not (child.given or child.family), described=child.described, source=SOURCE,
    )  # fmt: skip
