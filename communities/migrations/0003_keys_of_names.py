from django.db import IntegrityError, migrations, transaction


def fill(apps, schema_editor):
    """Make the keys of names anew. Where two pages have one name now, the later one keeps its key until they are merged."""
    for name in apps.get_model("communities", "OrganizationName").objects.order_by("pk").iterator(chunk_size=1000):
        try:
            with transaction.atomic():
                name.save(update_fields=["key"])
        except IntegrityError:
            continue


class Migration(migrations.Migration):
    dependencies = [("communities", "0002_proofs")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
