"""Beginning, saving, finding and ending a draft. Only its owner ever finds it; it expires by itself."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

import msgspec
from django.db import transaction

from rightplace.common.questions.asking import Typed, field_names
from rightplace.common.questions.models import Draft
from rightplace.common.questions.sets import question_set
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, scope
from rightplace.foundation.journal.sealing import FileSeal
from rightplace.foundation.organisation import clock

FOR_THE_PUBLIC = timedelta(hours=24)
FOR_WORKERS = timedelta(days=30)
MOST_WORDS = 200_000
"""Characters in one draft: far more than anybody types, and little enough to keep."""

TYPED = msgspec.json.Decoder(dict[str, list[str]])


class DraftTooLong(ValueError):
    """More was typed than a draft keeps. What was saved before stays."""


def begin(set_id: str, *, by: Actor | None = None, typed: Typed | None = None) -> tuple[Draft, str]:
    """Begin a draft for a worker, or for a visitor. Returns it and the visitor's token, which is kept nowhere else."""
    now = clock.now()
    asked = question_set(set_id)
    token = "" if by else secrets.token_urlsafe(32)
    draft = Draft(
        worker=by.worker if by else 0,
        token=_digest(token) if token else b"",
        question_set=asked.id,
        version=asked.version,
        begun=now,
        saved=now,
        expires=now + (FOR_WORKERS if by else FOR_THE_PUBLIC),
    )
    draft.sealed = _seal(draft, {name: list(values) for name, values in (typed or {}).items()})
    draft.save(force_insert=True)
    return draft, token


def of_worker(by: Actor, id: UUID, *, set_id: str = "") -> Draft:  # noqa: A002
    """A worker's own draft. Raises NotAllowed for whatever is not theirs, has expired or is not there."""
    found = scope(by, Draft).filter(pk=id, expires__gt=clock.now())
    if set_id:
        found = found.filter(question_set=set_id)
    draft = found.first()
    if draft is None:
        raise NotAllowed
    return draft


def unsent(by: Actor, set_id: str) -> list[Draft]:
    """A worker's drafts that are not sent, the last touched first."""
    found = scope(by, Draft).filter(question_set=set_id, sent__isnull=True, expires__gt=clock.now())
    return list(found.order_by("-saved"))


def of_visitor(token: str, set_id: str) -> Draft | None:
    """The visitor's draft that this token opens."""
    if not token or len(token) > 100:
        return None
    found = Draft.objects.filter(worker=0, token=_digest(token), question_set=set_id, expires__gt=clock.now())
    return found.first()


def belongs_to(draft: Draft, *, by: Actor | None, token: str) -> bool:
    """Whether a draft is this worker's, or opens with this visitor's token."""
    if draft.worker:
        return by is not None and by.worker == draft.worker
    return bool(token) and hmac.compare_digest(bytes(draft.token), _digest(token))


def typed_of(draft: Draft) -> dict[str, list[str]]:
    """What was typed so far, by field name."""
    if not draft.sealed:
        return {}
    return TYPED.decode(_seal_of(draft).open(*_PLACE, bytes(draft.sealed)))


@transaction.atomic
def save_typed(draft: Draft, posted: Mapping[str, Sequence[str]], *, only: Sequence[str] = ()) -> Draft:
    """Take over the fields that were posted. A box of a page in `only` that is not posted was unticked."""
    kept = Draft.objects.select_for_update().get(pk=draft.pk)
    if kept.sent is not None:
        return kept
    asked = question_set(kept.question_set)
    questions = [q for q in asked.question if not only or q.key in only]
    known = field_names(asked.question)
    typed = typed_of(kept)
    for name in field_names(questions) if only else ():
        if name not in posted and typed.get(name) == ["on"]:
            typed.pop(name)
    typed |= {name: list(values) for name, values in posted.items() if name in known}
    if sum(len(value) for values in typed.values() for value in values) > MOST_WORDS:
        raise DraftTooLong
    kept.sealed = _seal(kept, typed)
    kept.saved = clock.now()
    kept.save(update_fields=["sealed", "saved"])
    return kept


@transaction.atomic
def replace_typed(draft: Draft, typed: Typed) -> Draft:
    """Put other words in place of all that was typed: an example, or a child taken out."""
    kept = Draft.objects.select_for_update().get(pk=draft.pk)
    kept.sealed = _seal(kept, {name: list(values) for name, values in typed.items()})
    kept.saved = clock.now()
    kept.save(update_fields=["sealed", "saved"])
    return kept


def finish(draft: Draft, kept: Typed) -> None:
    """The draft was signed: forget what was typed, keep what its receipt needs until it expires."""
    draft.sealed = _seal(draft, {name: list(values) for name, values in kept.items()})
    draft.sent = clock.now()
    draft.save(update_fields=["sealed", "sent"])


def discard(draft: Draft) -> None:
    """Throw a draft away."""
    draft.delete()


def purge() -> int:
    """Throw away every draft whose time is over, with what was attached to it. Returns how many."""
    expired = Draft.objects.filter(expires__lte=clock.now())
    count = expired.count()
    expired.delete()
    return count


_PLACE = (0, 0)


def _seal_of(draft: Draft) -> FileSeal:
    return FileSeal(b"draft " + draft.pk.bytes)


def _seal(draft: Draft, typed: dict[str, list[str]]) -> bytes:
    return _seal_of(draft).seal(*_PLACE, msgspec.json.encode(typed, order="sorted"))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
