"""These tables are worked out from the journal: a past day's schema holds them too."""

from django.db import migrations

NAMES = "('people_person'), ('people_key'), ('people_relation'), ('people_duplicate')"


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("journal", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            f"INSERT INTO journal_projected_table (name) VALUES {NAMES}", migrations.RunSQL.noop
        )
    ]
