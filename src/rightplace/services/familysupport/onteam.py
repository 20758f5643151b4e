"""What early help puts on pages that are not its own: a team's page, and a child's story."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.urls import reverse

from rightplace.common.caseflow.onpages import TeamSection
from rightplace.common.web import words
from rightplace.common.web.pieces import Link
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.services.familysupport.queries import RULES

PROCESS = "family_support"
COUNTED = """
WITH held AS (
    SELECT s.person FROM journal_span s
    WHERE s.team = %(team)s AND s.open AND s.begins <= %(now)s AND (s.ends IS NULL OR s.ends > %(now)s)
), going AS (
    SELECT f.* FROM familysupport_support f JOIN held USING (person)
    WHERE f.began <= %(now)s AND (f.ended IS NULL OR f.ended > %(now)s)
), late AS (
    SELECT DISTINCT g.family FROM journal_timescale t JOIN going g USING (person)
    WHERE t.rule = ANY(%(rules)s) AND t.due < %(now)s AND t.begins <= %(now)s AND t.met IS NULL AND t.unknown = ''
      AND (t.overtaken IS NULL OR t.overtaken > %(now)s)
      AND (t.not_required_from IS NULL OR t.not_required_from > %(now)s)
)
SELECT (SELECT count(DISTINCT family) FROM going), (SELECT count(DISTINCT family) FROM going WHERE planned IS NOT NULL),
    (SELECT count(*) FROM late), (SELECT count(DISTINCT family) FROM going WHERE lead = 0),
    (SELECT count(*) FROM held WHERE NOT EXISTS (SELECT 1 FROM going g WHERE g.person = held.person))
"""


def families_section(actor: Actor, team: Team) -> TeamSection | None:
    """The families of a family support team: how far they have come, what is late, where nothing has begun.

    Figures only, so they hold every child of the team, as the team's own figures do.
    """
    others = actor.team_kind == Team.Kind.FAMILY_SUPPORT and team.pk != actor.team
    if team.kind != Team.Kind.FAMILY_SUPPORT or others or not may(actor, "familysupport.see"):
        return None
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"team": team.pk, "now": clock.now(), "rules": list(RULES)})
        families, planned, late, unled, waits = cursor.fetchone()
    all_of_them = words.count_words(families, "family", "families")
    return TeamSection(
        key="families",
        heading="Families",
        sentences=[
            f"The team works with {all_of_them}; {planned} with a plan, {late or 'none'} with something late.",
            f"With {words.count_words(waits, 'child', 'children')} nothing has begun yet."
            if waits
            else "With every child of the team the work has begun.",
            f"{words.count_words(unled, 'family has', 'families have')} no lead practitioner."
            if unled
            else "",
        ],
        link=Link("All families of the team", reverse("familysupport:families"))
        if team.pk == actor.team
        else None,
    )


def child_links(actor: Actor, file: int, span: Span | None) -> Iterable[Link]:
    """From a child's story to the family's page, or to where the work with the family begins."""
    if span is not None and span.open and PROCESS in span.processes and may(actor, "familysupport.see"):
        yield Link("Family and plan", reverse("familysupport:of-child", args=[file]))
