"""Joint triages: one row each, worked out from the concern's file. No words, only codes and ids."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models

from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.contact import TriageDecided, TriageOpened, TriageTold
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.journey.standing import standing
from rightplace.domain.practice.workdays import start_of_day, to_datetime
from rightplace.foundation.journal.projecting import Folded, Projected, Row
from rightplace.foundation.journal.projections import Projection
from rightplace.services.frontdoor.projections import CONCERNS


class Triage(Projection):
    """Several agencies looking together at a notice: who is asked, who has said what they know, by when."""

    id = models.BigIntegerField(primary_key=True)
    concern = models.BigIntegerField(db_index=True)
    grade = models.CharField(max_length=8)
    opened = models.DateTimeField()
    opened_by = models.BigIntegerField()
    agencies = ArrayField(models.BigIntegerField())
    heard = ArrayField(models.BigIntegerField())
    tell_by = models.DateTimeField(null=True)
    decide_by = models.DateTimeField(null=True)
    decided = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField()
    level = models.CharField(max_length=24)
    label = models.SmallIntegerField()

    class Meta:
        db_table = "frontdoor_triage"
        indexes = [
            models.Index(
                fields=["decide_by"], name="frontdoor_triage_open", condition=models.Q(decided__isnull=True)
            )
        ]


def _when(entry: Entry) -> datetime:
    return to_datetime(entry.at if entry.at is not None else start_of_day(entry.day))


def triage_rows(folded: Folded) -> Iterable[Row]:
    """One row a joint triage; who spoke later than it was decided is heard all the same."""
    if all(entry.kind != TriageOpened.number for entry in folded.entries):
        return
    due = {(s.trigger, s.rule.startswith("TRIAGE-TELL")): s.due for s in folded.timescales}
    opened: dict[int, Entry] = {}
    heard: dict[int, list[int]] = {}
    ended: dict[int, Entry] = {}
    for entry in in_order(standing(folded.entries).entries):
        body = entry.body
        if isinstance(body, TriageOpened):
            opened[entry.id] = entry
        elif isinstance(body, TriageTold) and body.agency not in heard.setdefault(body.triage, []):
            heard[body.triage].append(body.agency)
        elif isinstance(body, TriageDecided):
            ended.setdefault(body.triage, entry)
    for number, entry in opened.items():
        said, end = entry.body, ended.get(number)
        assert isinstance(said, TriageOpened)
        tell, decide = due.get((number, True)), due.get((number, False))
        level = str(end.body.level) if end and isinstance(end.body, TriageDecided) else ""
        yield (
            number, folded.person, str(said.grade), _when(entry), entry.author, list(said.agencies),
            heard.get(number, []), to_datetime(tell) if tell else None, to_datetime(decide) if decide else None,
            _when(end) if end else None, end.author if end else 0, level, entry.label,
        )  # fmt: skip


TRIAGES = Projected(
    "frontdoor_triage",
    (
        "id", "concern", "grade", "opened", "opened_by", "agencies", "heard", "tell_by", "decide_by", "decided",
        "decided_by", "level", "label",
    ),
    ("id",),
    triage_rows,
    CONCERNS,
    "concern",
    ("agencies", "heard"),
)  # fmt: skip
