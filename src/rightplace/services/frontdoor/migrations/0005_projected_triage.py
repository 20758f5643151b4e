"""Joint triages are worked out from the journal: a past day's schema holds them too."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("frontdoor", "0004_desks_and_triage"), ("journal", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO journal_projected_table (name) VALUES ('frontdoor_triage')", migrations.RunSQL.noop
        )
    ]
