"""Signals by the API: many at once, each row accounted for, and each taken once however often it is sent."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field, WithJsonSchema

from rightplace.common.web.steady import same_time_for_all
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import require
from rightplace.gateways.api.mounting import Needs, mount
from rightplace.gateways.api.schema import WRONG_SENT, Strict
from rightplace.services.signals.rows import LIMITS, REQUIRED
from rightplace.services.signals.taking import TOGETHER, Outcome, take

LARGEST = 4 * 1024 * 1024
DAYS = {"noticed", "born"}
ROW = {
    "type": "object",
    "description": "One signal. A row that cannot be taken is refused by itself, with its reason.",
    "properties": {
        name: {
            "type": "string",
            "maxLength": most,
            "description": "a day, 2026-02-27" if name in DAYS else "",
        }
        for name, most in LIMITS.items()
    },
    "required": list(REQUIRED),
    "additionalProperties": False,
}
Row = Annotated[dict[str, Any], WithJsonSchema(ROW)]

router = mount("signals", {"signals": Needs("signal.give", post="signals:write", largest=LARGEST)})


class SignalsIn(Strict):
    """Signals that an agency has, under an agreement that names their kinds."""

    signals: Annotated[list[Row], Field(min_length=1, max_length=TOGETHER)]


class NotTakenOut(Schema):
    """A row that was refused: its place from 1 on, your id for it, and why."""

    place: int
    sender_id: str
    because: str


class SignalsTaken(Schema):
    """What became of each row: taken, the same as before, or refused. Together they are all rows."""

    taken: int
    same: int
    refused: list[NotTakenOut]


@router.post(
    "/signals", url_name="signals", response={200: SignalsTaken, **WRONG_SENT}, operation_id="give_signals",
    summary="Give signals",
)  # fmt: skip
def give(request: HttpRequest, sent: SignalsIn) -> SignalsTaken:
    """Take up to a thousand signals. What is counted as taken is committed.

    Each has a sender_id of its own: sent again with the same words it is counted as the same, with other words it is
    refused as a conflict. So after no answer send the whole batch again. Whether a child or a family is known is never
    told.
    """
    actor = actor_in(request)
    require(actor, "signal.give")
    with same_time_for_all():
        return told(take(actor.agency, sent.signals, actor))


def told(outcome: Outcome) -> SignalsTaken:
    """The outcome as it is answered."""
    refused = [NotTakenOut(place=r.line, sender_id=r.sender_id, because=r.because) for r in outcome.refused]
    return SignalsTaken(taken=outcome.taken, same=outcome.same, refused=refused)
