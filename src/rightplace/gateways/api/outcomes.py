"""Outcomes by the API: what became of what an agency raised, in the words of the pages, and of the signals it gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated

from django.db.models import Sum
from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Schema
from pydantic import Field

from rightplace.domain.evidence import suppress
from rightplace.domain.practice.entries.contact import ReferrerTold
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import record_reading
from rightplace.foundation.access.rls import reading_as
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import require, scope
from rightplace.foundation.journal import reading
from rightplace.foundation.organisation import clock
from rightplace.gateways.api.mounting import Needs, mount
from rightplace.gateways.api.schema import WRONG_ASKED, Outcome
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.signals.models import Tally

A_PAGE = 50
SINCE = "what was told after this moment; else in the last 90 days"
MONTHS = 12
GIVEN = ("taken", "same")
"""What the agency knows itself: how many it gave. The rest says what people here did, and is withheld when small."""

router = mount(
    "outcomes",
    {
        "outcomes": Needs("follow.own_contact", get="outcomes:read"),
        "signal-outcomes": Needs("signal.give", get="outcomes:read"),
    },
)


class OutcomeOf(Schema):
    """What became of one concern, as its sender is told on the pages; never internal reasons."""

    receipt: str
    received: datetime
    outcome: Outcome
    contact: str = Field(description="where to fetch its whole state")


class Outcomes(Schema):
    """Concerns of which you were told something, the earliest first."""

    outcomes: list[OutcomeOf]
    more_since: datetime | None = Field(
        description="ask again with this `since` for those that follow; none: all told"
    )


class SignalOutcome(Schema):
    """What became of the signals of one kind in whole months that are over. None: withheld, one to seven children."""

    kind: str
    given: int
    became: dict[str, int | None]


class SignalOutcomes(Schema):
    """By kind. Counts of signals, never of a child."""

    begins: date
    ends: date
    kinds: list[SignalOutcome]


@router.get(
    "/outcomes", url_name="outcomes", response={200: Outcomes, **WRONG_ASKED}, operation_id="outcomes",
    summary="What became of what you raised",
)  # fmt: skip
def outcomes(
    request: HttpRequest, since: Annotated[datetime | None, Query(description=SINCE)] = None
) -> Outcomes:
    """Up to fifty outcomes, the earliest first, of concerns that your agency raised."""
    actor = actor_in(request)
    after = since or clock.now() - timedelta(days=90)
    if after.tzinfo is None:
        after = after.replace(tzinfo=clock.now().tzinfo)
    rows = scope(actor, Contact).filter(told__gt=after).order_by("told", "concern")[: A_PAGE + 1]
    found = list(rows)
    page = found[:A_PAGE]
    texts = _texts(actor, [row.concern for row in page])
    record_reading(
        actor,
        [row.concern for row in page],
        "api own outcomes",
        request_id=getattr(request, "request_id", ""),
    )
    told = [_outcome(row, texts[row.concern]) for row in page if row.concern in texts]
    last = page[-1].told if len(found) > A_PAGE else None
    return Outcomes(outcomes=told, more_since=last)


def _texts(actor: Actor, concerns: Sequence[int]) -> dict[int, ReferrerTold]:
    """The last text that the sender of each of these concerns was told."""
    with reading_as(actor, purpose="own concern"):
        entries = reading.entries_of(reading.file_rows(concerns))
    found: dict[int, ReferrerTold] = {}
    for concern, own in entries.items():
        for entry in in_order(standing(own).entries):
            if isinstance(entry.body, ReferrerTold):
                found[concern] = entry.body
    return found


def _outcome(row: Contact, text: ReferrerTold) -> OutcomeOf:
    assert row.told is not None, "only what was told is asked for"
    outcome = Outcome(
        outcome=text.outcome, text=text.text, next_steps=text.next_steps, to_do=text.to_do, told=row.told
    )
    link = reverse("api:contact", args=[row.receipt])
    return OutcomeOf(receipt=row.receipt, received=row.received, outcome=outcome, contact=link)


@router.get(
    "/outcomes/signals", url_name="signal-outcomes", response={200: SignalOutcomes, **WRONG_ASKED},
    operation_id="signal_outcomes", summary="What became of the signals you gave",
)  # fmt: skip
def signal_outcomes(request: HttpRequest) -> SignalOutcomes:
    """How many of the signals of the last twelve whole months were looked at, taken up, or deleted on their day.

    Numbers that could tell of a child are withheld, and a month is told when it is over, so that nobody can work out
    a child from one day to the next.
    """
    actor = actor_in(request)
    require(actor, "signal.give")
    ends = clock.today().replace(day=1)
    begins = _months_before(ends, MONTHS)
    rows = Tally.objects.filter(agency=actor.agency, month__gte=begins, month__lt=ends).exclude(
        what__startswith="refused"
    )
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, what, number in (
        rows.values_list("kind", "what").annotate(number=Sum("number")).order_by("kind", "what")
    ):
        counted[kind][what] = number
    kinds = [_of_kind(kind, by_what) for kind, by_what in counted.items()]
    return SignalOutcomes(begins=begins, ends=ends, kinds=kinds)


def _of_kind(kind: str, counted: dict[str, int]) -> SignalOutcome:
    became = {what: number for what, number in counted.items() if what not in GIVEN}
    return SignalOutcome(kind=kind, given=counted.get("taken", 0), became=dict(suppress(became).counts))


def _months_before(day: date, months: int) -> date:
    whole = day.year * 12 + day.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)
