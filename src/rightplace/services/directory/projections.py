"""Requests for a place: rows worked out from the child's file. No words that anybody wrote, only codes and ids."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models

from rightplace.common.caseflow.projections import team_with_the_child
from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.directory import Answer, ServiceAnswered, ServiceRequested
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.journey.standing import standing
from rightplace.domain.practice.workdays import start_of_day, to_datetime
from rightplace.foundation.journal.projecting import Folded, Projected, Row
from rightplace.foundation.journal.projections import Projection

KINDS = frozenset({ServiceRequested.number, ServiceAnswered.number})


class ServiceRequest(Projection):
    """One child asked to be given a place, as far as it has come. `team` answers for the child: it follows it up."""

    entry = models.BigIntegerField(primary_key=True)
    person = models.BigIntegerField(db_index=True)
    file = models.BigIntegerField()
    service = models.BigIntegerField(db_index=True)
    agency = models.BigIntegerField()
    asked = models.DateTimeField()
    asked_by = models.BigIntegerField(db_index=True)
    team = models.BigIntegerField()
    read = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    answer = models.CharField(max_length=12)
    answer_entry = models.BigIntegerField()
    answered = models.DateTimeField(null=True)
    starts = models.DateField(null=True)
    label = models.SmallIntegerField()

    class Meta:
        db_table = "directory_request"
        indexes = [models.Index(fields=["agency", "due"], name="directory_request_desk")]


def _when(entry: Entry | None) -> datetime | None:
    if entry is None:
        return None
    return to_datetime(entry.at if entry.at is not None else start_of_day(entry.day))


def request_rows(folded: Folded) -> Iterable[Row]:
    """One row a request: its last answer counts; opening it is no answer."""
    asked: dict[int, tuple[Entry, ServiceRequested]] = {}
    read: dict[int, Entry] = {}
    last: dict[int, tuple[Entry, ServiceAnswered]] = {}
    own = [entry for entry in folded.entries if entry.kind in KINDS]
    for entry in in_order(standing(folded.entries).entries) if own else ():
        body = entry.body
        if isinstance(body, ServiceRequested):
            asked[entry.id] = (entry, body)
        elif isinstance(body, ServiceAnswered) and body.answer is Answer.READ:
            read.setdefault(body.request, entry)
        elif isinstance(body, ServiceAnswered):
            last[body.request] = (entry, body)
    due = {s.trigger: s.due for s in folded.timescales if s.rule == "PLACE-ANSWER"} if asked else {}
    for number, (entry, said) in asked.items():
        answered, answer = last.get(number, (None, None))
        by = due.get(number)
        starts: date | None = answer.starts if answer else None
        yield (
            number, folded.person, entry.file, said.service, said.agency, _when(entry), entry.author,
            team_with_the_child(folded, entry.team),
            _when(read.get(number) or answered), to_datetime(by) if by is not None else None,
            str(answer.answer) if answer else "", answered.id if answered else 0, _when(answered), starts,
            entry.label,
        )  # fmt: skip


OWN = (
    Projected(
        "directory_request",
        (
            "entry", "person", "file", "service", "agency", "asked", "asked_by", "team", "read", "due", "answer",
            "answer_entry", "answered", "starts", "label",
        ),
        ("entry",),
        request_rows,
    ),
)  # fmt: skip
