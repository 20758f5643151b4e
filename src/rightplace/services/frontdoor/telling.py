"""Sending what was typed: the concern, what is attached and the end of the draft in one transaction, once."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from rightplace.common.documents import attachments
from rightplace.common.questions import drafts
from rightplace.common.questions.models import Draft
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.projections import Timescale
from rightplace.foundation.journal.sealing import derived
from rightplace.services.frontdoor.intake import ALPHABET, Receipt, Told, raise_concern

TELL_RULES = ("REF-1", "REF-1-PUBLIC")
"""By when it must be decided what a contact needs and, for a professional, told."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a draft became: the concern and its number."""

    concern: int
    number: str


@transaction.atomic
def send(draft: Draft, tell: Callable[[list[int]], Told], by: Actor) -> Sent:
    """Sign what was typed. Sending a draft again, by a second tap, gives the same receipt and writes nothing."""
    kept = Draft.objects.select_for_update().get(pk=draft.pk)
    if kept.sent is not None:
        found = sent_as(kept)
        assert found is not None, "a draft that was sent keeps its receipt"
        return found
    numbers = list(kept.attachments.order_by("added", "id").values_list("id", flat=True))
    receipt: Receipt = raise_concern(tell(numbers), by=by)
    attachments.move_to_file(kept, receipt.concern)
    drafts.finish(kept, {"number": [receipt.number], "concern": [str(receipt.concern)]})
    return Sent(receipt.concern, receipt.number)


def sent_as(draft: Draft) -> Sent | None:
    """What a draft became, as long as it is kept."""
    if draft.sent is None:
        return None
    kept = drafts.typed_of(draft)
    return Sent(int(kept["concern"][0]), kept["number"][0])


def hear_by(concern: int) -> datetime | None:
    """When the sender will hear, by the clock that the journal runs for it."""
    rows = Timescale.objects.filter(person=concern, rule__in=TELL_RULES, due__isnull=False)
    return rows.order_by("due").values_list("due", flat=True).first()


def follow_word(number: str) -> str:
    """The word that opens, together with a receipt's number, whether it was received and read. Kept nowhere."""
    digest = hmac.digest(derived("rightplace follow word"), number.encode(), "sha256")
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:8])
    return f"{letters[:4]}-{letters[4:]}"


def is_follow_word(number: str, typed: str) -> bool:
    """Whether this word belongs to that number. The same work for a number that nobody was given."""
    wanted = base64.b32encode(follow_word(number).encode())
    return hmac.compare_digest(wanted, base64.b32encode(plain_code(typed).encode()))


def plain_code(typed: str) -> str:
    """A number or word as it was given out, however it was typed."""
    letters = "".join(letter for letter in typed.upper()[:40] if letter.isascii() and letter.isalnum())
    return f"{letters[:4]}-{letters[4:8]}" if len(letters) == 8 else letters
