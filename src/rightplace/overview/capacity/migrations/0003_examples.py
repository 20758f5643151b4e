from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("capacity", "0002_tries"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="example",
            field=models.BooleanField(default=False),
        ),
    ]
