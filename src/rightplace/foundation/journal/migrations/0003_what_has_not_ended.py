"""Indexes on the two largest projections, built while people write: an upgrade stops writes for seconds, and these take minutes.

A build that was stopped half way leaves an index that nobody may use; so each begins by taking away what is left of it.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("journal", "0002_append_only"),
    ]

    operations = [
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS journal_span_ends", migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="span",
            index=models.Index(condition=models.Q(("open", True)), fields=["ends"], name="journal_span_ends"),
        ),
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS journal_timescale_met", migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="timescale",
            index=models.Index(fields=["met"], name="journal_timescale_met"),
        ),
    ]
