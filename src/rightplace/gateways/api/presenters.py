"""What the pages of partners' systems say: tokens and their use, webhooks and what became of each delivery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Max, Q, Sum
from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import clock
from rightplace.gateways.api.models import ApiToken, ApiUse, Attempt, Delivery, Queued, Webhook
from rightplace.gateways.api.purposes import PURPOSES
from rightplace.gateways.api.webhooks.events import EVENTS, PING
from rightplace.services.signals.feeds import feeds_in_force

TOKENS: Final = (
    Column("Agency and system"), Column("What for"), Column("Last used"), Column("In the last day", number=True),
    Column("State"),
)  # fmt: skip
WEBHOOKS: Final = (
    Column("Agency and address"), Column("Told of"), Column("Last taken"), Column("Waiting", number=True),
    Column("Given up", number=True), Column("State"),
)  # fmt: skip
USES: Final = (Column("Purpose"), Column("Requests in the last day", number=True))
DELIVERIES: Final = (
    Column("Event"), Column("Happened"), Column("Attempts", number=True), Column("Last answer"), Column("State"),
)  # fmt: skip
SIGNALS: Final = "signals:write"
NO_AGREEMENT: Final = (
    "No agreement to signals with this agency is in force: what its system gives is refused until a head of service and "
    "information governance have agreed to one."
)
ENDED_SHOWN: Final = timedelta(days=30)
DELIVERIES_SHOWN: Final = 100


@dataclass(frozen=True)
class Overview:
    """All systems at once."""

    tokens: Sequence[Row]
    webhooks: Sequence[Row]
    queued: int
    given_up: int

    @property
    def sentences(self) -> list[str]:
        """What somebody has to know at once; nothing where all is well."""
        said = []
        if self.queued:
            waiting = words.count_words(self.queued, "concern", "concerns")
            said.append(f"{waiting} came faster than concerns are taken in, and wait for their turn.")
        if self.given_up:
            lost = words.count_words(self.given_up, "message was", "messages were")
            said.append(
                f"{lost} given up, since a partner’s system did not answer. The agency can still fetch it all."
            )
        return said


def overview(actor: Actor, now: datetime) -> Overview:
    """Tokens and webhooks that are in use, or ended a short while ago; the last made first."""
    recent = Q(ends__isnull=True) | Q(ends__gt=now - ENDED_SHOWN)
    tokens = list(
        scope(actor, ApiToken).filter(recent).select_related("agency").order_by("agency__name", "-id")
    )
    used = used_today([row.pk for row in tokens], now)
    hooks = scope(actor, Webhook).filter(recent).select_related("agency").order_by("agency__name", "-id")
    counted = hooks.annotate(
        taken=Max("deliveries__delivered"),
        waiting=Count("deliveries", filter=Q(deliveries__next_try__isnull=False)),
        lost=Count("deliveries", filter=Q(deliveries__given_up__isnull=False)),
    )
    webhooks = list(counted)
    return Overview(
        [token_row(row, sum(used.get(row.pk, {}).values()), now) for row in tokens],
        [webhook_row(row, now) for row in webhooks],
        Queued.objects.count(),
        sum(row.lost for row in webhooks if row.ends is None),
    )


def used_today(tokens: Sequence[int], now: datetime) -> dict[int, dict[str, int]]:
    """How often each token was used in the last day, by purpose."""
    since = int((now - timedelta(days=1)).timestamp()) // 60
    rows = ApiUse.objects.filter(token__in=tokens, minute__gte=since).values_list("token", "purpose")
    found: dict[int, dict[str, int]] = {}
    for token, purpose, number in rows.annotate(number=Sum("count")):
        found.setdefault(token, {})[purpose] = number
    return found


def token_row(row: ApiToken, used: int, now: datetime) -> Row:
    """One token in the list."""
    link = Link(row.agency.name, reverse("systems:token", args=[row.pk]), row.name)
    last = words.when(row.last_used) if row.last_used else "Never"
    return Row([link, purposes_words(row.purposes), last, used, state_of(row.ends, now)])


def purposes_words(names: Sequence[str]) -> str:
    """The purposes as a person reads them, in order."""
    return "; ".join(PURPOSES[each].sentence if each in PURPOSES else each for each in names)


def state_of(ends: datetime | None, now: datetime) -> Tag:
    """Whether it is in use, ends soon, or has ended."""
    if ends is None:
        return tags.met("in use")
    if ends <= now:
        return tags.plain("ended")
    return tags.still_open(f"ends {words.plain_day(words.day_number(ends))}")


def webhook_row(row: Webhook, now: datetime) -> Row:
    """One webhook in the list; the counts were annotated."""
    link = Link(row.agency.name, reverse("systems:webhook", args=[row.pk]), row.address)
    taken, waiting, lost = (getattr(row, each) for each in ("taken", "waiting", "lost"))
    state = tags.late("does not answer") if lost and row.ends is None else state_of(row.ends, now)
    last = words.when(taken) if taken else "Never"
    return Row(
        [
            link,
            "; ".join(EVENTS[each].sentence if each in EVENTS else each for each in row.events),
            last,
            waiting,
            lost,
            state,
        ],
        late=bool(lost and row.ends is None),
    )


@dataclass(frozen=True)
class TokenPage:
    """One token: what it is for, and how it is used."""

    number: int
    heading: str
    standing: Sequence[str]
    purposes: Sequence[str]
    uses: Sequence[Row]
    goes_on: bool


def token_page(row: ApiToken, now: datetime) -> TokenPage:
    """Gather one token."""
    used: Mapping[str, int] = used_today([row.pk], now).get(row.pk, {})
    goes_on = row.ends is None or row.ends > now
    until = (
        f"It {'ends' if goes_on else 'ended'} on {words.when(row.ends)}." if row.ends else "It has no end."
    )
    last = f"Last used {words.when(row.last_used)}." if row.last_used else "It was never used."
    made = [f"Made on {words.when(row.begins)} by {row.made_by.name}.", until, last]
    if goes_on and SIGNALS in row.purposes and not feeds_in_force(row.agency_id, clock.today()).exists():
        made.append(NO_AGREEMENT)
    if row.follows_id:
        made.append(f"It follows token {row.follows_id}.")
    return TokenPage(
        row.pk,
        f"{row.agency.name}: {row.name}",
        made,
        [PURPOSES[each].sentence for each in row.purposes if each in PURPOSES],
        [Row([purpose or "none", used[purpose]]) for purpose in sorted(used)],
        goes_on,
    )


@dataclass(frozen=True)
class WebhookPage:
    """One webhook and what became of what it was told."""

    number: int
    heading: str
    address: str
    standing: Sequence[str]
    events: Sequence[str]
    deliveries: Sequence[Row]
    given_up: Sequence[tuple[int, str]]
    goes_on: bool


def webhook_page(actor: Actor, row: Webhook, now: datetime) -> WebhookPage:
    """Gather one webhook, its last deliveries first."""
    found = list(scope(actor, Delivery).filter(webhook=row).order_by("-id")[:DELIVERIES_SHOWN])
    last = {each.delivery_id: each for each in Attempt.objects.filter(delivery__in=found).order_by("id")}
    keys = row.keys.filter(Q(ends__isnull=True) | Q(ends__gt=now)).count()
    standing = [
        f"Registered on {words.when(row.begins)} by {row.made_by.name}.",
        "Messages carry two signatures while its key is rotated."
        if keys > 1
        else "Messages carry one signature.",
    ]
    if row.ends:
        standing.append(f"It ended on {words.when(row.ends)}.")
    return WebhookPage(
        row.pk,
        f"{row.agency.name}: webhook {row.pk}",
        row.address,
        standing,
        [EVENTS[each].sentence for each in row.events if each in EVENTS],
        [_delivery_row(each, last.get(each.pk)) for each in found],
        [(each.pk, each.event_id) for each in found if each.given_up and row.ends is None],
        row.ends is None or row.ends > now,
    )


def _delivery_row(row: Delivery, last: Attempt | None) -> Row:
    said = "None yet"
    if last is not None:
        said = f"{last.code or last.said}, after {last.milliseconds} ms"
    name = "A try" if row.event == PING else row.event
    more = row.event_id if row.event == PING else f"{row.event_id}, number {row.number}"
    when = words.when(row.happened)
    return Row(
        [Lines(name, more), when, row.attempts, said, _delivery_state(row)], late=row.given_up is not None
    )


def _delivery_state(row: Delivery) -> Tag:
    if row.delivered is not None:
        return tags.met("taken")
    if row.given_up is not None:
        return tags.late("given up")
    return tags.still_open("waiting")
