from itertools import batched

from django.db import migrations

from communities.names import organization_key


def fill(apps, schema_editor):
    """Make the keys of where people were anew: more ways of writing a name are the same now."""
    for name, written, field in [
        ("Position", "organization", "organization_key"),
        ("Education", "school", "school_key"),
    ]:
        model = apps.get_model("profiles", name)
        rows = model.objects.only("pk", written, field).order_by("pk").iterator(chunk_size=1000)
        for some in batched(
            (row for row in rows if getattr(row, field) != organization_key(getattr(row, written))), 1000
        ):
            for row in some:
                setattr(row, field, organization_key(getattr(row, written)))
            model.objects.bulk_update(some, [field])


class Migration(migrations.Migration):
    dependencies = [("profiles", "0005_keys_of_organizations")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
