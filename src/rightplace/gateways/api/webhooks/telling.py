"""Telling administrators by mail that something was given up: numbers and where to look, nothing else."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail

from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership
from rightplace.foundation.organisation.queries import holding, on_day
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.gateways.api.models import Delivery

SUBJECT = "A webhook does not answer: number {number}"
TEXT = (
    "Webhook {number} did not take event {event} in {attempts} attempts; it is not tried again.\n"
    "The agency can still fetch everything by the API.\n\n"
    "Sign in to Rightplace to see the attempts, under “Partners’ systems”."
)


def administrators() -> list[str]:
    """The addresses of those who keep tokens and webhooks today."""
    today = clock.today()
    found = on_day(Membership.objects.filter(role=RoleCode.ADMINISTRATOR), today)
    rows = found.filter(holding(today, "worker__")).exclude(worker__email="")
    return sorted(set(rows.values_list("worker__email", flat=True)))


def tell_administrators(row: Delivery) -> None:
    """Say that an event was given up. Nobody to tell is no reason to fail: the page says it too."""
    to = administrators()
    if to:
        text = TEXT.format(number=row.webhook_id, event=row.event_id, attempts=row.attempts)
        send_mail(
            SUBJECT.format(number=row.webhook_id), text, settings.DEFAULT_FROM_EMAIL, to, fail_silently=True
        )
