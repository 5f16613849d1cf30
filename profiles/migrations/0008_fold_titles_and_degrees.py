from django.db import migrations


def fill(apps, schema_editor):
    """Give existing rows what is made of their words whenever they are saved."""
    for model, fields in [("Position", ["title_folded"]), ("Education", ["degree_folded"])]:
        for row in apps.get_model("profiles", model).objects.iterator(chunk_size=1000):
            row.save(update_fields=fields)


class Migration(migrations.Migration):
    dependencies = [("profiles", "0007_words_of_entries")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
