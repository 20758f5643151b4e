"""After the results of 2011: an appeal that succeeded and one that did not, then everybody in the new post, and trials.

Whoever had no place found another post or left by their own wish before the programme ended; nobody was given notice.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from django.db import transaction

from rightplace.demo.seeding.restructure import TITLE, morning_of, signer
from rightplace.demo.seeding.selection import FURTHER, HEAD, acting
from rightplace.demo.seeding.selection_scores import EVIDENCE
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.selection import appealing, deciding, matching, placing, publishing, scoring
from rightplace.services.selection.models import (
    Appeal,
    Assessment,
    Exercise,
    Member,
    PanelMember,
    Placement,
    Redeployment,
    Run,
    ScoreSheet,
    Share,
    Training,
)
from rightplace.services.selection.scoring import Given

MADE, HEARD, ANSWERED, AGAIN, MOVED = (
    date(2011, 6, 28), date(2011, 7, 5), date(2011, 7, 8), date(2011, 7, 14), date(2011, 7, 20),
)  # fmt: skip
SEATED, REVIEWED, OVER, LAST = date(2011, 8, 29), date(2011, 9, 19), date(2011, 9, 30), date(2012, 1, 13)
WON: Final = (
    "Two pages of my written example were not in the panel’s folder.",
    "The folder held three of five pages. The mark for plans cannot stand on it. Others score anew.",
)
LOST: Final = (
    "I have worked here longer than others who were placed.",
    "Length of employment is no criterion here, as was agreed with the unions. All evidence was read. The result stands.",
)
REVIEWS: Final = (
    "Settled in; knows the schools of the area. Wants to sit in on a meeting of the health visitors.",
    "The first two families are allocated. Misses the youth club, and says so; the team has a Thursday evening now.",
    "Manager and worker are content. A course on writing plans is booked for October.",
    "The travel is an hour each way. They try a later start for two weeks.",
)


@transaction.atomic
def seed(population: int, seed: int) -> None:
    """Once, when the results are out."""
    programme = Programme.objects.filter(title=TITLE).first()
    exercise = (
        Exercise.objects.filter(programme=programme, published_at__isnull=False).first()
        if programme
        else None
    )
    if programme is None or exercise is None or Appeal.objects.filter(member__exercise=exercise).exists():
        return
    hr, director = signer(programme, RoleCode.HUMAN_RESOURCES), signer(programme, RoleCode.DIRECTOR)
    without = [row.member for row in deciding.current(exercise).values() if row.job_id is None]
    pairs = {
        each for row in Share.objects.filter(exercise=exercise) for each in (row.first_id, row.second_id)
    }
    alone = [each for each in without if each.pk not in pairs and each.assessments.exists()]
    scored = sorted(alone, key=_score, reverse=True)
    assessment = scored[0].assessments.get()
    appeal = _heard(scored[0], "score", "upheld", WON, hr, director, assessment)
    _heard(scored[len(scored) // 2], "result", "not_upheld", LOST, hr, director)
    _score_anew(appeal, hr)
    _move(exercise, appeal, hr)
    _first_day(exercise, hr)
    _searches(exercise, Random(f"{seed}:searches"), hr)  # noqa: S311  (a demonstration, not a secret)


def _score(member: Member) -> int:
    return int(member.assessments.get().results.all()[0].said["score"])


def _heard(
    member: Member, about: str, outcome: str, words: tuple[str, str], hr: Actor, director: Actor,
    assessment: Assessment | None = None,
) -> Appeal:  # fmt: skip
    """One appeal: made by the person, heard by the director, who took no part, and answered with reasons."""
    with clock.clock_at(morning_of(MADE)):
        by = acting(member.worker, RoleCode.FAMILY_SUPPORT_WORKER)
        appeal = appealing.raise_appeal(member=member, about=about, grounds=words[0], by=by)
        hearer = Worker.objects.get(pk=director.worker)
        appealing.appoint_hearer(appeal=appeal, hearer=hearer, hearing_on=HEARD, by=hr)
    with clock.clock_at(morning_of(ANSWERED)):
        appealing.decide_appeal(
            appeal=appeal,
            outcome=outcome,
            reasons=words[1],
            heard_on=HEARD,
            by=director,
            assessment=assessment,
        )
    appeal.refresh_from_db()
    return appeal


def _score_anew(appeal: Appeal, hr: Actor) -> None:
    """By the two who were trained and had not scored before; they read all five pages."""
    assessment = appeal.assessment
    assert assessment is not None
    on_panels = PanelMember.objects.filter(panel__exercise=appeal.member.exercise_id).values("worker")
    rows = Training.objects.exclude(worker__in=on_panels).filter(on__year=2011).select_related("worker")
    scorers = [row.worker for row in rows.order_by("pk")][:2]
    with clock.clock_at(morning_of(AGAIN)):
        for worker in scorers:
            scoring.appoint_scorer(panel=assessment.panel, worker=worker, by=hr)
        appealing.carry_out(appeal=appeal, scorers=scorers, by=hr)
        assessment.refresh_from_db()
        for sheet in ScoreSheet.objects.filter(assessment=assessment, turn=assessment.turn).order_by("pk"):
            by = acting(sheet.scorer, RoleCode.FAMILY_SUPPORT_MANAGER)
            criteria = assessment.panel.criteria.order_by("pk")
            marks = {
                each.code: Given(18 - place % 2, EVIDENCE[each.code][0])
                for place, each in enumerate(criteria)
            }
            scoring.save_sheet(sheet=sheet, marks=marks, by=by)
            scoring.sign_sheet(sheet=sheet, no_conflict=True, by=by)


def _move(exercise: Exercise, appeal: Appeal, hr: Actor) -> None:
    """Matched anew, shown whom it moves, decided by two, told."""
    head = acting(Worker.objects.get(name=HEAD), RoleCode.HEAD_OF_SERVICE)
    run = _run(exercise, appeal, hr, head)
    with clock.clock_at(morning_of(MOVED) + timedelta(hours=3)):
        proposal = deciding.propose(
            run=run,
            method="stable",
            reasons="The score that the appeal asked for; nothing else changed.",
            by=hr,
        )
    with clock.clock_at(morning_of(MOVED) + timedelta(hours=5)):
        deciding.confirm(
            decision=proposal, named=Worker.objects.get(pk=hr.worker), by=head,
            reasons="Whom it moves was shown first, and each was spoken with.",
        )  # fmt: skip
        publishing.publish_changes(exercise)


def _run(exercise: Exercise, appeal: Appeal, hr: Actor, head: Actor) -> Run:
    """A run without an open question, after as many rounds with the panel as it takes."""
    for attempt in range(8):
        with clock.clock_at(morning_of(MOVED) + timedelta(minutes=20 * attempt)):
            run = matching.ask_run(exercise=exercise, by=hr, appeal=appeal)
            matching.work_out(run, both=False)
            questions = run.results.get(method="stable").said["questions"]
            if not questions:
                break
            for place, each in enumerate(questions):
                matching.settle_tie(
                    run=run, job=exercise.jobs.get(name=each["role"]), people=each["people"], by=head,
                    evidence=FURTHER[place % len(FURTHER)].replace("15 June", "20 July"),
                )  # fmt: skip
    return run


def _first_day(exercise: Exercise, hr: Actor) -> None:
    """Everybody in the new post from the first day; four trials, each with a review, one in a job that did not suit."""
    with clock.clock_at(morning_of(SEATED)):
        placing.seat_everybody(exercise=exercise, by=hr)
        rows = [row for row in deciding.current(exercise).values() if row.job_id and not row.member.away]
        trials = [placing.begin_trial(placement=row, by=hr) for row in _of_each_profession(rows)]
    with clock.clock_at(morning_of(REVIEWED)):
        for trial, words in zip(trials, REVIEWS, strict=True):
            placing.review_trial(trial=trial, on=REVIEWED, words=words, by=hr)
    with clock.clock_at(morning_of(OVER)):
        for trial in trials:
            suits = trial is not trials[-1]
            placing.end_trial(
                trial=trial, outcome="confirmed" if suits else "unsuitable", named_by=hr,
                because="Both are content." if suits else "The travel is too far with a child’s school day.",
            )  # fmt: skip


def _of_each_profession(rows: list[Placement]) -> list[Placement]:
    found: dict[str, Placement] = {}
    for row in rows[10:]:
        found.setdefault(row.member.profession, row)
    return list(found.values())[: len(REVIEWS)]


def _searches(exercise: Exercise, dice: Random, hr: Actor) -> None:
    """Each search ends: another post in the council's services, or by the person's own wish."""
    rows = Redeployment.objects.filter(member__exercise=exercise, ended_on=None)
    days = (LAST - OVER).days
    ends = sorted((OVER + timedelta(days=dice.randrange(days)), row.pk) for row in rows.order_by("pk"))
    for on, number in ends:
        with clock.clock_at(morning_of(on)):
            outcome = "found" if dice.random() < 0.62 else "own_wish"
            placing.end_search(search=Redeployment.objects.get(pk=number), outcome=outcome, by=hr)
