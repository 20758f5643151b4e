"""Files that wait for an answer to a check: taken in at once and made harmless, part of the record when it is sent.

They hang on a draft of the colleague's own, so that no refusal and no second look loses one.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from rightplace.common.documents import attachments
from rightplace.common.documents.attachments import Attached
from rightplace.common.documents.refusing import NotTaken
from rightplace.common.questions import drafts, keyed
from rightplace.common.questions.models import Draft
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.writing import Written
from rightplace.services.frontdoor import actions
from rightplace.services.frontdoor.answering import shortened
from rightplace.services.frontdoor.projections import Check

SET = "check-answer"


def draft_of(by: Actor, check: int) -> Draft | None:
    """The reader's own draft of an answer to this check, on which files wait."""
    return keyed.draft_about(by, SET, check)


def begun(by: Actor, check: int) -> Draft:
    """The same, begun where there is none."""
    return draft_of(by, check) or drafts.begin(SET, by=by, typed={keyed.ABOUT: [str(check)]})[0]


def take(by: Actor, check: int, uploads: list[UploadedFile[Any]]) -> list[str]:
    """Take what was chosen; returns a sentence for each file that is not taken."""
    problems = []
    for upload in uploads:
        try:
            attachments.add_to_draft(begun(by, check), upload)
        except NotTaken as why_not:
            problems.append(f"“{shortened(upload.name or 'This file')}”: {why_not}")
    return problems


def waiting(by: Actor, check: int) -> list[Attached]:
    """What waits to be sent with the answer."""
    draft = draft_of(by, check)
    return attachments.of_draft(draft) if draft else []


def take_out(by: Actor, check: int, number: int) -> None:
    """Take a file off again."""
    draft = draft_of(by, check)
    if draft is not None:
        attachments.remove_from_draft(draft, number)


@transaction.atomic
def answer_check(*, check: Check, by: Actor, **said: Any) -> Written:
    """Sign an answer with the files that wait for it: both, or neither."""
    draft = draft_of(by, check.id)
    numbers = list(draft.attachments.order_by("added", "id").values_list("id", flat=True)) if draft else []
    if numbers and said.get("known") != "known":
        raise Refused(
            "Files wait to be sent, and the answer says nothing.",
            "Take the files out, or choose that you know the child or the family.",
        )
    written = actions.answer_check(check=check, by=by, attachments=numbers, **said)
    if draft is not None:
        attachments.move_to_file(draft, check.concern)
        drafts.discard(draft)
    return written
