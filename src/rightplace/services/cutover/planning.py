"""Planning a cut-over: every open child of the teams that dissolve finds a team and a worker; people change and confirm."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.db import transaction
from django.db.models import QuerySet

from rightplace.common.caseflow.projections import Offer
from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.caseflow import OfferWithdrawn
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal.writing import new_id, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership, Team, Worker
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.queries import members
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.cutover.grouping import OpenFamily, open_children, open_families
from rightplace.services.cutover.models import Cutover, FamilyMove
from rightplace.services.cutover.proposing import Proposal, proposals
from rightplace.services.cutover.routing import Routed, route, successor_teams, teams_of_workers

State = FamilyMove.State
RUN = "cutover.run"
SOURCE = "Promise 1: an open child has exactly one accountable team"
UNSETTLED = (State.UNPLACED, State.PROPOSED, State.SENT_BACK)
"""What still asks for a person of the service before the day."""


@transaction.atomic
def begin_cutover(*, programme: Programme, by: Actor) -> Cutover:
    """Begin the cut-over of a programme that has set its first day and said what becomes of its teams."""
    require(by, RUN)
    if programme.first_day is None:
        raise Refused(
            "The programme has no first day yet.", "Set the first day of the new structure.", SOURCE
        )
    if not successor_teams(programme.pk):
        raise Refused(
            "The programme dissolves no team.", "Say for each old team which team goes on from it.", SOURCE
        )
    if Cutover.objects.filter(programme=programme).exists():
        raise Refused("This programme’s cut-over has begun already.", "Open it from the list.")
    return Cutover.objects.create(programme=programme, first_day=programme.first_day, **recorded(by))


@transaction.atomic
def make_plan(*, cutover: Cutover, by: Actor) -> int:
    """Plan every family that has no settled place: new ones, changed ones, those sent back. Gives how many."""
    require(by, RUN)
    held = Cutover.objects.select_for_update().get(pk=cutover.pk)
    _not_finished(held)
    teams = successor_teams(held.programme_id)
    families = open_families(list(teams))
    rows = {(row.family, row.from_team_id): row for row in held.families.select_for_update()}
    _let_go(rows.values(), families)
    asked = [each for each in families if _asks_for_a_place(rows.get((each.number, each.team)), each)]
    routed = _routed(asked, teams, held)
    proposed = _proposed(asked, routed, held)
    for family in asked:
        row = rows.get((family.number, family.team)) or FamilyMove(
            cutover=held, family=family.number, from_team_id=family.team
        )
        _put(row, family, routed[family.number, family.team], proposed.get((family.number, family.team)))
    return len(asked)


def _asks_for_a_place(row: FamilyMove | None, family: OpenFamily) -> bool:
    if row is None or row.state in (State.GONE, State.UNPLACED, State.PROPOSED):
        return row is None or row.chosen_by_id is None or list(row.children) != list(family.persons)
    return row.state != State.ASIDE and list(row.children) != list(family.persons)


def _let_go(rows: Iterable[FamilyMove], families: Sequence[OpenFamily]) -> None:
    """A family that is no longer with its team, or joined another, leaves the plan; what moved stays said."""
    there = {(each.number, each.team) for each in families}
    for row in rows:
        if (row.family, row.from_team_id) not in there and row.state not in (State.MOVED, State.GONE):
            row.state = State.GONE
            row.save(update_fields=["state"])


def _routed(
    asked: Sequence[OpenFamily], teams: dict[int, list[Team]], held: Cutover
) -> dict[tuple[int, int], Routed]:
    works_in = teams_of_workers([team.pk for after in teams.values() for team in after], held.first_day)
    return {(each.number, each.team): route(each, teams[each.team], works_in) for each in asked}


def _proposed(
    asked: Sequence[OpenFamily], routed: dict[tuple[int, int], Routed], held: Cutover
) -> dict[tuple[int, int], Proposal]:
    by_team: dict[int, dict[int, OpenFamily]] = defaultdict(dict)
    for each in asked:
        to_team = routed[each.number, each.team].team
        if to_team:
            by_team[to_team][each.number] = each
    return {
        (number, families[number].team): proposal
        for to_team, families in by_team.items()
        for number, proposal in proposals(to_team, list(families.values()), held.first_day).items()
    }


def _put(row: FamilyMove, family: OpenFamily, routed: Routed, proposal: Proposal | None) -> None:
    row.children, row.before_worker = list(family.persons), family.worker
    row.minutes = sum(family.minutes)
    row.to_team_id = routed.team or None
    row.worker_id = proposal.worker or None if proposal else None
    row.reasons = [routed.because, *(proposal.reasons if proposal else ())]
    row.state = State.PROPOSED if row.to_team_id and row.worker_id else State.UNPLACED
    _forget(row)
    row.save()


def _forget(row: FamilyMove) -> None:
    """What was said of another plan for this family holds no longer."""
    row.offered_by = row.accepted_by = row.sent_back_by = row.chosen_by = row.conversation = None
    row.offered_at = row.accepted_at = row.tried_at = None
    row.why = row.refused = ""


@transaction.atomic
def choose(*, family: FamilyMove, team: Team, worker: Worker, by: Actor) -> None:
    """Choose another team or worker for a family. Whatever was accepted before is asked again."""
    require(by, RUN)
    row = _open_row(family)
    allowed = {each.pk for each in successor_teams(row.cutover.programme_id).get(row.from_team_id, [])}
    if team.pk not in allowed:
        raise Refused(
            f"{team.name} does not go on from the family’s team.",
            "Choose a team that goes on from it, or say so in the programme first.",
            SOURCE,
        )
    if not members(team.pk, row.cutover.first_day).filter(worker_id=worker.pk).exists():
        raise Refused(
            "That worker is not in the new team on the first day.",
            "Choose a worker of the new team, or put the worker into it from the first day.",
            SOURCE,
        )
    _forget(row)
    row.to_team, row.worker, row.state = team, worker, State.PROPOSED
    row.reasons = [
        "Chosen by a person.",
        *(["The family keeps its worker."] if worker.pk == row.before_worker else []),
    ]
    row.chosen_by_id = by.membership
    row.save()


@transaction.atomic
def set_aside(*, family: FamilyMove, by: Actor) -> None:
    """Leave a family with its team for now. That team goes on answering, and cannot end before the family has moved."""
    require(by, RUN)
    row = _open_row(family)
    _forget(row)
    row.state, row.chosen_by_id = State.ASIDE, by.membership
    row.save()


@transaction.atomic
def offer_families(*, cutover: Cutover, by: Actor) -> int:
    """Confirm what is proposed: each receiving manager finds the families in a list, and is asked to accept."""
    require(by, RUN)
    held = Cutover.objects.select_for_update().get(pk=cutover.pk)
    _not_finished(held)
    _somebody(by)
    return held.families.filter(state=State.PROPOSED).update(
        state=State.OFFERED, offered_by_id=by.membership, offered_at=clock.now()
    )


def _open_row(family: FamilyMove) -> FamilyMove:
    row = FamilyMove.objects.select_for_update(of=("self",)).select_related("cutover").get(pk=family.pk)
    if row.state in (State.MOVED, State.GONE):
        raise Refused(
            "The family is no longer with its old team.", "Look at the child’s story: who answers is there."
        )
    return row


def _not_finished(cutover: Cutover) -> None:
    if cutover.finished_at is not None:
        raise Refused("This cut-over is finished.", "What comes later is an ordinary hand-over.")


def _somebody(by: Actor) -> Membership:
    found = Membership.objects.filter(pk=by.membership).first()
    if found is None:
        raise Refused(
            "A plan is confirmed by a person in a role.", "Sign in as whoever answers for it.", "Promise 6"
        )
    return found


# what a plan is, and whether it is whole -------------------------------------------------------------------------


def in_plan(cutover: Cutover) -> QuerySet[FamilyMove]:
    """The families that the plan moves, or has moved: all but those that left the old team otherwise."""
    return cutover.families.exclude(state=State.GONE)


Line: TypeAlias = tuple[int, list[int], int, int | None, int | None, str]
"""A family of a plan: its number, its children, old team, new team, worker, and how far it is."""


def lines_of(cutover: Cutover) -> list[Line]:
    """The plan, family by family, in an order that does not change."""
    rows = in_plan(cutover).order_by("family", "from_team")
    return list(rows.values_list("family", "children", "from_team", "to_team", "worker", "state"))


def digest_of(cutover: Cutover, lines: Sequence[Line] | None = None) -> str:
    """What tells one plan from another: the day, and for each family who it is, where it goes and to whom."""
    said = [f"{cutover.programme_id} {cutover.first_day.isoformat()}"]
    for family, children, before, after, worker, state in lines_of(cutover) if lines is None else lines:
        goes = "aside" if state == State.ASIDE else f"{after or 0} {worker or 0}"
        said.append(f"{family} {before} {','.join(map(str, sorted(children)))} {goes}")
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Missing:
    """What a plan leaves open: children in no family of it, and families without a place."""

    unplanned: int
    unplaced: int

    @property
    def sentences(self) -> list[str]:
        said = []
        if self.unplanned:
            said.append(f"{_children(self.unplanned)} of the old teams not in the plan: make the plan again.")
        if self.unplaced:
            families = "1 family has" if self.unplaced == 1 else f"{self.unplaced:,} families have"
            said.append(f"{families} no team and worker: choose them, or set the family aside.")
        return said


def _children(number: int) -> str:
    return "1 child is" if number == 1 else f"{number:,} children are"


def missing_in(
    cutover: Cutover, lines: Sequence[Line] | None = None, teams: Collection[int] | None = None
) -> Missing:
    """Open children of the dissolving teams whom the plan does not hold, and families for which nobody was found."""
    ends = list(successor_teams(cutover.programme_id) if teams is None else teams)
    found = lines_of(cutover) if lines is None else lines
    planned = {child for line in found if line[5] != State.MOVED for child in line[1]}
    unplaced = sum(1 for line in found if line[5] in (State.UNPLACED, State.SENT_BACK))
    return Missing(len(open_children(ends).keys() - planned), unplaced)


def offers_elsewhere(family: FamilyMove, ends: Iterable[int] | None = None) -> list[Offer]:
    """Offers of a family's children to teams that go on: until each is answered or taken back the family stays."""
    if family.state in (State.MOVED, State.GONE):
        return []
    ends = successor_teams(family.cutover.programme_id) if ends is None else ends
    rows = Offer.objects.filter(person__in=family.children, state="open", from_team=family.from_team_id)
    return list(rows.exclude(team__in=list(ends)).order_by("offered", "id"))


@transaction.atomic
def withdraw_offers(*, family: FamilyMove, reasons: str, by: Actor) -> int:
    """Take back what another team has not answered, so that the family can move whole. The old team answers as before."""
    require(by, RUN)
    if not reasons.strip():
        raise Refused("A withdrawal has reasons.", "Write why; the other team reads it.")
    held = FamilyMove.objects.select_for_update(of=("self",)).select_related("cutover").get(pk=family.pk)
    offers = offers_elsewhere(held)
    if not offers:
        raise Refused(
            "No other team has anything to answer.", "Open the family again to see where it stands."
        )
    occasion, now = new_id(), from_datetime(clock.now())
    drafts = [
        Draft(
            file=each.file, body=OfferWithdrawn(offer=each.id, reasons=reasons.strip()), day=day_of(now), at=now,
            concern=each.concern, occasion=occasion, team=held.from_team_id,
        )
        for each in offers
    ]  # fmt: skip
    write(drafts, by=by, may=RUN)
    return len(offers)
