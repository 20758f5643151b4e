"""These tables are worked out from the journal: a past day's schema holds them too."""

from django.db import migrations

NAMES = "('familysupport_support'), ('familysupport_invited')"


class Migration(migrations.Migration):
    dependencies = [("familysupport", "0001_initial"), ("journal", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            f"INSERT INTO journal_projected_table (name) VALUES {NAMES}", migrations.RunSQL.noop
        )
    ]
