"""Assessments: one row a child's assessment, worked out from the child's file. Codes and ids only, no words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import cached_property

from rightplace.common.caseflow.queries import accountable_team
from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.assessment import (
    AssessmentAuthorised,
    AssessmentBegan,
    AssessmentSentBack,
    AssessmentWritten,
)
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.journey.standing import standing
from rightplace.domain.practice.journey.state import Process
from rightplace.domain.practice.workdays import start_of_day, to_datetime
from rightplace.foundation.journal.projecting import Folded, Projected, Row
from rightplace.foundation.journal.projections import Projection


class Assessment(Projection):
    """One child's assessment, as far as it has come. `occasion` is the same for brothers and sisters begun together."""

    id = models.BigIntegerField(primary_key=True)
    person = models.BigIntegerField(db_index=True)
    file = models.BigIntegerField()
    occasion = models.BigIntegerField(db_index=True)
    form = models.CharField(max_length=12)
    began = models.DateTimeField()
    begun_by = models.BigIntegerField()
    review_by = models.DateField(null=True)
    due = models.DateTimeField(null=True)
    soon = models.DateTimeField(null=True)
    waits = models.BigIntegerField()
    written = models.DateTimeField(null=True)
    written_by = models.BigIntegerField()
    writers = ArrayField(models.BigIntegerField())
    proposes = models.CharField(max_length=12)
    sent_back = models.DateTimeField(null=True)
    sent_back_by = models.BigIntegerField()
    times_sent_back = models.SmallIntegerField()
    authorised = models.DateTimeField(null=True)
    authorised_by = models.BigIntegerField()
    outcome = models.CharField(max_length=20)
    ended = models.DateTimeField(null=True)
    label = models.SmallIntegerField()

    class Meta:
        db_table = "assessment_assessment"
        indexes = [
            models.Index(fields=["person"], name="assessment_open", condition=models.Q(ended__isnull=True))
        ]

    @cached_property
    def team_now(self) -> int:
        """The team that answers for the child, as it was when it was first asked of this row."""
        return accountable_team(self.file)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be written or authorised."""
        return self.ended is None

    @property
    def is_waiting(self) -> bool:
        """Whether it is written and waits for somebody else's name under it."""
        return self.is_open and self.waits != 0


def assessment_rows(folded: Folded) -> Iterable[Row]:
    """One row an assessment; due is the day that its referral set."""
    processes = {p.id: p for p in folded.journey.processes.values() if p.kind == "assessment"}
    if not processes:
        return
    said: dict[int, list[Entry]] = {number: [] for number in processes}
    begun: dict[int, Entry] = {}
    for entry in in_order(standing(folded.entries).entries):
        body = entry.body
        if isinstance(body, AssessmentBegan) and entry.id in processes:
            begun[entry.id] = entry
        elif isinstance(body, AssessmentWritten | AssessmentSentBack | AssessmentAuthorised):
            said.get(body.assessment, []).append(entry)
    for number, entry in begun.items():
        yield _row(folded, entry, processes[number], said[number])


def _row(folded: Folded, began: Entry, process: Process, said: list[Entry]) -> Row:
    body = began.body
    assert isinstance(body, AssessmentBegan)
    written = [e for e in said if isinstance(e.body, AssessmentWritten)]
    back = [e for e in said if isinstance(e.body, AssessmentSentBack)]
    done = next((e for e in said if isinstance(e.body, AssessmentAuthorised)), None)
    last, returned = written[-1] if written else None, back[-1] if back else None
    due = next((s for s in folded.timescales if s.rule == "ASM-1" and s.about == process.parent), None)
    proposes = last.body.proposes if last and isinstance(last.body, AssessmentWritten) else ""
    outcome = done.body.outcome if done and isinstance(done.body, AssessmentAuthorised) else ""
    return (
        began.id, folded.person, began.file, began.occasion or began.id, body.form[:12], _when(began), began.author,
        body.review_by, to_datetime(due.due) if due and due.due is not None else None,
        to_datetime(due.soon) if due and due.soon is not None else None,
        process.waits if process.closed is None else 0, _when(last), last.author if last else 0,
        list(dict.fromkeys(process.writers)), proposes[:12], _when(returned), returned.author if returned else 0,
        len(back), _when(done), done.author if done else 0, outcome[:20],
        to_datetime(process.closed) if process.closed is not None else None, began.label,
    )  # fmt: skip


def _when(entry: Entry | None) -> datetime | None:
    if entry is None:
        return None
    return to_datetime(entry.at if entry.at is not None else start_of_day(entry.day))


ASSESSMENTS = Projected(
    "assessment_assessment",
    (
        "id", "person", "file", "occasion", "form", "began", "begun_by", "review_by", "due", "soon", "waits", "written",
        "written_by", "writers", "proposes", "sent_back", "sent_back_by", "times_sent_back", "authorised",
        "authorised_by", "outcome", "ended", "label",
    ),
    ("id",),
    assessment_rows,
    codes=("writers",),
)  # fmt: skip
