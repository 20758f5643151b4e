from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("capacity", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="tries",
            field=models.IntegerField(default=0),
        ),
    ]
