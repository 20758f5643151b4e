"""Which result is taken forward: human resources propose with reasons, a head of service confirms. Then the letters.

A decision touches only those for whom something changes. Nobody is dismissed: who has no place has a named person who
seeks another post with them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.selection import letters
from rightplace.services.selection.models import (
    Decision,
    Exercise,
    Job,
    JobPost,
    Member,
    Placement,
    Redeployment,
    Run,
    RunResult,
    Share,
)
from rightplace.services.selection.policy import KEEP, MODERATE
from rightplace.services.selection.sealing import sealed

TWO_PEOPLE = "Promise 6: an author does not approve their own work"


@dataclass(frozen=True, slots=True)
class Change:
    """What a decision would change for one person: the job before and the job after; empty is no place."""

    member: Member
    before: str
    after: str


def current(exercise: Exercise) -> dict[int, Placement]:
    """What is decided for each member now: the last confirmed decision that touched the person."""
    rows = (
        Placement.objects.filter(member__exercise=exercise, decision__confirmed_at__isnull=False)
        .select_related("job", "post", "member__worker")
        .order_by("pk")
    )
    return {row.member_id: row for row in rows}


def current_of(member: Member) -> Placement | None:
    """What is decided for one person now."""
    rows = Placement.objects.filter(member=member, decision__confirmed_at__isnull=False)
    return rows.select_related("job", "post", "member__exercise__programme").order_by("-pk").first()


def placed_by(result: RunResult) -> tuple[dict[int, str | None], set[int]]:
    """Who holds which job by a result, and who of them by a right to be offered first."""
    said = json.loads(result.said["result"])
    return dict(said["placed"]), {person for person, _ in said["offered"]}


def changes(run: Run, method: str) -> list[Change]:
    """For whom something would change, before anything does. All of them where nothing is decided yet."""
    placed, _ = placed_by(run.results.get(method=method))
    now = current(run.exercise)
    found = []
    for member in (
        Member.objects.filter(exercise=run.exercise_id).select_related("worker").order_by("worker__name")
    ):
        held = now.get(member.pk)
        before = held.job.name if held is not None and held.job is not None else ""
        after = placed.get(member.worker_id) or ""
        if held is None or before != after:
            found.append(Change(member, before, after))
    return found


@transaction.atomic
def propose(*, run: Run, method: str, reasons: str, by: Actor) -> Decision:
    """Propose which result to take forward, and why. It holds, and no question to a panel is open."""
    require(by, KEEP)
    result = run.results.filter(method=method).first()
    if result is None:
        raise Refused("This run has no such result.", "Choose one of those that were worked out.")
    if result.questions:
        raise Refused(
            "A question to a panel is open.", "Settle it on further evidence and match anew: never by lot."
        )
    if not result.holds:
        raise Refused(
            "This result does not hold, or is for discussion only.",
            "Read what was found on this page, and take another.",
        )
    if run.exercise.runs.order_by("-number").first() != run:
        raise Refused("There is a later run.", "Take that one, or say why in a new run.")
    if not reasons.strip():
        raise Refused("A decision has reasons.", "Say why this result, also against the other one.")
    if Decision.objects.filter(run=run, confirmed_at=None, replaced_at=None).exists():
        raise Refused("A proposal waits for confirmation.", "A head of service confirms it or sends it back.")
    return Decision.objects.create(
        run=run, method=method, **sealed({"reasons": reasons.strip()}), **recorded(by)
    )


@transaction.atomic
def send_back(*, decision: Decision, reasons: str, by: Actor) -> None:
    """Not this one: the reasons go back to human resources."""
    require(by, MODERATE)
    if decision.confirmed_at is not None or decision.replaced_at is not None or not reasons.strip():
        raise Refused("Only an open proposal goes back, with reasons.", "Say what to look at again.")
    decision.say(**decision.said, sent_back=reasons.strip(), sent_back_by=by.worker)
    decision.replaced_at = clock.now()
    decision.save()


@transaction.atomic
def confirm(*, decision: Decision, reasons: str, named: Worker | None, by: Actor) -> int:
    """Confirm a proposal as its second person, with reasons. Placements and letters are written; none is sent yet.

    `named` is who seeks another post with everybody who has no place.
    """
    require(by, MODERATE)
    found = (
        Decision.objects.select_for_update(of=("self",)).select_related("run__exercise").get(pk=decision.pk)
    )
    if found.recorded_by_id == by.worker:
        raise Refused("You proposed this yourself.", "Let a head of service confirm it.", TWO_PEOPLE)
    if found.confirmed_at is not None or found.replaced_at is not None:
        raise Refused("This was confirmed or sent back already.", "Look at what was decided.")
    if not reasons.strip():
        raise Refused("A decision has reasons.", "Say why you confirm it.")
    changed = changes(found.run, found.method)
    if named is None and any(not each.after for each in changed):
        raise Refused(
            "Somebody would have no place and nobody to seek one with them.",
            "Name who seeks another post with each of them.",
        )
    found.say(**found.said, confirmed=reasons.strip())
    found.confirmed_at, found.confirmed_by_id = clock.now(), by.worker
    found.save()
    _place(found, changed, named, by)
    return len(changed)


def _place(decision: Decision, changed: list[Change], named: Worker | None, by: Actor) -> None:
    """Write what changes; who keeps the own job keeps the own post."""
    exercise = decision.run.exercise
    _, offered = placed_by(decision.run.results.get(method=decision.method))
    jobs = {job.name: job for job in Job.objects.filter(exercise=exercise)}
    free = _free_posts(exercise, changed)
    pairs = {row.second_id: row.first_id for row in Share.objects.filter(exercise=exercise)}
    held: dict[int, int] = {}
    rows = []
    for change in sorted(changed, key=lambda each: (each.member.pk in pairs, each.member.pk)):
        member, job = change.member, jobs.get(change.after)
        post = held.get(pairs.get(member.pk, 0)) if member.pk in pairs else None
        if job is not None and post is None:
            post = free[job.pk].pop(0)
        if post is not None:
            held[member.pk] = post
        rows.append(
            Placement(
                decision=decision,
                member=member,
                job=job,
                post_id=post,
                how=_how(member, job, offered),
                **recorded(by),
            )
        )
    made = Placement.objects.bulk_create(rows)
    letters.write(made, decision, by)
    _seek(made, named, by)


def _how(member: Member, job: Job | None, offered: set[int]) -> str:
    if job is None:
        return Placement.How.UNPLACED
    return Placement.How.OFFER if member.worker_id in offered else Placement.How.MATCHED


def _free_posts(exercise: Exercise, changed: list[Change]) -> Mapping[int, list[int]]:
    """The posts of each job that nobody keeps."""
    moving = {each.member.pk for each in changed}
    kept = {row.post_id for member, row in current(exercise).items() if member not in moving}
    found: dict[int, list[int]] = {}
    for row in JobPost.objects.filter(job__exercise=exercise).order_by("post__reference"):
        if row.post_id not in kept:
            found.setdefault(row.job_id, []).append(row.post_id)
    return found


def _seek(made: list[Placement], named: Worker | None, by: Actor) -> None:
    """A search for another post begins for whoever has no place; it ends for whoever was placed after all."""
    without = [row.member_id for row in made if row.job_id is None]
    known = {
        row.member_id: row for row in Redeployment.objects.filter(member__in=[row.member_id for row in made])
    }
    assert named is not None or not without
    Redeployment.objects.bulk_create(
        Redeployment(member_id=member, named=named, **recorded(by))
        for member in without
        if member not in known
    )
    for row in made:
        search = known.get(row.member_id)
        if search is None or (row.job_id is None) == (search.ended_on is None):
            continue
        placed = row.job_id is not None
        search.ended_on = clock.today() if placed else None
        search.outcome = Redeployment.Outcome.PLACED if placed else ""
        search.save(update_fields=["ended_on", "outcome"])
