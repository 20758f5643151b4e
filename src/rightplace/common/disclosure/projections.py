"""What passed between us and an agency: a row each time, and no words. The words stay in the entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db import models

from rightplace.common.disclosure.passing import (
    BEGINS,
    GIVEN,
    OF_A_CHILD,
    OF_A_CONCERN,
    RECEIVED,
    REFUSED,
    WITHHELD,
    Concern,
    Passed,
    of_child,
)
from rightplace.domain.practice.entries import Entry, FileKind
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.journey.standing import standing
from rightplace.domain.practice.workdays import start_of_day
from rightplace.foundation.journal.projecting import Folded, Projected, Row, to_datetime
from rightplace.foundation.journal.projections import Projection

__all__ = ["GIVEN", "RECEIVED", "REFUSED", "SHARINGS", "WITHHELD", "Sharing", "sharing_rows"]


class Sharing(Projection):
    """Once that something was given, received or refused. `agency` is 0 where somebody of no known agency was told."""

    id = models.BigAutoField(primary_key=True)
    entry = models.BigIntegerField()
    person = models.BigIntegerField(db_index=True)
    file = models.BigIntegerField()
    of_concern = models.BooleanField()
    concern = models.BigIntegerField()
    way = models.CharField(max_length=8)
    agency = models.BigIntegerField()
    at = models.DateTimeField()
    author = models.BigIntegerField()
    kind = models.SmallIntegerField()
    label = models.SmallIntegerField()

    class Meta:
        db_table = "disclosure_sharing"
        constraints = [
            models.UniqueConstraint(fields=["entry", "agency", "way"], name="disclosure_sharing_place")
        ]
        indexes = [models.Index(fields=["agency", "at"], name="disclosure_sharing_agency")]


def sharing_rows(folded: Folded) -> Iterable[Row]:
    """One row each time that something passed, in order."""
    of_concern = folded.kind == FileKind.CONCERN
    if not of_concern and all(entry.kind not in BEGINS for entry in folded.entries):
        return
    own = in_order(standing(folded.entries).entries)
    for entry, passed in _passed(own, of_concern):
        at = entry.at if entry.at is not None else start_of_day(entry.day)
        for way, agency in dict.fromkeys(passed):
            yield (
                entry.id, folded.person, entry.file, of_concern, entry.concern, way, agency, to_datetime(at),
                entry.author, entry.kind, entry.label,
            )  # fmt: skip


CONCERN_KINDS = frozenset(kind.number for kind in OF_A_CONCERN)
CHILD_KINDS = frozenset(kind.number for kind in OF_A_CHILD)


def _passed(own: Sequence[Entry], of_concern: bool) -> Iterator[tuple[Entry, list[Passed]]]:
    """Each entry with which something passed. In a concern to or from an agency; in a child's file to anybody."""
    if of_concern:
        concern = Concern()
        kept = [entry for entry in own if entry.kind in CONCERN_KINDS | CHILD_KINDS]
        for entry in kept:
            found = concern.passed(entry) if entry.kind in CONCERN_KINDS else of_child(entry, own)
            yield entry, [each for each in found if each[1] or entry.kind in CHILD_KINDS]
        return
    for entry in own:
        if entry.kind in CHILD_KINDS:
            yield entry, list(of_child(entry, own))


SHARINGS = Projected(
    "disclosure_sharing",
    ("entry", "person", "file", "of_concern", "concern", "way", "agency", "at", "author", "kind", "label"),
    ("entry", "agency", "way"),
    sharing_rows,
    frozenset({FileKind.PERSON, FileKind.CONCERN}),
)
