"""This table is worked out from the journal: a past day's schema holds it too."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial"), ("journal", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO journal_projected_table (name) VALUES ('assessment_assessment')",
            migrations.RunSQL.noop,
        )
    ]
