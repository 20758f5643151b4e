"""What was expected of a city of this size, after the published rates, and what came out, counted from its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from rightplace.demo.material.strip import strip
from rightplace.demo.material.volumes import volumes


@dataclass(frozen=True)
class Compared:
    """One figure, beside the one that was expected."""

    title: str
    expected: float
    made: float
    source: str


HAPPENED = """
SELECT count(*) FILTER (WHERE h.name = 'contact.received'),
       count(*) FILTER (WHERE h.name = 'referral.accepted'),
       count(*) FILTER (WHERE h.name = 'assessment.authorised' AND outcome = 'in need'),
       count(*) FILTER (WHERE (h.name = 'case.closed' AND t.kind <> 'family_support' AND outcome NOT IN ('RC8', 'RC9'))
                           OR (h.name = 'step.down' AND t.kind IN ('safeguarding', 'care'))),
       count(*) FILTER (WHERE h.name = 'enquiry.began'),
       count(*) FILTER (WHERE h.name = 'conference.held' AND outcome = 'initial'),
       count(*) FILTER (WHERE h.name = 'protectionplan.began'),
       count(*) FILTER (WHERE h.name = 'care.began'),
       count(*) FILTER (WHERE h.name = 'care.ended'),
       count(*) FILTER (WHERE h.name = 'familysupport.began')
FROM journal_happening h LEFT JOIN organisation_team t ON t.id = h.team
WHERE NOT h.concern AND h.at > %(since)s AND h.at <= %(now)s
"""
YEARLY = (
    "contacts a year", "referrals a year", "need began", "need ended", "enquiries", "conferences",
    "protection began", "care began", "care ended", "family support began",
)  # fmt: skip
IN_NEED = (
    "{cin_plan,protection_plan,care,assessment,referral,section47,strategy,plan_pending,private_fostering}"
)
OPEN = """
SELECT count(*) FILTER (WHERE processes && %(need)s::varchar[]),
       count(*) FILTER (WHERE processes && '{referral,assessment}'::varchar[]
                          AND NOT processes && '{cin_plan,protection_plan,care}'::varchar[]),
       count(*) FILTER (WHERE 'protection_plan' = ANY(processes)),
       count(*) FILTER (WHERE 'care' = ANY(processes)),
       count(*) FILTER (WHERE 'family_support' = ANY(processes))
FROM journal_span WHERE open AND begins <= %(now)s AND (ends IS NULL OR ends > %(now)s)
"""
NOTES = {"awaiting assessment": "As published; made here: every child whose assessment is not finished"}
STANDING = ("in need", "awaiting assessment", "on plan", "in care", "family support")


def compared(population: int) -> list[Compared]:
    """Each published rate for so many children, with what the city has of it."""
    now = strip().starts
    with connection.cursor() as cursor:
        cursor.execute(HAPPENED, {"since": now - timedelta(days=365), "now": now})
        made = dict(zip(YEARLY, cursor.fetchone(), strict=True))
        cursor.execute(OPEN, {"need": IN_NEED, "now": now})
        made |= dict(zip(STANDING, cursor.fetchone(), strict=True))
    found = [
        Compared(line.title, line.count, made[line.title], NOTES.get(line.title, line.source))
        for line in volumes().expected(population)
    ]
    support = volumes().family_support
    origin = next(s.text for s in volumes().sources if s.block == "family_support")
    for title, rate in (
        ("family support began", "began_a_year_per_10k"),
        ("family support", "stock_per_10k"),
    ):
        found.append(Compared(title, support[rate] * population / 10_000, made[title], origin))
    return found
