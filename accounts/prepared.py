"""Statements that PostgreSQL plans once for each of its connections, and not each time that they are asked.

A sentence of visibility takes longer to plan than to answer: the header's counts 21 ms for 2. So what every page
asks is sent with its values beside it, and psycopg prepares it when it comes the second time (`config.database`).
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import CursorDebugWrapper, ServerBindingCursor
from django.db.models import FETCH_ONE, Model
from django.db.models.base import ModelState
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from psycopg.types.numeric import Int8


def rows(text: str, values: Sequence[Any]) -> list[tuple]:
    """Return the rows of a statement, whose values stand as `%s` in its text, each with its type (`%s::bigint`)."""
    with _cursor() as cursor:
        cursor.execute(text, [_of_one_type(value) for value in values])
        return cursor.fetchall()


def _cursor() -> Any:
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
        return _Noting(cursor, connection) if connection.queries_logged else connection._prepare_cursor(cursor)


class _Noting(CursorDebugWrapper):
    """Notes statements with their values in them, as somebody may ask them again; Django would note only places."""

    def debug_sql(self, sql: Any = None, params: Any = None, *args: Any, **options: Any) -> Any:
        return super().debug_sql(connection.ops.compose_sql(sql, params), params)


def _of_one_type(value: Any) -> Any:
    """A number always as the same type: psycopg would choose one by its size, and plan anew for each."""
    if type(value) is int:
        return Int8(value)
    if type(value) is list:
        return [_of_one_type(each) for each in value]
    return value


def named_in_rows(compiler: SQLCompiler) -> Callable[[list[tuple]], list[dict[str, Any]]]:
    """Return what names the columns of a compiled query, as `values()` does."""
    names = list(compiler.query.selected or {})
    converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])

    def dicts_of(rows: list[tuple]) -> list[dict[str, Any]]:
        found = compiler.apply_converters(rows, converters) if converters else rows
        return [dict(zip(names, row, strict=True)) for row in found]

    return dicts_of


def made_of_rows(compiler: SQLCompiler) -> Callable[[list[tuple]], list]:
    """Return what makes objects of the rows of a query that was compiled: as the QuerySet would, found out once."""
    select, kind = compiler.select, compiler.klass_info
    fields = kind["select_fields"]
    start, end = fields[0], fields[-1] + 1
    names = [column[0].target.attname for column in select[start:end]]
    made = _maker(kind["model"])
    related = get_related_populators(kind, select, compiler.connection.alias, FETCH_ONE)
    _make_quickly(related)
    annotations = list(compiler.annotation_col_map.items())
    converters = compiler.get_converters([column[0] for column in select[: compiler.col_count]])

    def objects_of(rows: list[tuple]) -> list:
        found = []
        for row in compiler.apply_converters(rows, converters) if converters else rows:
            one = made(compiler.connection.alias, names, row[start:end])
            for populator in related:
                populator.populate(row, one)
            for name, place in annotations:
                setattr(one, name, row[place])
            found.append(one)
        return found

    return objects_of


def _make_quickly(populators: list) -> None:
    for populator in populators:
        populator.from_db = _maker(populator.model_cls)
        _make_quickly(populator.related_populators)


def _maker(model: type[Model]) -> Callable[[str, list[str], Sequence[Any]], Model]:
    """Return what makes an object of a row as `from_db` does, but a field at a time takes Django five times as long.

    What wasn't read is found missing and read when it is asked for, as with `defer`.
    """

    def made(database: str, names: list[str], values: Sequence[Any]) -> Model:
        one = model.__new__(model)
        state = ModelState()
        state.db, state.adding, state.fields_cache = database, False, {}
        one.__dict__.update(zip(names, values, strict=True), _state=state)
        return one

    return made
