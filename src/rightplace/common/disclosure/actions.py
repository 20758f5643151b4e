"""Share and refuse: what is sent to whom, on which basis and why; what is not, and why not (promise 7).

`share` and `refuse` sign one entry in a child's file. A service that shares in the course of something else puts
`sharing(…)` or `refusal(…)` into its own write, so that it is sent if, and only if, the rest stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from rightplace.common.disclosure import grounds
from rightplace.common.disclosure.keepingback import keep_addresses_back
from rightplace.domain.practice.entries import Body, Draft
from rightplace.domain.practice.entries.keeping import InformationRefused, InformationShared
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal.writing import Later, Written, write
from rightplace.foundation.organisation import clock

RECORD = "disclosure.record"
PROMISE_7 = (
    "Promise 7: each sharing of information records basis, purpose and what was sent; each refusal its reason"
)
UNTOLD = ("not told", "told and does not agree", "not known")


def accounted_for(basis: str, purpose: str, sent: str) -> None:
    """What is shared is shared on a basis, for a purpose, and word for word known afterwards."""
    if not (basis.strip() and purpose.strip() and sent.strip()):
        raise Refused(
            "What is shared needs its basis, its purpose, and the words that are sent.",
            "Choose the lawful basis, write the purpose, and write what is sent.",
            PROMISE_7,
        )


def sharing(
    *,
    with_whom: str,
    basis: str,
    purpose: str,
    sent: str,
    agency: int = 0,
    about: int = 0,
    family_told: str = "",
    not_told_reason: str = "",
) -> InformationShared:
    """One sharing, complete, for a service's own write. `about` is the entry that it belongs to."""
    accounted_for(basis, purpose, sent)
    if not with_whom.strip():
        raise Refused("Nobody is named whom it is shared with.", "Say who is sent it.", PROMISE_7)
    if family_told in UNTOLD and not not_told_reason.strip():
        raise Refused(
            "The family was not told, or does not agree, and nobody says why it is shared all the same.",
            "Write why. Lawful basis and agreement are two questions.",
            PROMISE_7,
        )
    return InformationShared(
        with_whom=with_whom.strip(), agency=agency, basis=basis, purpose=purpose, sent=sent, about=about,
        family_told=family_told, not_told_reason=not_told_reason,
    )  # fmt: skip


def refusal(
    *, with_whom: str, asked_for: str, reasons: str, agency: int = 0, ground: str = "", about: int = 0
) -> InformationRefused:
    """One refusal, complete. A ground, where it is named, is one that holds today."""
    if not (with_whom.strip() and asked_for.strip() and reasons.strip()):
        raise Refused(
            "A refusal to share says who asked, for what, and why not.",
            "Write what was asked for, and why not sharing it is better for the child.",
            PROMISE_7,
        )
    if ground and ground not in {each.id for each in grounds.grounds(clock.today())}:
        raise Refused("That ground does not hold today.", "Choose another one, or give your reasons alone.")
    return InformationRefused(
        with_whom=with_whom.strip(),
        agency=agency,
        asked_for=asked_for,
        reasons=reasons,
        ground=ground,
        about=about,
    )


def share(
    *,
    file: int,
    with_whom: str,
    basis: str,
    purpose: str,
    sent: str,
    by: Actor,
    agency: int = 0,
    about: int = 0,
    concern: int = 0,
    family_told: str = "",
    not_told_reason: str = "",
    then: Sequence[Later] = (),
) -> Written:
    """Record in a child's file what was sent to whom, on which basis and for what."""
    require(by, RECORD)
    body = sharing(
        with_whom=with_whom, basis=basis, purpose=purpose, sent=sent, agency=agency, about=about,
        family_told=family_told, not_told_reason=not_told_reason,
    )  # fmt: skip
    keep_addresses_back([file], purpose, sent)
    return write([draft(file, body, concern)], by=by, may=RECORD, then=then)


def refuse(
    *,
    file: int,
    with_whom: str,
    asked_for: str,
    reasons: str,
    by: Actor,
    agency: int = 0,
    ground: str = "",
    about: int = 0,
    concern: int = 0,
) -> Written:
    """Record in a child's file what was not shared with whom, and why not."""
    require(by, RECORD)
    body = refusal(
        with_whom=with_whom, asked_for=asked_for, reasons=reasons, agency=agency, ground=ground, about=about
    )
    return write([draft(file, body, concern)], by=by, may=RECORD)


def draft(file: int, body: Body, concern: int = 0) -> Draft:
    """An entry of now in a child's file."""
    at = from_datetime(clock.now())
    return Draft(file=file, body=body, day=day_of(at), at=at, concern=concern)
