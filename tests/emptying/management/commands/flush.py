"""Empty the database in a few milliseconds; Django's own command takes hundreds, after each browser test and race.

It truncates every table, each with new files for itself and its indexes, and writes content types and permissions
anew. This one deletes from the tables that have rows, and leaves those two as the migrations made them.
"""

from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.commands import flush
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

STAY = {Permission._meta.db_table, ContentType._meta.db_table}


def tables_of(cursor: CursorWrapper) -> list[str]:
    """The tables that tests fill, quoted."""
    connection = cursor.db
    names = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - STAY
    return [connection.ops.quote_name(name) for name in sorted(names)]


def filled_tables(cursor: CursorWrapper) -> list[str]:
    """Those that have rows."""
    first_rows = [f"(SELECT '{table}' FROM {table} LIMIT 1)" for table in tables_of(cursor)]  # noqa: S608 — our tables
    cursor.execute(" UNION ALL ".join(first_rows))
    return [table for (table,) in cursor.fetchall()]


def may_skip_triggers(cursor: CursorWrapper) -> bool:
    """Not on a server of one's own, as somebody who isn't its superuser."""
    cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
    return cursor.fetchone()[0]


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        with transaction.atomic(using=options["database"]), connection.cursor() as cursor:
            if not may_skip_triggers(cursor):
                return super().handle(**options)
            # Wait for whoever still writes, such as the last requests of a browser that has been closed.
            cursor.execute(f"LOCK TABLE {', '.join(tables_of(cursor))} IN SHARE ROW EXCLUSIVE MODE")
            filled = filled_tables(cursor)
            # Without foreign keys and triggers: everything goes, and a decision can't refuse to.
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in filled:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        return None
