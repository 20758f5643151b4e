"""Assessments of a team, those that wait for a name under them, and what was written. All through the gate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import F, OuterRef, QuerySet, Subquery

from rightplace.common.caseflow.queries import held_at, open_spans
from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.access import rls
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.projections import Span, Timescale
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership, Team
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM
from rightplace.services.assessment.projections import Assessment

SHOWN = 300
CLOCK = Subquery(
    Timescale.objects.filter(person=OuterRef("person"), rule="ASM-1", due=OuterRef("due")).values("pk")[:1]
)
"""The number of the timescale by which an assessment is due."""


def of_the_team(actor: Actor) -> QuerySet[Assessment]:
    """Assessments that are not finished, of children for whom the actor's team answers; the next due first."""
    held = Span.objects.filter(held_at(clock.now()), team=actor.team, open=True)
    found = scope(actor, Assessment).filter(ended__isnull=True, person__in=held.values("person"))
    return found.order_by(F("due").asc(nulls_last=True), "began", "id")


def to_authorise(actor: Actor) -> QuerySet[Assessment]:
    """Those that wait for this actor's name: of the own team; for a head of service those a manager wrote.

    Nobody's own work is among them (promise 6).
    """
    if actor.team_kind == Team.Kind.LEADERSHIP:
        managers = Membership.objects.filter(role__in=MANAGES_A_TEAM).values("worker_id")
        found = scope(actor, Assessment).filter(ended__isnull=True, written_by__in=managers)
    else:
        found = of_the_team(actor)
    waiting = found.exclude(waits=0).exclude(writers__contains=[actor.worker])
    return waiting.order_by("written", "id")


def together(actor: Actor, assessment: Assessment) -> list[Assessment]:
    """The assessment with those of the brothers and sisters that began with it and are as far as it is."""
    ours = open_spans(actor).values("person")
    found = scope(actor, Assessment).filter(occasion=assessment.occasion, person__in=ours)
    same = [
        row for row in found if (row.is_open, row.is_waiting) == (assessment.is_open, assessment.is_waiting)
    ]
    rows = same if any(row.id == assessment.id for row in same) else [assessment, *same]
    return sorted(rows, key=lambda row: (row.id != assessment.id, row.file))


def entries_told(actor: Actor, files: Sequence[int]) -> list[Entry]:
    """What stands in these files, in order, as this reader may read it."""
    with rls.reading_as(actor, purpose="assessment"):
        found = reading.entries_of(reading.file_rows(files))
    return [entry for told in found.values() for entry in in_order(standing(told).entries)]


def open_of(actor: Actor, persons: Iterable[int]) -> list[Assessment]:
    """Assessments of these children that are not finished."""
    return list(scope(actor, Assessment).filter(ended__isnull=True, person__in=list(persons)))
