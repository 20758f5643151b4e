"""Taking a concern in: one concern, a file for each child, one receipt; committed before anybody is told.

Whether a child is known is never said here, not by text and not by timing: a likely match is only flagged for the
front door, who decide it. A child that a worker has found first is written into that child's own file.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from django.db import connection, transaction

from rightplace.domain.practice.entries import Draft, FileKind, Label
from rightplace.domain.practice.entries.contact import ContactReceived
from rightplace.domain.practice.entries.identity import (
    AddressRecorded,
    IdentityRecorded,
    RelationshipRecorded,
)
from rightplace.domain.practice.workdays import day_of, from_datetime, to_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.writing import Later, NewFile, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.people.actions import first_entries, flag_likely_matches
from rightplace.services.frontdoor.hours import receiving_team

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0, 1, I, L, O, U: a receipt is read out on the telephone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildTold:
    """One child of a concern as told. `file` only when a worker has found the child first."""

    identity: IdentityRecorded
    address: AddressRecorded | None = None
    file: int = 0
    relation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A concern as it was told: the children, what was seen, by whom."""

    children: Sequence[ChildTold]
    contact: ContactReceived
    attachments: Sequence[int] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender gets: a number that opens nothing by itself, who has it, and when they will hear."""

    number: str
    concern: int
    received: datetime
    team: Team
    hear_by: datetime | None = None


class SameIdAnotherBody(ValueError):
    """The sender used an id again for something else: a conflict, and nothing was written."""


def new_receipt() -> str:
    """A number for a receipt: eight characters that are hard to mishear, and no order in them."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


@transaction.atomic
def raise_concern(told: Told, *, by: Actor) -> Receipt:
    """Write the concern's file and each child's, and give the receipt, all in one transaction."""
    now = clock.now()
    at = from_datetime(now)
    team = receiving_team(now)
    concern, occasion, receipt = new_id(), new_id(), new_receipt()
    files = [child.file or new_id() for child in told.children]
    contact = msgspec.structs.replace(
        told.contact,
        team=team.id,
        children=tuple(files),
        receipt=receipt,
        attachments=tuple(told.attachments),
    )
    private = contact.anonymous or not contact.professional
    drafts = [
        Draft(
            file=concern,
            body=contact,
            day=day_of(at),
            at=at,
            concern=concern,
            occasion=occasion,
            label=Label.INFORMANT if private else Label.NONE,
            filekind=FileKind.CONCERN,
        )
    ]
    for file, child in zip(files, told.children, strict=True):
        drafts += _child_entries(file, child, contact, concern, occasion, at)
    drafts += _siblings(files, told.children, at, concern)
    opening = [NewFile(concern, FileKind.CONCERN)]
    opening += [NewFile(file) for file, child in zip(files, told.children, strict=True) if not child.file]
    write(
        drafts,
        by=by,
        may="contact.raise",
        opening=opening,
        then=[Later("contact.received", {"concern": concern})],
    )
    return Receipt(receipt, concern, now, team)


def _child_entries(
    file: int, child: ChildTold, contact: ContactReceived, concern: int, occasion: int, at: int
) -> list[Draft]:
    """The child's own copy names no referrer: who told is in the concern's file, behind its label."""
    drafts: list[Draft] = []
    if not child.file:
        drafts += first_entries(child.identity, child.address, file=file, at=at)
        drafts += flag_likely_matches(file, child.identity, child.address, at)
    own = msgspec.structs.replace(
        contact,
        children=(),
        referrer_name="",
        referrer_role="",
        referrer_phone="",
        referrer_email="",
        answers={},
        receipt="",
    )
    drafts.append(Draft(file=file, body=own, day=day_of(at), at=at, concern=concern, occasion=occasion))
    return drafts


def _siblings(files: Sequence[int], children: Sequence[ChildTold], at: int, concern: int) -> list[Draft]:
    """Children told of together belong together: said in each file, so that nobody has to search for a sibling."""
    drafts: list[Draft] = []
    for place, file in enumerate(files):
        for other_place, other in enumerate(files):
            if place != other_place:
                relation = children[other_place].relation or "brother or sister, as told"
                body = RelationshipRecorded(
                    relation=relation, other_file=other, same_household=True, source="contact"
                )
                drafts.append(Draft(file=file, body=body, day=day_of(at), at=at, concern=concern))
    return drafts


@transaction.atomic
def receive_from_agency(
    told: Told, *, agency: int, sender_id: str, body: bytes, by: Actor
) -> tuple[Receipt, bool]:
    """Take in what an agency's system sent, once: the same id and body is the same receipt, however often it comes.

    Returns the receipt and whether it was new. Raises SameIdAnotherBody.
    """
    digest = hashlib.sha256(body).digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [sender_id, agency])
        cursor.execute(
            "SELECT body_digest, receipt, concern, recorded FROM journal_inbound WHERE agency = %s AND sender_id = %s",
            [agency, sender_id],
        )
        row = cursor.fetchone()
    if row is not None:
        if bytes(row[0]) != digest:
            raise SameIdAnotherBody(sender_id)
        received = to_datetime(row[3])
        return Receipt(row[1], row[2], received, receiving_team(received)), False
    receipt = raise_concern(told, by=by)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_inbound (agency, sender_id, body_digest, receipt, concern, recorded) "
            "VALUES (%s, %s, %s, %s, %s, %s)",
            [agency, sender_id, digest, receipt.number, receipt.concern, from_datetime(receipt.received)],
        )
    return receipt, True
