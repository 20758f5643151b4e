"""What webhooks tell: which events there are, whom each concerns, and the number and link that stand in it.

An event is worked out from what the outbox says was written, so it goes out if, and only if, the write was committed.
The same event is one delivery for each webhook, however often the outbox tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from rightplace.foundation.journal.outbox import Payload, register_task
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import School
from rightplace.gateways.api.models import Delivery, Webhook
from rightplace.services.directory.projections import ServiceRequest
from rightplace.services.frontdoor.projected_triage import Triage
from rightplace.services.frontdoor.projections import Check, Contact
from rightplace.services.protection.projections import Called
from rightplace.services.schools.projections import Question


@dataclass(frozen=True, slots=True)
class About:
    """One thing that moved, for the agency whose it is: a number and where to fetch it, and no word more."""

    agency: int
    number: str
    link: str
    happened: datetime
    occasion: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of event: its name, when it is sent, what the outbox calls it, and whom it concerns."""

    name: str
    sentence: str
    task: str
    about: Callable[[Payload], Iterable[About]]


def _contact(payload: Payload) -> Contact | None:
    """The concern, where an agency raised it. What the public told concerns no agency."""
    found = Contact.objects.filter(concern=int(payload["concern"])).first()
    return found if found and found.agency and found.professional else None


def _state(contact: Contact, happened: datetime) -> About:
    link = reverse("api:contact", args=[contact.receipt])
    return About(contact.agency, contact.receipt, link, happened, int(happened.timestamp() * 1_000_000))


def contact_read(payload: Payload) -> Iterable[About]:
    """A person at the front door opened the concern: once, the first time."""
    contact = _contact(payload)
    if contact is not None and contact.read is not None:
        link = reverse("api:contact", args=[contact.receipt])
        yield About(contact.agency, contact.receipt, link, contact.read)


def contact_decided(payload: Payload) -> Iterable[About]:
    """It was decided what comes of the concern, and who raised it is told."""
    contact = _contact(payload)
    if contact is not None and contact.told is not None:
        yield _state(contact, contact.told)


def check_asked(payload: Payload) -> Iterable[About]:
    """An agency was asked what it knows."""
    open_ones = Check.objects.filter(concern=int(payload["concern"]), answered__isnull=True).exclude(agency=0)
    for check in open_ones:
        number = str(check.id)
        yield About(check.agency, number, reverse("api:check", args=[number]), check.asked)


def strategy_called(payload: Payload) -> Iterable[About]:
    """An agency is called to a strategy discussion, at first or later."""
    rows = Called.objects.filter(number=int(payload["number"]), answered__isnull=True)
    if agency := int(payload.get("agency", 0)):
        rows = rows.filter(agency=agency)
    for row in {row.agency: row for row in rows}.values():
        number = str(row.number)
        yield About(row.agency, number, reverse("api:strategy-call", args=[number]), row.called)


def notice_opened(payload: Payload) -> Iterable[About]:
    """An agency is asked to look at a notice with others."""
    for row in Triage.objects.filter(concern=int(payload["concern"]), decided__isnull=True):
        number = str(row.id)
        for agency in set(row.agencies) - set(row.heard):
            yield About(agency, number, reverse("api:notice", args=[number]), row.opened)


def question_answered(payload: Payload) -> Iterable[About]:
    """A school's link person, or who covers, answered."""
    row = Question.objects.filter(concern=int(payload["concern"]), answered__isnull=False).first()
    agency = School.objects.filter(pk=row.school).values_list("agency_id", flat=True).first() if row else None
    if row is not None and row.answered is not None and agency:
        number = str(row.concern)
        yield About(agency, number, reverse("api:question", args=[number]), row.answered)


def request_made(payload: Payload) -> Iterable[About]:
    """A provider is asked for a place."""
    waiting = ServiceRequest.objects.filter(file=int(payload["file"]), agency=int(payload["agency"]))
    for row in waiting.filter(answered__isnull=True):
        number = str(row.entry)
        yield About(row.agency, number, reverse("api:request", args=[number]), row.asked)


EVENTS: dict[str, Event] = {
    each.name: each
    for each in (
        Event("contact.read", "A person opened a concern of yours", "contact.read", contact_read),
        Event("contact.decided", "You are told what comes of a concern", "contact.told", contact_decided),
        Event(
            "question.answered", "Your school’s question is answered", "question.answered", question_answered
        ),
        Event("request.made", "Your organisation is asked for a place", "service.requested", request_made),
        Event(
            "strategy.called",
            "Your agency is called to a strategy discussion",
            "strategy.called",
            strategy_called,
        ),
        Event("notice.opened", "Your agency sits at a joint triage", "triage.opened", notice_opened),
        Event("check.asked", "Your agency is asked what it knows", "check.asked", check_asked),
    )
}
PING = "ping"
"""Sent when an administrator tries a webhook out."""


def register() -> None:
    """Listen to the outbox."""
    for event in EVENTS.values():
        register_task(event.task, _Listener(event.name))


@dataclass(frozen=True, slots=True)
class _Listener:
    """Makes deliveries of what the outbox tells; equal to itself, so that it is registered once."""

    name: str

    def __call__(self, payload: Payload) -> None:
        for about in EVENTS[self.name].about(payload):
            announce(self.name, about)


def announce(event: str, about: About) -> int:
    """Let each webhook of the agency that listens to it be told. Returns how many are."""
    now = clock.now()
    listening = Webhook.objects.filter(
        agency_id=about.agency, events__contains=[event], begins__lte=now
    ).filter(Q(ends__isnull=True) | Q(ends__gt=now))
    rows = [
        Delivery(
            webhook=webhook, event=event, number=about.number, occasion=about.occasion, link=about.link,
            happened=about.happened, next_try=now,
        )
        for webhook in listening
    ]  # fmt: skip
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
