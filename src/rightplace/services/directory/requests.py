"""Asking a provider for a place and answering, one verb each. The journal judges; places go down and up with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from rightplace.common.disclosure.keepingback import keep_addresses_back
from rightplace.domain.practice.entries import Body, Draft
from rightplace.domain.practice.entries.directory import Answer, ServiceAnswered, ServiceRequested
from rightplace.domain.practice.journey.refusals import Refused, needs_reasons
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal.writing import Later, Written, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership
from rightplace.foundation.organisation.queries import on_day
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.directory import letters
from rightplace.services.directory.families import Family
from rightplace.services.directory.models import Service
from rightplace.services.directory.places import move_places
from rightplace.services.directory.projections import ServiceRequest

PROMISE_7 = "Promise 7: each sharing of information records basis, purpose and what was sent"


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What a provider is sent, and on what ground: the words are kept as they went."""

    need: str
    sent: str
    basis: str
    purpose: str
    agreed_by: str
    agreed_how: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that the provider reads of it."""
        return self.need, self.sent, self.purpose, self.agreed_by, self.agreed_how


def has_desk(service: Service) -> bool:
    """Whether somebody of the service's organisation answers requests here."""
    agency = service.organisation.agency_id if service.organisation else None
    if agency is None:
        return False
    rows = Membership.objects.filter(team__agency=agency, role=RoleCode.PROVIDER)
    return on_day(rows, clock.today()).exists()


def ask_for_place(*, family: Family, service: Service, asking: Asking, by: Actor) -> Written:
    """Ask for a place for one child, with the family's agreement. What is sent is the entry itself (promise 7)."""
    require(by, "request.make")
    _may_be_asked(family, service, asking)
    may_be_sent(family, asking)
    assert service.organisation is not None
    body = ServiceRequested(
        service=service.pk, agency=service.organisation.agency_id or 0, need=asking.need, sent=asking.sent,
        basis=asking.basis, purpose=asking.purpose, agreed_by=asking.agreed_by, agreed_how=asking.agreed_how,
    )  # fmt: skip
    number = new_id()
    then = [Later(letters.ASKED, {"request": number, "file": family.file, "agency": body.agency})]
    return write([_draft(family.file, body, number)], by=by, may="request.make", then=then)


def may_be_sent(family: Family, asking: Asking) -> None:
    """Refuse words that give a protected address away; asked before they are looked at, and again as they go."""
    keep_addresses_back(family.files, *asking.words)


def _may_be_asked(family: Family, service: Service, asking: Asking) -> None:
    if not (asking.sent.strip() and asking.basis.strip() and asking.purpose.strip()):
        raise Refused(
            "What is shared needs its basis, its purpose, and the words that are sent.",
            "Choose the lawful basis, write the purpose, and write what is sent.",
            PROMISE_7,
        )
    if service.missing_since is not None or not has_desk(service):
        raise Refused(
            "Nobody of this service answers requests here.",
            "Ring or write to them; the directory says how.",
        )
    if _waits(family, service):
        raise Refused(
            "This child is asked for there already, and waits for the answer.",
            "Look at the places that were asked for.",
        )


def _waits(family: Family, service: Service) -> bool:
    rows = ServiceRequest.objects.filter(person=family.person.person, service=service.pk)
    return rows.filter(answer__in=("", Answer.WAITING, Answer.ACCEPTED)).exists()


def _draft(file: int, body: Body, number: int = 0) -> Draft:
    at = from_datetime(clock.now())
    return Draft(file=file, body=body, day=day_of(at), at=at, id=number)


def open_request(*, request: ServiceRequest, by: Actor) -> Written | None:
    """Say that the provider has opened it, once: it climbs no further."""
    require(by, "request.answer", request)
    if request.read is not None:
        return None
    body = ServiceAnswered(request=request.entry, answer=Answer.READ, answered_by=by.name)
    return write([_draft(request.file, body)], by=by, may="request.answer")


def answer_request(
    *, request: ServiceRequest, answer: Answer, by: Actor, starts: date | None = None, reasons: str = ""
) -> Written:
    """Give a place from a day, put the child on the list, decline with the reason, or say that a place came back."""
    require(by, "request.answer", request)
    if answer not in (Answer.ACCEPTED, Answer.WAITING, Answer.DECLINED, Answer.ENDED):
        raise Refused(
            "That is no answer of a provider.", "Give a place, put the child on the list, or decline."
        )
    if answer is Answer.ACCEPTED and starts is None:
        raise Refused("A place has the day from which it holds.", "Say from when the child can come.")
    if answer in (Answer.DECLINED, Answer.ENDED):
        needs_reasons(reasons)
    return _answer(request, answer, by, "request.answer", starts, reasons)


def withdraw_request(*, request: ServiceRequest, reasons: str, by: Actor) -> Written:
    """The worker takes the request back: the family has found another way, or does not want it any more."""
    require(by, "request.make", request)
    needs_reasons(reasons)
    keep_addresses_back([request.file], reasons)
    if request.answer == Answer.ACCEPTED:
        return _answer(request, Answer.ENDED, by, "request.make", None, reasons)
    return _answer(request, Answer.WITHDRAWN, by, "request.make", None, reasons)


@transaction.atomic
def _answer(
    request: ServiceRequest, answer: Answer, by: Actor, may: str, starts: date | None, reasons: str
) -> Written:
    body = ServiceAnswered(
        request=request.entry, answer=answer, starts=starts if answer is Answer.ACCEPTED else None,
        reasons=reasons.strip(), answered_by=by.name,
    )  # fmt: skip
    told = letters.TAKEN_BACK if may == "request.make" else letters.ANSWERED
    then = [Later(told, {"request": request.entry, "file": request.file, "agency": request.agency})]
    written = write([_draft(request.file, body)], by=by, may=may, then=then)
    if answer in (Answer.ACCEPTED, Answer.ENDED):
        move_places(request.service, -1 if answer is Answer.ACCEPTED else 1, request=request.entry, by=by)
    return written
