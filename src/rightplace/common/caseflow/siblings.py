"""Brothers and sisters for whom one team answers: those told of together, and those whom the file names."""

from __future__ import annotations

from django.db import connection

from rightplace.common.caseflow.queries import ELDEST_FIRST, open_spans
from rightplace.domain.practice.entries.contact import ContactReceived
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.people.projections import Person

FAMILY = """
SELECT o.person FROM journal_entry e JOIN journal_entry s ON s.occasion = e.occasion AND s.kind = e.kind
JOIN journal_file f ON f.id = e.file JOIN journal_file o ON o.id = s.file
WHERE f.person = %(person)s AND e.kind = %(contact)s AND e.occasion <> 0 AND o.person <> f.person
UNION SELECT o.person FROM people_relation r JOIN journal_file o ON o.id = r.other
WHERE r.person = %(person)s AND r.other <> 0 AND r.relation ~* '(brother|sister|sibling|twin)'
"""


def family_with_the_team(actor: Actor, person: int) -> list[int]:
    """The child first, then the brothers and sisters for whom the actor's team answers too, the eldest first."""
    with connection.cursor() as cursor:
        cursor.execute(FAMILY, {"person": person, "contact": ContactReceived.number})
        others = [row[0] for row in cursor.fetchall()]
    if not others:
        return [person]
    ours = open_spans(actor).filter(team=actor.team, person__in=others)
    found = scope(actor, Person).filter(person__in=ours.values("person")).order_by(*ELDEST_FIRST)
    return [person, *found.values_list("person", flat=True)]
