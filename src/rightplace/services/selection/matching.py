"""A matching run: kept inputs, both methods side by side, the independent check, replay, and ties that go to the panel.

Nothing here places anybody: a run is worked out from bytes that are kept, and people decide (`deciding.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from time import perf_counter
from typing import Any

from django.db import transaction

from rightplace.domain import matching as pure
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.selection.models import (
    Appeal,
    Exercise,
    Job,
    Member,
    Mix,
    Offer,
    Pool,
    PoolPost,
    Run,
    RunResult,
    Share,
)
from rightplace.services.selection.models import PanelsOrder as OrderRow
from rightplace.services.selection.policy import KEEP, MODERATE
from rightplace.services.selection.pooling import REGULATION_10, open_offers
from rightplace.services.selection.preferring import wishes_of
from rightplace.services.selection.scoring import scores_of
from rightplace.services.selection.sealing import sealed

METHODS = (pure.STABLE, pure.BEST_PLACED, pure.FEWEST_ENVIED)
"""The third is for a skill mix only: where none is asked for, the stable result leaves no claim."""


def selection_of(exercise: Exercise) -> pure.Selection:
    """Everything that a matching is worked out from, as it stands now."""
    jobs = {
        job.pk: job
        for job in Job.objects.filter(exercise=exercise).select_related("team").prefetch_related("posts")
    }
    members = list(Member.objects.filter(exercise=exercise).select_related("pool", "post"))
    wishes = {
        member: tuple(jobs[job].name for job in row.jobs) for member, row in wishes_of(exercise.pk).items()
    }
    return pure.Selection(
        people=_people(exercise, members, wishes),
        roles=_roles(exercise, jobs),
        shares=tuple(
            pure.JobShare(
                first=row.first.worker_id,
                second=row.second.worker_id,
                preferences=wishes.get(row.first_id, ()),
            )
            for row in Share.objects.filter(exercise=exercise).select_related("first", "second")
        ),
        mixes=tuple(
            pure.SkillMix(team=mix.team.name, profession=mix.profession, least=mix.least, most=mix.most)
            for mix in Mix.objects.filter(exercise=exercise).select_related("team")
        ),
        offers=_offers(exercise),
        orders=tuple(
            pure.PanelOrder(
                role=jobs[row.job_id].name, people=tuple(row.said["people"]), evidence=row.said["evidence"]
            )
            for row in OrderRow.objects.filter(exercise=exercise, withdrawn_at=None)
        ),
    )


def _people(
    exercise: Exercise, members: Sequence[Member], wishes: Mapping[int, tuple[str, ...]]
) -> tuple[pure.Person, ...]:
    scores = scores_of(exercise)
    of_panel: dict[int, list[str]] = {}
    for panel, name in (
        Job.objects.filter(exercise=exercise).exclude(panels=None).values_list("panels", "name")
    ):
        of_panel.setdefault(panel, []).append(name)
    return tuple(
        pure.Person(
            id=member.worker_id,
            profession=member.profession,
            minutes=member.minutes,
            substantive=member.post.reference,
            preferences=wishes.get(member.pk, ()),
            assessed=_assessed(scores.get(member.pk, ()), of_panel),
            acting_in=str(member.acting_in_id or ""),
            at_risk=member.pool is None or member.pool.kind != Pool.Kind.OPEN,
        )
        for member in members
    )


def _assessed(
    scores: Sequence[tuple[int, int]], of_panel: Mapping[int, Sequence[str]]
) -> tuple[pure.Assessed, ...]:
    """One score for each job; of two panels for one job the later one's, which is the panel made for it."""
    found = {name: score for panel, score in scores for name in of_panel.get(panel, ())}
    return tuple(pure.Assessed(role=name, score=score) for name, score in found.items())


def _roles(exercise: Exercise, jobs: Mapping[int, Job]) -> tuple[pure.Role, ...]:
    posts: dict[int, list[str]] = {}
    for pool, reference in PoolPost.objects.filter(pool__exercise=exercise).values_list(
        "pool", "post__reference"
    ):
        posts.setdefault(pool, []).append(reference)
    claims: dict[tuple[int, str], list[str]] = {}
    for pool, kind, job in (
        Pool.objects.filter(exercise=exercise).exclude(jobs=None).values_list("pk", "kind", "jobs")
    ):
        claims.setdefault((job, kind), []).extend(posts.get(pool, ()))
    return tuple(
        pure.Role(
            id=job.name,
            team=job.team.name,
            places=len(job.posts.all()),
            minutes=job.minutes,
            professions=tuple(job.professions),
            threshold=job.threshold,
            slot_in=tuple(claims.get((job.pk, Pool.Kind.SLOT_IN), ())),
            ring_fence=tuple(claims.get((job.pk, Pool.Kind.RING_FENCE), ())),
        )
        for job in jobs.values()
    )


def _offers(exercise: Exercise) -> tuple[pure.StatutoryOffer, ...]:
    rows = Offer.objects.filter(member__exercise=exercise, answer=Offer.Answer.ACCEPTED).select_related(
        "member"
    )
    return tuple(
        pure.StatutoryOffer(
            person=row.member.worker_id,
            ground=pure.Ground(row.said["ground"]),
            suitable=tuple(row.said["suitable"]),
            evidence=row.said["evidence"],
        )
        for row in rows
    )


@transaction.atomic
def ask_run(*, exercise: Exercise, by: Actor, appeal: Appeal | None = None) -> Run:
    """Ask for a matching. What it is worked out from is kept now; refused while somebody must first be offered a post."""
    require(by, KEEP)
    _may_run(exercise)
    kept_inputs = pure.kept(_ready(exercise))
    number = Exercise.objects.select_for_update().get(pk=exercise.pk).runs.count() + 1
    return Run.objects.create(
        exercise=exercise, number=number, inputs=pure.digest(kept_inputs), appeal=appeal, **sealed(kept_inputs),
        **recorded(by),
    )  # fmt: skip


def _ready(exercise: Exercise) -> pure.Selection:
    selection = selection_of(exercise)
    wrong = pure.wrong_with(selection)
    if wrong:
        first = wrong[0]
        more = f" {len(wrong) - 1} more things are not right." if len(wrong) > 1 else ""
        raise Refused(first.because + more, first.instead)
    return selection


def _may_run(exercise: Exercise) -> None:
    waiting = open_offers(exercise)
    if waiting:
        count = "1 person has" if len(waiting) == 1 else f"{len(waiting)} people have"
        raise Refused(
            f"{count} a right to be offered a vacancy first, and that is open.",
            "Judge which jobs are suitable, and let them answer, before anybody is matched.", REGULATION_10,
        )  # fmt: skip
    if exercise.told_on is None:
        raise Refused(
            "Nobody was told the own pool yet.", "Tell the pools first: they can be appealed against."
        )
    if clock.today() <= exercise.closes:
        raise Refused("Preferences are still open.", f"Match after {exercise.closes:%d %B %Y}.")


def work_out(run: Run, *, both: bool = True) -> None:
    """Work a run out from its kept bytes: each method side by side, each held against the independent checker."""
    if run.state != Run.State.WAITING:
        return
    selection = pure.selection_from(run.raw)
    try:
        placings = [pure.stable(selection)]
        if both and pure.solvers_installed() and placings[0].final:
            placings += _within_the_mix(selection)
    except (pure.NoPlacing, pure.NotReady) as why:
        _stop(run, str(why), placings if "placings" in locals() else [], selection)
        return
    _keep(run, placings, selection)


def _within_the_mix(selection: pure.Selection) -> list[pure.Placing]:
    """The best placing; with a skill mix also the one that leaves the fewest people with a claim."""
    found = [pure.best_placed(selection).placing]
    if selection.mixes:
        found.append(pure.fewest_envied(selection).placing)
    return found


def _stop(run: Run, because: str, placings: Sequence[pure.Placing], selection: pure.Selection) -> None:
    """What could be worked out is kept all the same: the stable placing needs no solver."""
    if placings:
        _keep(run, placings, selection, because)
        return
    run.state, run.stopped_because, run.finished_at = Run.State.STOPPED, because, clock.now()
    run.save(update_fields=["state", "stopped_because", "finished_at"])


@transaction.atomic
def _keep(run: Run, placings: Sequence[pure.Placing], selection: pure.Selection, because: str = "") -> None:
    for placing in placings:
        _keep_one(run, placing, selection)
    run.state, run.stopped_because, run.finished_at = Run.State.DONE, because, clock.now()
    run.save(update_fields=["state", "stopped_because", "finished_at"])


def _keep_one(run: Run, placing: pure.Placing, selection: pure.Selection) -> None:
    began = perf_counter()
    result = pure.result_bytes(placing)
    found = pure.figures(selection, placing) if not placing.questions else None
    unenvied = placing.method == pure.FEWEST_ENVIED and found is not None and not found.envied
    certificate = pure.check(run.raw, result, stable=placing.method == pure.STABLE or unenvied)
    said = {
        "result": result.decode(),
        "findings": [asdict(each) for each in certificate.findings],
        "envied": [asdict(each) for each in found.envied] if found else [],
        "not_considered": [asdict(each) for each in placing.not_considered],
        "questions": [asdict(each) for each in placing.questions],
    }
    # with a claim left standing it is one of several as good, and which of them would be a lot
    only_to_discuss = placing.method == pure.FEWEST_ENVIED and not unenvied
    RunResult.objects.create(
        run=run, method=placing.method, digest=pure.digest(result), holds=certificate.holds and not only_to_discuss,
        questions=len(placing.questions), figures=_figures(placing, found, certificate, began), **sealed(said),
    )  # fmt: skip


def _figures(
    placing: pure.Placing, found: pure.Figures | None, certificate: pure.Certificate, began: float
) -> dict[str, Any]:
    """Counts without anybody's name, for the picture."""
    held = [role for role in placing.placed.values() if role]
    return {
        "people": len(placing.placed),
        "placed": len(held),
        "offered": len(placing.offered),
        "first_choices": found.first_choices if found else None,
        "mean_rank": round(found.mean_rank, 2) if found else None,
        "mean_score": round(found.mean_score, 1) if found else None,
        "claims": len({each.applicant for each in found.envied}) if found else None,
        "checked": list(certificate.checked),
        "findings": len(certificate.findings),
        "ms": round((perf_counter() - began) * 1000),
    }


def questions_of(run: Run) -> list[tuple[dict[str, Any], list[str]]]:
    """Every question that a run asks a panel, once, with the methods that wait for its answer."""
    found: dict[tuple[str, tuple[int, ...]], tuple[dict[str, Any], list[str]]] = {}
    for result in run.results.order_by("-method"):
        for each in result.said["questions"]:
            _, methods = found.setdefault((each["role"], tuple(sorted(each["people"]))), (each, []))
            methods.append(result.method)
    return list(found.values())


def replays(result: RunResult) -> bool:
    """Whether working it out again from the kept bytes gives the same bytes, and they are the ones first kept."""
    kept_inputs, before = result.run.raw, result.said["result"].encode()
    return (
        pure.digest(kept_inputs) == result.run.inputs
        and pure.digest(before) == result.digest
        and pure.replay(kept_inputs, result.method) == before
    )


@transaction.atomic
def settle_tie(*, run: Run, job: Job, people: Sequence[int], evidence: str, by: Actor) -> OrderRow:
    """Put people who were level for a job in order, on further evidence that is named. Then match anew.

    Never a lot, and never by length of employment, age or number: the evidence is what the panel heard or read more.
    """
    require(by, MODERATE)
    asked = {
        frozenset(each["people"])
        for result in run.results.all()
        for each in result.said["questions"]
        if each["role"] == job.name
    }
    if frozenset(people) not in asked or len(set(people)) < len(people):
        raise Refused("This is not what was asked.", "Put exactly those who are level in order.")
    if len(evidence.strip()) < 20:
        raise Refused(
            "An order needs further evidence.", "Say what the panel heard or read more, from whom and when."
        )
    return OrderRow.objects.create(
        exercise=run.exercise, job=job, run=run, **sealed({"people": list(people), "evidence": evidence.strip()}),
        **recorded(by),
    )  # fmt: skip
