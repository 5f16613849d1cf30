"""What many tests begin with is built by real actions once in each process; afterwards its rows are put back.

Putting them back takes a tenth of the time. Every time in them moves along, so that they look as if just built.
"""

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import time_machine
from django.conf import settings
from django.core import mail
from django.db import connection, models
from django.utils import timezone

from tests.emptying.management.commands.flush import filled_tables, may_skip_triggers

TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00")

Rows = set[tuple[str, str]]


@dataclass
class Record:
    """What building left behind: rows of the database, letters, and the thing itself."""

    at: datetime
    thing: models.Model
    letters: list[Any]
    rows: Rows
    sql: str

    def put_back(self) -> models.Model:
        since = timezone.now() - self.at
        with connection.cursor() as cursor:
            cursor.execute(TIME.sub(lambda found: later(found.group(), since), self.sql))
        mail.outbox.extend(deepcopy(self.letters))
        thing = deepcopy(self.thing)
        for name, value in vars(thing).items():
            if isinstance(value, datetime):
                setattr(thing, name, value + since)
        return thing


def later(time: str, since: timedelta) -> str:
    return (datetime.fromisoformat(time) + since).isoformat(" ")


RECORDS: dict[tuple, Record | None] = {}
"""By what was built, how tasks run, where mail goes and what it was built upon.

None for what changes rows that were there before.
"""


class Memory:
    """The memory of one test."""

    def __init__(self) -> None:
        self.here: list[Record] = []

    def build[Thing: models.Model](self, name: str, build: Callable[[], Thing], *upon: models.Model) -> Thing:
        """Return what `build` makes, which depends on nothing but the things that it stands upon.

        It is really built in tests that commit or travel in time, and if other things are there before the first time.
        """
        if not connection.in_atomic_block or time_machine.escape_hatch.is_travelling() or not is_able():
            return build()
        key = (name, settings.TASKS["default"]["BACKEND"], *settings.MAILERS, *(one.pk for one in upon))
        if key not in RECORDS:
            return self.record(key, build)
        record = RECORDS[key]
        if record is None:
            return build()
        self.here.append(record)
        return record.put_back()

    def record[Thing: models.Model](self, key: tuple, build: Callable[[], Thing]) -> Thing:
        before, letters, at = rows(), len(mail.outbox), timezone.now()
        if len(before) != sum(len(record.rows) for record in self.here):
            return build()
        thing = build()
        after = rows()
        if before <= after:
            new = after - before
            record = Record(at, deepcopy(thing), deepcopy(mail.outbox[letters:]), new, inserting(new))
            self.here.append(record)
            RECORDS[key] = record
        else:
            RECORDS[key] = None
        return thing


@cache
def is_able() -> bool:
    with connection.cursor() as cursor:
        return may_skip_triggers(cursor)


def rows() -> Rows:
    """Every row of the database, as text; and its table."""
    with connection.cursor() as cursor:
        found: Rows = set()
        for table in filled_tables(cursor):
            cursor.execute(f"SELECT one::text FROM {table} one")  # noqa: S608 — our tables
            found |= {(table, text) for (text,) in cursor.fetchall()}
    return found


def inserting(new: Rows) -> str:
    """The statements that put the rows in, without the triggers whose doings are among them."""
    statements = []
    for table in sorted({table for table, _text in new}):
        texts = ", ".join(quoted(text) for other, text in sorted(new) if other == table)
        columns = columns_of(table)
        statements.append(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM unnest(ARRAY[{texts}]::{table}[])"  # noqa: S608
        )
    role = "SET LOCAL session_replication_role = "
    return "; ".join([f"{role}replica", *statements, f"{role}origin"])


@cache
def columns_of(table: str) -> str:
    """The columns that the database doesn't fill by itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
            [table],
        )
        return cursor.fetchone()[0]


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
