"""After the results of 2011: an appeal that succeeded and one that did not, then everybody in the new post and trials."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from rightplace.demo.finishing import someone
from rightplace.demo.seeding.restructure import TITLE, morning_of, signer
from rightplace.demo.seeding.selection_of_2011 import EVIDENCE, SCORERS
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.selection import appealing, deciding, matching, placing, publishing, scoring
from rightplace.services.selection.models import Appeal, Assessment, Exercise, Member, ScoreSheet
from rightplace.services.selection.scoring import Given

MADE, HEARD, ANSWERED, AGAIN, MOVED = (
    date(2011, 6, 28), date(2011, 7, 5), date(2011, 7, 8), date(2011, 7, 14), date(2011, 7, 20),
)  # fmt: skip
SEATED = date(2011, 8, 29)


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
    scored = sorted((each for each in without if each.assessments.exists()), key=_score, reverse=True)
    won, lost = scored[0], scored[len(scored) // 2]
    assessment = won.assessments.get()
    _heard(won, "score", "upheld", WON, hr, director, assessment)
    _heard(lost, "result", "not_upheld", LOST, hr, director, None)
    _carried_out(exercise, assessment, hr)
    _first_day(exercise, hr)


WON = (
    "Two pages of my written example were not in the panel’s folder.",
    "The folder held three of five pages. The mark for plans cannot stand on it. Others score anew.",
)
LOST = (
    "I have worked here longer than others who were placed.",
    "Length of employment is no criterion here, as was agreed with the unions. All evidence was read. The result stands.",
)


def _score(member: Member) -> int:
    return int(member.assessments.get().results.all()[0].said["score"])


def _as(worker: Worker, like: Actor, role: RoleCode) -> Actor:
    """Somebody of 2011 as an actor, in a role of theirs."""
    from dataclasses import replace

    return replace(like, worker=worker.pk, name=worker.name, role=role, labels=role_of(role).labels)


def _heard(
    member: Member,
    about: str,
    outcome: str,
    words: tuple[str, str],
    hr: Actor,
    director: Actor,
    assessment: Assessment | None,
) -> None:
    by = _as(member.worker, someone(RoleCode.FAMILY_SUPPORT_WORKER), RoleCode.FAMILY_SUPPORT_WORKER)
    with clock.clock_at(morning_of(MADE)):
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


def _carried_out(exercise: Exercise, assessment: Assessment, hr: Actor) -> None:
    """Scored anew by the two who had not scored; matched, shown whom it moves, decided by two, told."""
    head = _as(
        Worker.objects.get(name="Cordelia Banbridge"),
        someone(RoleCode.HEAD_OF_SERVICE),
        RoleCode.HEAD_OF_SERVICE,
    )
    scorers = [Worker.objects.get(name=name) for name in SCORERS[2:]]
    appeal = Appeal.objects.get(assessment=assessment)
    with clock.clock_at(morning_of(AGAIN)):
        for worker in scorers:
            scoring.appoint_scorer(panel=assessment.panel, worker=worker, by=hr)
        appealing.carry_out(appeal=appeal, scorers=scorers, by=hr)
        assessment.refresh_from_db()
        for sheet in ScoreSheet.objects.filter(assessment=assessment, turn=assessment.turn).order_by("pk"):
            by = _as(sheet.scorer, someone(RoleCode.FAMILY_SUPPORT_MANAGER), RoleCode.FAMILY_SUPPORT_MANAGER)
            marks = {
                each.code: Given(18 if place else 17, EVIDENCE[place])
                for place, each in enumerate(assessment.panel.criteria.all())
            }
            scoring.save_sheet(sheet=sheet, marks=marks, by=by)
            scoring.sign_sheet(sheet=sheet, no_conflict=True, by=by)
    for attempt in range(8):
        with clock.clock_at(morning_of(MOVED) + timedelta(minutes=10 * attempt)):
            run = matching.ask_run(exercise=exercise, by=hr, appeal=appeal)
            matching.work_out(run, both=False)
            questions = run.results.get(method="stable").said["questions"]
            if not questions:
                break
            for each in questions:
                matching.settle_tie(
                    run=run, job=exercise.jobs.get(name=each["role"]), people=each["people"], by=head,
                    evidence="The panel met again on 20 July 2011 and read the latest case summaries; panel note 26.",
                )  # fmt: skip
    with clock.clock_at(morning_of(MOVED) + timedelta(hours=3)):
        proposal = deciding.propose(
            run=run,
            method="stable",
            reasons="The score that the appeal asked for; nothing else changed.",
            by=hr,
        )
        named = Worker.objects.get(pk=hr.worker)
        deciding.confirm(
            decision=proposal,
            reasons="Whom it moves was shown first, and each was spoken with.",
            named=named,
            by=head,
        )
        publishing.publish_changes(exercise)


def _first_day(exercise: Exercise, hr: Actor) -> None:
    """Everybody in the new post from the first day; four trials, each with a review, one in a job that did not suit."""
    with clock.clock_at(morning_of(SEATED)):
        placing.seat_everybody(exercise=exercise, by=hr)
        placed = [row for row in deciding.current(exercise).values() if row.job_id]
        trials = [placing.begin_trial(placement=row, by=hr) for row in placed[10:50:10]]
    with clock.clock_at(morning_of(date(2011, 9, 19))):
        for trial in trials:
            placing.review_trial(
                trial=trial, on=date(2011, 9, 19), words="Settled in; knows the schools of the area.", by=hr
            )
    with clock.clock_at(morning_of(date(2011, 9, 30))):
        for place, trial in enumerate(trials):
            placing.end_trial(
                trial=trial, outcome="unsuitable" if place == 3 else "confirmed", named_by=hr,
                because="The travel is too far with a child’s school day." if place == 3 else "Both are content.",
            )  # fmt: skip
