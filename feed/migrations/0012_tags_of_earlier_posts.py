from django.db import migrations

from accounts.marks import folded_tag
from accounts.words import marks_of

AT_ONCE = 1000
MOST = 30


def keep_tags(apps, schema_editor):
    """Give posts that were written before there were tags those that stand in their words.

    Whom they seem to name stays plain text: nobody could mean to name them then.
    """
    written_posts, tags, having = (apps.get_model("feed", name).objects for name in ("Post", "Tag", "PostTag"))
    written = written_posts.filter(text__contains="#").order_by("pk")
    last = 0
    while posts := list(written.filter(pk__gt=last).values_list("pk", "text", "audience")[:AT_ONCE]):
        last = posts[-1][0]
        held = {pk: [*dict.fromkeys(map(folded_tag, marks_of(text).tags))][:MOST] for pk, text, _audience in posts}
        wanted = sorted({tag for found in held.values() for tag in found})
        tags.bulk_create([tags.model(folded=tag) for tag in wanted], ignore_conflicts=True)
        numbers = dict(tags.filter(folded__in=wanted).values_list("folded", "pk"))
        having.bulk_create(
            [
                having.model(post_id=pk, tag_id=numbers[tag], audience=audience)
                for pk, _text, audience in posts
                for tag in held[pk]
            ],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("feed", "0011_count_reactions")]

    operations = [migrations.RunPython(keep_tags, migrations.RunPython.noop)]
