"""What bulk writing leaves to people: two files joined as one child, and files that only few may open."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from rightplace.demo.material.strip import strip
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access import reach
from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.access.models import Restriction
from rightplace.foundation.journal import actions as journal
from rightplace.foundation.journal import linking
from rightplace.foundation.journal.projections import Doubt
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Membership
from rightplace.foundation.organisation.rolecodes import RoleCode

AT_MOST = 40
OLD = timedelta(days=200)
LOOKED_AT = "Looked at with the team that had the child then. It happened as it is written, and nothing is to be done."
BEFORE = timedelta(minutes=50)
"""Joined in the last hour before the demonstration begins, as its managers caught up."""
SAME = "The date of birth and the mother are the same, and the spelling differs as it might on the telephone. One child."
ADOPTED = """
SELECT DISTINCT h.person FROM journal_happening h WHERE h.name = 'care.ended' AND h.outcome IN ('E11', 'E12')
ORDER BY 1 LIMIT 3
"""
IN_CARE = """
SELECT person FROM journal_span WHERE open AND 'care' = ANY(processes) AND begins <= %(now)s
   AND (ends IS NULL OR ends > %(now)s) ORDER BY person LIMIT 3
"""


def finish(linked: list[tuple[int, int]]) -> None:
    """Join the files that were found to be one child, and restrict a few."""
    with clock.clock_at(strip().starts - BEFORE):
        manager = someone(RoleCode.FRONT_DOOR_MANAGER)
        for file, other in sorted(linked)[:AT_MOST]:
            try:
                linking.link(file=file, other=other, reasons=SAME, by=manager)
            except Refused:
                continue  # both are open with different teams: which goes on is left to the managers to decide
        restrict_some()
        settle_old_doubts()


def settle_old_doubts() -> None:
    """What was odd long ago was looked at since; this year's doubts wait."""
    head, old = someone(RoleCode.HEAD_OF_SERVICE), clock.now() - OLD
    found = Doubt.objects.filter(settled=False, at__lt=old)
    for doubt in found.exclude(person__in=Restriction.objects.values("file")).order_by("at", "id"):
        journal.settle_doubt(
            file=doubt.person, entry=doubt.entry, code=doubt.code, reasons=LOOKED_AT, by=head
        )


def restrict_some() -> None:
    """Adopted children's files are sealed; two more are opened only by those who are named."""
    head = someone(RoleCode.HEAD_OF_SERVICE)
    with connection.cursor() as cursor:
        cursor.execute(ADOPTED)
        adopted = [row[0] for row in cursor.fetchall()]
        cursor.execute(IN_CARE, {"now": clock.now()})
        known = [row[0] for row in cursor.fetchall()]
    officers = [row.worker_id for row in holders(RoleCode.INFORMATION_GOVERNANCE)]
    for file in adopted or known[:1]:
        reason = "Adopted." if adopted else "A parent is a protected witness."
        reach.restrict(file=file, kind=Restriction.Kind.SEALED, reason=reason, may_open=officers, by=head)
    for file in known[1:]:
        reach.restrict(
            file=file,
            kind=Restriction.Kind.RESTRICTED,
            reason="A relative works for us.",
            may_open=[*officers, head.worker],
            by=head,
        )


def holders(role: RoleCode) -> list[Membership]:
    """Those who hold a role now, longest first."""
    rows = Membership.objects.filter(queries.holding(clock.today()), role=role)
    return list(rows.select_related("worker", "team").order_by("begins", "id"))


def someone(role: RoleCode) -> Actor:
    """The one who has held a role longest."""
    return actor_of(holders(role)[0])
