"""Which school a child goes to: worked out from the journal, held in a past day's schema as well."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_projected")]
    operations = [
        migrations.CreateModel(
            name="Schooling",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("person", models.BigIntegerField()),
                ("begins", models.DateField()),
                ("ends", models.DateField(null=True)),
                ("school", models.BigIntegerField()),
                ("entry", models.BigIntegerField()),
                ("label", models.SmallIntegerField()),
            ],
            options={
                "db_table": "people_schooling",
                "indexes": [models.Index(fields=["school", "begins"], name="people_schooling_school")],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "begins"), name="people_schooling_place")
                ],
            },
        ),
        migrations.RunSQL(
            "INSERT INTO journal_projected_table (name) VALUES ('people_schooling')", migrations.RunSQL.noop
        ),
    ]
