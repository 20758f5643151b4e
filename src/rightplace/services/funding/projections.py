"""Each child's part of the time that was given to its family, worked out from the file. No words, only codes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models

from rightplace.domain.practice.entries.keeping import EntryCorrected, EntryWithdrawn
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.entries.schooling import TimeGiven
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.journal.projecting import Folded, Projected, Row
from rightplace.foundation.journal.projections import Projection

FINENESS = 720_720
"""Parts of a minute: divisible by every number to sixteen, so that what siblings share is always whole."""
READ_FOR_TIME = frozenset(k.number for k in (TimeGiven, EntryCorrected, EntryWithdrawn))


class TimeOfChild(Projection):
    """One child's part of one piece of work with its family: `part` is in `FINENESS` parts of a minute."""

    entry = models.BigIntegerField(primary_key=True)
    person = models.BigIntegerField(db_index=True)
    day = models.DateField(db_index=True)
    part = models.BigIntegerField()
    doing = models.CharField(max_length=40)
    grade = models.CharField(max_length=40)
    team = models.BigIntegerField()
    label = models.SmallIntegerField()

    class Meta:
        db_table = "funding_time"


def time_rows(folded: Folded) -> Iterable[Row]:
    """One row a piece of work: the rule of siblings is that each child has an equal part."""
    for entry in in_order(standing([e for e in folded.entries if e.kind in READ_FOR_TIME]).entries):
        body = entry.body
        if isinstance(body, TimeGiven) and body.lasted > 0:
            part = body.lasted * FINENESS // max(body.among, 1)
            yield (
                entry.id, folded.person, date.fromordinal(entry.day), part, body.doing[:40], body.at_grade[:40],
                entry.team, entry.label,
            )  # fmt: skip


TIME = Projected(
    "funding_time",
    ("entry", "person", "day", "part", "doing", "grade", "team", "label"),
    ("entry",),
    time_rows,
)
