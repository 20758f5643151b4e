"""Early help at a glance, worked out from the journal: one row for each child's support, one for each partner in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from rightplace.common.caseflow.projections import team_with_the_child
from rightplace.domain.practice.entries import Body, Entry
from rightplace.domain.practice.entries import familysupport as said
from rightplace.domain.practice.journey.standing import standing
from rightplace.domain.practice.workdays import start_of_day, to_datetime
from rightplace.foundation.journal.projecting import Folded, Projected, Row
from rightplace.foundation.journal.projections import Projection
from rightplace.services.familysupport.record import FamilyRecord, family_record


class Support(Projection):
    """One child's stay in family support. Brothers and sisters whose support began together share `family`.

    `team` is the one that answers for the child while the stay lasts; then the one with which it began.
    """

    id = models.BigIntegerField(primary_key=True)
    person = models.BigIntegerField(db_index=True)
    file = models.BigIntegerField()
    family = models.BigIntegerField(db_index=True)
    concern = models.BigIntegerField()
    team = models.BigIntegerField()
    began = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    lead = models.BigIntegerField()
    lead_since = models.DateTimeField()
    agrees = models.BooleanField()
    assessed = models.DateTimeField(null=True)
    planned = models.DateTimeField(null=True)
    reviewed = models.DateTimeField(null=True)
    goals = models.SmallIntegerField()
    goals_done = models.SmallIntegerField()
    label = models.SmallIntegerField()

    class Meta:
        db_table = "familysupport_support"


class Invited(Projection):
    """A colleague of another agency in the team around a family: since when, and until when."""

    id = models.BigAutoField(primary_key=True)
    person = models.BigIntegerField(db_index=True)
    support = models.BigIntegerField()
    family = models.BigIntegerField(db_index=True)
    worker = models.BigIntegerField(db_index=True)
    agency = models.BigIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "familysupport_invited"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "support", "worker"], name="familysupport_invited_place"
            )
        ]


@dataclass(frozen=True)
class Stay:
    """One child's support with all that was said in that child's own files."""

    began: Entry
    ended: datetime | None
    record: FamilyRecord

    @property
    def family(self) -> int:
        """The number that brothers and sisters share."""
        return self.began.occasion or self.began.id


def stays(folded: Folded) -> list[Stay]:
    """Every stay of a person in family support, worked out once for both tables."""
    if "familysupport" not in folded.worked_out:
        folded.worked_out["familysupport"] = list(_stays(folded))
    found: list[Stay] = folded.worked_out["familysupport"]
    return found


def _stays(folded: Folded) -> Iterator[Stay]:
    processes = folded.journey.processes
    begun = [e for e in folded.entries if e.kind == said.FamilySupportBegan.number and e.id in processes]
    if not begun:
        return
    stand = {entry.id: entry for entry in standing(list(folded.entries)).entries}
    for entry in sorted((stand[e.id] for e in begun if e.id in stand), key=lambda e: (_at(e), e.id)):
        closed = processes[entry.id].closed
        ended = to_datetime(closed) if closed is not None else None
        yield Stay(entry, ended, family_record([list(folded.entries)], {entry.file: entry.id}))


def _at(entry: Entry) -> int:
    return entry.at if entry.at is not None else start_of_day(entry.day)


def support_rows(folded: Folded) -> Iterable[Row]:
    """One row a stay."""
    for stay in stays(folded):
        began, record = stay.began, stay.record
        lead = record.lead
        goals = record.goals
        yield (
            began.id, folded.person, began.file, stay.family, began.concern,
            began.team if stay.ended is not None else team_with_the_child(folded, began.team), to_datetime(_at(began)),
            stay.ended, lead.worker if lead else 0,
            to_datetime(lead.at if lead and lead.at is not None else _at(began)), record.agrees,
            _last(record, said.WholeFamilyAssessed), _last(record, said.FamilyPlanMade),
            _last(record, said.FamilyPlanReviewed), len(goals), sum(goal.state == "done" for goal in goals),
            began.label,
        )  # fmt: skip


def _last(record: FamilyRecord, kind: type[Body]) -> datetime | None:
    found = record.last(kind)
    if found is None:
        return None
    return to_datetime(found[1].at if found[1].at is not None else start_of_day(found[1].day))


def invited_rows(folded: Folded) -> Iterable[Row]:
    """One row for each partner who was ever invited to a stay's team; left or ended, it has its end."""
    for stay in stays(folded):
        spells: dict[int, tuple[int, datetime, datetime | None]] = {}
        for body, one in stay.record.of(said.FamilyTeamJoined):
            if not (body.agency and body.worker):
                continue
            at = to_datetime(one.at if one.at is not None else start_of_day(one.day))
            before = spells.get(body.worker)
            since = before[1] if before and before[2] is None else at
            spells[body.worker] = (body.agency, since, at if body.left else None)
        for worker, (agency, since, until) in sorted(spells.items()):
            end = min(filter(None, (until, stay.ended)), default=None)
            yield folded.person, stay.began.id, stay.family, worker, agency, since, end


OWN = (
    Projected(
        "familysupport_support",
        (
            "id", "person", "file", "family", "concern", "team", "began", "ended", "lead", "lead_since", "agrees",
            "assessed", "planned", "reviewed", "goals", "goals_done", "label",
        ),
        ("id",),
        support_rows,
    ),
    Projected(
        "familysupport_invited",
        ("person", "support", "family", "worker", "agency", "since", "until"),
        ("person", "support", "worker"),
        invited_rows,
    ),
)  # fmt: skip
