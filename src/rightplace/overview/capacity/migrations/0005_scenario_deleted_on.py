from django.db import migrations, models

import rightplace.overview.capacity.models


class Migration(migrations.Migration):
    dependencies = [
        ("capacity", "0004_own_strengths"),
    ]

    operations = [
        migrations.AddField(
            model_name="keptscenario",
            name="deleted_on",
            field=models.DateField(default=rightplace.overview.capacity.models.half_a_year_on),
        ),
    ]
