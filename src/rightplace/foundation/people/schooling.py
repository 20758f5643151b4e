"""Which school a child goes to on a day, worked out from the file; and the writing of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import models
from django.db.models import Q, QuerySet

from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.keeping import EntryCorrected, EntryWithdrawn
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.entries.schooling import SchoolRecorded
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.projecting import Folded, Projected, Row
from rightplace.foundation.journal.projections import Projection
from rightplace.foundation.journal.writing import Written, write

READ_FOR_SCHOOLING = frozenset(k.number for k in (SchoolRecorded, EntryCorrected, EntryWithdrawn))


class Schooling(Projection):
    """A child goes to a school (an agency's number; 0: to none) from `begins` until the day before `ends`."""

    id = models.BigAutoField(primary_key=True)
    person = models.BigIntegerField()
    begins = models.DateField()
    ends = models.DateField(null=True)
    school = models.BigIntegerField()
    entry = models.BigIntegerField()
    label = models.SmallIntegerField()

    class Meta:
        db_table = "people_schooling"
        constraints = [models.UniqueConstraint(fields=["person", "begins"], name="people_schooling_place")]
        indexes = [models.Index(fields=["school", "begins"], name="people_schooling_school")]


def schooling_rows(folded: Folded) -> Iterable[Row]:
    """One row a stay, each ending where the next begins; of two told for one day the last holds."""
    told = {}
    for entry in in_order(standing([e for e in folded.entries if e.kind in READ_FOR_SCHOOLING]).entries):
        if isinstance(entry.body, SchoolRecorded):
            told[entry.day] = entry
    days = sorted(told)
    for place, day in enumerate(days):
        body = told[day].body
        assert isinstance(body, SchoolRecorded)
        ends = date.fromordinal(days[place + 1]) if place + 1 < len(days) else None
        yield (
            folded.person, date.fromordinal(day), ends, body.school, told[day].id, told[day].label,
        )  # fmt: skip


SCHOOLING = Projected(
    "people_schooling",
    ("person", "begins", "ends", "school", "entry", "label"),
    ("person", "begins"),
    schooling_rows,
)


def on(day: date) -> Q:
    """The stays that hold on a day."""
    return Q(begins__lte=day) & (Q(ends__isnull=True) | Q(ends__gt=day))


def pupils_of(school: int, day: date) -> QuerySet[Schooling]:
    """The children known here who go to a school on a day. The caller has a right to them, or only counts."""
    return Schooling.objects.filter(on(day), school=school)


def record_school(*, files: Sequence[int], school: int, since: date, by: Actor, source: str = "") -> Written:
    """Say which school each of these children goes to, from a day on."""
    body = SchoolRecorded(school=school, source=source)
    return write(
        [Draft(file=file, body=body, day=since.toordinal(), at=None) for file in files],
        by=by,
        may="note.write",
    )
