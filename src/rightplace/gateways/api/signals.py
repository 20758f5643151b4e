"""Signals by the API: many at once, each row accounted for, and each taken once however often it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field, WithJsonSchema

from rightplace.common.web.steady import same_time_for_all
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import require, scope
from rightplace.gateways.api.mounting import Needs, mount
from rightplace.gateways.api.schema import WRONG_SENT, Strict
from rightplace.services.signals.models import GivenSignal
from rightplace.services.signals.rows import LIMITS, REQUIRED
from rightplace.services.signals.taking import TOGETHER, Outcome, take
from rightplace.services.signals.takingback import take_back as taking_back

MOST_BACK = 100
A_STEP_HOLDS = 5
"""So many are taken back in a step of the clock, whichever of them somebody had acted on."""
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

router = mount(
    "signals",
    {
        "signals": Needs("signal.give", post="signals:write", largest=LARGEST),
        "signals-taken-back": Needs("signal.give", post="signals:write"),
    },
)


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


class TakeBackIn(Strict):
    """A signal that was wrong: your id for it, and why it is taken back."""

    sender_id: Annotated[str, Field(min_length=1, max_length=LIMITS["sender_id"])]
    because: Literal["not so", "another child", "a fact", "twice", "not to share"]
    words: Annotated[
        str, Field(min_length=1, max_length=500, description="what was wrong, for who acted on it")
    ]


class TakenBackIn(Strict):
    """Signals that an agency takes back."""

    signals: Annotated[list[TakeBackIn], Field(min_length=1, max_length=MOST_BACK)]


class BackOut(Schema):
    """What became of each: taken back now, before, or not here (never given, or its day has come)."""

    taken_back: int
    before: int
    not_here: list[str]


@router.post(
    "/signals/taken-back", url_name="signals-taken-back", response={200: BackOut, **WRONG_SENT},
    operation_id="take_signals_back", summary="Take signals back",
)  # fmt: skip
def take_back(request: HttpRequest, sent: TakenBackIn) -> BackOut:
    """Take back up to a hundred signals that were wrong, whether or not an agreement is still in force.

    Nobody acts on them from then on; whoever acted on one reads your words. Whether anybody did is never told. A fact
    that was wrong is given again as it is under a new sender_id.
    """
    actor = actor_in(request)
    require(actor, "signal.give")
    with same_time_for_all(1 + len(sent.signals) // A_STEP_HOLDS):
        return _back(actor, sent.signals)


def _back(actor: Actor, asked: Sequence[TakeBackIn]) -> BackOut:
    own = scope(actor, GivenSignal).filter(sender_id__in=[each.sender_id for each in asked])
    numbers = dict(own.values_list("sender_id", "pk"))
    done = sum(
        taking_back(signals=[numbers[each.sender_id]], because=each.because, words=each.words, by=actor)
        for each in asked
        if each.sender_id in numbers
    )
    missing = [each.sender_id for each in asked if each.sender_id not in numbers]
    return BackOut(taken_back=done, before=len(asked) - done - len(missing), not_here=missing)


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
