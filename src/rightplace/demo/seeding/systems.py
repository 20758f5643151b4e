"""Partners' systems: who has a token and for what, a webhook that answers and one that was given up."""

from __future__ import annotations

from datetime import datetime, timedelta

from rightplace.foundation.access.actor import RULES
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, School
from rightplace.foundation.organisation.queries import on_day
from rightplace.gateways.api.models import ApiToken, ApiUse, Attempt, Delivery, Webhook, WebhookKey
from rightplace.gateways.api.tokens import make_token, rotate_token

SYSTEMS = (
    (Agency.Kind.POLICE, "Notices from custody", ("contacts:write", "contacts:read", "outcomes:read"), 140),
    (Agency.Kind.POLICE, "Safeguarding desk", ("checks:read", "checks:answer"), 22),
    (
        Agency.Kind.POLICE,
        "Diary of child abuse investigation",
        ("notices:read", "strategy:read", "strategy:answer"),
        9,
    ),
    (Agency.Kind.HEALTH, "Child health record", ("signals:write", "checks:read", "checks:answer"), 61),
    (Agency.Kind.HOUSING, "Arrears", ("signals:write", "outcomes:read"), 4),
)
ADDRESSES = (
    (Agency.Kind.POLICE, "https://hooks.police.example/rightplace", ("contact.decided", "check.asked"), True),
    (Agency.Kind.HEALTH, "https://old-records.health.example/in", ("check.asked",), False),
)


def seed(population: int, seed: int) -> None:
    """Make the tokens and webhooks of a few agencies, with a day of use behind them."""
    for kind, name, purposes, used in SYSTEMS:
        agency = _agency(kind)
        if agency is not None:
            with clock.clock_at(clock.now() - timedelta(days=120 if used > 30 else 30)):
                row, _ = make_token(agency=agency, name=name, by=RULES, purposes=purposes)
            _use(row, used)
    first = ApiToken.objects.filter(name="Arrears").first()
    if first is not None:
        rotate_token(token=first, by=RULES)
    for number, (kind, address, events, answers) in enumerate(ADDRESSES):
        agency = _agency(kind)
        if agency is not None:
            _webhook(agency, address, events, answers, number)


def _agency(kind: str) -> Agency | None:
    rows = on_day(Agency.objects.filter(kind=kind), clock.today())
    return rows.exclude(pk__in=School.objects.values("agency")).order_by("id").first()


def _use(row: ApiToken, used: int) -> None:
    """So many requests since yesterday, the last a few minutes ago."""
    now = clock.now()
    last = now - timedelta(minutes=7)
    minute = int(last.timestamp()) // 60
    for purpose in row.purposes:
        ApiUse.objects.create(token=row, agency=row.agency, purpose=purpose, minute=minute, count=used)
    row.last_used = last
    row.save(update_fields=["last_used"])


def _webhook(agency: Agency, address: str, events: tuple[str, ...], answers: bool, number: int) -> None:
    """One webhook; its address is invented and is never looked up here."""
    now = clock.now()
    begins = now - timedelta(days=40)
    webhook = Webhook.objects.create(
        agency=agency, address=address, events=list(events), begins=begins, made_by_id=RULES.worker
    )
    WebhookKey.objects.create(webhook=webhook, salt=bytes([number]) * 16, begins=begins)
    for ago in (30, 26, 5) if answers else (72,):
        _delivery(webhook, events[0], now - timedelta(hours=ago), answers)


def _delivery(webhook: Webhook, event: str, happened: datetime, answers: bool) -> None:
    number = "7KQ4-M2XD" if event.startswith("contact") else "510"
    row = Delivery.objects.create(
        webhook=webhook, event=event, number=number, occasion=int(happened.timestamp()), happened=happened,
        link=f"/api/v1/contacts/{number}" if event.startswith("contact") else f"/api/v1/checks/{number}",
        attempts=1 if answers else 10, delivered=happened + timedelta(seconds=8) if answers else None,
        given_up=None if answers else happened + timedelta(days=2),
    )  # fmt: skip
    at = happened + (timedelta(seconds=8) if answers else timedelta(days=2))
    said = "" if answers else "no answer in time"
    Attempt.objects.create(
        delivery=row, at=at, code=200 if answers else 0, said=said, milliseconds=84 if answers else 10_000
    )
