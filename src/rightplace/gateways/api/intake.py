"""From a concern as an agency's system sent it to the front door: what is signed, and what is attached to it."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from rightplace.common.documents import attachments
from rightplace.common.documents.models import Attachment
from rightplace.common.documents.refusing import NotTaken
from rightplace.common.questions import drafts
from rightplace.domain.practice.entries.contact import ContactReceived
from rightplace.domain.practice.entries.identity import AddressRecorded, Identifier, IdentityRecorded
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal.models import Inbound
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.actions import located
from rightplace.gateways.api.models import Queued
from rightplace.gateways.api.once import OtherBody, lock_id
from rightplace.gateways.api.schema import AttachmentIn, Child, ContactIn, Where
from rightplace.services.frontdoor.intake import ChildTold, Receipt, Told, receive_from_agency
from rightplace.services.frontdoor.told import child_words, source_of

SOURCE = "api"
FORM = "concern-professional"
LARGEST_FILE = 11 * 1024 * 1024
"""Base64 of eight megabytes, and room for what stands around it."""
WAITS = timedelta(hours=24)
"""How long an attachment waits for the concern that names it."""


@transaction.atomic
def take_in(sent: ContactIn, body: bytes, by: Actor) -> tuple[Receipt, bool]:
    """Take a concern in once, with what is attached. Returns the receipt and whether it was new."""
    lock_id(by.agency, sent.sender_id)
    digest = hashlib.sha256(body).digest()
    queued = Queued.objects.filter(agency_id=by.agency, sender_id=sent.sender_id)
    if queued.exclude(body_digest=digest).exists():
        raise OtherBody
    came_before = Inbound.objects.filter(agency=by.agency, sender_id=sent.sender_id).exists()
    rows = [] if came_before else waiting_files(sent.attachments, by)
    told = told_of(sent, agency=by.agency, attached=[row.pk for row in rows])
    receipt, fresh = receive_from_agency(told, agency=by.agency, sender_id=sent.sender_id, body=body, by=by)
    keep_with(rows, receipt.concern)
    return receipt, fresh


def keep_with(rows: Sequence[Attachment], file: int) -> None:
    """Put files that waited into the journal file where they are named."""
    for draft in [row.draft for row in rows if row.draft is not None]:
        attachments.move_to_file(draft, file)
        drafts.finish(draft, {"concern": [str(file)]})


def keep_attachment(sent: AttachmentIn, by: Actor) -> dict[str, Any]:
    """Keep a file, made harmless and sealed, until a concern names it. Raises Refused for what is not taken."""
    require(by, "contact.raise")
    return keep_file(sent, by, FORM)


def keep_file(sent: AttachmentIn, by: Actor, form: str) -> dict[str, Any]:
    """Keep a file on a draft of its own, until what it belongs to names it. Raises Refused for what is not taken."""
    try:
        content = base64.b64decode(sent.content, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("The content is not base64.", "Encode the file's bytes.") from None
    draft, _ = drafts.begin(form, by=by)
    draft.expires = clock.now() + WAITS
    draft.save(update_fields=["expires"])
    try:
        row = attachments.add_to_draft(draft, SimpleUploadedFile(sent.name, content))
    except NotTaken as why_not:
        raise Refused(str(why_not), "") from None
    return {"attachment": str(row.pk), "kind": row.kind, "size": row.size, "until": draft.expires.isoformat()}


def waiting_files(numbers: list[str], by: Actor) -> list[Attachment]:
    """The agency's own attachments of these numbers, none of which hangs on a concern yet."""
    rows = Attachment.objects.filter(
        pk__in=[int(number) for number in numbers if int(number) < 2**63],
        draft__worker=by.worker,
        draft__expires__gt=clock.now(),
    )
    found = {str(row.pk): row for row in rows.select_related("draft").defer("sealed")}
    if set(numbers) - set(found):
        raise Refused(
            "An attachment that is named here does not wait for this.",
            "Send the file again, and name the number that you are given.",
        )
    return [found[number] for number in numbers]


def told_of(sent: ContactIn, *, agency: int, attached: list[int]) -> Told:
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
    return Told(children=children, contact=contact, attachments=attached)


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
