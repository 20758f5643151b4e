"""What the workforce puts on pages that are not its own: a team's hours on its page, a link on a child's story."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from rightplace.common.caseflow.onpages import TeamSection
from rightplace.common.web import words
from rightplace.common.web.pieces import Link
from rightplace.domain.practice.workload import hours_words
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation.models import Team
from rightplace.services.workforce.presenters.work import spread_words
from rightplace.services.workforce.queries import CHILDRENS_TEAMS, team_load


def child_links(actor: Actor, file: int, span: Span | None) -> Iterable[Link]:
    """Where a worker says to be related to a family, or otherwise not free to work with it."""
    if span is not None and may(actor, "workload.see_own"):
        yield Link("Declare a conflict of interest", reverse("workforce:conflict", args=[span.person]))


def hours_section(actor: Actor, team: Team) -> TeamSection | None:
    """What the team's families take against what it has, and who waits, in hours. Figures only, of every child."""
    if team.kind not in CHILDRENS_TEAMS or not may(actor, "workload.see", team):
        return None
    found = team_load(team)
    has = (
        f"and it has {hours_words(found.has)}"
        if found.has is not None
        else "and how many it has is not known: some posts and hours are not written down"
    )
    waits = sum(family.hours for family in found.waiting)
    waiting = words.count_words(len(found.waiting), "family waits", "families wait")
    return TeamSection(
        key="hours",
        heading="Capacity in hours",
        sentences=[
            f"The team’s families take {hours_words(found.takes)} this week, {has}.",
            f"{waiting} for a worker and would take {hours_words(waits)} more." if found.waiting else "",
            spread_words(list(found.loads.values())),
        ],
        link=Link("Whom to give the families who wait", reverse("workforce:waiting", args=[team.pk]))
        if found.waiting and may(actor, "allocation.see", team)
        else Link("Worker by worker", reverse("workforce:team-load", args=[team.pk])),
    )
