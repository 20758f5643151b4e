"""How many decided a contact blind, so that the comparison finds them without opening every concern."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("frontdoor", "0002_projected")]

    operations = [
        migrations.AddField(model_name="contact", name="blind", field=models.SmallIntegerField(default=0)),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                condition=models.Q(("blind__gt", 0)), fields=["received"], name="frontdoor_contact_blind"
            ),
        ),
    ]
