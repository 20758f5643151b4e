"""What supervision puts on pages that are not its own: how many workers the children of a team had, and a child's."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from rightplace.common.caseflow.onpages import TeamSection
from rightplace.common.web import words
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.services.supervision.continuity import EVERY_TEAM, of_team

MANY = 4


def workers_section(actor: Actor, team: Team) -> TeamSection | None:
    """How many workers the team's children have had: a distribution, for the team's manager and leaders."""
    own = team.pk == actor.team or actor.role in EVERY_TEAM
    if not own or team.kind == Team.Kind.PARTNER_DESK or not may(actor, "supervision.hold"):
        return None
    found = of_team(team, clock.now())
    if not found.children:
        return None
    many = sum(n for workers, n in found.in_a_year.items() if workers >= MANY)
    said = words.count_words(many, "child has", "children have", none="No child has")
    return TeamSection(
        key="workers-of-children",
        heading="How many workers the children have had",
        sentences=[f"{said} had {MANY} workers or more in twelve months."],
        columns=(
            Column("Workers"), Column("Children, in twelve months", number=True), Column("Children, in all", number=True),
        ),
        rows=[
            Row((label, sum(found.in_a_year[n] for n in numbers), sum(found.in_all[n] for n in numbers)))
            for label, numbers in _lines(max(found.in_all))
        ],
        caption="Children of the team by how many workers they have had",
    )  # fmt: skip


def _lines(most: int) -> list[tuple[str, range]]:
    few = [(words.count_words(n, "worker", none="No worker yet"), range(n, n + 1)) for n in range(MANY)]
    return [*few, (f"{MANY} or more", range(MANY, max(most, MANY) + 1))]


def child_links(actor: Actor, file: int, span: Span | None) -> Iterable[Link]:
    """From a child's story to who has had the child; asked only when it is opened."""
    if span is None or not span.open or not may(actor, "supervision.hold"):
        return
    if span.team == actor.team or actor.role in EVERY_TEAM:
        yield Link("Workers so far", reverse("supervision:workers", args=[file]))
