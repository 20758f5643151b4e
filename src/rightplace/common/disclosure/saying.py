"""What an agency was sent, or said, in a child's file: basis, purpose and words, as they stand in the entries. Pure.

What one agency reads of an entry may be less than another does: each is said apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from rightplace.common.disclosure import passing
from rightplace.domain.practice.entries import Body, Entry
from rightplace.domain.practice.entries.directory import ServiceAnswered, ServiceRequested
from rightplace.domain.practice.entries.familysupport import (
    FamilyPlanMade,
    FamilyPlanReviewed,
    FamilyTeamJoined,
    Goal,
    GoalActed,
)
from rightplace.domain.practice.entries.keeping import InformationRefused, InformationShared
from rightplace.domain.practice.entries.protection import (
    StrategyAction,
    StrategyActionDone,
    StrategyAnswered,
    StrategyCalledIn,
    StrategyDecided,
    StrategyHeld,
)

NOTHING_KNOWN = "Nothing is known."
CALL = "A call to a strategy discussion"


@dataclass(frozen=True)
class Said:
    """What passed, as it stands in the record. `sent` is exactly what the other side read."""

    what: str
    basis: str
    purpose: str
    sent: str
    family: str = ""
    why_not: str = ""
    ground: str = ""
    with_whom: str = ""
    attachments: tuple[int, ...] = ()
    """Numbers of the files that went with it."""

    @property
    def exactly(self) -> bytes:
        """The very bytes: the same each time that they are asked for."""
        return self.sent.encode()

    @property
    def digest(self) -> str:
        """By which two copies are told apart."""
        return sha256(self.exactly).hexdigest()


def joined(*parts: str) -> str:
    """Several texts as one, those that are empty left out."""
    return "\n\n".join(part for part in parts if part)


def family_words(told: str, reason: str) -> str:
    """Whether the family was told, and why not."""
    return f"{told}: {reason}" if told and reason else told


def said_of_child(entry: Entry, own: Sequence[Entry], agency: int) -> Said | None:
    """What passed between us and one agency with an entry of a child's file; None where nothing did."""
    say = SAYING.get(type(entry.body))
    return say(entry.body, entry, own, agency) if say else None


def _shared(body: InformationShared, *_: Any) -> Said:
    family = family_words(body.family_told, body.not_told_reason)
    return Said("Sent", body.basis, body.purpose, body.sent, family, with_whom=body.with_whom)


def _refused(body: InformationRefused, *_: Any) -> Said:
    return Said(
        "Not sent", "", body.asked_for, "", why_not=body.reasons, ground=body.ground, with_whom=body.with_whom
    )


def _called(body: StrategyDecided, *_: Any) -> Said:
    family = family_words(body.family_told, body.not_told_reason)
    return Said(CALL, body.basis, body.purpose, body.sent, family)


def _called_in(body: StrategyCalledIn, entry: Entry, own: Sequence[Entry], agency: int) -> Said | None:
    call = passing.named(own, StrategyDecided, body.strategy)
    if call is None:
        return None
    family = family_words(call.family_told, call.not_told_reason)
    return Said(CALL, call.basis, call.purpose, joined(call.sent, body.because), family)


def _answered(body: StrategyAnswered, entry: Entry, own: Sequence[Entry], agency: int) -> Said:
    call = passing.named(own, StrategyDecided, body.strategy)
    return Said(
        "Said at a strategy discussion",
        body.basis or (call.basis if call else ""),
        body.purpose or (call.purpose if call else ""),
        body.knows or (NOTHING_KNOWN if body.known == "nothing" else ""),
        why_not=body.refused_because,
    )


def _held(body: StrategyHeld, entry: Entry, own: Sequence[Entry], agency: int) -> Said:
    call = passing.call_of(entry, own)
    actions = [_action(each) for each in passing.actions_of(body, agency)]
    return Said(
        "Told of a strategy discussion",
        body.basis or (call.basis if call else ""),
        body.purpose or (call.purpose if call else ""),
        joined(body.partners_told, "\n".join(actions)),
    )


def _action(agreed: StrategyAction) -> str:
    by = f", by {agreed.due.isoformat()}" if agreed.due else ""
    return f"Agreed that you do: {agreed.what}{by}"


def _done(body: StrategyActionDone, entry: Entry, own: Sequence[Entry], agency: int) -> Said:
    held, agreed = passing.named(own, StrategyHeld, body.held), passing.agreed_at(body, own)
    return Said(
        "Done after a strategy discussion",
        held.basis if held else "",
        held.purpose if held else "",
        joined(f"Done: {agreed.what}" if agreed else "Done", body.note),
    )


def _requested(body: ServiceRequested, *_: Any) -> Said:
    family = family_words(f"agreed by {body.agreed_by}" if body.agreed_by else "", body.agreed_how)
    return Said("A request for a place", body.basis, body.purpose, body.sent, family)


def _place(body: ServiceAnswered, entry: Entry, own: Sequence[Entry], agency: int) -> Said:
    asked = passing.named(own, ServiceRequested, body.request)
    basis, purpose = (asked.basis, asked.purpose) if asked else ("", "")
    starts = f", from {body.starts.isoformat()}" if body.starts else ""
    what = "Answer to a request for a place" if passing.by_a_partner(entry) else "A request for a place"
    return Said(what, basis, purpose, joined(f"{str(body.answer).capitalize()}{starts}.", body.reasons))


def _plan(
    body: FamilyPlanMade | FamilyPlanReviewed, entry: Entry, own: Sequence[Entry], agency: int
) -> Said | None:
    found = _member(passing.team_around(entry, own), agency)
    if found is None:
        return None
    parts = [_part(goal) for goal in passing.parts_for(found, body.goals)]
    return Said("Parts of a family plan", found.basis, found.purpose, "\n".join(parts))


def _acted(body: GoalActed, entry: Entry, own: Sequence[Entry], agency: int) -> Said | None:
    team = passing.team_around(entry, own)
    found = next((each for each in team if each.worker == entry.author), None)
    member = found or _member(team, agency)
    if member is None:
        return None
    want = next((g.want for g in passing.plan_before(entry, own) if g.number == body.goal), "")
    stands = "Done" if body.done else "Goes on"
    return Said(
        "Said of a part of a family plan" if found else "A part of a family plan is done",
        member.basis,
        member.purpose,
        joined(f"{stands}: {want}" if want else stands, body.words if found else ""),
    )


def _member(team: Iterable[FamilyTeamJoined], agency: int) -> FamilyTeamJoined | None:
    return next((each for each in team if each.agency == agency), None)


def _part(goal: Goal) -> str:
    """One goal, as a partner of the team reads it."""
    by = f"by {goal.by.isoformat()}" if goal.by else ""
    return "; ".join(part for part in (goal.want, goal.does, goal.doer, by, goal.state) if part)


SAYING: Mapping[type[Body], Callable[..., Said | None]] = {
    InformationShared: _shared, InformationRefused: _refused, StrategyDecided: _called, StrategyCalledIn: _called_in,
    StrategyAnswered: _answered, StrategyHeld: _held, StrategyActionDone: _done, ServiceRequested: _requested,
    ServiceAnswered: _place, FamilyPlanMade: _plan, FamilyPlanReviewed: _plan, GoalActed: _acted,
}  # fmt: skip
