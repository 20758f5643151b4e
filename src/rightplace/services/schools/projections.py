"""What schools asked: one row a question, worked out from its own file. No words, only codes, ids and instants."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Q

from rightplace.domain.practice.entries import Entry, FileKind
from rightplace.domain.practice.entries.caseflow import ConcernPassedOn
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.entries.questions import SchoolAnswered, SchoolAsked, SchoolQuestionRead
from rightplace.domain.practice.journey.standing import standing
from rightplace.domain.practice.workdays import start_of_day, to_datetime
from rightplace.foundation.journal.projecting import Folded, Projected, Row
from rightplace.foundation.journal.projections import Projection

ANSWER = "QUESTION-ANSWER"
CLIMBS = ("QUESTION-READ", "QUESTION-READ-MANAGER", "QUESTION-READ-HEAD")
"""Until when the link person, the manager and the head of service are to have opened it (promise 3)."""


class Question(Projection):
    """A question of a school to its link person, as far as it has come."""

    concern = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField()
    school = models.BigIntegerField()
    desk = models.BigIntegerField()
    asked_by = models.BigIntegerField()
    asked = models.DateTimeField()
    team = models.BigIntegerField()
    link = models.BigIntegerField()
    topic = models.CharField(max_length=40)
    about_pupil = models.BooleanField()
    read_by_link = models.DateTimeField(null=True)
    read_by_manager = models.DateTimeField(null=True)
    read_by_head = models.DateTimeField(null=True)
    soon = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    read = models.DateTimeField(null=True)
    reader = models.BigIntegerField()
    answered = models.DateTimeField(null=True)
    answerer = models.BigIntegerField()
    comes_next = models.CharField(max_length=40)
    label = models.SmallIntegerField()

    class Meta:
        db_table = "schools_question"
        indexes = [
            models.Index(fields=["school", "-asked"], name="schools_question_of_school"),
            models.Index(fields=["due"], name="schools_question_open", condition=Q(answered__isnull=True)),
        ]

    @property
    def climbs(self) -> tuple[datetime | None, ...]:
        """The three instants at which it climbs while nobody opens it."""
        return self.read_by_link, self.read_by_manager, self.read_by_head


def _when(entry: Entry | None) -> datetime | None:
    if entry is None:
        return None
    return to_datetime(entry.at if entry.at is not None else start_of_day(entry.day))


def question_rows(folded: Folded) -> Iterable[Row]:
    """One row a question; of several answers the last holds, of several openings the first."""
    asked = read = answered = passed = None
    for entry in in_order(standing(folded.entries).entries):
        if isinstance(entry.body, SchoolAsked):
            asked = entry
        elif isinstance(entry.body, SchoolQuestionRead):
            read = read or entry
        elif isinstance(entry.body, SchoolAnswered):
            answered = entry
        elif isinstance(entry.body, ConcernPassedOn):
            passed = entry.body
    if asked is None or not isinstance(asked.body, SchoolAsked):
        return
    opened = read or answered
    team, link = (passed.team, passed.link) if passed else (asked.body.team, asked.body.link)
    said, answer = asked.body, answered.body if answered else None
    scales = {scale.rule: scale for scale in folded.timescales if scale.trigger == asked.id}
    due, soon = (
        to_datetime(at) if at is not None else None
        for at in ((scales[ANSWER].due, scales[ANSWER].soon) if ANSWER in scales else (None, None))
    )
    climbs = [
        to_datetime(at) if (at := scales[rule].due if rule in scales else None) is not None else None
        for rule in CLIMBS
    ]
    yield (
        folded.person, asked.id, said.school, asked.team, asked.author, _when(asked), team, link,
        str(said.topic), said.about_pupil, *climbs, soon, due, _when(opened),
        (opened.author if opened else 0), _when(answered),
        answered.author if answered else 0, str(answer.comes_next) if isinstance(answer, SchoolAnswered) else "",
        asked.label,
    )  # fmt: skip


QUESTIONS = Projected(
    "schools_question",
    (
        "concern", "entry", "school", "desk", "asked_by", "asked", "team", "link", "topic", "about_pupil",
        "read_by_link", "read_by_manager", "read_by_head", "soon", "due", "read", "reader", "answered", "answerer",
        "comes_next", "label",
    ),
    ("concern",),
    question_rows,
    frozenset({int(FileKind.CONCERN)}),
    "concern",
)  # fmt: skip
