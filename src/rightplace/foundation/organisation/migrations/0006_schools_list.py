"""What the national list says of schools, and a guard: a school that has a link person goes on having one."""

import django.db.models.deletion
from django.db import migrations, models

ONE_LISTING = """
ALTER TABLE organisation_schoollisting ADD CONSTRAINT schoollisting_one_on_a_day EXCLUDE USING gist
    (school_id WITH =, daterange(begins, ends) WITH &&);
"""

# Looked at when the transaction ends: each day from a school's first link person on has one, until the school closes;
# and nobody goes on linking a school without an end who has left family support.
GUARD = """
CREATE FUNCTION organisation_link_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE gap date;
BEGIN
    SELECT p.day INTO gap FROM (
        SELECT OLD.begins AS day
        UNION SELECT l.ends FROM organisation_linkperson l
            WHERE l.school_id = OLD.school_id AND l.ends > l.begins
    ) p
    WHERE NOT EXISTS (SELECT 1 FROM organisation_linkperson l WHERE l.school_id = OLD.school_id
                      AND l.begins <= p.day AND (l.ends IS NULL OR l.ends > p.day))
      AND NOT EXISTS (SELECT 1 FROM organisation_agency a WHERE a.id = OLD.school_id AND a.ends <= p.day)
      AND p.day >= (SELECT min(f.day) FROM (
            SELECT OLD.begins AS day UNION SELECT l.begins FROM organisation_linkperson l
                WHERE l.school_id = OLD.school_id AND (l.ends IS NULL OR l.ends > l.begins)) f)
    ORDER BY p.day LIMIT 1;
    IF gap IS NOT NULL THEN
        RAISE EXCEPTION 'school % would have no link person on %', OLD.school_id, gap
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER linkperson_goes_on AFTER UPDATE OR DELETE ON organisation_linkperson
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION organisation_link_goes_on();

CREATE FUNCTION organisation_linked_until_left() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM organisation_linkperson l WHERE l.worker_id = OLD.worker_id AND l.ends IS NULL)
       AND NOT EXISTS (SELECT 1 FROM organisation_membership m JOIN organisation_team t ON t.id = m.team_id
                       WHERE m.worker_id = OLD.worker_id AND m.ends IS NULL AND t.kind = 'family_support'
                         AND t.ends IS NULL) THEN
        RAISE EXCEPTION 'worker % leaves family support and still links a school', OLD.worker_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER membership_hands_over AFTER UPDATE OR DELETE ON organisation_membership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION organisation_linked_until_left();
"""
NO_GUARD = """
DROP TRIGGER membership_hands_over ON organisation_membership;
DROP FUNCTION organisation_linked_until_left();
DROP TRIGGER linkperson_goes_on ON organisation_linkperson;
DROP FUNCTION organisation_link_goes_on();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0005_pilots"),
    ]

    operations = [
        migrations.AddField(
            model_name="linkperson",
            name="handed_over",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="SchoolListing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("begins", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                ("end_recorded_at", models.DateTimeField(blank=True, null=True)),
                ("authority", models.CharField(max_length=3)),
                ("number", models.CharField(blank=True, max_length=4)),
                ("name", models.CharField(max_length=120)),
                ("kind", models.CharField(blank=True, max_length=80)),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("nursery", "nursery"),
                            ("primary", "primary"),
                            ("secondary", "secondary"),
                            ("all_through", "all-through"),
                            ("special", "special"),
                            ("college", "college"),
                        ],
                        max_length=12,
                    ),
                ),
                ("postcode", models.CharField(max_length=8)),
                ("youngest", models.SmallIntegerField(blank=True, null=True)),
                ("oldest", models.SmallIntegerField(blank=True, null=True)),
                ("pupils", models.IntegerField(blank=True, null=True)),
                ("free_meals", models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                (
                    "end_recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.worker",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.worker",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listings",
                        to="organisation.school",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True), ("ends__gte", models.F("begins")), _connector="OR"
                        ),
                        name="schoollisting_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_recorded_at__isnull", True), ("end_recorded_by__isnull", True)),
                            models.Q(
                                ("end_recorded_at__isnull", False),
                                ("end_recorded_by__isnull", False),
                                ("ends__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="schoollisting_end_has_an_author",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolSuccession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("on", models.DateField()),
                (
                    "after",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="organisation.school",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="organisation.school",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.worker",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("before", "after"), name="succession_said_once")
                ],
            },
        ),
        migrations.RunSQL(ONE_LISTING, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, NO_GUARD),
    ]
