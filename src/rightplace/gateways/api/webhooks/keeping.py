"""Registering, ending and trying out webhooks, and rotating their keys. A key is shown once, when it is made."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.gateways.api.models import Delivery, Webhook, WebhookKey
from rightplace.gateways.api.webhooks import signing
from rightplace.gateways.api.webhooks.addresses import NotAnAddress, resolved
from rightplace.gateways.api.webhooks.events import EVENTS, PING

OVERLAP = timedelta(days=7)
MOST = 5
"""Webhooks of one agency at a time."""


@transaction.atomic
def register_webhook(
    *, agency: Agency, address: str, events: Iterable[str], by: Actor
) -> tuple[Webhook, str]:
    """Let an agency's system be told. Returns the webhook and its key, which is shown this once."""
    require(by, "organisation.manage")
    wanted = [name for name in EVENTS if name in set(events)]
    if not wanted or set(events) - set(EVENTS):
        raise Refused("There is no such event, or none was chosen.", f"Choose from: {', '.join(EVENTS)}.")
    if agency.kind == Agency.Kind.AUTHORITY:
        raise Refused("Webhooks are for partners’ systems.", "Choose the partner's agency.")
    now = clock.now()
    if Webhook.objects.filter(still(), agency=agency).count() >= MOST:
        raise Refused(f"An agency has {MOST} webhooks at most.", "End one that is not needed.")
    try:
        resolved(address)
    except NotAnAddress as why_not:
        raise Refused(str(why_not), "Ask the agency for an address on the public internet.") from None
    except OSError:
        raise Refused("The host is not known.", "Check how the address is spelt.") from None
    webhook = Webhook.objects.create(
        agency=agency, address=address, events=wanted, begins=now, made_by_id=by.worker
    )
    return webhook, signing.shown(_new_key(webhook))


@transaction.atomic
def rotate_key(*, webhook: Webhook, by: Actor, overlap: timedelta = OVERLAP) -> str:
    """Make the next key; until the overlap is over each message carries both signatures."""
    require(by, "organisation.manage")
    Webhook.objects.select_for_update().get(pk=webhook.pk)
    now = clock.now()
    key = _new_key(webhook)
    before = WebhookKey.objects.filter(webhook=webhook).exclude(pk=key.pk)
    before.filter(Q(ends__isnull=True) | Q(ends__gt=now + overlap)).update(ends=now + overlap)
    return signing.shown(key)


@transaction.atomic
def end_webhook(*, webhook: Webhook, by: Actor) -> None:
    """End a webhook at once. What still waits for it is not sent."""
    require(by, "organisation.manage")
    now = clock.now()
    Webhook.objects.filter(still(), pk=webhook.pk).update(ends=now)
    Delivery.objects.filter(webhook=webhook, next_try__isnull=False).update(next_try=None, given_up=now)


def try_out(*, webhook: Webhook, by: Actor) -> None:
    """Send a ping, as any event is sent."""
    require(by, "organisation.manage")
    now = clock.now()
    occasion = int(now.timestamp() * 1_000_000)
    Delivery.objects.create(
        webhook=webhook, event=PING, number="0", occasion=occasion, link="", happened=now, next_try=now
    )


@transaction.atomic
def send_again(*, delivery: Delivery, by: Actor) -> None:
    """Begin anew with an event that was given up."""
    require(by, "organisation.manage")
    rows = Delivery.objects.filter(
        pk=delivery.pk, given_up__isnull=False, webhook__in=Webhook.objects.filter(still())
    )
    rows.update(given_up=None, attempts=0, next_try=clock.now())


def still() -> Q:
    """Webhooks that were not ended."""
    return Q(ends__isnull=True) | Q(ends__gt=clock.now())


def _new_key(webhook: Webhook) -> WebhookKey:
    return WebhookKey.objects.create(webhook=webhook, salt=secrets.token_bytes(16), begins=clock.now())
