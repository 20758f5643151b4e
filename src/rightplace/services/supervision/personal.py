"""The personal part: the only module that reads or writes it.

Each opening is recorded, in the read audit and where the worker sees it, before a word is unsealed. Row security
stands behind: without `reading_as` one of those whom the rows name, the database has no rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import record_reading
from rightplace.foundation.access.rls import reading_as
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.supervision import sealing
from rightplace.services.supervision.models import Draft, Opened, Session, Word
from rightplace.services.supervision.policy import reads_by_right, released_to

SUPERVISORS: Final = (Word.Kind.WELLBEING, Word.Kind.FEELINGS, Word.Kind.DEVELOPMENT, Word.Kind.AGREED)
"""What the supervisor writes of a session."""
OF_A_DRAFT: Final = frozenset({Word.Kind.POINTS.value, *(kind.value for kind in SUPERVISORS)})


@dataclass(frozen=True)
class Said:
    """Something that was said, opened: by whom, when, and what corrects it."""

    number: int
    kind: Word.Kind
    words: str
    author: int
    author_name: str
    at: datetime
    corrects: int | None


def opened(actor: Actor, session: Session, *, request_id: str = "") -> list[Said]:
    """What was said, for somebody who may read it. Raises NotAllowed; records the opening before a word is unsealed."""
    release = None
    if not reads_by_right(actor, session):
        release = released_to(actor, session)
        if release is None:
            raise NotAllowed
    record_reading(
        actor,
        [],
        "supervision:personal",
        found=1,
        purpose="release" if release else "",
        request_id=request_id,
    )
    Opened.objects.create(
        session=session, reader_id=actor.worker, role=actor.role, at=clock.now(), release=release
    )
    with reading_as(actor):
        rows = list(Word.objects.filter(session=session).select_related("recorded_by").order_by("id"))
    return [
        Said(
            number=row.pk,
            kind=Word.Kind(row.kind),
            words=sealing.opened(session.salt, session.pk, sealing.WORDS, row.sealed),
            author=row.recorded_by_id,
            author_name=row.recorded_by.name,
            at=row.recorded_at,
            corrects=row.corrects_id,
        )
        for row in rows
    ]


def add(
    actor: Actor, session: Session, kind: Word.Kind, words: str, corrects: Word | None = None
) -> Word | None:
    """Seal something that one of the two says; nothing for no words. Only a person of the session writes."""
    if actor.worker not in (session.supervisor_id, session.supervisee_id):
        raise NotAllowed
    if not words.strip():
        return None
    sealed = sealing.sealed(session.salt, session.pk, sealing.WORDS, words.strip())
    with reading_as(actor):
        return Word.objects.create(
            session=session,
            kind=kind,
            sealed=sealed,
            corrects=corrects,
            supervisor=session.supervisor_id,
            supervisee=session.supervisee_id,
            over=session.over_id or 0,
            **recorded(actor),
        )


def word_of(actor: Actor, session: Session, number: int) -> Word:
    """Something that was said in this session, to be corrected. Raises NotAllowed where it is not there to read."""
    with reading_as(actor):
        found = Word.objects.filter(session=session, pk=number).first()
    if found is None:
        raise NotAllowed
    return found


# what is still being written ------------------------------------------------------------------------------------------


def draft_of(actor: Actor, session: Session) -> dict[str, str]:
    """What the actor is still writing about this session; nobody else reads it."""
    with reading_as(actor):
        row = Draft.objects.filter(session=session, author=actor.worker).first()
    return sealing.opened_draft(session.salt, session.pk, row.sealed) if row else {}


def drafted_at(actor: Actor, session: Session) -> datetime | None:
    """When the actor's draft was kept last."""
    with reading_as(actor):
        return (
            Draft.objects.filter(session=session, author=actor.worker)
            .values_list("changed_at", flat=True)
            .first()
        )


@transaction.atomic
def keep_draft(actor: Actor, session: Session, fields: Mapping[str, str]) -> None:
    """Keep what the actor is writing; written over as often as the actor likes, until it is signed."""
    if actor.worker not in (session.supervisor_id, session.supervisee_id):
        raise NotAllowed
    kept = {name: words for name, words in fields.items() if name in OF_A_DRAFT and words.strip()}
    sealed = sealing.sealed_draft(session.salt, session.pk, kept)
    with reading_as(actor):
        changed = Draft.objects.filter(session=session, author=actor.worker).update(
            sealed=sealed, changed_at=clock.now()
        )
        if not changed:
            Draft.objects.create(session=session, author=actor.worker, sealed=sealed, changed_at=clock.now())


def throw_draft_away(actor: Actor, session: Session) -> None:
    """What was signed is no longer a draft."""
    with reading_as(actor):
        Draft.objects.filter(session=session, author=actor.worker).delete()


def sign(actor: Actor, session: Session, fields: Mapping[str, str], kinds: Iterable[Word.Kind]) -> None:
    """Seal each field that was written as one of these kinds, and throw the draft away."""
    written = False
    for kind in kinds:
        written |= add(actor, session, kind, fields.get(kind.value, "")) is not None
    if not written:
        raise Refused("Nothing is written yet.", "Write a few words first.")
    throw_draft_away(actor, session)
