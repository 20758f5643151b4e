"""What waits is found without reading all that is done."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from rightplace.foundation.journal.models import Timescale
from rightplace.overview.desk.queries import waiting
from rightplace.testing.organisation import MORNING


def test_what_waits_is_found_by_the_index_whether_not_met_yet_or_met_later(db):
    """Both halves of the question need it, so that it holds what is not met as well."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "INSERT INTO journal_timescale (person, rule, trigger, about, begins, version_from, met, met_by, not_required,"
            " unknown, guards, expires, concern, label) SELECT n, 'A', n, n, %(now)s, 0,"
            " CASE WHEN n %% 20 > 0 THEN %(now)s END, 0, '', '', false, false, false, 0 FROM generate_series(1, 5000) n",
            {"now": MORNING},
        )
        cursor.execute("ANALYZE journal_timescale")
    plan = Timescale.objects.filter(waiting(MORNING + timedelta(hours=1))).explain()
    assert plan.count("journal_timescale_met") == 2
