"""What waits at the front door, in order of what is due; and what was told before about the same child or address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import F, QuerySet

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.services.frontdoor.projections import Check, Contact


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


def checks_answered(actor: Actor) -> QuerySet[Check]:
    """What the actor's agency has answered, the last first."""
    return scope(actor, Check).filter(answered__isnull=False).order_by("-answered", "-id")


ALIKE_SQL = """
WITH asked AS (
    SELECT c.concern, c.received, f.person FROM frontdoor_contact c
    JOIN journal_file f ON f.id = ANY(c.children) WHERE c.concern = ANY(%(concerns)s)
), alike AS (
    SELECT concern, received, person, 1 AS why FROM asked
    UNION ALL SELECT a.concern, a.received, f.person, 2 FROM asked a
        JOIN people_relation r ON r.person = a.person JOIN journal_file f ON f.id = r.other
    UNION ALL SELECT a.concern, a.received, f.person, 3 FROM asked a
        JOIN people_duplicate d ON d.person = a.person AND NOT d.settled JOIN journal_file f ON f.id = d.other
    UNION ALL SELECT a.concern, a.received, p.person, 4 FROM asked a
        JOIN people_person own ON own.person = a.person AND own.postcode <> '' AND own.address <> ''
        JOIN people_key k ON k.key >= 'p' || replace(own.postcode, ' ', '')
                         AND k.key < 'p' || replace(own.postcode, ' ', '') || '~'
        JOIN people_person p ON p.person = k.person AND p.postcode = own.postcode
                            AND lower(p.address) = lower(own.address)
)
SELECT a.concern, e.concern, min(a.why), max(h.at) FROM alike a
JOIN journal_happening h ON h.person = a.person AND h.name = 'contact.received' AND NOT h.concern
     AND h.at <= a.received AND h.at >= a.received - interval '365 days'
JOIN journal_entry e ON e.id = h.entry
WHERE e.concern <> a.concern AND e.concern <> 0
GROUP BY a.concern, e.concern ORDER BY 4 DESC, 2
"""
ALIKE = {1: "the same child", 2: "a brother or sister", 3: "possibly the same child", 4: "the same address"}


class Before(NamedTuple):
    """An earlier contact: its concern, about whom it was, when it was told."""

    concern: int
    why: str
    told: datetime


def told_before(concerns: Sequence[int]) -> dict[int, list[Before]]:
    """For each of these contacts, those of the twelve months before about the same children, siblings or address."""
    found: dict[int, list[Before]] = {concern: [] for concern in concerns}
    with connection.cursor() as cursor:
        cursor.execute(ALIKE_SQL, {"concerns": list(concerns)})
        for concern, earlier, why, told in cursor.fetchall():
            found[concern].append(Before(earlier, ALIKE[why], told))
    return found


def earlier_contacts(contact: Contact) -> Sequence[Contact]:
    """Contacts of the twelve months before about the same children, their siblings or their address, newest first."""
    found = [before.concern for before in told_before([contact.concern])[contact.concern]]
    return list(Contact.objects.filter(concern__in=found).order_by("-received"))
