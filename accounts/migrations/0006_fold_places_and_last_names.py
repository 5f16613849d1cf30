from django.db import migrations


def fill(apps, schema_editor):
    """Give existing rows what is made of their words whenever they are saved."""
    for row in apps.get_model("accounts", "User").objects.iterator(chunk_size=1000):
        row.save(update_fields=["name_by_last", "place_folded"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_search_and_directory")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
