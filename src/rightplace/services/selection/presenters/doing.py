"""What waits for a reader in the selections, each line leading to where it is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Link, Row
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.services.selection import waits
from rightplace.services.selection.models import Run
from rightplace.services.selection.presenters.sections import Section

COLUMNS = (Column("What"), Column("What it is"), Column("By when"))
MOST = 25
T = TypeVar("T", bound=Model)
Line = tuple[Row, int]
"""A row, and the worker whom it is about; nought where it is about nobody."""


def to_do(actor: Actor) -> tuple[list[Section], list[int]]:
    """The reader's open work, and the people it is about, whose reading is recorded."""
    lines = [*_moderating(actor), *_keeping(actor)]
    if not lines:
        return [], []
    part = Section(
        "What waits for you", "todo", tags.due_soon(words.count_words(len(lines), "thing")), columns=COLUMNS,
        rows=[row for row, _ in lines],
    )  # fmt: skip
    return [part], [worker for _, worker in lines if worker]


def _first(rows: QuerySet[T] | None, *with_: str) -> list[T]:
    return [] if rows is None else list(rows.select_related(*with_)[:MOST])


def _moderating(actor: Actor) -> Iterator[Line]:
    for each in _first(waits.to_confirm(actor), "run"):
        yield _run(each.run, "a placing to confirm or send back"), 0
    for run in _first(waits.ties(actor)):
        yield _run(run, "people are level: a question to a panel"), 0
    for row in _first(waits.to_settle(actor), "member__worker"):
        yield _person(row.member.worker, "assessment", row.pk, "two scorers are apart"), row.member.worker_id


def _keeping(actor: Actor) -> Iterator[Line]:
    for sheet in _first(waits.scorers_to_name(actor), "assessment__member__worker"):
        worker, at = sheet.assessment.member.worker, sheet.assessment.interview_at
        what = "a scorer has a conflict of interest: name another"
        by = tags.due_tag(at, clock.now()) if at is not None else "no day"
        yield _person(worker, "assessment", sheet.assessment_id, what, by), worker.pk
    for each in _first(waits.rights_to_judge(actor), "member__worker"):
        worker = each.member.worker
        yield (
            _person(worker, "person", each.member_id, "a right to be offered a place first: which suit?"),
            worker.pk,
        )
    for asked in _first(waits.adjustments_to_answer(actor), "member__worker"):
        worker = asked.member.worker
        yield (
            _person(worker, "person", asked.member_id, "an adjustment at the interview to answer"),
            worker.pk,
        )
    for appeal in _first(waits.appeals_to_appoint(actor), "member__worker"):
        worker = appeal.member.worker
        yield _person(worker, "appeal", appeal.pk, "an appeal that nobody hears yet"), worker.pk
    for trial in _first(waits.trials_to_end(actor), "placement__member__worker"):
        member = trial.placement.member
        by = tags.due_tag(trial.ends, clock.now())
        yield _person(member.worker, "person", member.pk, "a trial that ends", by), member.worker_id


def _run(run: Run, what: str) -> Row:
    return Row((Link(f"Run {run.number}", reverse("selection:run", args=[run.pk])), what, "no day"))


def _person(worker: Worker, page: str, number: int, what: str, by: Cell = "no day") -> Row:
    return Row((Link(worker.name, reverse(f"selection:{page}", args=[number])), what, by))
