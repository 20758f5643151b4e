"""What agencies were asked about one contact, and all that each answered, with the files that it attached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from rightplace.common.documents import attachments
from rightplace.common.documents.attachments import Attached
from rightplace.common.web import tags, words
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.contact import CheckAnswered
from rightplace.foundation.organisation.models import Agency
from rightplace.services.frontdoor.presenters.words import Words
from rightplace.services.frontdoor.projections import Check, Contact

KNOWN_WORDS = {"known": "known to them", "nothing": "nothing known", "refused": "refused"}
NOT_YOURS = "What was written here is not yours to read, or was erased."


@dataclass(frozen=True)
class AnswerSaid:
    """One answer of an agency: to its own questions, in its words, by whom and when, with what it attached."""

    beside: Sequence[tuple[str, str]]
    text: str
    who: str
    attached: Sequence[Attached]


@dataclass(frozen=True)
class CheckLine:
    """One agency that was asked: what, on which basis, what was sent, and what it answered."""

    id: int
    agency: str
    phone: str
    tag: Tag
    question: str
    sent: str
    basis: str
    href: str
    answers: Sequence[AnswerSaid] = ()
    desk: str = ""


def check_lines(found: Words, contact: Contact, now: datetime) -> list[CheckLine]:
    """Each agency asked, with its answers or with what is due."""
    of = Agency.objects.filter(pk=OuterRef("agency"))
    known = Check.objects.filter(concern=contact.concern).annotate(
        name=Subquery(of.values("name")), phone=Subquery(of.values("phone"))
    )
    rows = list(known.order_by("asked", "id"))
    said = answers_said(found, contact.concern, [row.id for row in rows])
    lines = []
    for row in rows:
        asked = found.asked.get(row.id)
        desk = "" if row.answered else ("opened at their desk" if row.read else "not opened yet")
        hidden = [AnswerSaid((), NOT_YOURS, "", ())] if row.answered is not None else []
        line = CheckLine(
            id=row.id,
            agency=row.name or "An agency",
            phone=row.phone or "",
            tag=_tag(row, now),
            question=asked.question if asked else NOT_YOURS,
            sent=asked.sent if asked else "",
            basis=asked.basis if asked else "",
            href=reverse("frontdoor:check", args=[row.id]),
            answers=said.get(row.id) or hidden,
            desk=desk,
        )
        lines.append(line)
    return lines


def _tag(row: Check, now: datetime) -> Tag:
    if row.answered is None:
        return tags.due_tag(row.due, now)
    if row.refused:
        return tags.plain("refused")
    return tags.met(KNOWN_WORDS.get(row.known, row.known or "answered"))


def answers_said(found: Words, concern: int, checks: Iterable[int]) -> Mapping[int, list[AnswerSaid]]:
    """All answers to these checks, in their order."""
    answers = {check: found.answers[check] for check in checks if check in found.answers}
    numbers = {n for each in answers.values() for _, body in each for n in body.attachments}
    kept = attachments.of_files({concern: numbers}) if numbers else {}
    return {check: [_said(entry, body, kept) for entry, body in each] for check, each in answers.items()}


def _said(entry: Entry, body: CheckAnswered, kept: Mapping[int, Attached]) -> AnswerSaid:
    when = words.when(entry.at) if entry.at is not None else words.plain_day(entry.day)
    text = body.refused_because or body.answer or ("Nothing is known." if body.known == "nothing" else "")
    return AnswerSaid(
        beside=tuple(body.answers.items()),
        text=text or ("" if body.answers else "Answered."),
        who=", ".join(part for part in (body.answered_by, when) if part),
        attached=[kept[number] for number in body.attachments if number in kept],
    )
