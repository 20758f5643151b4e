"""How much a token, and all tokens of an agency together, may ask in a minute; counted in the database.

So it holds over all web processes and a restart. The same rows say when a token was last used, and for what.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from rightplace.gateways.api.models import ApiToken

A_MINUTE = 3_000
"""Requests of one token in a minute: a force sends some hundreds of notices a day, and must be able to catch up."""
AN_AGENCY = 6_000
"""Requests of all tokens of an agency together."""
CONCERNS = 3_000
"""Concerns of one agency in a minute that are taken in at once; what is more is queued, and never refused."""
KEPT_MINUTES = 24 * 60

COUNT = """
INSERT INTO api_use (token_id, agency_id, purpose, minute, count) VALUES (%(token)s, %(agency)s, %(purpose)s, %(minute)s, 1)
ON CONFLICT (token_id, purpose, minute) DO UPDATE SET count = api_use.count + 1 RETURNING count
"""
SO_FAR = """
SELECT coalesce(sum(count) FILTER (WHERE token_id = %(token)s), 0), sum(count),
    coalesce(sum(count) FILTER (WHERE purpose = 'contacts:write'), 0)
FROM api_use WHERE agency_id = %(agency)s AND minute = %(minute)s
"""
FORGET = "DELETE FROM api_use WHERE token_id = %s AND minute < %s"
USED = "UPDATE api_token SET last_used = %s WHERE id = %s AND (last_used IS NULL OR last_used < %s)"


def count_use(token: ApiToken, purpose: str, now: datetime) -> int:
    """Count one request in this minute. Returns 0, or how many seconds to wait where it is one too many."""
    minute, second = divmod(int(now.timestamp()), 60)
    named: dict[str, int | str] = {
        "token": token.pk,
        "agency": token.agency_id,
        "purpose": purpose,
        "minute": minute,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, named)
        if int(cursor.fetchone()[0]) == 1:
            cursor.execute(FORGET, [token.pk, minute - KEPT_MINUTES])
            cursor.execute(USED, [now, token.pk, now])
        cursor.execute(SO_FAR, named)
        own, together, concerns = (int(each) for each in cursor.fetchone())
    over = concerns > CONCERNS if purpose == "contacts:write" else own > A_MINUTE or together > AN_AGENCY
    return 60 - second if over else 0
