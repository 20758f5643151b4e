"""The only writers of hand-overs, one verb each. The journal judges; a refusal says what to do instead."""

from __future__ import annotations

from collections.abc import Sequence

from rightplace.common.caseflow.queries import accountable_team, team_load
from rightplace.domain.practice.entries import Body, Draft
from rightplace.domain.practice.entries.caseflow import (
    CaseClosed,
    OfferRead,
    OfferWithdrawn,
    SteppedDown,
    SteppedUp,
    TeamAccepted,
    TeamOffered,
    TeamPlaced,
    TeamSentBack,
    WorkerAllocated,
    WorkerEnded,
)
from rightplace.domain.practice.journey.refusals import Refused, needs_reasons, refused
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.writing import Later, Written, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.queries import members
from rightplace.foundation.organisation.rolecodes import RoleCode


def _draft(file: int, body: Body, concern: int = 0, occasion: int = 0) -> Draft:
    at = from_datetime(clock.now())
    return Draft(file=file, body=body, day=day_of(at), at=at, concern=concern, occasion=occasion)


PLACES = frozenset({RoleCode.HEAD_OF_SERVICE, RoleCode.RULE})
PASSES_ON = frozenset({Team.Kind.FRONT_DOOR, Team.Kind.OUT_OF_HOURS, Team.Kind.LEADERSHIP})


def _has_or_passes_on(file: int, by: Actor) -> None:
    """Only the team that has the child, the front door, or the head of service says where a child goes next."""
    if by.team_kind not in PASSES_ON and accountable_team(file) != by.team:
        raise refused("not_your_team")


def _of_the_team(worker: int, by: Actor) -> None:
    """A child's worker is of the team that answers: else nobody of that team would know the child."""
    if not members(by.team, clock.today()).filter(worker_id=worker).exists():
        raise Refused(
            "That worker is not in your team today.",
            "Choose a worker of your team, or leave the child unallocated for now.",
            "Promise 1: a worker of the accountable team, or an age without one",
        )


def offer_child(
    *, file: int, team: int, for_what: str, reasons: str, by: Actor, because_of: int = 0, concern: int = 0
) -> Written:
    """Offer a child to a team. The team that has the child answers until the other accepts."""
    _has_or_passes_on(file, by)
    body = TeamOffered(team=team, for_what=for_what, reasons=reasons, because_of=because_of)
    return write(
        [_draft(file, body, concern)], by=by, may="offer.place", then=[Later("offer.made", {"file": file})]
    )


def open_offer(*, file: int, offer: int, by: Actor) -> Written:
    """Say that somebody of the offered team has opened the offer; it climbs no further."""
    return write([_draft(file, OfferRead(offer=offer))], by=by, may="offer.answer")


def accept_child(*, file: int, offer: int, by: Actor, note: str = "", worker: int = 0) -> Written:
    """Answer for the child from now on; with a worker, allocate in the same moment."""
    drafts = [_draft(file, TeamAccepted(offer=offer, note=note))]
    if worker:
        _of_the_team(worker, by)
        drafts.append(_draft(file, WorkerAllocated(worker=worker, reasons=note)))
    return write(drafts, by=by, may="offer.answer")


def send_back(*, file: int, offer: int, reasons: str, instead: str, by: Actor) -> Written:
    """Do not accept, with the reason and what instead. The second time it goes to the head of service."""
    return write(
        [_draft(file, TeamSentBack(offer=offer, reasons=reasons, instead=instead))], by=by, may="offer.answer"
    )


def withdraw_offer(*, file: int, offer: int, reasons: str, by: Actor) -> Written:
    """Take an offer back before it is answered."""
    needs_reasons(reasons)
    if accountable_team(file) != by.team:
        raise refused("not_your_team")
    return write([_draft(file, OfferWithdrawn(offer=offer, reasons=reasons))], by=by, may="offer.place")


def place_child(*, file: int, team: int, for_what: str, reasons: str, by: Actor, offer: int = 0) -> Written:
    """The head of service says which team answers; it needs no acceptance."""
    if by.role not in PLACES:
        raise Refused(
            "Only the head of service places a child with a team that has not accepted.",
            "Offer the child to the team, or ask the head of service.",
            "Promise 1: a hand-over is complete when accepted",
        )
    needs_reasons(reasons)
    body = TeamPlaced(team=team, for_what=for_what, reasons=reasons, offer=offer)
    return write([_draft(file, body)], by=by, may="offer.place")


def allocate(
    *, file: int, worker: int, by: Actor, reasons: str = "", change_reason: str = "", instead_of: int = 0
) -> Written:
    """Say which worker has the child; the one before ends in the same moment."""
    _of_the_team(worker, by)
    drafts: list[Draft] = []
    if instead_of:
        drafts.append(
            _draft(file, WorkerEnded(worker=instead_of, change_reason=change_reason, reasons=reasons))
        )
    drafts.append(_draft(file, WorkerAllocated(worker=worker, reasons=reasons, change_reason=change_reason)))
    return write(drafts, by=by, may="worker.allocate")


def end_worker(*, file: int, worker: int, change_reason: str, reasons: str, by: Actor) -> Written:
    """The worker no longer has the child, and nobody has yet: the child is on the unallocated register from now."""
    if accountable_team(file) != by.team:
        raise refused("not_your_team")
    body = WorkerEnded(worker=worker, change_reason=change_reason, reasons=reasons)
    return write([_draft(file, body)], by=by, may="worker.allocate")


def step(
    *,
    file: int,
    up: bool,
    from_part: str,
    to_part: str,
    team: int,
    reasons: str,
    indicators: Sequence[str],
    by: Actor,
) -> Written:
    """Step a child up or down: said, with its indicators, and offered onward in the same moment."""
    _has_or_passes_on(file, by)
    needs_reasons(reasons)
    kind = SteppedUp if up else SteppedDown
    body = kind(from_part=from_part, to_part=to_part, reasons=reasons, indicators=tuple(indicators))
    drafts = [_draft(file, body), _draft(file, TeamOffered(team=team, for_what=to_part, reasons=reasons))]
    return write(drafts, by=by, may="offer.place", then=[Later("offer.made", {"file": file})])


def close_case(
    *, file: int, reasons: str, closure_reason: str, by: Actor, unseen_reason: str = "", family_view: str = ""
) -> Written:
    """Let one child go, guarded by promise 2 and stamped with what the team carries at this moment."""
    body = CaseClosed(
        reasons=reasons,
        closure_reason=closure_reason,
        unseen_reason=unseen_reason,
        family_view=family_view,
        team_load=team_load(by.team),
    )
    return write([_draft(file, body)], by=by, may="case.close")
