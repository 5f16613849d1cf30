"""Queries about many members, written once and asked of any of them (`notifications.written_once`).

What may be seen of groups, events and organizations are long sentences: Django needs some 20 ms to write one of these
queries as SQL, the database 1 ms to answer it.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from notifications.written_once import WrittenOnce

OTHERS = RawSQL("ARRAY(SELECT id FROM others)", ())
"""Stands in such a query for the numbers of the members that it is asked of."""

Numbers = Iterable[int] | QuerySet


def sql_about(others: Numbers, query: WrittenOnce, *, viewer) -> tuple[str, list]:
    """Return the SQL of `query` for the viewer and these others: numbers, or a QuerySet of them, which becomes part."""
    if isinstance(others, QuerySet):
        numbers, values = others.order_by().query.sql_with_params()
    else:
        numbers, values = "SELECT unnest(%s::bigint[])", (list(others),)
    sql, more = query.for_member(viewer)
    return f"WITH others (id) AS MATERIALIZED ({numbers}) {sql}", [*values, *more]


def rows_about(others: Numbers, query: WrittenOnce, *, viewer) -> list[tuple]:
    """Ask it."""
    with connection.cursor() as cursor:
        cursor.execute(*sql_about(others, query, viewer=viewer))
        return cursor.fetchall()
