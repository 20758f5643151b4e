"""When a worker leaves a team, each of the worker's children is unallocated from that moment, and says so.

The team goes on answering: promise 1 holds without anybody having to remember it.
"""

from __future__ import annotations

from datetime import date

from rightplace.common.caseflow.queries import held_at
from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.caseflow import WorkerEnded
from rightplace.domain.practice.workdays import day_of, from_datetime, start_of_day
from rightplace.foundation.access.actor import RULES_WORKER, Actor
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.hooks import Author
from rightplace.foundation.organisation.rolecodes import RoleCode

LEFT = "LEFTRL"
"""Left the role: the looked-after return's reason for a change of social worker."""


def worker_left(worker: int, team: int, on: date, by: Author) -> None:
    """End the worker on each open child of that team. The rule signs; who ended the membership is in its row."""
    now = clock.now()
    rule = Actor(
        worker=RULES_WORKER,
        name="Rules of Rightplace",
        role=int(RoleCode.RULE),
        team=team,
        worker_kind="rule",
    )
    at = max(from_datetime(now), start_of_day(on.toordinal()))
    files = Span.objects.filter(held_at(now), open=True, team=team, worker=worker).values_list(
        "person", flat=True
    )
    for file in files:
        body = WorkerEnded(worker=worker, change_reason=LEFT, reasons="Left the team")
        write([Draft(file=file, body=body, day=day_of(at), at=at)], by=rule, may="offer.place")
