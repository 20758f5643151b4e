"""What passed between us and an agency: a row each time, and no words. The words stay in the entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import models

from rightplace.domain.practice.entries import Entry, FileKind
from rightplace.domain.practice.entries.contact import (
    CheckAnswered,
    CheckAsked,
    ContactReceived,
    DisagreementAnswered,
    ReferrerTold,
    TriageOpened,
    TriageTold,
)
from rightplace.domain.practice.entries.keeping import InformationRefused, InformationShared
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.journey.standing import standing
from rightplace.domain.practice.workdays import start_of_day
from rightplace.foundation.journal.projecting import Folded, Projected, Row, to_datetime
from rightplace.foundation.journal.projections import Projection

GIVEN, RECEIVED, REFUSED, WITHHELD = "given", "received", "refused", "withheld"
"""We gave; they gave; we refused; they refused."""


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


Passed = tuple[str, int]


class _Concern:
    """What a later entry of a concern must know of an earlier one: who told it, who sits at its triage."""

    def __init__(self) -> None:
        self.told_by = 0
        self.asked: dict[int, int] = {}
        self.table: dict[int, tuple[int, ...]] = {}

    def passed(self, entry: Entry) -> Iterator[Passed]:
        """Which way something passed with an entry, and to or from whom."""
        body = entry.body
        if isinstance(body, ContactReceived):
            self.told_by = body.agency
            yield RECEIVED, body.agency
        elif isinstance(body, ReferrerTold | DisagreementAnswered):
            yield GIVEN, self.told_by
        elif isinstance(body, CheckAsked):
            self.asked[entry.id] = body.agency
            yield GIVEN, body.agency
        elif isinstance(body, CheckAnswered):
            yield WITHHELD if body.refused_because else RECEIVED, self.asked.get(body.check, 0)
        elif isinstance(body, TriageOpened):
            self.table[entry.id] = body.agencies
            yield from ((GIVEN, agency) for agency in body.agencies)
        elif isinstance(body, TriageTold):
            yield WITHHELD if body.refused_because else RECEIVED, body.agency
            if not body.refused_because:
                others = self.table.get(body.triage, ())
                yield from ((GIVEN, agency) for agency in others if agency != body.agency)


def _of_child(entry: Entry) -> Iterator[Passed]:
    body = entry.body
    if isinstance(body, InformationShared):
        yield GIVEN, body.agency
    elif isinstance(body, InformationRefused):
        yield REFUSED, body.agency


IN_A_CHILDS_FILE = frozenset({InformationShared.number, InformationRefused.number})


def sharing_rows(folded: Folded) -> Iterable[Row]:
    """One row each time that something passed, in order."""
    if folded.kind == FileKind.PERSON and all(e.kind not in IN_A_CHILDS_FILE for e in folded.entries):
        return
    concern = _Concern() if folded.kind == FileKind.CONCERN else None
    for entry in in_order(standing(folded.entries).entries):
        found = list(_of_child(entry))
        if concern is not None:
            found += [each for each in concern.passed(entry) if each[1]]
        at = entry.at if entry.at is not None else start_of_day(entry.day)
        for way, agency in dict.fromkeys(found):
            yield (
                entry.id, folded.person, entry.file, concern is not None, entry.concern, way, agency, to_datetime(at),
                entry.author, entry.kind, entry.label,
            )  # fmt: skip


SHARINGS = Projected(
    "disclosure_sharing",
    ("entry", "person", "file", "of_concern", "concern", "way", "agency", "at", "author", "kind", "label"),
    ("entry", "agency", "way"),
    sharing_rows,
    frozenset({FileKind.PERSON, FileKind.CONCERN}),
)
