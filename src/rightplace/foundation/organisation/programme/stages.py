"""The evidence of a programme as the rules of stages read it, and what is missing before a stage may begin.

`StageEvidence.what` is the kind of evidence as the stages' pack names it; where each role needs its own, the role
stands behind a colon: “job evaluated: Family support worker”. A role is the title of a new post.
"""

from __future__ import annotations

from datetime import date

from rightplace.domain.restructuring.stages import Evidence, Missing, missing_before
from rightplace.foundation.organisation.programme.hooks import evidence_from_work
from rightplace.foundation.organisation.programme.tables import ProgrammePost, StageEvidence


def roles_of(programme: int) -> tuple[str, ...]:
    """The roles of the new structure: the titles of its posts."""
    rows = ProgrammePost.objects.filter(programme=programme, side=ProgrammePost.Side.NEW)
    return tuple(rows.order_by("post__title").values_list("post__title", flat=True).distinct())


def evidence_of(programme: int) -> tuple[Evidence, ...]:
    """All evidence of a programme, the earliest first: what was written down, and what services worked out."""
    rows = StageEvidence.objects.filter(programme=programme).order_by("on", "id")
    worked_out = (
        Evidence(stage=e.stage, kind=e.kind, day=e.on.toordinal(), reference=e.reference, of=e.of)
        for e in evidence_from_work(programme)
    )
    return tuple(sorted([*(as_read(row) for row in rows), *worked_out], key=lambda each: each.day))


def as_read(row: StageEvidence) -> Evidence:
    kind, _, of = row.what.partition(": ")
    return Evidence(
        stage=row.stage, kind=kind.strip(), day=row.on.toordinal(), reference=row.reference, of=of.strip()
    )


def missing_for(programme: int, stage: str, on: date) -> tuple[Missing, ...]:
    """What stands against beginning a stage of this programme on a day; nothing when it may begin."""
    each = {"role": roles_of(programme)}
    return missing_before(stage, evidence_of(programme), on=on.toordinal(), each=each)
