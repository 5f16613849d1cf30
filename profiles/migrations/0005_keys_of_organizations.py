from django.db import migrations


def fill(apps, schema_editor):
    """Give existing rows what is made of their words whenever they are saved."""
    for model, fields in [("Position", ["organization_key"]), ("Education", ["school_key"])]:
        for row in apps.get_model("profiles", model).objects.iterator(chunk_size=1000):
            row.save(update_fields=fields)


class Migration(migrations.Migration):
    dependencies = [("profiles", "0004_organizations_groups_events")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
