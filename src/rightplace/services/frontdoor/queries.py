"""What waits at the front door, in order of what is due; and what was told before about the same child or address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import connection
from django.db.models import F, QuerySet

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.services.frontdoor.projections import Check, Contact

EARLIER = timedelta(days=365)


def inbox(actor: Actor) -> QuerySet[Contact]:
    """Contacts not decided, the next due first: the newest is not the most urgent."""
    return (
        scope(actor, Contact).filter(decided__isnull=True).order_by(F("due").asc(nulls_last=True), "received")
    )


def unanswered_disagreements(actor: Actor) -> QuerySet[Contact]:
    """Decisions that the referrer does not agree with, and nobody has answered."""
    return (
        scope(actor, Contact)
        .filter(disagreed__isnull=False, disagreement_answered__isnull=True)
        .order_by("disagreed")
    )


def own_contacts(actor: Actor) -> QuerySet[Contact]:
    """What the actor, or a colleague of the same team, has told, the newest first."""
    return scope(actor, Contact).order_by("-received")


def checks_asked(actor: Actor) -> QuerySet[Check]:
    """What the actor's agency was asked and has not answered."""
    return scope(actor, Check).filter(answered__isnull=True).order_by(F("due").asc(nulls_last=True))


EARLIER_SQL = """
WITH mine AS (
    SELECT DISTINCT f.person FROM journal_file f WHERE f.id = ANY(%(children)s)
), alike AS (
    SELECT person FROM mine
    UNION SELECT other_file.person FROM people_relation r JOIN mine USING (person)
          JOIN journal_file other_file ON other_file.id = r.other
    UNION SELECT p.person FROM people_person p
          JOIN people_person own ON own.person IN (SELECT person FROM mine)
           AND p.postcode = own.postcode AND lower(p.address) = lower(own.address)
          WHERE own.postcode <> '' AND own.address <> ''
    UNION SELECT other_file.person FROM people_duplicate d JOIN mine USING (person)
          JOIN journal_file other_file ON other_file.id = d.other WHERE NOT d.settled OR d.same_child
)
SELECT DISTINCT c.concern FROM frontdoor_contact c
JOIN journal_file f ON f.id = ANY(c.children) JOIN alike ON alike.person = f.person
WHERE c.concern <> %(concern)s AND c.received <= %(received)s AND c.received >= %(since)s
"""


def earlier_contacts(contact: Contact) -> Sequence[Contact]:
    """Contacts of the twelve months before about the same children, their siblings or their address, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            EARLIER_SQL,
            {
                "children": contact.children,
                "concern": contact.concern,
                "received": contact.received,
                "since": contact.received - EARLIER,
            },
        )
        found = [row[0] for row in cursor.fetchall()]
    return list(Contact.objects.filter(concern__in=found).order_by("-received"))
