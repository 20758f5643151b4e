"""The signature of a message, after the open specification Standard Webhooks (standardwebhooks.com), version 1.

Signed are id, time and body together: neither may be changed, nor the message be played again later. While a key is
rotated a message carries the signatures of both.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence
from datetime import datetime

from rightplace.foundation.journal.sealing import derived
from rightplace.gateways.api.models import WebhookKey

BEGINS = "whsec_"


def secret_of(key: WebhookKey) -> bytes:
    """The key itself, from its salt and the key file."""
    return hmac.digest(derived("rightplace webhook key"), bytes(key.salt), "sha256")


def shown(key: WebhookKey) -> str:
    """The key as the partner's system is given it, once."""
    return BEGINS + base64.b64encode(secret_of(key)).decode()


def headers(event_id: str, at: datetime, body: bytes, secrets: Sequence[bytes]) -> dict[str, str]:
    """What stands above a message."""
    seconds = str(int(at.timestamp()))
    signatures = " ".join(signature(event_id, seconds, body, secret) for secret in secrets)
    return {
        "Content-Type": "application/json",
        "User-Agent": "Rightplace-Webhook/1",
        "webhook-id": event_id,
        "webhook-timestamp": seconds,
        "webhook-signature": signatures,
    }


def signature(event_id: str, seconds: str, body: bytes, secret: bytes) -> str:
    """One signature."""
    signed = b".".join((event_id.encode(), seconds.encode(), body))
    return "v1," + base64.b64encode(hmac.digest(secret, signed, "sha256")).decode()
