"""The only writers of hand-overs, one verb each. The journal judges; a refusal says what to do instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from rightplace.common.caseflow import accepting
from rightplace.common.caseflow.projections import Offer
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
from rightplace.foundation.journal.writing import Later, Written, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.queries import members
from rightplace.foundation.organisation.rolecodes import RoleCode


def _draft(file: int, body: Body, concern: int = 0, occasion: int = 0) -> Draft:
    at = from_datetime(clock.now())
    return Draft(file=file, body=body, day=day_of(at), at=at, concern=concern, occasion=occasion)


BOTH_SIDES = 2
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
    return accept_children(offers={file: offer}, by=by, note=note, worker=worker)


def accept_children(
    *,
    offers: Mapping[int, int],
    by: Actor,
    note: str = "",
    worker: int = 0,
    reasons: str = "",
    suggested: Suggested | None = None,
) -> Written:
    """Answer for brothers and sisters in one act: each child's file with the offer that is accepted there.

    With a worker, whom the programme suggested stands beside; `reasons` says why another one has them.
    What ends or begins with the hand-over is signed in the same moment, by the hooks that services registered.
    """
    if worker:
        _of_the_team(worker, by)
    rows = Offer.objects.in_bulk(list(offers.values()))
    drafts: list[Draft] = []
    for file, number in offers.items():
        row = rows.get(number)
        bodies: list[Body] = [TeamAccepted(offer=number, note=note)]
        if row is not None:
            bodies += accepting.bodies_at(row, by)
        if worker:
            shown = suggested or Suggested()
            said = reasons or note
            bodies.append(
                WorkerAllocated(worker=worker, reasons=said, suggested=shown.worker, suggestion=shown.why)
            )
        drafts += [_draft(file, body, row.concern if row else 0) for body in bodies]
    return write(drafts, by=by, may="offer.answer")


def send_back(*, file: int, offer: int, reasons: str, instead: str, by: Actor) -> Written:
    """Do not accept, with the reason and what instead. The second time it goes to the head of service."""
    return send_back_children(offers={file: offer}, reasons=reasons, instead=instead, by=by)


def send_back_children(*, offers: Mapping[int, int], reasons: str, instead: str, by: Actor) -> Written:
    """Send brothers and sisters back in one act: each child's file with the offer that is not accepted there."""
    return write(
        [
            _draft(file, TeamSentBack(offer=offer, reasons=reasons, instead=instead))
            for file, offer in offers.items()
        ],
        by=by,
        may="offer.answer",
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


@dataclass(frozen=True)
class Suggested:
    """Whom the programme suggested and why, as it was shown to whoever decided; nobody: 0."""

    worker: int = 0
    why: tuple[str, ...] = ()


def allocate(
    *,
    file: int,
    worker: int,
    by: Actor,
    reasons: str = "",
    change_reason: str = "",
    instead_of: int = 0,
    suggested: Suggested | None = None,
) -> Written:
    """Say which worker has the child; the one before ends in the same moment."""
    return allocate_together(
        files={file: instead_of},
        worker=worker,
        by=by,
        reasons=reasons,
        change_reason=change_reason,
        suggested=suggested,
    )


def allocate_together(
    *,
    files: Mapping[int, int],
    worker: int,
    by: Actor,
    reasons: str = "",
    change_reason: str = "",
    suggested: Suggested | None = None,
    apart: str = "",
) -> Written:
    """Say which worker has these brothers and sisters, each file with the worker whom the child has had, or nobody.

    `apart` says why another of them is not among them: they are parted for a reason or not at all.
    """
    _of_the_team(worker, by)
    occasion, shown, drafts = new_id() if len(files) > 1 else 0, suggested or Suggested(), list[Draft]()
    for file, before in files.items():
        changes = change_reason if before else ""
        if before:
            ended = WorkerEnded(worker=before, change_reason=changes, reasons=reasons)
            drafts.append(_draft(file, ended, occasion=occasion))
        body = WorkerAllocated(
            worker=worker, reasons=reasons, change_reason=changes, suggested=shown.worker, suggestion=shown.why,
            apart=apart,
        )  # fmt: skip
        drafts.append(_draft(file, body, occasion=occasion))
    return write(drafts, by=by, may="worker.allocate")


def end_worker(*, file: int, worker: int, change_reason: str, reasons: str, by: Actor) -> Written:
    """The worker no longer has the child, and nobody has yet: the child is on the unallocated register from now."""
    if accountable_team(file) != by.team:
        raise refused("not_your_team")
    body = WorkerEnded(worker=worker, change_reason=change_reason, reasons=reasons)
    return write([_draft(file, body)], by=by, may="worker.allocate")


@dataclass(frozen=True)
class Conversation:
    """The one conversation in which a step is agreed: who spoke, when, and what both sides agreed."""

    spoke: tuple[str, ...]
    on: date
    agreed: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step up or down: from where to where, why, what says so, the conversation, and the plan that goes along."""

    up: bool
    from_part: str
    to_part: str
    team: int
    reasons: str
    indicators: tuple[str, ...]
    conversation: Conversation
    carried: tuple[str, ...] = ()

    def body(self) -> SteppedUp | SteppedDown:
        """The entry that says so."""
        kind, said = SteppedUp if self.up else SteppedDown, self.conversation
        return kind(
            from_part=self.from_part, to_part=self.to_part, reasons=self.reasons, indicators=self.indicators,
            spoke=said.spoke, spoke_on=said.on, agreed=said.agreed, carried=self.carried,
        )  # fmt: skip


def step_children(
    *, files: Sequence[int], step: Step, by: Actor, may: str = "offer.place", concern: int = 0
) -> Written:
    """Step brothers and sisters up or down together, for the same reasons."""
    return step_together(steps=dict.fromkeys(files, step), by=by, may=may, concern=concern)


def step_together(
    *, steps: Mapping[int, Step], by: Actor, may: str = "offer.place", concern: int = 0
) -> Written:
    """Step brothers and sisters in one act, each for the own reasons: said in each file, and offered at once.

    One conversation stands in every file, under one occasion. The team that has them answers until the other accepts.
    A worker may write it with the permission of the service (`may`); accepting is always the other team's manager's.
    """
    for file, step in steps.items():
        _has_or_passes_on(file, by)
        needs_reasons(step.reasons)
        needs_conversation(step.conversation)
    occasion = new_id()
    drafts: list[Draft] = []
    for file, step in steps.items():
        said = msgspec.structs.replace(_draft(file, step.body(), concern, occasion), id=new_id())
        offer = TeamOffered(team=step.team, for_what=step.to_part, reasons=step.reasons, because_of=said.id)
        drafts += [said, _draft(file, offer, concern, occasion)]
    return write(drafts, by=by, may=may, then=[Later("offer.made", {"file": file}) for file in steps])


def needs_conversation(said: Conversation) -> None:
    """A step is agreed between two people, not posted across a wall."""
    if len(said.spoke) < BOTH_SIDES or not said.agreed.strip():
        raise Refused(
            "A step up or down is agreed in one conversation, and this says nothing of it.",
            "Ring the other team; then write who spoke for each side and what both agreed.",
            "Promise 1: a hand-over is complete when accepted",
        )
    if said.on > clock.today():
        raise Refused(
            "That conversation lies ahead.", "Have it first; then write on which day you spoke.", "Promise 1"
        )


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
