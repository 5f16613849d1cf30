"""Statements that PostgreSQL plans once for each of its connections, and not each time that they are asked.

A sentence of visibility takes longer to plan than to answer: the header's counts 21 ms for 2. So what every page
asks is sent with its values beside it, and psycopg prepares it when it comes the second time (`config.database`).
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import CursorDebugWrapper
from django.db.models import FETCH_ONE, Model
from django.db.models.base import ModelState
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from psycopg import RawCursor
from psycopg.types.numeric import Int8


class Statement:
    """A statement with places for values, `%s`, each with its type (`%s::bigint`).

    `order` says which of the values goes to each place, so that one which is asked for at a hundred is sent once; the
    first to the first, and so on, if it is left out. It is sent with its places numbered, as PostgreSQL has them:
    psycopg would look for them anew in each text that is longer than four kilobytes, which takes it 0.3 ms.
    """

    def __init__(self, text: str, order: Sequence[int] | None = None) -> None:
        first, *others = text.split("%s")
        self.text = text
        self.order = range(len(others)) if order is None else order
        places = zip(self.order, others, strict=True)
        numbered = first + "".join(f"${place + 1}{after}" for place, after in places)
        self._numbered = numbered.replace("%%", "%").encode()

    def rows(self, values: Sequence[Any]) -> list[tuple]:
        with self._cursor() as cursor:
            cursor.execute(self._numbered, [_of_one_type(value) for value in values])
            return cursor.fetchall()

    def with_values(self, values: Sequence[Any]) -> str:
        """The statement as somebody may ask it again."""
        return connection.ops.compose_sql(self.text, [values[place] for place in self.order])

    def _cursor(self) -> Any:
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        with connection.wrap_database_errors:
            cursor = RawCursor(connection.connection)
            return _Noting(cursor, self) if connection.queries_logged else connection._prepare_cursor(cursor)


class _Noting(CursorDebugWrapper):
    """Notes a statement with its values in it; Django would note only places."""

    def __init__(self, cursor: Any, statement: Statement) -> None:
        super().__init__(cursor, connection)
        self.statement = statement

    def debug_sql(self, sql: Any = None, params: Any = None, *args: Any, **options: Any) -> Any:
        return super().debug_sql(self.statement.with_values(params), params)


def rows(text: str, values: Sequence[Any]) -> list[tuple]:
    """Return the rows of a statement that was put together from texts that are always the same."""
    return _statement(text).rows(values)


@lru_cache(maxsize=64)
def _statement(text: str) -> Statement:
    return Statement(text)


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
