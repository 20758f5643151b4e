"""The lock of support: what lock.py says, put into the database."""

from django.db import migrations

from rightplace.services.performance.lock import lock_sql, unlock_sql


class Migration(migrations.Migration):
    dependencies = [("performance", "0001_initial")]
    operations = [migrations.RunSQL(lock_sql(), unlock_sql())]
