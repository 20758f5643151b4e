"""What an index can promise of dated rows, and the three workers that are rules."""

from datetime import UTC, date, datetime

from django.db import migrations

# Nobody is twice in the same role of a team, on the rota twice at once, or one of two link people, on one day.
NO_OVERLAP = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE organisation_membership ADD CONSTRAINT membership_once_on_a_day EXCLUDE USING gist
    (worker_id WITH =, team_id WITH =, role WITH =, daterange(begins, ends) WITH &&);
ALTER TABLE organisation_linkperson ADD CONSTRAINT linkperson_one_on_a_day EXCLUDE USING gist
    (school_id WITH =, daterange(begins, ends) WITH &&);
ALTER TABLE organisation_rota ADD CONSTRAINT rota_once_at_a_time EXCLUDE USING gist
    (team_id WITH =, worker_id WITH =, tstzrange(begins_at, ends_at) WITH &&);
"""
ALLOW_OVERLAP = """
ALTER TABLE organisation_membership DROP CONSTRAINT membership_once_on_a_day;
ALTER TABLE organisation_linkperson DROP CONSTRAINT linkperson_one_on_a_day;
ALTER TABLE organisation_rota DROP CONSTRAINT rota_once_at_a_time;
"""
RULES = 2
WORKERS = ((RULES, "Rules of Rightplace", "rule"), (1, "Online form", "public"), (3, "CIN import", "rule"))
# Ids below this are kept for rules; an authority's own rows begin here.
FIRST_ID = 1000
SINCE = date(2000, 1, 1)


def make_rules(apps, editor):
    """A rule signs too, so it is a worker; the rules themselves record all three."""
    worker = apps.get_model("organisation", "Worker")
    for number, name, kind in WORKERS:
        worker.objects.get_or_create(
            id=number,
            defaults={
                "name": name,
                "kind": kind,
                "begins": SINCE,
                "recorded_at": datetime(2000, 1, 1, tzinfo=UTC),
                "recorded_by_id": RULES,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [
        migrations.RunSQL(NO_OVERLAP, ALLOW_OVERLAP),
        migrations.RunPython(make_rules, migrations.RunPython.noop),
        migrations.RunSQL(
            f"ALTER TABLE organisation_worker ALTER COLUMN id RESTART WITH {FIRST_ID}", migrations.RunSQL.noop
        ),
    ]
