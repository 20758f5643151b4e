"""A rehearsal: every family's writes are really done, looked at, and taken back. It holds for one plan.

Each family moves in a transaction of its own that is rolled back: what it writes is a copy that nobody else sees, and
no child's file is locked for longer than its own move. The run is refused until one succeeded for the same plan.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from django.db import transaction

from rightplace.common.caseflow.moving import Goes, TeamsMoved, counted, movings
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.queries import managers_of
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.cutover.models import Cutover, FamilyMove, Rehearsal
from rightplace.services.cutover.moving import RUN, Moved, NotKept, move_family
from rightplace.services.cutover.planning import digest_of, missing_in
from rightplace.services.cutover.routing import successor_teams, teams_of_workers

State = FamilyMove.State
TO_MOVE = (State.PROPOSED, State.OFFERED, State.ACCEPTED)
EVERY = 10
"""After so many families the page is told how far it is."""


def ask_for_rehearsal(*, cutover: Cutover, by: Actor) -> Rehearsal:
    """Write down that a rehearsal is wanted of the plan as it stands."""
    require(by, RUN)
    families = cutover.families.filter(state__in=TO_MOVE).count()
    return Rehearsal.objects.create(
        cutover=cutover, digest=digest_of(cutover), families=families, **recorded(by)
    )


def rehearse(rehearsal: Rehearsal, by: Actor) -> Rehearsal:
    """Move every family of the plan and take it back; then everything else that the teams own. Nothing stays."""
    require(by, RUN)
    began, cutover = time.perf_counter(), rehearsal.cutover
    refusals: list[tuple[int, str]] = []
    numbers = list(cutover.families.filter(state__in=TO_MOVE).order_by("id").values_list("id", flat=True))
    for place, number in enumerate(numbers, 1):
        found = tried(number, by)
        if isinstance(found, str):
            refusals.append((number, found))
        else:
            rehearsal.children += found.children
            rehearsal.instants += found.instants
            rehearsal.timescales += found.timescales
        if place % EVERY == 0:
            Rehearsal.objects.filter(pk=rehearsal.pk).update(done=place)
    rehearsal.refusals, rehearsal.done = refusals, len(numbers)
    rehearsal.moved_besides = list(_besides(cutover, by))
    rehearsal.missing = [*missing_in(cutover).sentences, *_changed_meanwhile(rehearsal)]
    rehearsal.families, rehearsal.seconds = len(numbers), round(time.perf_counter() - began, 2)
    rehearsal.succeeded = bool(numbers) and not (refusals or rehearsal.missing or _failed(rehearsal))
    rehearsal.ended_at = clock.now()
    rehearsal.save()
    return rehearsal


def _changed_meanwhile(rehearsal: Rehearsal) -> list[str]:
    same = digest_of(rehearsal.cutover) == rehearsal.digest
    return [] if same else ["The plan changed while it was rehearsed: rehearse it again."]


def _failed(rehearsal: Rehearsal) -> bool:
    return any(isinstance(found, str) for _, found in rehearsal.moved_besides)


def tried(number: int, by: Actor) -> Moved | str:
    """One family's move, done and taken back; or the sentence that says why it would not move."""
    try:
        with transaction.atomic():
            found = move_family(number, by, trial=True)
            transaction.set_rollback(True)
    except Refused as why:
        return why.because
    except NotKept as broken:
        return str(broken)
    return "The family is no longer with its old team: make the plan again." if found.gone else found


def teams_moved(cutover: Cutover, known: Mapping[int, list[Team]] | None = None) -> TeamsMoved:
    """Which team goes on from which, for what is of no single family: of several the first that the programme names."""
    found = successor_teams(cutover.programme_id) if known is None else known
    after = {before: teams[0].pk for before, teams in found.items() if teams}
    kinds = {team.pk: team.kind for teams in found.values() for team in teams}
    new = sorted(kinds)
    managers = managers_of(new, cutover.first_day)
    works_in = teams_of_workers(new, cutover.first_day)
    return TeamsMoved(
        after, cutover.first_day, {team: worker.pk for team, worker in managers.items()},
        {worker: min(teams) for worker, teams in works_in.items()}, kinds,
    )  # fmt: skip


def _besides(cutover: Cutover, by: Actor) -> Iterator[tuple[str, int | str]]:
    """Everything else that the teams own, moved and taken back; what only people settle is counted."""
    moved = teams_moved(cutover)
    there = counted(moved)
    for moving in movings(Goes.IN_THE_RUN, Goes.BY_PEOPLE):
        if not there[moving.name] or moving.move is None:
            yield moving.name, there[moving.name]
            continue
        try:
            with transaction.atomic():
                number = moving.move(moved, by)
                transaction.set_rollback(True)
        except Refused as why:
            yield moving.name, why.because
        else:
            yield moving.name, number


def last_good_rehearsal(cutover: Cutover) -> Rehearsal | None:
    """The last rehearsal that succeeded with the plan as it stands now."""
    return cutover.rehearsals.filter(succeeded=True, digest=digest_of(cutover)).order_by("-id").first()
