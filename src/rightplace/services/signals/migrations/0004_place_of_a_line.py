"""In which line of its entry a signal was taken up is kept, since two of one agency, kind and day begin alike."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("signals", "0003_taken_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="takenupas",
            name="place",
            field=models.SmallIntegerField(null=True),
        ),
    ]
