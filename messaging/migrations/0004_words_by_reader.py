import django.contrib.postgres.indexes
from django.db import migrations

import messaging.words

# Every word of a message under each of its readers, out of what was folded already.
FILL = """
UPDATE messaging_message AS message SET words = array_to_tsvector(ARRAY(
    SELECT DISTINCT reader || '/' || left(word, 64)
    FROM unnest(ARRAY[low_id, high_id]) AS reader, unnest(string_to_array(message.text_folded, ' ')) AS word
    WHERE reader IS NOT NULL AND word <> ''))
FROM messaging_conversation AS conversation WHERE conversation.id = message.conversation_id
"""


class Migration(migrations.Migration):
    dependencies = [("messaging", "0003_files_and_pitches")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="words",
            field=messaging.words.WordsByReaderField(editable=False, null=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="message",
            index=django.contrib.postgres.indexes.GinIndex(fields=["words"], name="messaging_message_words"),
        ),
        migrations.RemoveField(
            model_name="message",
            name="text_folded",
        ),
    ]
