"""The only writers of what a programme keeps: its reasons, evaluations, stages, and the publishing of its results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from rightplace.domain.practice.figures import FIGURES
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.restructuring import shipped_stages
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.hooks import Author
from rightplace.foundation.organisation.programme import actions as programmes
from rightplace.foundation.organisation.programme.hooks import evidence_from_work, say_published
from rightplace.foundation.organisation.programme.stages import as_read, missing_for, roles_of
from rightplace.foundation.organisation.programme.tables import Programme, StageEvidence
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.restructure.models import Evaluation, Publication, ReasonStep

KEEP = "restructure.keep"
RESULTS = "results"
ORDER = tuple(ReasonStep.Kind)


class NotYet(Refused):
    """Results cannot be published yet; `missing` is everything that stands against it."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(
            f"{len(self.missing)} things stand against publishing the results."
            if len(self.missing) > 1
            else self.missing[0],
            "Each earlier stage needs its dated evidence first. The list is on this page.",
        )


def of_a_day_that_came(programme: Programme, on: date) -> None:
    """Refuse a day ahead of today, or before the programme began."""
    if on > clock.today() or on < programme.begins:
        raise Refused(
            "This is of a day between the programme's beginning and today.",
            f"Give a day from {programme.begins:%d %B %Y} on.",
        )


@transaction.atomic
def say_reason(
    *,
    programme: Programme,
    kind: str,
    words: str,
    on: date,
    by: Actor,
    line: int | None = None,
    figure: str = "",
) -> ReasonStep:
    """Say the next step of a line: a flaw begins one, then its cause, the change, the measure and the result."""
    require(by, KEEP)
    step = ReasonStep.Kind(kind)
    of_a_day_that_came(programme, on)
    if not words.strip():
        raise Refused("A step says something.", "Write it down in a sentence.")
    if figure and figure not in FIGURES:
        raise Refused("There is no such figure.", "Choose one of the list, or none.")
    Programme.objects.select_for_update().get(pk=programme.pk)
    there = {each.kind: each for each in ReasonStep.objects.filter(programme=programme, line=line or 0)}
    _follows(step, there, on)
    if step is ReasonStep.Kind.FLAW:
        last = ReasonStep.objects.filter(programme=programme).aggregate(most=Max("line"))["most"]
        line = (last or 0) + 1
    return ReasonStep.objects.create(
        programme=programme,
        line=line or 0,
        kind=step,
        on=on,
        words=words.strip(),
        figure=figure,
        **recorded(by),
    )


def _follows(step: ReasonStep.Kind, there: dict[str, ReasonStep], on: date) -> None:
    """A cause needs a flaw, a change a cause; nothing is older than what it follows."""
    if step is ReasonStep.Kind.FLAW:
        return
    before = ORDER[ORDER.index(step) - 1]
    if step in there:
        raise Refused("That step is said already.", "Begin another line for something else.")
    if before not in there:
        raise Refused(f"Before the {step} comes the {before}.", f"Say the {before} first.")
    if on < there[before].on:
        raise Refused(
            f"The {step} is dated before its {before}.", "Give the day on which it was found or decided."
        )


@transaction.atomic
def record_evaluation(
    *,
    programme: Programme,
    role: str,
    grade: str,
    points: int,
    on: date,
    evaluators: str,
    reference: str,
    equal_pay: bool,
    equal_pay_words: str,
    by: Actor,
) -> Evaluation:
    """Record a role's job evaluation. With equal pay looked at and found equal, it is the stage's evidence."""
    require(by, KEEP)
    of_a_day_that_came(programme, on)
    if role not in roles_of(programme.pk):
        raise Refused("The new structure has no such role.", "Choose a role of the new posts.")
    if not (grade.strip() and evaluators.strip() and reference.strip() and equal_pay_words.strip()):
        raise Refused(
            "An evaluation says the grade, who evaluated, where it can be read, and what the equal pay check found.",
            "Fill in what is missing.",
        )
    made = Evaluation.objects.create(
        programme=programme, role=role, grade=grade.strip(), points=points, on=on, evaluators=evaluators.strip(),
        reference=reference.strip(), equal_pay=equal_pay, equal_pay_words=equal_pay_words.strip(), **recorded(by),
    )  # fmt: skip
    if equal_pay:
        programmes.record_evidence(
            programme=programme, stage="profiles", on=on, what=f"job evaluated: {role}",
            reference=reference.strip(), by=by,
        )  # fmt: skip
    return made


@transaction.atomic
def show_stage(
    *, programme: Programme, stage: str, kind: str, on: date, reference: str, by: Actor, of: str = ""
) -> StageEvidence:
    """Record dated evidence of a stage: one of the kinds that the stage asks for, and where it can be read."""
    require(by, KEEP)
    found = next((each for each in shipped_stages() if each.id == stage), None)
    if found is None or kind not in found.evidence:
        raise Refused("That stage asks for no such evidence.", "Choose one of those that are missing.")
    if found.each and of not in roles_of(programme.pk):
        raise Refused(f"This evidence is of one {found.each}.", f"Choose the {found.each}.")
    if not reference.strip():
        raise Refused(
            "Evidence without a reference is none.", "Say where it can be read: a number, never a name."
        )
    if stage == "profiles" and kind == "job evaluated":
        raise Refused("A job evaluation has its own page.", "Record the evaluation with its equal pay check.")
    if stage == RESULTS:
        raise Refused("Results are published by the director.", "The director publishes them on this page.")
    what = f"{kind}: {of}" if found.each else kind
    return programmes.record_evidence(
        programme=programme, stage=stage, on=on, what=what, reference=reference, by=by
    )


@transaction.atomic
def publish(*, programme: Programme, words: str, by: Actor) -> Publication:
    """Publish a programme's results. Refused, with the list, until every earlier stage has dated evidence."""
    require(by, "restructure.publish")
    today = clock.today()
    found = Programme.objects.select_for_update().get(pk=programme.pk)
    if Publication.objects.filter(programme=found).exists():
        raise Refused("The results are published already.", "Look at the day on this page.")
    missing = [each.because for each in missing_for(found.pk, RESULTS, today)]
    if missing:
        raise NotYet(missing)
    if not words.strip():
        raise Refused(
            "Publishing says what is published.", "Write what everybody reads above the own result."
        )
    _write_down_what_work_shows(found, by)
    made = Publication.objects.create(programme=found, on=today, words=words.strip(), **recorded(by))
    programmes.record_evidence(
        programme=found,
        stage=RESULTS,
        on=today,
        what="letter to everybody",
        reference=f"publication {made.pk}",
        by=by,
    )
    say_published(found.pk, by)
    return made


def _write_down_what_work_shows(programme: Programme, by: Author) -> None:
    """Evidence that services worked out is kept as it stood when the results went out; the database looks at these rows."""
    rows = StageEvidence.objects.filter(programme=programme)
    known = {(each.stage, each.kind, each.of) for each in (as_read(row) for row in rows)}
    for shown in evidence_from_work(programme.pk):
        if (shown.stage, shown.kind, shown.of) in known or not shown.reference.strip():
            continue
        what = f"{shown.kind}: {shown.of}" if shown.of else shown.kind
        programmes.record_evidence(
            programme=programme, stage=shown.stage, on=shown.on, what=what, reference=shown.reference, by=by
        )
        known.add((shown.stage, shown.kind, shown.of))
