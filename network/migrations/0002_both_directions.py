"""A connection stands in both directions or not at all: each row refers to its mirror image."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="""
                ALTER TABLE network_connection
                ADD CONSTRAINT network_connection_in_both_directions
                FOREIGN KEY (other_id, member_id) REFERENCES network_connection (member_id, other_id)
                DEFERRABLE INITIALLY DEFERRED
            """,
            reverse_sql="ALTER TABLE network_connection DROP CONSTRAINT network_connection_in_both_directions",
        )
    ]
