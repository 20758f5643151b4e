"""What is asked of programmes: those that run, their sides, what became of teams, the evidence by stage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Min, QuerySet

from rightplace.foundation.organisation.establishment.tables import Post
from rightplace.foundation.organisation.programme.tables import (
    Programme,
    ProgrammePost,
    StageEvidence,
    TeamLineage,
)
from rightplace.foundation.organisation.queries import holding


def programmes(on: date) -> QuerySet[Programme]:
    """The programmes that run on a day, the newest first."""
    return Programme.objects.filter(holding(on)).select_related("lead").order_by("-begins", "-id")


def posts_on(programme: int, side: str) -> QuerySet[Post]:
    """The posts of one side, by team."""
    return (
        Post.objects.filter(in_programmes__programme=programme, in_programmes__side=side)
        .select_related("team")
        .order_by("team__name", "reference")
    )


def at_risk(programme: int) -> QuerySet[Post]:
    """The posts of the old structure that are not protected."""
    return posts_on(programme, ProgrammePost.Side.OLD).filter(
        in_programmes__programme=programme, in_programmes__protected=False
    )


def successors(programme: int) -> dict[int, list[TeamLineage]]:
    """For each team of the old structure, the teams that go on from it."""
    found: dict[int, list[TeamLineage]] = {}
    for line in (
        TeamLineage.objects.filter(programme=programme).select_related("before", "after").order_by("id")
    ):
        found.setdefault(line.before_id, []).append(line)
    return found


def evidence_days(programme: int) -> Mapping[str, date]:
    """The first day of evidence of each stage that has any."""
    rows = StageEvidence.objects.filter(programme=programme).values("stage").annotate(first=Min("on"))
    return {row["stage"]: row["first"] for row in rows}
