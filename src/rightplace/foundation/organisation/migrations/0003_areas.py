"""The sixteen areas and their squares, from places/areas.toml."""

from django.db import migrations

from rightplace.foundation.organisation.places import places


def lay_out(apps, editor):
    """Write each area with its squares. Run again, it changes nothing."""
    area_table = apps.get_model("organisation", "Area")
    square_table = apps.get_model("organisation", "AreaSquare")
    for area in places.areas():
        area_table.objects.update_or_create(
            id=area.number, defaults={"key": area.key, "quarter": area.quarter, "name": area.name}
        )
        for east, north in area.squares:
            square_table.objects.update_or_create(east=east, north=north, defaults={"area_id": area.number})


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_no_overlap_and_rules")]

    operations = [migrations.RunPython(lay_out, migrations.RunPython.noop)]
