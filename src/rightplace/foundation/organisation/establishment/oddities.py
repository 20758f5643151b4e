"""What is odd about the establishment on a day, for somebody to look at: said, never refused, since a fact is a fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db import connection

SOON: Final = timedelta(days=60)
HOLDS: Final = "{0}.begins <= %(on)s AND ({0}.ends IS NULL OR {0}.ends > %(on)s)"
ODD: Final = f"""
WITH sits AS (
    SELECT o.worker_id, sum(o.hours) AS hours, min(p.team_id) AS team, count(*) AS seats,
           bool_or(p.profession = 'social_work') AS social_work
    FROM organisation_occupancy o JOIN organisation_seat s ON s.id = o.seat_id JOIN organisation_post p ON p.id = s.post_id
    WHERE {HOLDS.format("o")} AND (%(team)s::bigint IS NULL OR p.team_id = %(team)s) GROUP BY o.worker_id
)
SELECT w.id, w.name, sits.hours, c.hours, sits.social_work, COALESCE(d.registered, false), d.registered_until,
       EXISTS (SELECT 1 FROM organisation_membership m WHERE m.worker_id = w.id AND m.team_id = sits.team
               AND {HOLDS.format("m")}),
       EXISTS (SELECT 1 FROM organisation_kept k JOIN organisation_occupancy o ON o.seat_id = k.seat_id
               AND o.worker_id = k.worker_id AND {HOLDS.format("o")} WHERE k.worker_id = w.id AND {HOLDS.format("k")})
FROM sits JOIN organisation_worker w ON w.id = sits.worker_id
LEFT JOIN organisation_contract c ON c.worker_id = w.id AND {HOLDS.format("c")}
LEFT JOIN organisation_particulars d ON d.worker_id = w.id AND {HOLDS.format("d")}
ORDER BY w.name, w.id
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Oddity:
    """One thing that does not fit, and about whom."""

    code: str
    worker: int
    who: str
    says: str


def oddities(on: date, team: int | None = None) -> list[Oddity]:
    """What does not fit among those who sit in posts, of a team or of all. One query."""
    with connection.cursor() as cursor:
        cursor.execute(ODD, {"on": on, "team": team})
        rows = cursor.fetchall()
    return [Oddity(code, row[0], row[1], says) for row in rows for code, says in _odd(on, *row[2:])]


def _odd(
    on: date, hours: Decimal, contract: Decimal | None, social_work: bool, registered: bool, until: date | None,
    member: bool, kept: bool,
) -> list[tuple[str, str]]:  # fmt: skip
    found = []
    if contract is None:
        found.append(("no_contract", "Sits in a post, and no contract is written down."))
    elif hours > contract:
        found.append(
            (
                "beyond_contract",
                f"Sits for {float(hours):g} hours, {float(hours - contract):g} more than the contract has.",
            )
        )
    if not member:
        found.append(("no_member", "Sits in a post of a team and is not in the team."))
    if kept:
        found.append(("sits_and_kept", "Sits in a seat that is kept for the same worker."))
    if social_work and not registered:
        found.append(("no_registration", "Sits in a social work post, and nobody has seen a registration."))
    elif social_work and until is not None and until <= on:
        found.append(("registration_ended", f"The registration ended on {until:%d %B %Y}."))
    elif social_work and until is not None and until <= on + SOON:
        found.append(("registration_ends", f"The registration ends on {until:%d %B %Y}."))
    return found
