"""The only writers of early help, one verb each. What is said of a family stands in each child's file, one occasion."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from rightplace.common.caseflow.queries import accountable_team
from rightplace.common.disclosure.keepingback import keep_addresses_back
from rightplace.domain.practice.entries import Body, Draft
from rightplace.domain.practice.entries import familysupport as said
from rightplace.domain.practice.entries.keeping import InformationShared
from rightplace.domain.practice.journey.refusals import Refused, needs_reasons, refused
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal.writing import Written, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.services.familysupport.family import Family
from rightplace.services.familysupport.projections import Invited, Support
from rightplace.services.familysupport.record import AGREES

BY_AGREEMENT = "Working Together to Safeguard Children 2023: early help is by agreement with the family"
PROMISE_7 = "Promise 7: each sharing of information records basis, purpose and what was sent"


def begin(
    *,
    files: Sequence[int],
    agreements: Sequence[said.Agreement],
    purpose: str,
    lead: int,
    by: Actor,
    concern: int = 0,
) -> Written:
    """Begin family support with these brothers and sisters, once somebody who may has agreed."""
    for file in files:
        if accountable_team(file) != by.team:
            raise refused("not_your_team")
    if Support.objects.filter(file__in=list(files)).exclude(ended__lte=clock.now()).exists():
        raise Refused(
            "Family support has begun for one of these children already.",
            "Open the family's page; a child who joins the family is begun there alone.",
        )
    if not any(each.answer == AGREES and not each.child for each in agreements):
        raise Refused(
            "No parent or carer agrees, and family support is by agreement.",
            "Talk it over with them again; if a child is not safe without their agreement, step up.",
            BY_AGREEMENT,
        )
    body = said.FamilySupportBegan(lead=lead, agreements=tuple(agreements), purpose=purpose)
    occasion = new_id()
    drafts = [_draft(file, body, concern, occasion) for file in files]
    return write(drafts, by=by, may="familysupport.write")


def answer(*, family: Family, agreement: said.Agreement, by: Actor) -> Written:
    """Keep what somebody of the family agreed to, or that the agreement was taken back."""
    return _say(family, said.FamilyAnswered(support=0, agreement=agreement), by)


def name_lead(*, family: Family, worker: int, reasons: str, by: Actor) -> Written:
    """Say who leads the work with the family from now on."""
    return _say(family, said.LeadNamed(support=0, worker=worker, reasons=reasons), by)


def assess(*, family: Family, assessed: said.WholeFamilyAssessed, by: Actor) -> Written:
    """Sign the whole-family assessment; its measures are the baseline."""
    return _say(family, assessed, by)


def plan(*, family: Family, goals: Sequence[said.Goal], family_words: str, by: Actor) -> Written:
    """Sign the plan: what should be different, who does what by when. What a partner is to do is shared with them."""
    if not goals:
        raise Refused(
            "A plan has at least one goal.", "Write what should be different, who does what, and by when."
        )
    if not family.record.agrees:
        raise Refused(
            "Nobody of the family agrees now, so there is nothing to plan together.",
            "Talk it over with them; keep their answer, end with what changed, or step up.",
            BY_AGREEMENT,
        )
    keep_addresses_back(family.files, *_seen_outside(family, goals))
    made = said.FamilyPlanMade(support=0, goals=tuple(goals), family_words=family_words)
    return _say(family, made, by, more=_own_parts(family, goals))


def _seen_outside(family: Family, goals: Sequence[said.Goal]) -> list[str]:
    """The words of a plan that partners of the team read: their own parts, and those that are shared with them."""
    seen: list[str] = []
    for member in family.record.members:
        if member.agency:
            theirs = (
                g for g in goals if g.number in member.shared or (g.worker and g.worker == member.worker)
            )
            seen += (word for goal in theirs for word in (goal.want, goal.does, goal.doer, goal.note))
    return seen


def _own_parts(family: Family, goals: Sequence[said.Goal]) -> list[Body]:
    """For each partner with a part in the plan, that it is shared with them, why and on what basis (promise 7)."""
    told: list[Body] = []
    before = {(goal.number, goal.worker, goal.does) for goal in family.record.goals}
    for member in family.record.members:
        mine = [g for g in goals if g.worker and g.worker == member.worker and member.agency]
        new = [g for g in mine if (g.number, g.worker, g.does) not in before]
        if new:
            told.append(_shared(member, new, "So that they know their own part in the family's plan"))
    return told


def review(*, family: Family, reviewed: said.FamilyPlanReviewed, by: Actor) -> Written:
    """Sign a review: who came, what is done, where each stands now, how it goes on."""
    keep_addresses_back(family.files, *_seen_outside(family, reviewed.goals))
    return _say(family, reviewed, by)


def meet(
    *, family: Family, came: Sequence[str], missed: Sequence[str], summary: str, words: str, by: Actor
) -> Written:
    """Keep a meeting of the team around the family."""
    met = said.FamilyTeamMet(
        support=0, came=tuple(came), missed=tuple(missed), summary=summary, family_words=words
    )
    return _say(family, met, by)


def invite(*, family: Family, member: said.FamilyTeamJoined, by: Actor) -> Written:
    """Take somebody into the team around the family. With a partner goes what is shared, why and on what basis."""
    shared = [g for g in family.record.goals if g.number in member.shared or g.worker == member.worker]
    if member.agency and not (member.basis.strip() and member.purpose.strip()):
        raise Refused(
            "Nothing is shared with another agency without a basis and a purpose.",
            "Say on what lawful basis, and what for.",
            PROMISE_7,
        )
    more = [_shared(member, shared, member.purpose)] if member.agency else []
    going_out = [word for each in more for word in (each.purpose, each.sent)]
    noted = [word for goal in shared for word in (goal.doer, goal.note)] if member.agency else []
    keep_addresses_back(family.files, *going_out, *noted)
    return _say(family, member, by, more=more)


def leave(*, family: Family, member: said.FamilyTeamJoined, by: Actor) -> Written:
    """Somebody is no longer in the team around the family, and sees nothing of it from now on."""
    return _say(family, msgspec.structs.replace(member, left=True, shared=()), by)


def _shared(member: said.FamilyTeamJoined, goals: Sequence[said.Goal], purpose: str) -> InformationShared:
    parts = "; ".join(f"{goal.want}: {goal.does}" for goal in goals) or "no part of the plan yet"
    return InformationShared(
        with_whom=f"{member.name}, {member.agency_name}",
        agency=member.agency,
        basis=member.basis,
        purpose=purpose,
        sent=f"The children's names, who leads the work, and of the plan: {parts}",
        family_told="told and agrees",
    )


def say_done(*, family: Family, goal: int, done: bool, words: str, by: Actor) -> Written:
    """A worker of the team says what was done of the plan."""
    _known_goal(family, goal)
    needs_reasons(words)
    return _say(family, said.GoalActed(support=0, goal=goal, done=done, words=words), by)


def say_own_done(*, family: Family, goal: int, done: bool, words: str, by: Actor) -> Written:
    """A partner says what was done, or will be, of the part that is theirs; of nothing else."""
    invitations = Invited.objects.filter(family=family.number, worker=by.worker, until__isnull=True)
    for invitation in invitations:
        require(by, "familysupport.join", invitation)
    found = _known_goal(family, goal)
    if found.worker != by.worker or not invitations:
        raise refused("not_your_team")
    needs_reasons(words)
    acted = said.GoalActed(support=0, goal=goal, done=done, words=words)
    return _say(family, acted, by, may="familysupport.join", asks_team=False)


def _known_goal(family: Family, goal: int) -> said.Goal:
    found = next((each for each in family.record.goals if each.number == goal), None)
    if found is None:
        raise Refused("That goal is no longer in the plan.", "Look at the plan as it stands now.")
    return found


def end(*, family: Family, ended: said.FamilySupportEnded, by: Actor) -> Written:
    """End family support with what changed. The child stays with the team until somebody closes or hands over."""
    needs_reasons(ended.reasons)
    if not ended.changed.strip():
        raise Refused(
            "It is not said what changed.", "Write what is different now, also where nothing is.", "Promise 6"
        )
    return _say(family, ended, by, may="familysupport.end")


def _say(
    family: Family,
    body: Body,
    by: Actor,
    *,
    may: str = "familysupport.write",
    more: Sequence[Body] = (),
    asks_team: bool = True,
) -> Written:
    """The same occasion in the file of each child whose support goes on; `support` is filled in for each."""
    going = family.going_on
    if not going:
        raise refused("ended_before_begun")
    if asks_team:
        for support in going:
            require(by, may, support)
    return write(_drafts(going, body, more), by=by, may=may)


def _drafts(going: Sequence[Support], body: Body, more: Sequence[Body]) -> list[Draft]:
    occasions = [new_id() for _ in range(1 + len(more))]
    return [
        _draft(support.file, one, support.concern, occasion)
        for support in going
        for occasion, one in zip(
            occasions, (msgspec.structs.replace(body, support=support.id), *more), strict=True
        )
    ]


def _draft(file: int, body: Body, concern: int, occasion: int) -> Draft:
    at = from_datetime(clock.now())
    return Draft(file=file, body=body, day=day_of(at), at=at, concern=concern, occasion=occasion)
