"""The second lock: row security on what is sealed, and tables that are only ever added to."""

from django.db import migrations

from rightplace.services.supervision.lock import all_sql


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial"), ("access", "0002_gates")]

    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in all_sql()]
