"""Who at an agency opened and has a check; joint triages; the mark of a pilot. Rebuild the projections afterwards."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("frontdoor", "0003_blind")]

    operations = [
        migrations.CreateModel(
            name="Triage",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("concern", models.BigIntegerField(db_index=True)),
                ("grade", models.CharField(max_length=8)),
                ("opened", models.DateTimeField()),
                ("opened_by", models.BigIntegerField()),
                (
                    "agencies",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                (
                    "heard",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("tell_by", models.DateTimeField(null=True)),
                ("decide_by", models.DateTimeField(null=True)),
                ("decided", models.DateTimeField(null=True)),
                ("decided_by", models.BigIntegerField()),
                ("level", models.CharField(max_length=24)),
                ("label", models.SmallIntegerField()),
            ],
            options={
                "db_table": "frontdoor_triage",
                "indexes": [
                    models.Index(
                        condition=models.Q(("decided__isnull", True)),
                        fields=["decide_by"],
                        name="frontdoor_triage_open",
                    )
                ],
            },
        ),
        migrations.AddField("check", "read", models.DateTimeField(null=True)),
        migrations.AddField("check", "read_by", models.BigIntegerField(default=0)),
        migrations.AddField("check", "taken_by", models.BigIntegerField(default=0)),
        migrations.AddField("contact", "pilot", models.BigIntegerField(default=0)),
        migrations.AddField("contact", "triage", models.BigIntegerField(default=0)),
    ]
