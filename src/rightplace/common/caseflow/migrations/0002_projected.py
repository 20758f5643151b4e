"""These tables are worked out from the journal: a past day's schema holds them too."""

from django.db import migrations

NAMES = "('caseflow_offer')"


class Migration(migrations.Migration):
    dependencies = [("caseflow", "0001_initial"), ("journal", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            f"INSERT INTO journal_projected_table (name) VALUES {NAMES}", migrations.RunSQL.noop
        )
    ]
