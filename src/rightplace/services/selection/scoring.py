"""Panels and what they find: training before scoring, scorers blind to each other, moderation by a third with reasons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from rightplace.common.web import words
from rightplace.domain import restructuring
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.selection.models import (
    Assessment,
    Criterion,
    Exercise,
    Job,
    Member,
    Panel,
    PanelMember,
    Result,
    ScoreSheet,
    Training,
)
from rightplace.services.selection.policy import KEEP, MODERATE, SCORE
from rightplace.services.selection.sealing import sealed

FEWEST = 2
HIGHEST = 100


@dataclass(frozen=True, slots=True)
class Weighed:
    """A criterion as a panel is made: its code, words and weight. Marks are by the programme's rules, for all panels alike."""

    code: str
    title: str
    weight: int


@transaction.atomic
def say_marks(*, exercise: Exercise, highest: int, apart: int, by: Actor) -> None:
    """Say how all panels of a programme mark: the highest mark, and how far two may differ. Before the first panel."""
    require(by, KEEP)
    held = Exercise.objects.select_for_update().get(pk=exercise.pk)
    if Panel.objects.filter(exercise=held).exists():
        raise Refused(
            "A panel of this programme marks already.",
            "Whoever is compared is marked alike: keep these marks for this programme.",
        )
    if not 0 <= apart < highest <= HIGHEST:
        raise Refused(
            "The difference is smaller than the highest mark.", f"Give a highest mark from 1 to {HIGHEST}."
        )
    exercise.highest_mark, exercise.most_apart = highest, apart
    exercise.save(update_fields=["highest_mark", "most_apart"])


@transaction.atomic
def record_training(*, worker: Worker, on: date, what: str, by: Actor) -> Training:
    """Record that somebody was trained to score. Nobody records the own training."""
    require(by, KEEP)
    if worker.pk == by.worker:
        raise Refused("Nobody records the own training.", "Let a colleague record it.")
    if on > clock.today() or not what.strip():
        raise Refused("A training has been, and has a name.", "Give its day and what it was.")
    return Training.objects.create(worker=worker, on=on, what=what.strip(), **recorded(by))


def trained(workers: Collection[int]) -> frozenset[int]:
    """Who of these was trained by today."""
    rows = Training.objects.filter(worker__in=workers, on__lte=clock.today())
    return frozenset(rows.values_list("worker", flat=True))


@transaction.atomic
def make_panel(
    *,
    exercise: Exercise,
    title: str,
    jobs: Sequence[Job],
    criteria: Sequence[Weighed],
    scorers: Sequence[Worker],
    by: Actor,
) -> Panel:
    """Make a panel with its criteria. Everybody on it is trained, and there are at least two."""
    require(by, KEEP)
    if len({each.pk for each in scorers}) < FEWEST:
        raise Refused("A panel has at least two scorers.", "Name another trained scorer.")
    if not jobs or not criteria or not title.strip():
        raise Refused("A panel has a name, jobs and criteria.", "Fill in what is missing.")
    made = Panel.objects.create(exercise=exercise, title=title.strip(), **recorded(by))
    made.jobs.set(jobs)
    Criterion.objects.bulk_create(
        Criterion(
            panel=made, code=each.code, title=each.title, weight=each.weight, most=exercise.highest_mark,
            apart=exercise.most_apart, **recorded(by),
        )
        for each in criteria
    )  # fmt: skip
    for worker in scorers:
        appoint_scorer(panel=made, worker=worker, by=by)
    return made


@transaction.atomic
def appoint_scorer(*, panel: Panel, worker: Worker, by: Actor) -> PanelMember:
    """Appoint a scorer to a panel. Who is not trained is refused; so is who competes for one of its jobs."""
    require(by, KEEP)
    if worker.pk not in trained([worker.pk]):
        raise Refused(
            "This person was not trained to score.", "Record the training first, or name somebody else."
        )
    if Member.objects.filter(
        exercise=panel.exercise_id, worker=worker, pool__jobs__in=panel.jobs.all()
    ).exists():
        raise Refused("This person competes for one of these jobs.", "Name somebody without an interest.")
    return PanelMember.objects.create(panel=panel, worker=worker, **recorded(by))


@transaction.atomic
def assess(
    *,
    panel: Panel,
    member: Member,
    scorers: Sequence[Worker],
    by: Actor,
    interview_at: datetime | None = None,
    place: str = "",
    adjustments: str = "",
) -> Assessment:
    """Put a person before two scorers of a panel, with the interview's time and place and the adjustments agreed."""
    require(by, KEEP)
    may_score(panel, member, scorers)
    made = Assessment.objects.create(
        panel=panel, member=member, interview_at=interview_at, place=place.strip(),
        **(sealed({"adjustments": adjustments.strip()}) if adjustments.strip() else {}), **recorded(by),
    )  # fmt: skip
    give_sheets(made, scorers, by)
    return made


def may_score(panel: Panel, member: Member, scorers: Sequence[Worker]) -> None:
    """Refuse fewer than two scorers, the person, and whoever is no trained scorer of the panel."""
    numbers = {each.pk for each in scorers}
    if len(numbers) < FEWEST:
        raise Refused("Two people score, each alone.", "Name another scorer of this panel.")
    if member.worker_id in numbers:
        raise Refused("Nobody scores themselves.", "Name somebody else.")
    on_it = set(PanelMember.objects.filter(panel=panel, worker__in=numbers).values_list("worker", flat=True))
    if numbers - on_it or numbers - trained(numbers):
        raise Refused("Somebody named is not a trained scorer of this panel.", "Appoint the person first.")


def give_sheets(assessment: Assessment, scorers: Sequence[Worker], by: Actor) -> None:
    """An empty sheet for each scorer, of the assessment's turn."""
    ScoreSheet.objects.bulk_create(
        ScoreSheet(assessment=assessment, scorer=worker, turn=assessment.turn, **recorded(by))
        for worker in scorers
    )


@dataclass(frozen=True, slots=True)
class Given:
    """What a scorer gives for one criterion: points and the evidence for them."""

    points: int | None
    evidence: str


@transaction.atomic
def save_sheet(*, sheet: ScoreSheet, marks: Mapping[str, Given], by: Actor) -> None:
    """Keep what a scorer has so far. Nobody else reads it."""
    found = (
        ScoreSheet.objects.select_for_update(of=("self",))
        .select_related("assessment__member")
        .get(pk=sheet.pk)
    )
    require(by, SCORE, found)
    still_open(found)
    found.say(marks={code: [each.points, each.evidence.strip()] for code, each in marks.items()})
    found.save(update_fields=["salt", "sealed"])


@transaction.atomic
def sign_sheet(*, sheet: ScoreSheet, no_conflict: bool, by: Actor) -> Result | None:
    """Sign what one found, alone. When the last has signed and nobody is apart, the score is settled."""
    Assessment.objects.select_for_update().get(pk=sheet.assessment_id)
    found = (
        ScoreSheet.objects.select_for_update(of=("self",))
        .select_related("assessment__member")
        .get(pk=sheet.pk)
    )
    require(by, SCORE, found)
    still_open(found)
    _interview_has_begun(found.assessment)
    if not no_conflict:
        raise Refused(
            "A scorer is neither kin nor friend of the person, nor in dispute with them.",
            "Tick the box if that is so. If it is not, say below that you cannot score this person.",
        )
    _is_whole(found)
    found.no_conflict_at = found.signed_at = clock.now()
    found.save(update_fields=["no_conflict_at", "signed_at"])
    return _settle_if_alike(found.assessment, by)


def still_open(sheet: ScoreSheet) -> None:
    """Refuse what is signed, given to somebody else, or about somebody whom the scorer cannot score."""
    if sheet.signed_at is not None:
        raise Refused(
            "You have signed this sheet.", "What was signed stays; moderation settles a difference."
        )
    if sheet.replaced_at is not None:
        raise Refused(
            "This sheet was given to somebody else.", "What you wrote is kept. Speak with human resources."
        )
    if sheet.conflict_at is not None:
        raise Refused(
            "You said that you cannot score this person.",
            "Human resources name another scorer. What you wrote is kept, and does not count.",
        )


def lies_ahead(assessment: Assessment) -> bool:
    """Whether the interview has not begun."""
    return assessment.interview_at is not None and clock.now() < assessment.interview_at


def _interview_has_begun(assessment: Assessment) -> None:
    """Refuse a signature about somebody whom the panel has not met yet."""
    if assessment.interview_at is not None and lies_ahead(assessment):
        raise Refused(
            f"The interview is {words.when(assessment.interview_at)}, and a sheet is signed after it.",
            "Keep what you have written. If you have met already, let human resources put the right hour.",
        )


def _is_whole(sheet: ScoreSheet) -> None:
    """Refuse a sheet with a gap, and name every gap at once."""
    marks, gaps = sheet.said.get("marks", {}), []
    for criterion in sheet.assessment.panel.criteria.all():
        points, evidence = marks.get(criterion.code, (None, ""))
        if points is None or not 0 <= points <= criterion.most:
            gaps.append(f"{criterion.title} has no mark from 0 to {criterion.most}.")
        if not evidence:
            gaps.append(f"{criterion.title} has no evidence.")
    if gaps:
        raise Refused(
            " ".join(gaps),
            "Give each criterion a mark, and write what you heard or read. Or keep the sheet for now.",
        )


def _settle_if_alike(assessment: Assessment, by: Actor) -> Result | None:
    found = standing_of(assessment)
    if found is None or found.score is None:
        return None
    return Result.objects.create(
        assessment=assessment,
        turn=assessment.turn,
        **sealed({"score": found.score, "moderated": []}),
        **recorded(by),
    )


def sheets_of(assessment: Assessment) -> QuerySet[ScoreSheet]:
    """The sheets that count in the assessment's turn: not those of scorers who were replaced."""
    return ScoreSheet.objects.filter(assessment=assessment, turn=assessment.turn, replaced_at=None)


def counting(assessment: Assessment) -> list[ScoreSheet]:
    """The same of an assessment whose sheets were fetched with it."""
    return [
        each for each in assessment.sheets.all() if each.turn == assessment.turn and each.replaced_at is None
    ]


def standing_of(
    assessment: Assessment, moderated: Sequence[restructuring.Moderated] = ()
) -> restructuring.Scored | None:
    """How the marks stand together; None until all have signed, so that nobody is swayed."""
    sheets = list(sheets_of(assessment))
    if len(sheets) < FEWEST or any(sheet.signed_at is None for sheet in sheets):
        return None
    criteria = [
        restructuring.Criterion(id=each.code, weight=each.weight, most=each.most, apart=each.apart)
        for each in assessment.panel.criteria.all()
    ]
    marks = [
        restructuring.Mark(criterion=code, scorer=sheet.scorer_id, points=points, evidence=evidence)
        for sheet in sheets
        for code, (points, evidence) in sheet.said["marks"].items()
    ]
    return restructuring.scored(criteria, marks, trained([sheet.scorer_id for sheet in sheets]), moderated)


@transaction.atomic
def moderate(*, assessment: Assessment, settled: Mapping[str, tuple[int, str]], by: Actor) -> Result:
    """Settle where two scorers are too far apart, by a third, with the reason for each mark."""
    found = Assessment.objects.select_for_update().select_related("member", "panel").get(pk=assessment.pk)
    require(by, MODERATE, found)
    if Result.objects.filter(assessment=found, turn=found.turn).exists():
        raise Refused("This score is settled.", "Only an appeal that succeeds has it scored anew.")
    before = standing_of(found)
    if before is None:
        raise Refused("Not everybody has signed yet.", "Moderate when both have scored alone.")
    wanted = {spread.criterion for spread in before.spreads if spread.to_moderate}
    if set(settled) != wanted or any(not reasons.strip() for _, reasons in settled.values()):
        raise Refused(
            "Each mark on which they are apart needs a mark and a reason.", "Settle those, and only those."
        )
    lines = [
        restructuring.Moderated(criterion=code, points=points, reasons=reasons.strip())
        for code, (points, reasons) in settled.items()
    ]
    after = standing_of(found, lines)
    if after is None or after.score is None:
        raise Refused(" ".join(after.missing) if after else "Nothing to settle.", "Correct the marks.")
    said = [[each.criterion, each.points, each.reasons] for each in lines]
    return Result.objects.create(
        assessment=found, turn=found.turn, moderated=True, **sealed({"score": after.score, "moderated": said}),
        **recorded(by),
    )  # fmt: skip


@transaction.atomic
def score_anew(*, assessment: Assessment, scorers: Sequence[Worker], by: Actor) -> None:
    """Have a person scored again, by people who did not score before. What was found before stays readable."""
    require(by, KEEP)
    before = set(ScoreSheet.objects.filter(assessment=assessment).values_list("scorer", flat=True))
    if before & {each.pk for each in scorers}:
        raise Refused("One of them scored before.", "Name scorers who took no part.")
    may_score(assessment.panel, assessment.member, scorers)
    assessment.turn += 1
    assessment.save(update_fields=["turn"])
    give_sheets(assessment, scorers, by)


def scores_of(exercise: Exercise) -> dict[int, list[tuple[int, int]]]:
    """For each member the settled scores: (panel, hundredths of a point). Opened for whoever may match."""
    found: dict[int, dict[int, tuple[int, int]]] = {}
    rows = (
        Result.objects.filter(assessment__member__exercise=exercise)
        .select_related("assessment")
        .order_by("turn", "id")
    )
    for row in rows:
        found.setdefault(row.assessment.member_id, {})[row.assessment.panel_id] = row.turn, row.said["score"]
    return {
        member: [(panel, score) for panel, (_, score) in sorted(panels.items())]
        for member, panels in found.items()
    }


def to_settle(exercise: Exercise) -> list[Assessment]:
    """Assessments on which everybody has signed and which wait for moderation."""
    rows = (
        Assessment.objects.filter(panel__exercise=exercise)
        .select_related("member__worker", "panel")
        .prefetch_related("sheets", "results", "panel__criteria")
    )
    return [row for row in rows if _waits(row)]


def _waits(row: Assessment) -> bool:
    sheets = counting(row)
    settled = any(result.turn == row.turn for result in row.results.all())
    return not settled and len(sheets) >= FEWEST and all(sheet.signed_at for sheet in sheets)
