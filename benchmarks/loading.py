"""Bringing many rows into the database at once: by COPY from Python, or out of tables that are there."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models.fields.generated import GeneratedField
from tqdm import tqdm

from accounts.names import FoldedField, WordsField, fold

BLOCK = 2_000
"""Rows that are sent at once."""


def run(sql: str, *values: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall() if cursor.description else []


def copy(model: type[models.Model], many: int, rows: Iterable[dict]) -> None:
    """Write rows of a model, with its defaults and what it makes of its own words. A given folded text stays."""
    fields = [field for field in model._meta.concrete_fields if field.column and not isinstance(field, GeneratedField)]
    makers = [(field.attname, _maker(field)) for field in fields]
    _write(model._meta.db_table, [field.column for field in fields], many, model, (
        [row[name] if name in row else make(row) for name, make in makers] for row in rows
    ))  # fmt: skip
    count_on(model)


def _write(table: str, columns: list[str], many: int, model, rows: Iterator[list]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    told = tqdm(
        rows, total=many, desc=str(model._meta.verbose_name_plural).capitalize(), unit_scale=True, mininterval=1
    )
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as pipe:
        for row in told:
            pipe.write_row(row)


def _maker(field):
    """Return what makes a field's value of the rest of its row."""
    if isinstance(field, WordsField):
        return lambda row: words_of([row.get(source, "") for source in field.sources])
    if isinstance(field, FoldedField):
        return lambda row: field.folded(" ".join(row.get(source, "") for source in field.sources))
    if field.has_default() and not callable(field.default):
        value = field.get_default()
        return lambda row: value
    if isinstance(field, models.UUIDField):
        return lambda row: UUID(int=row["id"])
    return lambda row: field.get_default()


def words_of(texts: Iterable[str]) -> str:
    """Return texts as full-text search stores them, the first with the greatest weight."""
    place, lexemes = 0, []
    for weight, text in zip("ABCD", texts, strict=False):
        for word in fold(text).split():
            place += 1
            lexemes.append(f"'{word}':{place}{weight}")
    return " ".join(lexemes)


def bring(table: str, columns: str, many: int, rows: Iterable[str]) -> None:
    """Write rows of plain numbers, each as its text with tabs between, into a table without a model."""
    pending: list[str] = []
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as pipe:
        for row in tqdm(rows, total=many, desc=table.replace("_", " ").capitalize(), unit_scale=True, mininterval=1):
            pending.append(row)
            if len(pending) == BLOCK:
                pipe.write("\n".join(pending) + "\n")
                pending.clear()
        pipe.write("".join(f"{row}\n" for row in pending))


def insert(model: type[models.Model], columns: dict[str, str], source: str, *values: Any) -> None:
    """Write rows of a model out of other tables: an expression for each column, the model's defaults for the rest."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, GeneratedField)]
    expressions, defaults = dict(columns), []
    for field in fields:
        if field.column in expressions or field.primary_key or field.null:
            continue
        expressions[field.column] = "%s"
        defaults.append(field.get_default())
    names = ", ".join(f'"{column}"' for column in expressions)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {", ".join(expressions.values())} {source}',
            [*defaults, *values],
        )
    count_on(model)


def count_on(model: type[models.Model]) -> None:
    """Let the numbers of new rows go on after those that were brought."""
    key = model._meta.pk
    if isinstance(key, models.AutoField):
        table = model._meta.db_table
        run(
            f"SELECT setval(pg_get_serial_sequence('{table}', '{key.column}'), greatest(1, max({key.column}))) FROM {table}"
        )


@contextmanager
def without_indexes(*tables: type[models.Model]) -> Iterator[None]:
    """Drop all indexes of tables but the primary keys, and make them anew once the rows are there: much faster."""
    names = [model._meta.db_table for model in tables]
    unique = run(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'u' AND conrelid::regclass::text = ANY(%s) ORDER BY conname", names,
    )  # fmt: skip
    for table, name, _definition in unique:
        run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    others = run(
        "SELECT quote_ident(i.relname), pg_get_indexdef(x.indexrelid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid "
        "WHERE NOT x.indisprimary AND x.indrelid::regclass::text = ANY(%s) ORDER BY i.relname", names,
    )  # fmt: skip
    for name, _definition in others:
        run(f"DROP INDEX {name}")
    yield
    for table, name, definition in tqdm(unique, desc="Constraints", leave=False):
        run(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    for _name, definition in tqdm(others, desc="Indexes", leave=False):
        run(re.sub(r"%", "%%", definition))


def empty_table(name: str, columns: str) -> None:
    """Make a table for numbers that are on their way, gone with the transaction."""
    run(f"CREATE TEMPORARY TABLE {name} ({columns}) ON COMMIT DROP")
