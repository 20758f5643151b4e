"""What the front door does with a contact, one verb each. The journal judges; a refusal says what to do instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction

from rightplace.common.disclosure.actions import PROMISE_7
from rightplace.common.questions.sets import question_set
from rightplace.domain.practice.entries import Body, Draft, FileKind
from rightplace.domain.practice.entries.contact import (
    BlindDecisionMade,
    CheckAnswered,
    ContactRead,
    ContactScreened,
    DisagreementAnswered,
    Grade,
    Level,
    ReferrerDisagreed,
    Route,
)
from rightplace.domain.practice.entries.identity import PossibleDuplicateSettled
from rightplace.domain.practice.journey.refusals import Refused, needs_reasons
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal import linking
from rightplace.foundation.journal.writing import Later, Written, write
from rightplace.foundation.organisation import clock
from rightplace.services.frontdoor.asking import ask_checks, pilot_mark
from rightplace.services.frontdoor.models import VignetteDecision
from rightplace.services.frontdoor.projections import Check, Contact
from rightplace.services.frontdoor.queries import earlier_contacts

REPEAT_WITHIN = timedelta(days=7)
"""A repeat within a week about the same child, sibling or address is raised a grade: three calls tell more than one."""
UP = {Grade.GREEN: Grade.AMBER, Grade.AMBER: Grade.RED, Grade.RED: Grade.RED}


def _draft(contact: Contact, body: Body) -> Draft:
    at = from_datetime(clock.now())
    return Draft(
        file=contact.concern, body=body, day=day_of(at), at=at, concern=contact.concern, filekind=FileKind.CONCERN,
        label=contact.label,
    )  # fmt: skip


def open_contact(*, contact: Contact, by: Actor) -> Written | None:
    """Say that a person has opened it: the sender is told, and it climbs no further. Once; later openings are audit."""
    require(by, "contact.see", contact)
    if contact.read is not None:
        return None
    body = ContactRead(contact=contact.entry)
    return write(
        [_draft(contact, body)],
        by=by,
        may="contact.see",
        then=[Later("contact.read", {"concern": contact.concern})],
    )


def repeats_of(contact: Contact) -> list[Contact]:
    """Contacts of the week before about the same child, a brother or sister, or the same address."""
    return [c for c in earlier_contacts(contact) if contact.received - c.received <= REPEAT_WITHIN]


def screen(*, contact: Contact, grade: Grade, reasons: str, by: Actor) -> Written:
    """Grade the contact. A repeat within a week is raised a grade, and says so."""
    require(by, "contact.screen", contact)
    needs_reasons(reasons)
    repeat = repeats_of(contact)
    given, because = grade, ""
    if repeat:
        given = UP[grade]
        because = f"told again within a week: {len(repeat)} before" if given != grade else ""
    body = ContactScreened(contact=contact.entry, grade=given, reasons=reasons, raised_because=because)
    return write([*pilot_mark(contact), _draft(contact, body)], by=by, may="contact.screen")


def ask_check(
    *,
    contact: Contact,
    agency: int,
    question: str,
    basis: str,
    purpose: str,
    sent: str,
    by: Actor,
    grade: Grade | None = None,
    family_told: str = "",
    not_told_reason: str = "",
) -> Written:
    """Ask one agency what it knows; see `asking.ask_checks`."""
    return ask_checks(
        contact=contact, agencies=[agency], question=question, basis=basis, purpose=purpose, sent=sent, by=by,
        grade=grade, family_told=family_told, not_told_reason=not_told_reason,
    )  # fmt: skip


def answer_check(
    *,
    check: Check,
    known: str,
    answer: str,
    by: Actor,
    refused_because: str = "",
    answered_by: str = "",
    questions: str = "",
    answers: Mapping[str, str] | None = None,
    attachments: Sequence[int] = (),
) -> Written:
    """Write down what the agency answered: known, nothing known, or refused with its reason."""
    require(by, "check.answer", check)
    if known == "refused" and not refused_because.strip():
        raise Refused(
            "A refusal to share says why.",
            "Write the reason that the agency gave; that it gave none is a reason to write too.",
            PROMISE_7,
        )
    asked = question_set(questions) if questions else None
    body = CheckAnswered(
        check=check.id, known=known, answer=answer, refused_because=refused_because, answered_by=answered_by,
        questions=asked.id if asked else "", questions_version=asked.version if asked else 0,
        answers=dict(answers or {}) if known == "known" else {}, attachments=tuple(attachments),
    )  # fmt: skip
    at = from_datetime(clock.now())
    draft = Draft(
        file=check.concern, body=body, day=day_of(at), at=at, concern=check.concern, filekind=FileKind.CONCERN,
        label=check.label,
    )  # fmt: skip
    return write(
        [draft], by=by, may="check.answer", then=[Later("check.answered", {"concern": check.concern})]
    )


@transaction.atomic
def settle_possible_same_child(
    *, file: int, other: int, duplicate: int, same_child: bool, reasons: str, by: Actor
) -> bool:
    """Decide whether two are one child. Returns whether the files are linked now.

    When both are open with different teams they are not: which team goes on is a manager's decision.
    """
    at = from_datetime(clock.now())
    body = PossibleDuplicateSettled(duplicate=duplicate, same_child=same_child, reasons=reasons)
    write([Draft(file=file, body=body, day=day_of(at), at=at)], by=by, may="duplicate.decide")
    if not same_child or linking.both_open(file, other):
        return False
    linking.link(file=file, other=other, reasons=reasons, by=by, may="duplicate.decide")
    return True


def disagree(*, contact: Contact, because: str, by: Actor) -> Written:
    """The referrer does not agree. A clock starts; somebody other than the one who decided looks again."""
    require(by, "disagree", contact)
    if contact.decided is None:
        raise Refused("Nothing has been decided yet.", "You will hear; then you can say that you disagree.")
    if contact.disagreement and contact.disagreement_answered is None:
        raise Refused("You have said so already, and it is being looked at.", "You will hear.")
    body = ReferrerDisagreed(contact=contact.entry, because=because)
    return write(
        [_draft(contact, body)],
        by=by,
        may="disagree",
        then=[Later("contact.disagreed", {"concern": contact.concern})],
    )


def answer_disagreement(*, contact: Contact, upheld: bool, text: str, reasons: str, by: Actor) -> Written:
    """Answer the referrer who disagreed. Never by the one who decided (promise 6)."""
    require(by, "contact.decide", contact)
    needs_reasons(reasons)
    body = DisagreementAnswered(disagreement=contact.disagreement, upheld=upheld, text=text, reasons=reasons)
    return write(
        [_draft(contact, body)],
        by=by,
        may="contact.decide",
        then=[Later("contact.told", {"concern": contact.concern})],
    )


def decide_blind(
    *, contact: Contact, level: Level, indicators: tuple[str, ...], route: Route, reasons: str, by: Actor
) -> Written:
    """A manager's own decision on the same contact, made without seeing the other's; it changes nothing."""
    require(by, "contact.decide", contact)
    body = BlindDecisionMade(
        contact=contact.entry, level=level, indicators=indicators, route=route, reasons=reasons
    )
    return write([_draft(contact, body)], by=by, may="contact.decide")


def decide_vignette(
    *, vignette: str, level: Level, indicators: tuple[str, ...], route: Route, reasons: str, by: Actor
) -> VignetteDecision:
    """What a manager decides of an invented case, once: a second thought after seeing the others' is not blind."""
    require(by, "vignette.decide")
    if VignetteDecision.objects.filter(vignette=vignette, worker=by.worker).exists():
        raise Refused("You have decided this case.", "Take another one.")
    return VignetteDecision.objects.create(
        vignette=vignette, worker=by.worker, level=level, indicators=list(indicators), route=route, reasons=reasons,
        decided=clock.now(),
    )  # fmt: skip
