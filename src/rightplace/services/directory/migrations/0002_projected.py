"""The requests for places are worked out from the journal: a past day's schema holds them too."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial"), ("journal", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO journal_projected_table (name) VALUES ('directory_request')", migrations.RunSQL.noop
        )
    ]
