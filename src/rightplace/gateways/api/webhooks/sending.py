"""Sending what is due: at least once, later and later after each failure, until it is given up and somebody is told.

An attempt is written down before it is made, so that a fall of the machine costs a repeat and never an event. What
came out of order is told by its time; what came twice by its id. A receiver that is slow holds up nobody else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from rightplace.foundation.organisation import clock
from rightplace.gateways.api.models import Attempt, Delivery, Webhook, WebhookKey
from rightplace.gateways.api.webhooks import signing
from rightplace.gateways.api.webhooks.posting import Answer, post
from rightplace.gateways.api.webhooks.telling import tell_administrators

WAITS = tuple(
    timedelta(seconds=each) for each in (30, 120, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400)
)
"""How long after each attempt the next one comes: ten attempts within two days."""
MOST_ATTEMPTS = len(WAITS) + 1
LEASE = timedelta(minutes=5)
"""After this an attempt of which nothing was heard is made again."""
AT_ONCE = 40
LINES = 8


@dataclass(frozen=True, slots=True)
class _Ready:
    """A delivery, its address and its signatures: all that sending needs, with no database at hand."""

    delivery: Delivery
    address: str
    headers: dict[str, str]
    body: bytes


def send_due(most: int = AT_ONCE) -> int:
    """Send what is due, and write down what came back. Returns how many were taken."""
    ready = _claim(most)
    if not ready:
        return 0
    with ThreadPoolExecutor(LINES) as lines:
        answers = list(lines.map(lambda each: post(each.address, each.headers, each.body), ready))
    taken = 0
    for each, answer in zip(ready, answers, strict=True):
        taken += _record(each.delivery, answer)
    return taken


@transaction.atomic
def _claim(most: int) -> list[_Ready]:
    """What is due, a few of each webhook, each with its attempt counted and the next one set."""
    now = clock.now()
    rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(next_try__lte=now)
    found = list(rows.select_related("webhook").order_by("next_try", "id")[: most * 4])
    chosen: list[Delivery] = []
    of_each: dict[int, int] = {}
    for row in found:
        of_each[row.webhook_id] = of_each.get(row.webhook_id, 0) + 1
        if of_each[row.webhook_id] <= max(1, most // 4) and len(chosen) < most:
            chosen.append(row)
    keys = {pk: keys_of(pk, now) for pk in {row.webhook_id for row in chosen}}
    ready = []
    for row in chosen:
        row.attempts += 1
        row.next_try = now + LEASE
        row.save(update_fields=["attempts", "next_try"])
        if (each := _ready(row, keys[row.webhook_id], now)) is not None:
            ready.append(each)
    return ready


def _ready(row: Delivery, keys: Sequence[WebhookKey], now: datetime) -> _Ready | None:
    if is_over(row.webhook, now):
        _give_up(row, now)
        return None
    body = written(row)
    secrets = [signing.secret_of(key) for key in keys]
    return _Ready(row, row.webhook.address, signing.headers(row.event_id, now, body, secrets), body)


def written(row: Delivery) -> bytes:
    """The message: what kind, when, a number and where to fetch it. Nothing else, ever."""
    told = {
        "id": row.event_id,
        "type": row.event,
        "timestamp": row.happened.isoformat(),
        "data": {"number": row.number, "link": row.link},
    }
    return json.dumps(told, separators=(",", ":")).encode()


def keys_of(webhook: int, now: datetime) -> list[WebhookKey]:
    """The keys that sign now, the newest first; two while one is rotated."""
    rows = WebhookKey.objects.filter(webhook_id=webhook, begins__lte=now)
    return list(rows.filter(Q(ends__isnull=True) | Q(ends__gt=now)).order_by("-begins", "-id"))


def is_over(webhook: Webhook, now: datetime) -> bool:
    """Whether a webhook was ended."""
    return webhook.ends is not None and webhook.ends <= now


@transaction.atomic
def _record(row: Delivery, answer: Answer) -> bool:
    now = clock.now()
    Attempt.objects.create(
        delivery=row, at=now, code=answer.code, said=answer.said, milliseconds=answer.milliseconds
    )
    if answer.fine:
        row.delivered, row.next_try = now, None
        row.save(update_fields=["delivered", "next_try"])
    elif row.attempts >= MOST_ATTEMPTS:
        _give_up(row, now)
        tell_administrators(row)
    else:
        row.next_try = now + WAITS[row.attempts - 1]
        row.save(update_fields=["next_try"])
    return answer.fine


def _give_up(row: Delivery, now: datetime) -> None:
    row.given_up, row.next_try = now, None
    row.save(update_fields=["given_up", "next_try"])
