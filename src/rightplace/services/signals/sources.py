"""What we know ourselves: other services' facts that may be signals, gathered at night under our own agreement.

A source reads the journal's rows, never another service. Ours says that a contact ended with advice or no further
action, and nothing of what was told. Restricted children and protected addresses are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db import connection

from rightplace.domain.practice.entries.base import Label
from rightplace.domain.practice.workdays import start_of_day, to_datetime
from rightplace.foundation.access.actor import RULES
from rightplace.foundation.organisation import clock, queries
from rightplace.services.signals.feeds import feeds_in_force
from rightplace.services.signals.taking import Outcome, Raw, take

EARLIER_CONTACT = "door.earlier-contact"
LOOKS_BACK = timedelta(days=28)
Source = Callable[[date], Iterable[Raw]]
_sources: dict[str, Source] = {}


def register_source(kind: str, source: Source) -> None:
    """Say where signals of a kind come from that we have ourselves; asked with the first day to look at."""
    if _sources.get(kind, source) is not source:
        raise ValueError(f"{kind} already has a source")
    _sources[kind] = source


def gather() -> Outcome:
    """Take what our own sources have, once a night. Without our own agreement nothing is gathered."""
    own = queries.authority()
    today, found = clock.today(), Outcome()
    if own is None:
        return found
    agreed = {kind for feed in feeds_in_force(own.pk, today) for kind in feed.kinds}
    for kind, source in _sources.items():
        if kind in agreed:
            found = found.and_then(take(own.pk, list(source(today - LOOKS_BACK)), RULES))
    return found


ENDED = """
SELECT h.entry, h.at, h.outcome, p.given, p.family, p.born, p.sex, p.address, p.postcode
FROM journal_happening h JOIN people_person p ON p.person = h.person
WHERE h.name = 'contact.decided' AND NOT h.concern AND h.label = %(open)s AND h.at >= %(since)s AND h.at <= %(now)s
  AND h.outcome IN ('advice', 'no further action') AND p.given <> '' AND p.family <> '' AND p.born IS NOT NULL
  AND p.postcode <> '' AND NOT p.protected AND p.died IS NULL
  AND NOT EXISTS (SELECT 1 FROM journal_span s WHERE s.person = h.person AND s.open AND s.begins <= %(now)s
                  AND (s.ends IS NULL OR s.ends > %(now)s))
  AND NOT EXISTS (SELECT 1 FROM access_restriction r JOIN journal_file f ON f.id = r.file
                  WHERE f.person = h.person AND (r.ends IS NULL OR r.ends > %(now)s))
ORDER BY h.at, h.entry
"""


def earlier_contacts(since: date) -> Iterable[Raw]:
    """Contacts that ended with advice or no further action, of children for whom nobody answers now."""
    began = to_datetime(start_of_day(since.toordinal()))
    with connection.cursor() as cursor:
        cursor.execute(ENDED, {"open": int(Label.NONE), "since": began, "now": clock.now()})
        rows = cursor.fetchall()
    for entry, at, outcome, given, family, born, sex, address, postcode in rows:
        yield {
            "sender_id": f"contact-{entry}", "kind": EARLIER_CONTACT, "noticed": clock.london_day(at).isoformat(),
            "given": given, "family": family, "born": born.isoformat(), "sex": sex if sex in ("F", "M") else "",
            "address": address, "postcode": postcode, "words": f"A contact ended with {outcome}.",
        }  # fmt: skip
